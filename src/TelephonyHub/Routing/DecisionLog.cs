using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Routing;

/// <summary>An answer that went out.</summary>
public sealed record AnsweredRoute(RouteQuestion Question, RouteDecision Decision, string AnswerJson, DateTimeOffset At, TimeSpan Elapsed)
{
    /// <summary>Numbers of the company among the phones, to be stored with the decision.</summary>
    public IReadOnlyList<HandoverRow> Given { get; init; } = [];
}

/// <summary>What is done after an answer went out, off the client's time.</summary>
public sealed class RouteFollowUp(GivenNumbers given, DecisionLog log, IEnumerable<IRouteListener> listeners)
{
    public void Answered(AnsweredRoute route)
    {
        log.Add(given.Remember(route));
        foreach (var listener in listeners)
        {
            listener.OnAnswered(route);
        }
    }
}

/// <summary>Another slice that wants to know of answers; must return at once.</summary>
public interface IRouteListener
{
    void OnAnswered(AnsweredRoute route);
}

/// <summary>Stores decisions after they were answered. The database may be away: decisions wait, and what cannot wait is counted as not stored.</summary>
public sealed partial class DecisionLog(HubDatabase database, FoldSignal fold, TimeProvider time, ILogger<DecisionLog> logger) : BackgroundService
{
    /// <summary>A decision without a known session belongs to the call of the same cabinet, caller and dialled number this near in time.</summary>
    public static readonly TimeSpan Nearness = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(5);

    private readonly Channel<AnsweredRoute> _waiting = Channel.CreateBounded<AnsweredRoute>(20_000);
    private long _notStored;

    /// <summary>Decisions that were answered and never stored.</summary>
    public long NotStored => Interlocked.Read(ref _notStored);

    public void Add(AnsweredRoute route)
    {
        if (!_waiting.Writer.TryWrite(route))
        {
            Interlocked.Increment(ref _notStored);
        }
    }

    /// <summary>The decision of each call that has one: by session or leg id, else by caller, dialled number and nearness.</summary>
    public static async Task<IReadOnlyDictionary<SessionKey, DecisionRow>> FindAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var cabinets = calls.Select(c => c.Key.Cabinet.Value).Distinct().ToList();
        var ids = calls.SelectMany(IdsOf).Distinct().ToList();
        var named = await context.Decisions.AsNoTracking().Where(d => cabinets.Contains(d.Cabinet) && ids.Contains(d.CallId)).ToListAsync(ct);
        var found = new Dictionary<SessionKey, DecisionRow>();
        foreach (var call in calls)
        {
            var own = IdsOf(call).ToHashSet();
            if (named.Where(d => d.Cabinet == call.Key.Cabinet.Value && own.Contains(d.CallId)).MaxBy(d => d.DecidedAt) is { } decision)
            {
                found[call.Key] = decision;
            }
        }

        foreach (var (call, decision) in await NearAsync(context, [.. calls.Where(c => c.Direction == CallDirection.In && !found.ContainsKey(c.Key))], ct))
        {
            found[call.Key] = decision;
        }

