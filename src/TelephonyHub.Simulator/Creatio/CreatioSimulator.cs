namespace TelephonyHub.Simulator.Creatio;

/// <summary>
/// A stand-in for a Creatio site, built from the reference alone: OData 4 subset, sign-in, the services the hub uses, and faults to inject. Many can
/// run side by side; all state lives in the instance and survives stopping and starting the listener.
/// </summary>
public sealed class CreatioSimulator : IAsyncDisposable
{
    private readonly CrmJournal _journal = new();

    public CreatioSimulator(CreatioSimulatorOptions options, TimeProvider time)
    {
        Options = options;
        Store = new CreatioStore(options, time);
        Store.Changed += _journal.Signal;
    }

    /// <summary>The settings; those that are not about ports can be changed while it runs.</summary>
    public CreatioSimulatorOptions Options { get; }

    public CreatioStore Store { get; }

    public CreatioFaults Faults { get; } = new();

    /// <summary>Root of the site, without the application prefix.</summary>
    public Uri BaseUrl => throw new InvalidOperationException("Not started.");

    /// <summary>Address of <c>/connect/token</c> on the identity service's own port.</summary>
    public Uri TokenUrl => throw new InvalidOperationException("Not started.");

    /// <summary>All requests so far, in order of arrival.</summary>
    public IReadOnlyList<CrmRequest> Requests => _journal.Requests;

    /// <summary>All pop-ups that reached an open browser, in order.</summary>
    public IReadOnlyList<DeliveredPopup> Popups => _journal.Popups;

    /// <summary>Processes started through <c>RunProcess</c>.</summary>
    public IReadOnlyList<ProcessRun> ProcessRuns => _journal.Runs;

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Stops listening: connections are refused. Sessions, tokens and data stay.</summary>
    public Task StopListeningAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Listens again on the same ports.</summary>
    public Task StartListeningAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Opens a browser for the user: pop-ups reach it.</summary>
    public void ConnectBrowser(Guid userId)
    {
    }

    /// <summary>Closes the user's browser: Notify does not count it, reminders show nothing.</summary>
    public void DisconnectBrowser(Guid userId)
    {
    }

    /// <summary>Forgets requests, pop-ups and process runs; data and faults stay.</summary>
    public void ClearJournal() => _journal.Clear();

    /// <summary>Waits until the condition holds; it is tried after every request, pop-up and change of data.</summary>
    public Task WaitUntilAsync(Func<bool> condition, CancellationToken ct) => _journal.WaitUntilAsync(condition, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
