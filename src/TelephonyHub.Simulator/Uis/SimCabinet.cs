using System.Collections.Concurrent;
using TelephonyHub.Simulator.Uis.Api;
using TelephonyHub.Simulator.Uis.Engine;
using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis;

/// <summary>One account of the stand-in: people, numbers and calls.</summary>
public sealed partial class SimCabinet
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, CallSession> _sessions = new();
    private readonly Dictionary<string, int> _communications = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo _zone;
    private List<SimEmployee> _employees;
    private List<SimSipLine> _sipLines;

    internal SimCabinet(UisSimulator simulator, SimCabinetOptions options)
    {
        Simulator = simulator;
        Options = options;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        _employees = [.. options.Employees];
        _sipLines = [.. options.SipLines];
        Book = new ContactBook(options.Contacts);
        Blocked = new BlacklistBook(options.Blacklist, simulator.Time.GetUtcNow());
        Scenarios = options.Scenarios.Count > 0 ? options.Scenarios : DefaultScenario(options);
        CallPoints = new PointLimiter(options.CallMinutePoints, options.CallDayPoints, simulator.Time, _zone);
        DataPoints = new PointLimiter(options.MinutePoints, options.DayPoints, simulator.Time, _zone);
        ReportPoints = new HourLimiter(options.ReportHourPoints, simulator.Time);
    }

    public SimCabinetOptions Options { get; }

    public string Key => Options.Key;

    /// <summary>What becomes of calls that the Call API starts.</summary>
    public ApiCallPlan ApiCalls { get; set; } = new();

    public IReadOnlyList<SimScenario> Scenarios { get; }

    public IReadOnlyList<SimEmployee> Employees
    {
        get
        {
            lock (_gate)
            {
                return _employees;
            }
        }
    }

    public IReadOnlyList<SimSipLine> SipLines
    {
        get
        {
            lock (_gate)
            {
                return _sipLines;
            }
        }
    }

    /// <summary>The address book.</summary>
    public IReadOnlyList<SimContact> Contacts => Book.All;

    /// <summary>Numbers whose calls are refused.</summary>
    public IReadOnlyList<SimBlacklistEntry> Blacklist => Blocked.All;

    /// <summary>All calls so far, in the order of their session ids.</summary>
    public IReadOnlyList<SimCall> Calls => [.. Sessions.Select(session => session.Snapshot())];

    /// <summary>Calls that have not ended.</summary>
    public IReadOnlyList<LiveCall> LiveCalls => [.. Sessions.Where(session => !session.IsFinished).Select(session => new LiveCall(session, plan: null))];

    internal UisSimulator Simulator { get; }

    internal PointLimiter CallPoints { get; }

    internal PointLimiter DataPoints { get; }

    internal HourLimiter ReportPoints { get; }

    internal ContactBook Book { get; }

    internal BlacklistBook Blocked { get; }

    internal CabinetFaults Faults => Simulator.Faults.Cabinet(Key);

    internal IReadOnlyList<CallSession> Sessions => [.. _sessions.Values.OrderBy(session => session.Id)];

    /// <summary>Plays the whole call; completes when its last notification, that of the recording included, was sent.</summary>
    public async Task<SimCall> IncomingAsync(IncomingCall call, CancellationToken ct = default)
    {
        var session = StartIncoming(call);
        await new CallPlayer(session, Simulator).PlayAsync(call, ct);
        await session.Completed.WaitAsync(ct);
        return session.Snapshot();
    }

    /// <summary>Plays an employee's call to a client.</summary>
    public async Task<SimCall> OutgoingAsync(OutgoingCall call, CancellationToken ct = default)
    {
        var employee = Employees.FirstOrDefault(candidate => candidate.Id == call.EmployeeId)
            ?? throw new ArgumentException($"Cabinet {Key} has no employee {call.EmployeeId}.", nameof(call));
        var line = SipLines.FirstOrDefault(candidate => candidate.EmployeeId == employee.Id);
        var session = Add(new SessionStart(
            "out", "sip", call.VirtualNumber ?? line?.VirtualPhoneNumber ?? Options.VirtualNumbers[0], call.To, call.StartedAt ?? Simulator.Time.GetUtcNow())
        {
            Caller = employee,
            CallerPhone = line?.PhoneNumber ?? employee.PhoneNumbers.FirstOrDefault(),
            ContactFullName = call.ContactFullName,
            Recorded = call.Recorded,
        });
        session.Begin();
        await new CallPlayer(session, Simulator).PlayAsync(call, ct);
        await session.Completed.WaitAsync(ct);
        return session.Snapshot();
    }

    /// <summary>Starts a call and leaves each further step to the caller. Sent so far: `in_call_session`, `in_call`.</summary>
    public async Task<LiveCall> BeginIncomingAsync(IncomingCall call, CancellationToken ct = default)
    {
        var live = new LiveCall(StartIncoming(call), call);
        await live.DrainAsync(ct);
        return live;
    }

    /// <summary>Replaces the employee with the same id, or adds a new one: status, phones, extension.</summary>
    public void SetEmployee(SimEmployee employee)
    {
        lock (_gate)
        {
            _employees = [.. _employees.Where(old => old.Id != employee.Id), employee];
        }
    }

    public void SetStatus(long employeeId, string status) =>
        SetEmployee(Employees.First(employee => employee.Id == employeeId) with { Status = status });

    public void SetSipLine(SimSipLine line)
    {
        lock (_gate)
        {
            _sipLines = [.. _sipLines.Where(old => old.Id != line.Id), line];
        }
    }

    /// <summary>A terminal registers or is lost; the loss is notified (`sip_line_unregister`).</summary>
    public async Task SetSipRegisteredAsync(string phoneNumber, bool registered, CancellationToken ct = default)
    {
        var line = SipLines.First(candidate => string.Equals(candidate.PhoneNumber, phoneNumber, StringComparison.Ordinal));
        SetSipLine(line with { Registered = registered });
        if (!registered)
        {
            var now = Simulator.Time.GetUtcNow();
            var outbox = new SessionOutbox(Simulator.Sender);
            Send(outbox, EventNames.SipLineUnregister, sessionId: null, now, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["notification_name"] = EventNames.Titles[EventNames.SipLineUnregister],
                ["notification_mnemonic"] = EventNames.SipLineUnregister,
                ["notification_time"] = WireTime(now, Simulator.Milliseconds),
                ["app_id"] = Options.AppId,
                ["sip_line_id"] = line.Id,
                ["sip_line_login"] = line.PhoneNumber,
            });
            outbox.ReleaseHeld();
            await outbox.DrainAsync(ct);
        }
    }

    /// <summary>Tags a call, also one that ended long ago, as a person does in the cabinet.</summary>
    public Task SetTagAsync(long sessionId, long tagId, CancellationToken ct = default)
    {
        var session = FindSession(sessionId) ?? throw new ArgumentException("No such session.", nameof(sessionId));
        session.SetTag(Options.Tags.First(tag => tag.Id == tagId));
        session.Outbox.ReleaseHeld();
        return session.Outbox.DrainAsync(ct);
    }

    public LiveCall? FindLive(long sessionId) =>
        _sessions.TryGetValue(sessionId, out var session) && !session.IsFinished ? new LiveCall(session, plan: null) : null;
}