        return found;
    }

    private static async Task<List<(Call, DecisionRow)>> NearAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var found = new List<(Call, DecisionRow)>();
        if (calls.Count == 0)
        {
            return found;
        }

        var (cabinets, callers) = (calls.Select(c => c.Key.Cabinet.Value).Distinct().ToList(), calls.Select(c => Normal(c.ClientPhoneRaw)).Distinct().ToList());
        var (from, to) = (calls.Min(c => c.StartedAt) - Nearness, calls.Max(c => c.StartedAt) + Nearness);
        var near = await context.Decisions.AsNoTracking().Where(d => cabinets.Contains(d.Cabinet) && callers.Contains(d.Caller) && d.DecidedAt >= from && d.DecidedAt <= to).ToListAsync(ct);
        foreach (var call in calls)
        {
            var (caller, dialled) = (Normal(call.ClientPhoneRaw), Normal(call.VirtualNumber));
            foreach (var decision in near
                .Where(d => d.Cabinet == call.Key.Cabinet.Value && d.Caller == caller && d.Dialled == dialled && (d.DecidedAt - call.StartedAt).Duration() <= Nearness)
                .OrderBy(d => (d.DecidedAt - call.StartedAt).Duration()))
            {
                // An id that is another session's, or one of its legs', makes it that session's decision, however near.
                if (decision.CallId is not { } id || !await IsAnothersAsync(context, call, id, ct))
                {
                    found.Add((call, decision));
                    break;
                }
            }
        }

        return found;
    }

    private static IEnumerable<long?> IdsOf(Call call) => call.Legs.Select(l => (long?)l.Id).Append(call.Key.Id);

    /// <summary>
    /// All decisions of each of these calls: those of its ids, and those without id of the same numbers near its begin. One question for all: it is asked of every
    /// call several times.
    /// </summary>
    internal static async Task<IReadOnlyList<IReadOnlyList<DecisionOfCall>>> OfAsync(HubDatabase database, IReadOnlyList<CallTraces> calls, CancellationToken ct)
    {
        var (cabinets, callers) = (calls.Select(c => c.Cabinet).Distinct().ToList(), calls.Select(c => c.Caller).Distinct().ToList());
        var ids = calls.SelectMany(c => c.Ids).Distinct().Select(i => (long?)i).ToList();
        var (from, to) = (calls.Min(c => c.StartedAt) - Nearness, calls.Max(c => c.StartedAt) + Nearness);
        await using var context = database.CreateContext();
        var all = context.Decisions.AsNoTracking().Where(d => cabinets.Contains(d.Cabinet));
        var found = await all.Where(d => ids.Contains(d.CallId))
            .Concat(all.Where(d => d.CallId == null && callers.Contains(d.Caller) && d.DecidedAt >= from && d.DecidedAt <= to))
            .Select(d => new DecisionOfCall(
                d.Id, d.Cabinet, d.CallId, d.Caller, d.Dialled, d.DecidedAt, d.PredictedContactId, d.PredictedPhone,
                new ToldOutcome(d.SessionId, d.Outcome, d.AnsweredContactId, d.AnsweredBy, d.WaitSeconds)))
            .ToListAsync(ct);
        var byId = found.ToLookup(d => (d.Cabinet, d.CallId));
        var byNumbers = found.Where(d => d.CallId is null).ToLookup(d => (d.Cabinet, d.Caller, d.Dialled));
        return
        [
            .. calls.Select(c => (IReadOnlyList<DecisionOfCall>)
            [
                .. c.Ids.Distinct().SelectMany(i => byId[(c.Cabinet, i)]),
                .. byNumbers[(c.Cabinet, c.Caller, c.Dialled)].Where(d => (d.DecidedAt - c.StartedAt).Duration() <= Nearness),
            ]),
        ];
    }

    private static async Task<bool> IsAnothersAsync(HubDbContext context, Call call, long id, CancellationToken ct)
    {
        var (cabinet, own) = (call.Key.Cabinet.Value, call.Key.Id);
        if (await context.Sessions.AnyAsync(s => s.Cabinet == cabinet && s.SessionId == id, ct))
        {
            return true;
        }

        // Only a call of the same caller near the same decision can be meant.
        var caller = Normal(call.ClientPhoneRaw);
        var (from, to) = (call.StartedAt - (2 * Nearness), call.StartedAt + (2 * Nearness));
        var others = await context.Calls.AsNoTracking()
            .Where(c => c.Cabinet == cabinet && c.SessionId != own && c.ClientPhone == caller && c.StartedAt >= from && c.StartedAt <= to)
            .ToListAsync(ct);
        return others.Exists(o => CallRows.Read(o).Legs.Any(l => l.Id == id));
    }

    public static object ExplanationOf(RouteDecision decision) => new
    {
        region = decision.Region.Cabinet?.Value,
        regionReason = decision.RegionReason,
        client = decision.Client is { } c ? new { c.ContactId, c.AccountId, c.Name, c.OwnerContactId } : null,
        handedOverBy = decision.HandedOverBy?.IntegrationId,
        chain = decision.Chain,
        leftOut = decision.LeftOut,
        codeReason = decision.CodeReason,
        at = decision.At,
        planVersion = decision.PlanVersion,
    };

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Drain: what was answered is stored before the process goes, if the database is there.
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(DrainFor, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await database.WhenReadyAsync(stoppingToken);
            var batch = new List<AnsweredRoute>();
            while (batch.Count < 200 && _waiting.Reader.TryRead(out var route))
            {
                batch.Add(route);
            }

            await StoreAsync(batch, stoppingToken);
        }
    }

    private async Task StoreAsync(List<AnsweredRoute> batch, CancellationToken ct)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, 5)))
        {
            try
            {
                await database.WriteAsync(
                    async (context, token) =>
                    {
                        context.Decisions.AddRange(batch.Select(ToRow));
                        context.Handovers.AddRange(batch.SelectMany(r => r.Given));
                        await context.SaveChangesAsync(token);
                    },
                    ct);
                fold.Raise();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && !HubDatabase.IsBadRow(e))
            {
                LogWaiting(logger, batch.Count, e);
                await Task.Delay(pause, time, ct);
            }
            catch (Exception e) when (HubDatabase.IsBadRow(e) && batch.Count > 1)
            {
                // One of them is refused: its neighbours must not be lost with it.
                foreach (var route in batch)
                {
                    await StoreAsync([route], ct);
                }

                return;
            }
            catch (Exception e) when (HubDatabase.IsBadRow(e))
            {
                Interlocked.Increment(ref _notStored);
                LogLost(logger, e);
                return;
            }
        }
    }

    private static DecisionRow ToRow(AnsweredRoute route)
    {
        var predicted = route.Decision.Phones.Count > 0 ? route.Decision.Chain.FirstOrDefault(e => e.Phone == route.Decision.Phones[0]) : null;
        return new DecisionRow
        {
            Id = Guid.CreateVersion7(route.At),
            Cabinet = route.Question.Cabinet.Value,
            CallId = route.Question.CallId,
            Caller = Normal(route.Question.CallerRaw),
            Dialled = Normal(route.Question.DialledRaw),
            Digit = Harmless(route.Question.Digit),
            Region = route.Decision.Region.Cabinet?.Value,
            DecidedAt = route.At,
            ElapsedMs = (int)route.Elapsed.TotalMilliseconds,
            Answer = route.AnswerJson,
            Explanation = JsonSerializer.Serialize(ExplanationOf(route.Decision), HubJson.Stored),
            PredictedContactId = predicted?.ContactId,
            PredictedName = predicted?.Name,
            PredictedPhone = predicted?.Phone,
        };
    }

    /// <summary>A number as decisions are stored and found by.</summary>
    internal static string? Normal(string? number) => PhoneNumber.TryParse(number)?.E164 ?? Harmless(number);

    private static string? Harmless(string? text) => DbText.Of(text, 100);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} routing decisions wait for the database.")]
    private static partial void LogWaiting(ILogger logger, int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A routing decision was refused by the database and is not stored.")]
    private static partial void LogLost(ILogger logger, Exception exception);
}

/// <summary>What a call's decisions are found by.</summary>
internal sealed record CallTraces(string Cabinet, long Id, IReadOnlyList<long> Ids, string? Caller, string? Dialled, DateTimeOffset StartedAt)
{
    public static CallTraces Of(Call call) => new(
        call.Key.Cabinet.Value, call.Key.Id, [call.Key.Id, .. call.Legs.Select(l => l.Id)], DecisionLog.Normal(call.ClientPhoneRaw), DecisionLog.Normal(call.VirtualNumber), call.StartedAt);
}

/// <summary>Of a decision, what its outcome is told from, without answer and explanation; and the outcome as it stands.</summary>
internal sealed record DecisionOfCall(
    Guid Id, string Cabinet, long? CallId, string? Caller, string? Dialled, DateTimeOffset DecidedAt, Guid? PredictedContactId, string? PredictedPhone, ToldOutcome Outcome);

/// <summary>What came of a decision.</summary>
internal sealed record ToldOutcome(long? SessionId, string? State, Guid? AnsweredContactId, string? AnsweredBy, int? WaitSeconds);
