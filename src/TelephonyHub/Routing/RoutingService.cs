using System.Collections.Concurrent;
using System.Collections.Immutable;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>
/// Gathers the facts within the budget and lets the policy decide. The client waits on the line: nothing here waits for the CRM longer than its
/// budget, and whatever fails, the configured group and duty still answer (promise 2).
/// </summary>
public sealed class RoutingService(
    HubSettings settings, DirectoryService directory, RegionResolver regions, LastTalkers talkers, TriedPhones tried, EarlierAnswers earlier, PendingHandovers handovers, TimeProvider time)
{
    public async Task<RouteDecision> DecideAsync(RouteQuestion question, CancellationToken ct)
    {
        // Beside the other facts, never after them: it must not lengthen the answer.
        var recalling = earlier.RecallAsync(question, ct);
        var facts = await FactsAsync(question, ct);
        await recalling;
        return RoutingPolicy.Decide(facts with { AlreadyTried = tried.Of(question) });
    }

    /// <summary>The same function without effect: nothing is remembered or stored.</summary>
    /// <param name="question">As UIS would ask.</param>
    /// <param name="assumedBusy">Numbers as dialled, or contact ids of managers.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RouteDecision> ExplainAsync(RouteQuestion question, IReadOnlySet<string> assumedBusy, CancellationToken ct) =>
        RoutingPolicy.Decide(await FactsAsync(question, ct) with { AssumedBusy = assumedBusy });

    /// <summary>As a person asks it.</summary>
    /// <param name="request">The call that is imagined.</param>
    /// <param name="cabinet">The one that it names.</param>
    /// <param name="ct">Cancels.</param>
    public Task<RouteDecision> ExplainAsync(ExplainRequest request, CabinetSettings cabinet, CancellationToken ct) => ExplainAsync(request.Question(cabinet.Key), request.AssumedBusy, ct);

    /// <summary>The answer when gathering failed: from the configuration alone.</summary>
    public RouteDecision Fallback(RouteQuestion question, string why) =>
        RoutingPolicy.Decide(Facts(question, new ClientAnswer(null, ClientKnowledge.NotAsked, why)) with { AlreadyTried = tried.Of(question) });

    private async Task<RoutingFacts> FactsAsync(RouteQuestion question, CancellationToken ct)
    {
        var callerIsOwn = question.Caller is { } shown && regions.IsOwnNumber(shown);
        var session = question.CallId is { } id ? new SessionKey(question.Cabinet, id) : (SessionKey?)null;
        var finding = handovers.FindAsync(session, question.Caller, question.Dialled, callerIsOwn, ct);

        // A number of the company's own says nothing: who is on the line is known by the handover or not at all.
        var phone = callerIsOwn ? (await finding)?.Client : question.Caller;
        var client = phone is { } number ? await directory.FindOrAskAsync(number, ct) : new ClientAnswer(null, ClientKnowledge.Unknown);
        var handover = await finding;
        var facts = Facts(question, client) with { Handover = handover, TransferTo = directory.Managers.ByContact(handover?.ManagerContactId) };
        return client.Client is null ? facts : facts with { LastTalked = directory.Managers.ByContact(await talkers.OfAsync(phone!.Value, ct)) };
    }

    private RoutingFacts Facts(RouteQuestion question, ClientAnswer client)
    {
        var region = regions.Resolve(question.Digit, question.Dialled, question.Caller);
        return new RoutingFacts
        {
            Question = question,
            Cabinet = settings.Cabinets[question.Cabinet],
            Region = region,
            RegionCabinet = region.Cabinet is { } key ? settings.Cabinets[key] : null,
            Client = client,
            Responsible = directory.Managers.Responsible(client.Client?.OwnerContactId),
            UseExtensions = settings.Routing.UseExtensions,
        };
    }

    /// <summary>Remembers what was given, for a second request of the session.</summary>
    public void Remember(RouteQuestion question, RouteDecision decision) => tried.Add(question, decision.Phones, time.GetUtcNow());
}

/// <summary>
/// Phones given per session in the last hour. A repeated request without a new digit means that they did not answer; with a new digit the caller
/// chose anew and starts over.
/// </summary>
public sealed class TriedPhones
{
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<(CabinetKey, long), ImmutableList<GivenPhones>> _sessions = new();

    public IReadOnlySet<string> Of(RouteQuestion question)
    {
        var tried = new HashSet<string>();
        string? digit = null;
        foreach (var given in question.CallId is { } id ? _sessions.GetValueOrDefault((question.Cabinet, id), []) : [])
        {
            if (given.Digit is not null && given.Digit != digit)
            {
                (digit, tried) = (given.Digit, []);
            }

            tried.UnionWith(given.Phones);
        }

        return question.Digit is null || question.Digit == digit ? tried : new HashSet<string>();
    }

    public bool Knows(RouteQuestion question) => question.CallId is { } id && _sessions.ContainsKey((question.Cabinet, id));

    public void Add(RouteQuestion question, IReadOnlyList<string> phones, DateTimeOffset now) => Restore(question, [new GivenPhones(question.Digit, phones, now)]);

    /// <summary>Adds answers that may be known already: the same one twice changes nothing.</summary>
    public void Restore(RouteQuestion question, IReadOnlyList<GivenPhones> answers)
    {
        if (question.CallId is not { } id || answers.Count == 0)
        {
            return;
        }

        _sessions.AddOrUpdate((question.Cabinet, id), _ => InOrder(answers), (_, known) => InOrder(known.Concat(answers)));
        if (_sessions.Count > Most)
        {
            var limit = answers[^1].At - Kept;
            foreach (var old in _sessions.Where(s => s.Value[^1].At < limit).ToList())
            {
                _sessions.TryRemove(old.Key, out _);
            }
        }
    }

    // Stored instants are whole microseconds.
    private static ImmutableList<GivenPhones> InOrder(IEnumerable<GivenPhones> answers) =>
        [.. answers.DistinctBy(a => (a.At.UtcTicks / TimeSpan.TicksPerMicrosecond, a.Digit, string.Join(',', a.Phones))).OrderBy(a => a.At)];
}

/// <summary>Phones of one answer.</summary>
/// <param name="Digit">Pressed before it; null: nothing.</param>
public sealed record GivenPhones(string? Digit, IReadOnlyList<string> Phones, DateTimeOffset At);
