using System.Net;
using System.Net.Sockets;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>A port behind which a server comes and goes: nothing listens until <see cref="Open"/>, and all connections break at <see cref="CloseAsync"/>.</summary>
public sealed class TcpForwarder(IPEndPoint target) : IAsyncDisposable
{
    private readonly List<Task> _pumps = [];
    private CancellationTokenSource? _open;
    private Task _accepting = Task.CompletedTask;

    public int Port { get; } = FreePort();

    /// <summary>Where new connections lead.</summary>
    public IPEndPoint Target { get; set; } = target;

    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _open = new CancellationTokenSource();
        _accepting = AcceptAsync(listener, _open.Token);
    }

    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _open, null) is { } open)
        {
            await open.CancelAsync();
            await _accepting;
            await Task.WhenAll(_pumps);
            open.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                _pumps.Add(PumpAsync(await listener.AcceptTcpClientAsync(ct), ct));
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
        finally
        {
            listener.Dispose();
        }
    }

    private async Task PumpAsync(TcpClient incoming, CancellationToken ct)
    {
        using var near = incoming;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(Target, ct);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), ct), far.GetStream().CopyToAsync(near.GetStream(), ct));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // One side went away; both are closed.
        }
    }
}
