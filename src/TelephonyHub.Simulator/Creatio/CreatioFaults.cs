namespace TelephonyHub.Simulator.Creatio;

/// <summary>
/// The switches of what goes wrong. Rules are tried in the order of their addition; a counted rule is spent by the requests that match it.
/// Safe to change while requests run.
/// </summary>
public sealed class CreatioFaults
{
    private readonly Lock _gate = new();
    private readonly List<RequestRule> _requests = [];
    private readonly List<OperationRule> _operations = [];
    private readonly HashSet<string> _readDenied = new(StringComparer.Ordinal);
    private long _sinceExpiry;

    /// <summary>Raised by <see cref="ExpireSessions"/>; the stand-in ends its sessions.</summary>
    internal event Action? SessionsExpired;

    /// <summary>Raised by <see cref="ExpireTokens"/>.</summary>
    internal event Action? TokensExpired;

    /// <summary>Added to every answer, on the stand-in's clock.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The session ends before every n-th authenticated request; 0 = never.</summary>
    public int ExpireSessionEvery { get; set; }

    /// <summary>Every connection is cut without an answer while set.</summary>
    public bool DropConnections { get; set; }

    /// <summary>
    /// Adds a fault of whole requests: hits that many matching requests (null = until <see cref="Clear"/>); without a predicate every request but
    /// login and token.
    /// </summary>
    public void Add(CrmFault fault, int? times = 1, Func<CrmRequest, bool>? when = null)
    {
        lock (_gate)
        {
            _requests.Add(new RequestRule(fault, times, when ?? (request => request.Kind is not (CrmRequestKind.Login or CrmRequestKind.Token))));
        }
    }

    /// <summary>The next requests answer an error in the given form.</summary>
    public void FailNext(int times, ErrorForm form = ErrorForm.OData, int status = 500) => Add(new CrmFault.Error(form, status), times);

    /// <summary>Fails single operations, plain or as parts of a batch, before they are executed.</summary>
    public void FailOperation(
        Func<CrmOperation, bool> when, int? times = 1, int status = 500, ErrorForm form = ErrorForm.Exception, string message = "Injected failure.")
    {
        lock (_gate)
        {
            _operations.Add(new OperationRule(when, times, status, form, message));
        }
    }

    /// <summary>Fails operations by method and entity.</summary>
    public void FailOperation(string method, string entity, int? times = 1, int status = 500, ErrorForm form = ErrorForm.Exception) =>
        FailOperation(
            operation => string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase)
                && string.Equals(operation.Entity, entity, StringComparison.Ordinal),
            times,
            status,
            form);

    /// <summary>Reading these entities answers 403 (no rights), also through <c>$expand</c>.</summary>
    public void DenyRead(params string[] entities)
    {
        lock (_gate)
        {
            _readDenied.UnionWith(entities);
        }
    }

    /// <summary>Gives the right to read back.</summary>
    public void AllowRead(params string[] entities)
    {
        lock (_gate)
        {
            _readDenied.ExceptWith(entities);
        }
    }

    /// <summary>Ends all cookie sessions now.</summary>
    public void ExpireSessions() => SessionsExpired?.Invoke();

    /// <summary>Makes all issued OAuth tokens invalid now.</summary>
    public void ExpireTokens() => TokensExpired?.Invoke();

    /// <summary>Takes back all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _operations.Clear();
            _readDenied.Clear();
            Latency = TimeSpan.Zero;
            ExpireSessionEvery = 0;
            DropConnections = false;
        }
    }

    internal CrmFault? Take(CrmRequest request)
    {
        lock (_gate)
        {
            var index = _requests.FindIndex(rule => rule.When(request));
            if (index < 0)
            {
                return null;
            }

            var rule = _requests[index];
            Spend(_requests, index, rule.Times, left => rule with { Times = left });
            return rule.Fault;
        }
    }

    internal OperationRule? Take(CrmOperation operation)
    {
        lock (_gate)
        {
            if (operation.IsRead && _readDenied.Contains(operation.Entity))
            {
                return new OperationRule(_ => true, null, 403, ErrorForm.Exception, $"Insufficient rights to read \"{operation.Entity}\".");
            }

            var index = _operations.FindIndex(rule => rule.When(operation));
            if (index < 0)
            {
                return null;
            }

            var rule = _operations[index];
            Spend(_operations, index, rule.Times, left => rule with { Times = left });
            return rule;
        }
    }

    internal bool IsReadDenied(string entity)
    {
        lock (_gate)
        {
            return _readDenied.Contains(entity);
        }
    }

    /// <summary>Counts an authenticated request; true when the session ends before it.</summary>
    internal bool CountSessionUse()
    {
        var every = ExpireSessionEvery;
        return every > 0 && Interlocked.Increment(ref _sinceExpiry) % every == 0;
    }

    private static void Spend<T>(List<T> rules, int index, int? times, Func<int, T> with)
    {
        if (times is not { } left)
        {
            return;
        }

        if (left <= 1)
        {
            rules.RemoveAt(index);
        }
        else
        {
            rules[index] = with(left - 1);
        }
    }

    internal sealed record OperationRule(Func<CrmOperation, bool> When, int? Times, int Status, ErrorForm Form, string Message);

    private sealed record RequestRule(CrmFault Fault, int? Times, Func<CrmRequest, bool> When);
}
