using System.Collections.Concurrent;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>
/// Gathers the facts within the budget and lets the policy decide. The client waits on the line: nothing here waits for the CRM longer than its
/// budget, and whatever fails, the configured group and duty still answer (promise 2).
/// </summary>
public sealed class RoutingService(HubSettings settings, DirectoryService directory, RegionResolver regions, LastTalkers talkers, TriedPhones tried, PendingHandovers handovers, TimeProvider time)
{
    public async Task<RouteDecision> DecideAsync(RouteQuestion question, CancellationToken ct) =>
        RoutingPolicy.Decide(await FactsAsync(question, tried.Of(question), ct));

    /// <summary>The same function without effect: nothing is remembered or stored.</summary>
    /// <param name="question">As UIS would ask.</param>
    /// <param name="assumedBusy">Numbers as dialled, or contact ids of managers.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RouteDecision> ExplainAsync(RouteQuestion question, IReadOnlySet<string> assumedBusy, CancellationToken ct) =>
        RoutingPolicy.Decide(await FactsAsync(question, new HashSet<string>(), ct) with { AssumedBusy = assumedBusy });

    /// <summary>The answer when gathering failed: from the configuration alone.</summary>
    public RouteDecision Fallback(RouteQuestion question, string why) =>
        RoutingPolicy.Decide(Facts(question, new ClientAnswer(null, ClientKnowledge.NotAsked, why), tried.Of(question)));

    private async Task<RoutingFacts> FactsAsync(RouteQuestion question, IReadOnlySet<string> alreadyTried, CancellationToken ct)
    {
        var callerIsOwn = question.Caller is { } shown && regions.IsOwnNumber(shown);
        var session = question.CallId is { } id ? new SessionKey(question.Cabinet, id) : (SessionKey?)null;
        var finding = handovers.FindAsync(session, question.Caller, question.Dialled, callerIsOwn, ct);

        // A number of the company's own says nothing: who is on the line is known by the handover or not at all.
        var phone = callerIsOwn ? (await finding)?.Client : question.Caller;
        var client = phone is { } number ? await directory.FindOrAskAsync(number, ct) : new ClientAnswer(null, ClientKnowledge.Unknown);
        var handover = await finding;
        var facts = Facts(question, client, alreadyTried) with { Handover = handover, TransferTo = directory.Managers.ByContact(handover?.ManagerContactId) };
        return client.Client is null ? facts : facts with { LastTalked = directory.Managers.ByContact(await talkers.OfAsync(phone!.Value, ct)) };
    }

    private RoutingFacts Facts(RouteQuestion question, ClientAnswer client, IReadOnlySet<string> alreadyTried)
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
            AlreadyTried = alreadyTried,
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
    private const int Most = 50_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(CabinetKey, long), Entry> _sessions = new();

    public IReadOnlySet<string> Of(RouteQuestion question) =>
        question.CallId is { } id && _sessions.TryGetValue((question.Cabinet, id), out var entry) && (question.Digit is null || question.Digit == entry.Digit)
            ? entry.Phones
            : new HashSet<string>();

    public void Add(RouteQuestion question, IReadOnlyList<string> phones, DateTimeOffset now)
    {
        if (question.CallId is not { } id)
        {
            return;
        }

        var digit = question.Digit ?? _sessions.GetValueOrDefault((question.Cabinet, id))?.Digit;
        _sessions[(question.Cabinet, id)] = new Entry(digit, [.. Of(question), .. phones], now);
        if (_sessions.Count > Most)
        {
            foreach (var old in _sessions.Where(s => now - s.Value.At > Kept).ToList())
            {
                _sessions.TryRemove(old.Key, out _);
            }
        }
    }

    private sealed record Entry(string? Digit, HashSet<string> Phones, DateTimeOffset At);
}
