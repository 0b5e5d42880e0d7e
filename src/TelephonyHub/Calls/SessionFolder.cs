using System.Data.Common;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls.Conversations;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Who wants to plan a folded call in the transaction of the fold: the sync slice.</summary>
public interface ICallPlanning
{
    /// <summary>Facts that other slices add to calls: region, people, internal or not; each call taken for one that stands alone (<see cref="At"/>).</summary>
    /// <param name="context">Of the fold.</param>
    /// <param name="calls">As folded.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Of each call, in their order.</returns>
    Task<IReadOnlyList<CallContext>> ContextsAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct);

    /// <summary>The same call in its place.</summary>
    CallContext At(CallContext found, Call call, CallPlace place);

    /// <summary>Writes the plans' tasks; the rows, which the context need not track, take owner and reasons and are saved.</summary>
    Task PlanAsync(HubDbContext context, IReadOnlyList<(Call Call, CallContext Context, CallRow Row)> calls, CancellationToken ct);
}

/// <summary>Who wants to know of folded calls after the commit; must return at once.</summary>
public interface ICallListener
{
    void OnFolded(Call call, CallContext context);
}

/// <param name="Region">The region's cabinet; null when unknown.</param>
/// <param name="Internal">The other party is the company itself.</param>
/// <param name="Place">Its place in a conversation.</param>
public sealed record CallContext(CabinetKey? Region, bool Internal, CallPlace Place)
{
    /// <summary>When the first of the events arrived that this fold is the first to see; by the hub's clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Contacts of the managers who were rung or talked: it is one of their own calls.</summary>
    public IReadOnlyCollection<Guid> People { get; init; } = [];
}

/// <summary>A call's place in a conversation over several sessions.</summary>
/// <param name="Parent">The session that dialled this one; null for a first session.</param>
/// <param name="Client">The outside party; of a second session that of the first, whatever number it shows.</param>
/// <param name="InternalByParent">The conversation is between employees.</param>
/// <param name="HasOpenChildren">This session is over and one that followed from it is not, or may just arise.</param>
public sealed record CallPlace(SessionKey? Parent, PhoneNumber? Client, bool InternalByParent, bool HasOpenChildren)
{
    /// <summary>What the row said before.</summary>
    internal (string ConversationId, string? ClientPhone, string Direction) Before { get; init; }

    public static CallPlace Alone(Call call) => new(null, call.ClientPhone, InternalByParent: false, HasOpenChildren: false);
}

