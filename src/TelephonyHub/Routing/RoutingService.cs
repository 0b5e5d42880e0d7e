using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Presence;
using TelephonyHub.Staffing;

namespace TelephonyHub.Routing;

/// <summary>
/// Gathers the facts within the budget and lets the policy decide. The client waits on the line: nothing here waits for the CRM longer than its
/// budget, and whatever fails, the configured group and duty still answer (promise 2).
/// </summary>
public sealed class RoutingService(
    HubSettings settings,
    DirectoryService directory,
    RegionResolver regions,
    StaffingBook staffing,
    PresenceService presence,
    BusyBoard busy,
    LastTalkers talkers,
    TriedPhones tried,
    EarlierAnswers earlier,
    PendingHandovers handovers,
    CallFlood flood,
    TimeProvider time)
{
    /// <summary>Presence is of now: of another moment nothing is known of it.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(5);

    public async Task<RouteDecision> DecideAsync(RouteQuestion question, CancellationToken ct)
    {
        // Beside the other facts, never after them: it must not lengthen the answer.
        var recalling = earlier.RecallAsync(question, ct);
        var now = time.GetUtcNow();
        flood.Add(question, now);
        var facts = await FactsAsync(question, now, CallsAsync, ct);
        await recalling;
        return RoutingPolicy.Decide(facts with { AlreadyTried = tried.Of(question) });

        async Task<int> CallsAsync()
        {
            await recalling;
            return flood.CountOf(question, now);
        }
    }

    /// <summary>The same function without effect: nothing is remembered or stored.</summary>
    /// <param name="question">As UIS would ask.</param>
    /// <param name="at">Of which calendars, rota, deputies and absences are read.</param>
    /// <param name="assumedBusy">Numbers as dialled, or contact ids of managers.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RouteDecision> ExplainAsync(RouteQuestion question, DateTimeOffset? at, IReadOnlySet<string> assumedBusy, CancellationToken ct) =>
        RoutingPolicy.Decide(await FactsAsync(question, at ?? time.GetUtcNow(), () => Task.FromResult(1), ct, assumedBusy));

    /// <summary>As a person asks it.</summary>
    /// <param name="request">The call that is imagined; its moment is one that can be read.</param>
    /// <param name="cabinet">The one that it names.</param>
    /// <param name="ct">Cancels.</param>
    public Task<RouteDecision> ExplainAsync(ExplainRequest request, CabinetSettings cabinet, CancellationToken ct) =>
        ExplainAsync(request.Question(cabinet.Key), request.Moment, request.AssumedBusy, ct);

    /// <summary>The answer when gathering failed: from memory alone.</summary>
    public RouteDecision Fallback(RouteQuestion question, string why)
    {
        // The client may be known although what came after him was too slow.
        var handover = handovers.Remembered(SessionOf(question), question.Caller, question.Dialled);
        var phone = IsOwn(question.Caller) ? handover?.Client : question.Caller;
        var known = phone is { } number ? directory.Find(number) : null;
        var client = known is null ? new ClientAnswer(null, ClientKnowledge.NotAsked, why) : new ClientAnswer(known, ClientKnowledge.Known);
        var now = time.GetUtcNow();
        var plan = staffing.Current;
        var special = plan.BlockOf(question.Caller, now) is null ? SpecialCaller.None : SpecialCaller.Blocked;
        return RoutingPolicy.Decide(Builder(plan, now, new Talks()).Build(question, new CallFindings(RegionOf(question), client, Handover: handover, Special: special)) with { AlreadyTried = tried.Of(question) });
    }

    /// <summary>Remembers what was given, for a second request of the session.</summary>
    public void Remember(RouteQuestion question, RouteDecision decision) =>
        tried.Add(question, decision.ReturnedCode is { } code ? [RouteDecision.CodeAsGiven(code)] : decision.Phones, time.GetUtcNow());

    private async Task<RoutingFacts> FactsAsync(RouteQuestion question, DateTimeOffset at, Func<Task<int>> calls, CancellationToken ct, IReadOnlySet<string>? assumedBusy = null)
    {
        var plan = staffing.Current;
        var talks = new Talks();
        var builder = Builder(plan, at, talks, assumedBusy);
        if (plan.BlockOf(question.Caller, at) is not null)
        {
            return builder.Build(question, new CallFindings(RegionOf(question), new ClientAnswer(null, ClientKnowledge.Unknown), Special: SpecialCaller.Blocked));
        }

        var callerIsOwn = IsOwn(question.Caller);
        var finding = handovers.FindAsync(SessionOf(question), question.Caller, question.Dialled, callerIsOwn, ct);

        // A number of the company's own says nothing: who is on the line is known by the handover or not at all.
        var phone = callerIsOwn ? (await finding)?.Client : question.Caller;
        var client = phone is { } number ? await directory.FindOrAskAsync(number, ct) : new ClientAnswer(null, ClientKnowledge.Unknown);
        var handover = await finding;
        var rules = plan.RulesOf(question.Cabinet, settings.Routing.Rules);
        var mayBeTooMany = client.Knowledge == ClientKnowledge.Unknown && phone is not null && handover is null && rules.IdenticalCallsPerMinute > 0;
        var special = mayBeTooMany && await calls() > rules.IdenticalCallsPerMinute
            ? SpecialCaller.TooMany
            : SpecialCaller.None;

        // An unknown number has nobody of its own, so nobody waits for that read.
        var talked = phone is { } talker && client.Knowledge != ClientKnowledge.Unknown ? await talkers.OfAsync(talker, rules.LastTalkedDays, ct) : null;
        var findings = new CallFindings(RegionOf(question), client, talked, handover, special);

        // The board is up to a second old: before somebody is passed over for a call, the journal says whether it is over.
        var facts = builder.Build(question, findings);
        talks.Over = await busy.OverAsync(talks.Seen, ct);
        return talks.Over.Count == 0 ? facts : builder.Build(question, findings);
    }

    private bool IsOwn(PhoneNumber? number) => number is { } shown && regions.IsOwnNumber(shown);

    private static SessionKey? SessionOf(RouteQuestion question) => question.CallId is { } id ? new SessionKey(question.Cabinet, id) : null;

    private CallRegion RegionOf(RouteQuestion question) => regions.Resolve(question.Digit, question.Dialled, question.Caller, question.Cabinet);

    private FactsBuilder Builder(StaffingPlan plan, DateTimeOffset at, Talks talks, IReadOnlySet<string>? assumedBusy = null)
    {
        var isNow = (time.GetUtcNow() - at).Duration() < Now;
        return new FactsBuilder(settings, plan, directory.Managers, regions, manager => isNow ? PresenceOf(manager, at, talks) : PresenceNow.Unknown, at) { AssumedBusy = assumedBusy ?? new HashSet<string>() };
    }

    private PresenceNow PresenceOf(Manager manager, DateTimeOffset now, Talks talks)
    {
        var records = presence.RecordsOf(manager);
        var (calls, callsAge) = busy.CallsOf(manager);
        talks.Seen.UnionWith(calls);
        var onCall = calls.Any(c => !talks.Over.Contains(c));
        if (records.Count == 0)
        {
            return new PresenceNow { OnCall = onCall, CallsAge = callsAge };
        }

        // Who takes calls in one cabinet takes them; only one who takes none anywhere is away.
        var told = records.FirstOrDefault(r => r.Status?.TakesExternalCalls == true) ?? records.FirstOrDefault(r => r.Status?.TakesExternalCalls is null) ?? records[0];
        return new PresenceNow
        {
            OnCall = onCall,
            CallsAge = callsAge,
            Status = told.Status?.Name ?? told.Status?.Mnemonic,
            TakesCalls = told.Status?.TakesExternalCalls,
            StatusAge = told.AsOf is { } asOf ? now - asOf : null,
            InSchedule = records.Any(r => r.InSchedule == true) ? true : records.All(r => r.InSchedule == false) ? false : null,
        };
    }

    /// <summary>Calls for which somebody would be passed over, and those of them that are over.</summary>
    private sealed class Talks
    {
        public HashSet<SessionKey> Seen { get; } = [];

        public IReadOnlySet<SessionKey> Over { get; set; } = new HashSet<SessionKey>();
    }
}
