using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TelephonyHub.Simulator.Uis.Api;
using TelephonyHub.Simulator.Uis.Engine;
using TelephonyHub.Simulator.Uis.Media;
using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Stand-in for UIS: several cabinets, both APIs, recordings, notifications and routing questions, on one HTTP port of its own.</summary>
public sealed class UisSimulator : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly RpcEndpoint _callApi;
    private readonly RpcEndpoint _dataApi;
    private WebApplication? _app;
    private Uri? _baseUrl;
    private long _sessionId;
    private long _legId;
    private long _apiSequence;

    public UisSimulator(UisSimulatorOptions options, TimeProvider time)
    {
        Options = options;
        Time = time;
        _sessionId = (options.FirstSessionId ?? (1_000_000_000 + (time.GetUtcNow().ToUnixTimeMilliseconds() % 8_000_000_000))) - 1;
        _legId = (_sessionId * 10) + 9;
        Sender = new NotificationSender(_http, options, Faults.Notifications, time, Background);
        Interactive = new InteractiveClient(_http, options, time);
        Media = new MediaStore(this);
        Cabinets = options.Cabinets.ToFrozenDictionary(cabinet => cabinet.Key, cabinet => new SimCabinet(this, cabinet), StringComparer.Ordinal);
        Tokens = new AccessTokens(Cabinets.Values, time);
        _callApi = new RpcEndpoint(this, CallApi.Methods, isCallApi: true);
        _dataApi = new RpcEndpoint(this, DataApi.Methods, isCallApi: false);
    }

    public UisSimulatorOptions Options { get; }

    public Uri CallApiUrl => new(BaseUrl, "v4.0");

    public Uri DataApiUrl => new(BaseUrl, "v2.0");

    /// <summary>Base of the recording links.</summary>
    public Uri MediaUrl => Options.PublicUrl ?? BaseUrl;

    public IReadOnlyDictionary<string, SimCabinet> Cabinets { get; }

    public UisFaults Faults { get; } = new();

    /// <summary>Requests of both APIs in the order in which they were answered.</summary>
    public IReadOnlyList<ReceivedApiCall> ApiCalls => [.. _callApi.Log.Concat(_dataApi.Log).OrderBy(call => call.Sequence)];

    /// <summary>Every attempt to deliver a notification, in order.</summary>
    public IReadOnlyList<SentNotification> Notifications => Sender.Log;

    internal TimeProvider Time { get; }

    internal BackgroundWork Background { get; } = new();

    internal NotificationSender Sender { get; }

    internal InteractiveClient Interactive { get; }

    internal MediaStore Media { get; }

    internal AccessTokens Tokens { get; }

    internal bool Milliseconds => Faults.Notifications.Milliseconds ?? Options.Milliseconds;

    private Uri BaseUrl => _baseUrl ?? throw new InvalidOperationException("The stand-in has not been started.");

    public async Task StartAsync(CancellationToken ct = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(Options.Host), Options.Port));
        _app = builder.Build();
        _app.MapPost("/v4.0", _callApi.HandleAsync);
        _app.MapPost("/v2.0", _dataApi.HandleAsync);
        Media.Map(_app);
        Options.MapMore?.Invoke(_app, this);
        await _app.StartAsync(ct);
        var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = address.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        _baseUrl = new UriBuilder("http", host, address.Port).Uri;
    }

    /// <summary>Completes when nothing goes on in the background: calls of the API, late recordings, re-deliveries. Throws what failed there.</summary>
    public async Task WhenIdleAsync(CancellationToken ct = default)
    {
        await Background.WhenIdleAsync(ct);
        foreach (var session in Cabinets.Values.SelectMany(cabinet => cabinet.Sessions))
        {
            await session.Outbox.DrainAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Background.StopAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Background.DisposeAsync();
        _http.Dispose();
    }

    internal long NextSessionId() => Interlocked.Increment(ref _sessionId);

    internal long NextLegId() => Interlocked.Increment(ref _legId);

    internal long NextApiSequence() => Interlocked.Increment(ref _apiSequence);

    internal SimCabinet? CabinetOfNumber(string number) => Cabinets.Values.FirstOrDefault(cabinet => cabinet.OwnsNumber(number));

    /// <summary>Real waiting for a simulated duration; none without a time scale.</summary>
    internal Task PassAsync(TimeSpan duration, CancellationToken ct) => Options.TimeScale <= 0 || duration <= TimeSpan.Zero
        ? Task.CompletedTask
        : Task.Delay(duration / Options.TimeScale, Time, ct);
}
