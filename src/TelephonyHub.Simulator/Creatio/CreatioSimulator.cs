using System.Net;
using TelephonyHub.Simulator.Creatio.Http;
using TelephonyHub.Simulator.Creatio.OData;
using TelephonyHub.Simulator.Creatio.Rules;
using TelephonyHub.Simulator.Creatio.Services;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>
/// A stand-in for a Creatio site, built from the reference alone: OData 4 subset, sign-in, the services the hub uses, and faults to inject. Many can
/// run side by side; all state lives in the instance and survives stopping and starting the listener.
/// </summary>
public sealed class CreatioSimulator : IAsyncDisposable
{
    private static readonly TimeSpan NotificationJobInterval = TimeSpan.FromMinutes(1);

    private readonly CrmJournal _journal = new();
    private readonly Browsers _browsers;
    private readonly CrmPipeline _pipeline;
    private readonly TimeProvider _time;
    private CrmHost? _host;
    private ITimer? _notificationJob;
    private int _sitePort;
    private int _identityPort;

    public CreatioSimulator(CreatioSimulatorOptions options, TimeProvider time)
    {
        Options = options;
        _time = time;
        _sitePort = options.Port;
        _identityPort = options.IdentityPort;
        Store = new CreatioStore(options, time);
        Store.Changed += _journal.Signal;
        _browsers = new Browsers(options, Store, _journal, time);
        Store.AddRule(new RemindingRule(time, _browsers.Remind));
        var sessions = new SessionKeeper(options, Store, time);
        Faults.SessionsExpired += sessions.EndSessions;
        Faults.TokensExpired += sessions.EndTokens;
        var odata = new ODataEndpoint(Store, options, Faults);
        var router = new CrmRouter(
            options,
            Store,
            sessions,
            odata,
            new BatchEndpoint(odata),
            new NotifyService(options, _browsers),
            new FileServices(options, Store),
            new ProcessService(_journal, time, options.KnownProcesses),
            new DataService(Store, Faults),
            new RecordPage(Store));
        _pipeline = new CrmPipeline(options, Faults, _journal, sessions, router, time);
    }

    /// <summary>The settings; those that are not about ports can be changed while it runs.</summary>
    public CreatioSimulatorOptions Options { get; }

    public CreatioStore Store { get; }

    public CreatioFaults Faults { get; } = new();

    /// <summary>Root of the site, without the application prefix and with a trailing slash.</summary>
    /// <exception cref="InvalidOperationException">It has never been started.</exception>
    public Uri BaseUrl => Address(_sitePort, "");

    /// <summary>Address of <c>/connect/token</c> on the identity service's own port.</summary>
    /// <exception cref="InvalidOperationException">It has never been started.</exception>
    public Uri TokenUrl => Address(_identityPort, "connect/token");

    /// <summary>All requests so far, in order of arrival.</summary>
    public IReadOnlyList<CrmRequest> Requests => _journal.Requests;

    /// <summary>All pop-ups that reached an open browser, in order.</summary>
    public IReadOnlyList<DeliveredPopup> Popups => _journal.Popups;

    /// <summary>Processes started through <c>RunProcess</c>.</summary>
    public IReadOnlyList<ProcessRun> ProcessRuns => _journal.Runs;

    /// <summary>Listens, and runs the job that sends future reminders.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await StartListeningAsync(ct);
        _notificationJob ??= _time.CreateTimer(_ => _browsers.SendDue(), null, NotificationJobInterval, NotificationJobInterval);
    }

    /// <summary>Listens; after <see cref="StopListeningAsync"/> on the same ports.</summary>
    public async Task StartListeningAsync(CancellationToken ct)
    {
        if (_host is not null)
        {
            return;
        }

        _host = await CrmHost.StartAsync(_pipeline, IPAddress.Parse(Options.Host), _sitePort, _identityPort, ct);
        (_sitePort, _identityPort) = (_host.SitePort, _host.IdentityPort);
    }

    /// <summary>Stops listening: new connections are refused, open ones are closed. Sessions, tokens and data stay.</summary>
    public async Task StopListeningAsync()
    {
        if (Interlocked.Exchange(ref _host, null) is { } host)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Opens a browser for the user: pop-ups reach it.</summary>
    public void ConnectBrowser(Guid userId) => _browsers.Set(userId, open: true);

    /// <summary>Closes the user's browser: Notify does not count it, reminders show nothing.</summary>
    public void DisconnectBrowser(Guid userId) => _browsers.Set(userId, open: false);

    /// <summary>Forgets requests, pop-ups and process runs; data and faults stay.</summary>
    public void ClearJournal() => _journal.Clear();

    /// <summary>Waits until the condition holds; it is tried after every request, pop-up and change of data.</summary>
    public Task WaitUntilAsync(Func<bool> condition, CancellationToken ct) => _journal.WaitUntilAsync(condition, ct);

    public async ValueTask DisposeAsync()
    {
        if (_notificationJob is not null)
        {
            await _notificationJob.DisposeAsync();
        }

        await StopListeningAsync();
    }

    private Uri Address(int port, string path) => port == 0
        ? throw new InvalidOperationException("The stand-in has not been started.")
        : new Uri($"http://{(Options.Host == "0.0.0.0" ? "127.0.0.1" : Options.Host)}:{port}/{path}");
}
