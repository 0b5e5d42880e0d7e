using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TelephonyHub.Benchmarks.Load;

namespace TelephonyHub.Benchmarks.Peers;

/// <summary>A receiver of <see cref="Receivers"/> in a process of its own.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private PeerProcess(Process process, HttpClient http) => (_process, _http) = (process, http);

    public static async Task<PeerProcess> StartAsync(string kind, string connectionString)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(PeerProcess).Assembly.Location, "peer", kind, connectionString, port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        var peer = new PeerProcess(process, http);
        await HubUnderLoad.UntilAsync(peer.AnswersAsync, TimeSpan.FromMinutes(1), $"the receiver with {kind} answers");
        return peer;
    }

    public async Task<bool> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await _http.PostAsync("/", content);
        return answer.IsSuccessStatusCode;
    }

    public async Task<long> DoneAsync() => long.Parse(await _http.GetStringAsync("/done"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await DoneAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
