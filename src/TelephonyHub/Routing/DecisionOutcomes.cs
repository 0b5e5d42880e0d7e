using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Routing;

/// <summary>
/// What came of each decision: who answered, was it the one who stood first, how long the client waited. Told by the calls that ended, and told anew when a late event
/// changes one. Every replica may do it: the same call gives the same outcome.
/// </summary>
internal sealed partial class DecisionOutcomes(HubDatabase database, DirectoryService directory, TimeProvider time, ILogger<DecisionOutcomes> logger) : BackgroundService
{
    private const int Page = 1_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longer than another replica's clock is off, and than no replica ran.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(6);

    /// <summary>Calls that were written while the last look went on.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>No report names a call of yesterday for the first time.</summary>
    private static readonly TimeSpan WithoutCall = TimeSpan.FromDays(1);

    /// <summary>A call may be rebuilt from the report hours after it was; the start only spares the calls whose decisions are given up.</summary>
    private static readonly TimeSpan Oldest = WithoutCall + TimeSpan.FromHours(1);

    private static readonly TimeSpan GiveUpEvery = TimeSpan.FromMinutes(1);

    /// <summary>The calls of the last look.</summary>
    private Dictionary<(string Cabinet, long Session), EndedCall> _read = [];

    private DateTimeOffset _seen;
    private DateTimeOffset _gaveUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        _seen = time.GetUtcNow() - LookBack;
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var begun = time.GetUtcNow();
        var calls = await EndedAsync(begun, ct);
        if (calls.Count > 0)
        {
            await SettleAsync(calls, await DecisionLog.OfAsync(database, calls.ConvertAll(c => c.Traces), ct), ct);
        }

        _seen = calls.Count == Page ? calls[^1].UpdatedAt + Overlap : begun;
        if (begun - _gaveUp >= GiveUpEvery)
        {
            await GiveUpAsync(begun, ct);
            _gaveUp = begun;
        }
    }

    /// <summary>In the order in which they were written. Each is seen by several looks, and read by the first of them: afterwards only its name and age are.</summary>
    private async Task<List<EndedCall>> EndedAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (since, changed) = (now - Oldest, _seen - Overlap);
        await using var context = database.CreateContext();
        var named = await context.Calls.AsNoTracking()
            .Where(c => c.StartedAt >= since && c.Ended && c.Direction == "in" && c.UpdatedAt >= changed)
            .OrderBy(c => c.UpdatedAt)
            .Take(Page)
            .Select(c => new { c.Cabinet, c.SessionId, c.UpdatedAt })
            .ToListAsync(ct);
        var unread = named.FindAll(n => _read.GetValueOrDefault((n.Cabinet, n.SessionId))?.UpdatedAt != n.UpdatedAt);
        var rows = new List<CallRow>();
        if (unread.Count > 0)
        {
            // By session alone: two cabinets may have the same number, and what is read too much is left out below.
            var ids = unread.ConvertAll(n => n.SessionId);
            rows = await context.Calls.AsNoTracking().Where(c => ids.Contains(c.SessionId)).ToListAsync(ct);
        }

        var read = rows.ToDictionary(r => (r.Cabinet, r.SessionId));
        var calls = named.ConvertAll(n => read.GetValueOrDefault((n.Cabinet, n.SessionId)) is { } row ? EndedCall.From(row) : _read.GetValueOrDefault((n.Cabinet, n.SessionId)));
        List<EndedCall> ended = [.. calls.OfType<EndedCall>()];
        _read = ended.ToDictionary(c => (c.Traces.Cabinet, c.Traces.Id));
        return ended;
    }

    private async Task SettleAsync(List<EndedCall> calls, IReadOnlyList<IReadOnlyList<DecisionOfCall>> decisions, CancellationToken ct)
    {
        // Two calls of the same numbers at once may both have a claim: the one that was written last says it.
        var told = new Dictionary<Guid, (ToldOutcome Before, ToldOutcome Now)>();
        foreach (var (call, its) in calls.Zip(decisions))
        {
            var answered = call.Talker is { } who ? directory.Managers.Of(CabinetKey.Parse(call.Traces.Cabinet), who.EmployeeId, who.Number) : null;
            foreach (var decision in its)
            {
                told[decision.Id] = (decision.Outcome, OutcomeOf(call, decision, answered));
            }
        }

        var changed = told.Where(t => t.Value.Before != t.Value.Now).ToDictionary(t => t.Key, t => t.Value.Now);
        if (changed.Count == 0)
        {
            return;
        }

        var ids = changed.Keys.ToList();
        await database.WriteAsync(
            async (context, token) =>
            {
                foreach (var row in await context.Decisions.Where(d => ids.Contains(d.Id)).ToListAsync(token))
                {
                    var outcome = changed[row.Id];
                    row.SessionId = outcome.SessionId;
                    row.AnsweredContactId = outcome.AnsweredContactId;
                    row.AnsweredBy = outcome.AnsweredBy;
                    row.WaitSeconds = outcome.WaitSeconds;
                    row.Outcome = outcome.State;
                }

                // Sorted by key, as EF Core does it: replicas that tell the same at once wait for each other.
                await context.SaveChangesAsync(token);
            },
            ct);
    }

    private static ToldOutcome OutcomeOf(EndedCall call, DecisionOfCall decision, Manager? answered) => new(
        call.Traces.Id,
        !call.Answered ? "missed" : IsPredicted(decision, answered, call.Talker) ? "predicted" : "other",
        call.Answered ? answered?.ContactId : null,
        call.Answered ? DbText.Of(answered?.Name ?? call.Talker?.Name ?? call.Talker?.Number, 200) : null,
        call.WaitSeconds);

    private static bool IsPredicted(DecisionOfCall decision, Manager? answered, Participant? who) =>
        (decision.PredictedContactId is { } contact && contact == answered?.ContactId)
        || (decision.PredictedPhone is { } phone && who?.Number is { } number && IsSame(number, phone));

    /// <summary>A leg names the number that was dialled with its tail or without.</summary>
    private static bool IsSame(string number, string phone) => PhoneNumber.TryParse(number) is { } full ? full == PhoneNumber.TryParse(phone) : number == phone;

    private async Task GiveUpAsync(DateTimeOffset now, CancellationToken ct)
    {
        var limit = now - WithoutCall;
        await using var context = database.CreateContext();
        await context.Decisions.Where(d => d.Outcome == null && d.DecidedAt < limit).ExecuteUpdateAsync(s => s.SetProperty(d => d.Outcome, "noCall"), ct);
    }

    /// <summary>What outcomes are told from.</summary>
    private sealed record EndedCall(DateTimeOffset UpdatedAt, CallTraces Traces, bool Answered, Participant? Talker, int? WaitSeconds)
    {
        public static EndedCall From(CallRow row)
        {
            var call = CallRows.Read(row);
            return new EndedCall(row.UpdatedAt, CallTraces.Of(call), call.Answered, call.FirstTalked, row.WaitSeconds);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outcomes of routing decisions could not be told; tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
