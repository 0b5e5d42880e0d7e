using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Routing;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Directory;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Routing;

/// <summary>One question to the routing policy, told as a sentence: who calls where, and what is known of him.</summary>
internal sealed class RouteCase
{
    public const string Caller = "79161234567";

    /// <summary>In Moscow; 14:00 in Surgut.</summary>
    public static readonly DateTimeOffset MondayNoon = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(3));

    private readonly List<(string, string?)> _settings = [];
    private readonly HashSet<string> _tried = [];
    private readonly HashSet<string> _busy = [];
    private CabinetKey _cabinet = Company.Moscow;
    private string? _caller = Caller;
    private string? _dialled = Company.MoscowNumber;
    private string? _digit;
    private Client? _client;
    private Guid? _talkedLast;
    private Handover? _handover;
    private ClientKnowledge _knowledge = ClientKnowledge.Unknown;
    private ManagerDirectory _managers = People.Directory(People.AnnaOfMoscow());
    private DateTimeOffset _at = MondayNoon;
    private StaffingPlan _plan = StaffingPlan.Empty;
    private SpecialCaller _special;
    private readonly Dictionary<Guid, PresenceNow> _presence = [];

    /// <summary>That asks.</summary>
    public CabinetKey Cabinet => _cabinet;

    public RouteCase From(string? caller) => Set(() => _caller = caller);

    public RouteCase To(CabinetKey cabinet, string? dialled) => Set(() => (_cabinet, _dialled) = (cabinet, dialled));

    public RouteCase Pressing(string digit) => Set(() => _digit = digit);

    /// <summary>The CRM knows the caller; <paramref name="owner"/> owns his contact.</summary>
    public RouteCase KnownClientOf(Guid? owner) =>
        Set(() => (_client, _knowledge) = (new Client(Guid.Parse("c1000000-0000-0000-0000-000000000001"), null, "Завод крепежа", owner), ClientKnowledge.Known));

    public RouteCase WithManagers(params Manager[] managers) => Set(() => _managers = People.Directory(managers));

    public RouteCase CrmDidNotAnswer() => Set(() => _knowledge = ClientKnowledge.NotAsked);

    public RouteCase With(string key, string? value) => Set(() => _settings.Add((key, value)));

    public RouteCase AlreadyTried(params string[] phones) => Set(() => _tried.UnionWith(phones));

    public RouteCase Busy(params string[] who) => Set(() => _busy.UnionWith(who));

    public RouteCase TalkedLastWith(Guid manager) => Set(() => _talkedLast = manager);

    /// <summary>A call of Moscow's has just dialled this number for its client.</summary>
    public RouteCase HandedOver(string? client, Guid? to = null) =>
        Set(() => _handover = new Handover(new SessionKey(Company.Moscow, 77), PhoneNumber.TryParse(client), to));

    /// <summary>Routing of Moscow's gave this number for its client a moment ago; whether it was dialled is not known.</summary>
    public RouteCase LedHere(string? client) => Set(() => _handover = new Handover(null, PhoneNumber.TryParse(client), null));

    /// <summary>Local time of Moscow, which is what a dispatcher would say.</summary>
    public RouteCase At(string moscow) => Set(() => _at = new DateTimeOffset(DateTime.Parse(moscow, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(3)));

    public RouteCase Plan(StaffingPlan plan) => Set(() => _plan = plan);

    public RouteCase Seen(Guid manager, PresenceNow presence) => Set(() => _presence[manager] = presence);

    public RouteCase OnCall(Guid manager) => Seen(manager, new PresenceNow { OnCall = true, CallsAge = TimeSpan.FromSeconds(1) });

    public RouteCase Too(SpecialCaller special) => Set(() => _special = special);

    public RouteDecision Decide()
    {
        var settings = Company.Settings([.. _settings]);
        var question = new RouteQuestion(_cabinet, 1, _caller, _dialled, _digit);
        var regions = new RegionResolver(settings, null, () => _plan);
        var region = regions.Resolve(_digit, question.Dialled, question.Caller, _cabinet);
        var builder = new FactsBuilder(settings, _plan, _managers, regions, m => m.ContactId is { } id ? _presence.GetValueOrDefault(id, PresenceNow.Unknown) : PresenceNow.Unknown, _at) { AssumedBusy = _busy };
        return RoutingPolicy.Decide(builder.Build(question, new CallFindings(region, new ClientAnswer(_client, _knowledge), _talkedLast, _handover, _special)) with
        {
            AlreadyTried = _tried,
        });
    }

    private RouteCase Set(Action change)
    {
        change();
        return this;
    }
}
