using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Rules;
using TelephonyHub.Sync;
using TelephonyHub.Tests.Calls;
using TelephonyHub.Tests.Directory;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Sync;

/// <summary>A call after its end, and what is known when its plan is made; by default an hour of Monday noon in Moscow.</summary>
internal sealed class PlanCase
{
    public static readonly Client KnownClient = new(Guid.Parse("c1000000-0000-0000-0000-000000000001"), null, "Завод крепежа", People.Anna);

    private readonly HubSettings _settings = Company.Settings();
    private readonly List<RecordingLink> _recordings = [];
    private readonly Dictionary<(string, string), Wanted> _earlier = [];
    private IReadOnlyList<CallEvent> _events = [];
    private Client? _client;
    private Manager? _talked;
    private List<Manager?> _rung = [];
    private List<Manager?> _duty = [];
    private Guid? _lastTalkedEarlier;
    private HashSet<Guid> _givenHere = [];
    private Guid? _defaultOwner;
    private RuleTable _rules = RuleTable.BuiltIn;
    private MissedSeries _series = MissedSeries.Alone;
    private bool? _knownBefore;
    private bool _internal;
    private bool _reachedSince;
    private bool _talkerAsked;
    private bool _createdByEmployee;
    private DateTimeOffset? _syncFrom;
    private CabinetKey? _region = Company.Moscow;
    private DateTimeOffset _now = CallStory.Second(50);

    public ManagerDirectory Managers { get; private set; } = People.Directory(People.AnnaOfMoscow(), People.Crm(People.Boris, "Борис Котов"));

    public static PlanCase IncomingAnswered() => new() { _events = CallStory.AnsweredBy(8), _talked = People.Crm(People.Boris, "Борис Котов") };

    public static PlanCase IncomingMissed() => new()
    {
        _events = [CallStory.Incoming(), CallStory.Rings(3, 501, 8), CallStory.Lost(40, 40, 8), CallStory.Finished(40, 0, 40, 40)],
    };

    public static PlanCase OutgoingAnswered() => new()
    {
        _events = [CallStory.Outgoing(0, 8), CallStory.TalkStarts(10, 8), CallStory.TalkEnds(40, 30, 8), CallStory.Finished(40, 30, 40, 10, 8)],
        _talked = People.Crm(People.Boris, "Борис Котов"),
    };

    public static PlanCase OutgoingNotReached() => new() { _events = [CallStory.Outgoing(0, 8), CallStory.Finished(30, 0, 30, 30, 8)] };

    public static PlanCase Of(params CallEvent[] events) => new() { _events = events };

    public PlanCase Known(Guid? owner) => Set(() => _client = KnownClient with { OwnerContactId = owner });

    public PlanCase Known() => Known(People.Anna);

    public PlanCase Unknown() => Set(() => _client = null);

    public PlanCase Hidden() => Set(() => _events = [.. _events.Select(e => e with { ClientPhone = e.Kind is CallEventKind.IncomingSession or CallEventKind.OutgoingSession ? "anonymous" : null })]);

    public PlanCase TalkedBy(Manager? manager) => Set(() => _talked = manager);

    public PlanCase Rung(params Manager?[] managers) => Set(() => _rung = [.. managers]);

    public PlanCase Duty(params Manager?[] managers) => Set(() => _duty = [.. managers]);

    public PlanCase TalkedEarlierWith(Guid contact) => Set(() => _lastTalkedEarlier = contact);

    public PlanCase DefaultOwner(Guid contact) => Set(() => _defaultOwner = contact);

    /// <summary>A stored table in which this rule is changed.</summary>
    public PlanCase Ruled(string id, Func<CallRule, CallRule> change) => Set(() => _rules = new RuleTable(2, [.. _rules.Rules.Select(r => r.Id == id ? change(r) : r)]));

    /// <summary>A stored table with a further rule.</summary>
    public PlanCase Ruled(CallRule further) => Set(() => _rules = new RuleTable(2, [.. _rules.Rules, further]));

    public PlanCase InSeries(MissedSeries series) => Set(() => _series = series);

    /// <summary>The CRM has him only since this call put him there.</summary>
    public PlanCase MadeByThisCall(params Guid[] givenTo) => Set(() => (_knownBefore, _givenHere) = (false, [.. givenTo]));

    public PlanCase Internal() => Set(() => _internal = true);

    public PlanCase ReachedSince() => Set(() => _reachedSince = true);

    public PlanCase TalkerAsked() => Set(() => _talkerAsked = true);

    public PlanCase EmployeeAsAuthor() => Set(() => _createdByEmployee = true);

    public PlanCase SyncFrom(DateTimeOffset at) => Set(() => _syncFrom = at);

    public PlanCase InRegion(CabinetKey? region) => Set(() => _region = region);

    public PlanCase At(DateTimeOffset now) => Set(() => _now = now);

    public PlanCase WithManagers(params Manager[] managers) => Set(() => Managers = People.Directory(managers));

    public PlanCase Recorded(RecordingKind kind = RecordingKind.Talk, string hash = "h1") =>
        Set(() => _recordings.Add(new RecordingLink(CallStory.Fold(_events).Key, new CallRecording(hash, "https://pbx/" + hash, kind, 30), "https://hub/r/" + hash)));

    /// <summary>What an earlier plan of this session made.</summary>
    public PlanCase After(CallPlan plan) => Set(() =>
    {
        foreach (var task in plan.Tasks)
        {
            _earlier[(task.Kind, task.Purpose)] = task.Wanted;
        }
    });

    public CallPlan Plan() => CallPlanner.Plan(new PlanFacts
    {
        Conversation = new Conversation(CallStory.Fold(_events), []),
        TalkedIn = new Dictionary<SessionKey, Manager?> { [CallStory.Fold(_events).Key] = _talked },
        Cabinet = _settings.Cabinets[Company.Moscow] with { SyncFrom = _syncFrom },
        Region = _region is { } region ? _settings.Cabinets[region] : null,
        Internal = _internal,
        Ownership = new OwnershipFacts
        {
            Managers = Managers,
            Client = _client,
            GivenHere = _givenHere,
            Talked = _talked,
            LastTalkedEarlier = _lastTalkedEarlier,
            Rung = _rung,
            Duty = _duty,
            DefaultOwnerId = _defaultOwner,
        },
        Rules = _rules,
        Series = _series,
        KnownBefore = _knownBefore,
        Recordings = _recordings,
        Earlier = _earlier,
        TalkersAsked = _talkerAsked ? new HashSet<string> { "" } : new HashSet<string>(),
        ReachedSince = _reachedSince,
        CallCreatedByEmployee = _createdByEmployee,
        Now = _now,
        WorkingTimeOf = key => new WorkingTime(_settings.Cabinets[key ?? Company.Moscow].RegionTimeZone),
    });

    private PlanCase Set(Action change)
    {
        change();
        return this;
    }
}

internal static class PlanReading
{
    public static IEnumerable<string> Kinds(this CallPlan plan) => plan.Tasks.Select(t => t.Purpose.Length == 0 ? t.Kind : $"{t.Kind} {t.Purpose.Split(':')[0]}");

    public static T Wanted<T>(this CallPlan plan)
        where T : Wanted => plan.Tasks.Select(t => t.Wanted).OfType<T>().Single();

    public static WantedActivity Task(this CallPlan plan, string kind) => (WantedActivity)plan.Tasks.Single(t => t.Kind == kind).Wanted;
}