/// <summary>
/// Journal → calls. Claims a batch of dirty sessions, reads their events only then, and writes call, recordings and (once settled) the plan's tasks in
/// one transaction. Any number of replicas: an advisory lock on the session is the claim. A lock on its row would make intake wait until the fold is committed.
/// </summary>
internal sealed partial class SessionFolder(
    HubDatabase database,
    FoldBatch batch,
    FoldSignal signal,
    SyncSignal syncSignal,
    ConversationJoiner conversations,
    IEnumerable<ICallListener> listeners,
    TimeProvider time,
    ILogger<SessionFolder> logger) : BackgroundService
{
    private const int BatchSize = 50;

    /// <summary>So many may be in the hands of other replicas, and this one still finds a batch.</summary>
    private const int OthersHold = 350;
    internal const string ClaimColumns = "SELECT cabinet, session_id, dirty_version, folded_version, plan_due_at, planned FROM sessions";
    internal const string ClaimDirty = "dirty_version > folded_version ORDER BY cabinet, session_id";
    internal const string ClaimDue = "plan_due_at <= @now AND dirty_version <= folded_version ORDER BY plan_due_at";
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryFailed = TimeSpan.FromMinutes(1);

    /// <summary>Events come in bursts: what comes this soon after a batch is folded with the next one, once instead of one by one. A card may wait that long.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _due = new();
    private long _begun;
    private long _lookedAgain;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await FoldBatchAsync(stoppingToken) >= BatchSize)
                {
                    // A full batch: there may be more.
                }

                await LookAgainAsync(stoppingToken);
                await signal.WaitAsync(UntilNextPlan(), stoppingToken);
                if (Gather - time.GetElapsedTime(_begun) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, time, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
                await Task.Delay(SafetyNet, time, stoppingToken);
            }
        }
    }

    private async Task LookAgainAsync(CancellationToken ct)
    {
        if (time.GetElapsedTime(_lookedAgain) >= SafetyNet)
        {
            _lookedAgain = time.GetTimestamp();
            await database.WriteAsync(conversations.LookAgainAsync, ct);
        }
    }

    /// <returns>Number of sessions claimed.</returns>
    private async Task<int> FoldBatchAsync(CancellationToken ct)
    {
        _begun = time.GetTimestamp();
        List<FoldClaim> claimed = [];
        try
        {
            return await FoldClaimedAsync(async (context, token) => claimed = await ClaimAsync(context, null, token), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && claimed.Count > 0 && !database.IsAway(e))
        {
            // One session that cannot be folded or planned must not stop the others: each goes alone.
            foreach (var claim in claimed)
            {
                await FoldAloneAsync(claim.Session, ct);
            }

            return claimed.Count;
        }
    }

    private async Task FoldAloneAsync(SessionKey session, CancellationToken ct)
    {
        try
        {
            await FoldClaimedAsync((context, token) => ClaimAsync(context, session, token), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && !database.IsAway(e))
        {
            // Its row says why, and it is tried again: by its next event, by a replay, or after a while.
            LogUnfoldable(logger, session.IntegrationId, e);
            await database.WriteAsync(
                async (context, token) =>
                {
                    foreach (var claim in await ClaimAsync(context, session, token))
                    {
                        context.Marks.Folded(claim.Session.Cabinet.Value, claim.Session.Id, claim.DirtyVersion, time.GetUtcNow() + RetryFailed, claim.Planned, e.Message);
                    }
                },
                ct);
        }
    }

    private async Task<int> FoldClaimedAsync(Func<HubDbContext, CancellationToken, Task<List<FoldClaim>>> claim, CancellationToken ct)
    {
        var (count, calls) = await database.WriteAsync(
            async (context, token) =>
            {
                var claimed = await claim(context, token);
                var folded = await batch.FoldAsync(context, claimed, token);
                if (folded.Exists(f => f.Planned))
                {
                    await database.TellReplicasAsync(context, WakeUp.Sync, token);
                }

                return (claimed.Count, folded);
            },
            ct);
        if (calls.Exists(c => c.Planned))
        {
            syncSignal.Raise();
        }

        foreach (var (call, callContext, _, due) in calls)
        {
            if (due is { } at)
            {
                _due.Enqueue(at, at);
            }

            foreach (var listener in listeners)
            {
                listener.OnFolded(call, callContext);
            }
        }

        return count;
    }

    private async Task<List<FoldClaim>> ClaimAsync(HubDbContext context, SessionKey? only, CancellationToken ct)
    {
        if (only is { } session)
        {
            await database.LockSessionAsync(context, session, ct);
            return await ReadAsync(
                context, $"{ClaimColumns} WHERE (dirty_version > folded_version OR plan_due_at <= @now) AND cabinet = @c AND session_id = @s", c => c.With("@c", session.Cabinet.Value).With("@s", session.Id), ct);
        }

        // Two questions, each answered by an index of its own. In one, with OR, both databases read every session there ever was.
        if (!database.IsPostgres)
        {
            var claimed = await ReadAsync(context, $"{ClaimColumns} WHERE {ClaimDirty} LIMIT {BatchSize}", null, ct);
            claimed.AddRange(await ReadAsync(context, $"{ClaimColumns} WHERE {ClaimDue} LIMIT {BatchSize - claimed.Count}", null, ct));
            return claimed;
        }

        var mine = await ReadAsync(context, $"({FreeOf(ClaimDirty)}) UNION ALL ({FreeOf(ClaimDue)})", null, ct);

        // As they are now: another replica may have finished one between the look at its row and the lock.
        return mine.Count == 0 ? mine : await ReadAsync(
            context,
            $"""
            {ClaimColumns} JOIN unnest(@c, @s) AS mine (at, number) ON cabinet = at AND session_id = number
            WHERE dirty_version > folded_version OR plan_due_at <= @now ORDER BY cabinet, session_id
            """,
            c => c.With("@c", mine.ConvertAll(m => m.Session.Cabinet.Value)).With("@s", mine.ConvertAll(m => m.Session.Id)),
            ct);

        // The inner limit keeps the order and is left as soon as the outer one is full: no session is locked that is not taken.
        static string FreeOf(string which) => $"""
            SELECT * FROM ({ClaimColumns} WHERE {which} LIMIT {BatchSize + OthersHold}) AS c
            WHERE pg_try_advisory_xact_lock({(int)LockSpace.Session}, hashtext(cabinet || ':' || session_id)) LIMIT {BatchSize}
            """;
    }

    private async Task<List<FoldClaim>> ReadAsync(HubDbContext context, string sql, Action<DbCommand>? more, CancellationToken ct)
    {
        await using var command = HubDatabase.Command(context, sql).With("@now", database.Instant(time.GetUtcNow()));
        more?.Invoke(command);

        var claimed = new List<FoldClaim>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            DateTimeOffset? due = await reader.IsDBNullAsync(4, ct)
                ? null
                : database.IsPostgres ? new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero) : SqliteInstant.FromMicroseconds(reader.GetInt64(4));
            claimed.Add(new FoldClaim(new SessionKey(CabinetKey.Parse(reader.GetString(0)), reader.GetInt64(1)), reader.GetInt64(2), due, reader.GetBoolean(5)));
        }

        return claimed;
    }

    /// <summary>When one of the calls that were folded here has settled. Those that another replica folded, or this one before its restart, are found by the safety net.</summary>
    private TimeSpan UntilNextPlan()
    {
        var now = time.GetUtcNow();
        while (_due.TryPeek(out var past, out _) && past <= now)
        {
            _due.Dequeue();
        }

        return _due.TryPeek(out var next, out _) && next - now < SafetyNet ? next - now + TimeSpan.FromMilliseconds(1) : SafetyNet;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Folding failed; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Session {Session} cannot be folded.")]
    private static partial void LogUnfoldable(ILogger logger, string session, Exception exception);
}
