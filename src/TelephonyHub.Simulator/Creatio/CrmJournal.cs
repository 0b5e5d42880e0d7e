namespace TelephonyHub.Simulator.Creatio;

/// <summary>What happened: requests, pop-ups and process runs, and a way to wait for them without sleeping.</summary>
internal sealed class CrmJournal
{
    private readonly Lock _gate = new();
    private readonly List<CrmRequest> _requests = [];
    private readonly List<DeliveredPopup> _popups = [];
    private readonly List<ProcessRun> _runs = [];
    private TaskCompletionSource _changed = NewSignal();

    public IReadOnlyList<CrmRequest> Requests => Copy(_requests);

    public IReadOnlyList<DeliveredPopup> Popups => Copy(_popups);

    public IReadOnlyList<ProcessRun> Runs => Copy(_runs);

    /// <summary>Records an arrival; the number tells which entry <see cref="Answer"/> completes.</summary>
    public CrmRequest Arrive(Func<int, CrmRequest> create)
    {
        CrmRequest request;
        lock (_gate)
        {
            request = create(_requests.Count + 1);
            _requests.Add(request);
        }

        Signal();
        return request;
    }

    public void Answer(CrmRequest request)
    {
        lock (_gate)
        {
            // After a Clear the number may be gone. From the end: what is answered has just arrived.
            var index = _requests.FindLastIndex(entry => entry.Number == request.Number && entry.Time == request.Time);
            if (index >= 0)
            {
                _requests[index] = request;
            }
        }

        Signal();
    }

    public void Add(DeliveredPopup popup)
    {
        lock (_gate)
        {
            _popups.Add(popup);
        }

        Signal();
    }

    public void Add(ProcessRun run)
    {
        lock (_gate)
        {
            _runs.Add(run);
        }

        Signal();
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _popups.Clear();
            _runs.Clear();
        }
    }

    public void Signal()
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            signal = _changed;
            _changed = NewSignal();
        }

        signal.TrySetResult();
    }

    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken ct)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            await next.WaitAsync(ct);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
