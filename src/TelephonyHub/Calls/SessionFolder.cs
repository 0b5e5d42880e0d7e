using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Who wants to plan a folded call in the transaction of the fold: the sync slice.</summary>
public interface ICallPlanning
{
    /// <summary>Facts that other slices add to a call: region, internal or not.</summary>
    Task<CallContext> ContextOfAsync(HubDbContext context, Call call, CancellationToken ct);

    /// <summary>Writes the plan's tasks; <paramref name="row"/> takes owner and reasons.</summary>
    Task PlanAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, CancellationToken ct);
}

/// <summary>Who wants to know of folded calls after the commit; must return at once.</summary>
public interface ICallListener
{
    void OnFolded(Call call, CallContext context);
}

/// <param name="Region">The region's cabinet; null when unknown.</param>
/// <param name="Internal">The other party is the company itself.</param>
public sealed record CallContext(CabinetKey? Region, bool Internal);

/// <summary>
/// Journal → calls. Claims dirty sessions row by row, reads their events only then, and writes call, recordings and (once settled) the plan's tasks in
/// one transaction. Any number of replicas: the row lock is the claim.
/// </summary>
public sealed partial class SessionFolder(
    HubDatabase database,
    HubSettings settings,
    FoldSignal signal,
    SyncSignal syncSignal,
    ICallPlanning planning,
    IEnumerable<ICallListener> listeners,
    TimeProvider time,
    ILogger<SessionFolder> logger) : BackgroundService
{
    private const int BatchSize = 50;
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await FoldBatchAsync(stoppingToken) == BatchSize)
                {
                    // A full batch: there may be more.
                }

                await signal.WaitAsync(await NextPlanInAsync(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
                await Task.Delay(SafetyNet, time, stoppingToken);
            }
        }
    }

    /// <returns>Number of sessions folded.</returns>
    private async Task<int> FoldBatchAsync(CancellationToken ct)
    {
        var folded = await database.WriteAsync(
            async (context, token) =>
            {
                var claimed = await ClaimAsync(context, token);
                var calls = new List<(Call Call, CallContext Context)>();
                foreach (var session in claimed)
                {
                    if (await FoldAsync(context, session, token) is { } result)
                    {
                        calls.Add(result);
                    }
                }

                return (claimed.Count, calls);
            },
            ct);
        if (folded.Count > 0)
        {
            syncSignal.Raise();
        }

        foreach (var (call, callContext) in folded.calls)
        {
            foreach (var listener in listeners)
            {
                listener.OnFolded(call, callContext);
            }
        }

        return folded.Count;
    }

    private async Task<List<Claim>> ClaimAsync(HubDbContext context, CancellationToken ct)
    {
        await using var command = HubDatabase.Command(context, $"""
            SELECT cabinet, session_id, dirty_version, folded_version, plan_due_at, planned FROM sessions
            WHERE dirty_version > folded_version OR plan_due_at <= @now
            ORDER BY cabinet, session_id LIMIT {BatchSize} {database.SkipLocked}
            """).With("@now", database.Instant(time.GetUtcNow()));
        var claimed = new List<Claim>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            DateTimeOffset? due = await reader.IsDBNullAsync(4, ct)
                ? null
                : database.IsPostgres ? new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero) : SqliteInstant.FromMicroseconds(reader.GetInt64(4));
            claimed.Add(new Claim(new SessionKey(CabinetKey.Parse(reader.GetString(0)), reader.GetInt64(1)), reader.GetInt64(2), due, reader.GetBoolean(5)));
        }

        return claimed;
    }

    private async Task<(Call, CallContext)?> FoldAsync(HubDbContext context, Claim claim, CancellationToken ct)
    {
        var (cabinet, id) = (claim.Session.Cabinet.Value, claim.Session.Id);
        var facts = await context.Events.AsNoTracking().Where(e => e.Cabinet == cabinet && e.SessionId == id && e.Facts != null).Select(e => e.Facts!).ToListAsync(ct);
        Call call;
        try
        {
            call = CallFold.From(claim.Session, facts.Select(JournalJson.Read));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One session that cannot be folded must not stop the others. Its row says why, and the next event tries again.
            LogUnfoldable(logger, claim.Session.IntegrationId, e);
            await FinishAsync(context, claim, claim.PlanDueAt is null ? null : DateTimeOffset.MaxValue, claim.Planned, e.Message, ct);
            return null;
        }

        var callContext = await planning.ContextOfAsync(context, call, ct);
        var row = await context.Calls.FirstOrDefaultAsync(c => c.Cabinet == cabinet && c.SessionId == id, ct);
        if (row is null)
        {
            row = CallRows.New(call);
            context.Calls.Add(row);
        }

        CallRows.Update(row, call, callContext, time.GetUtcNow());
        await RecordingRegistry.EnsureAsync(context, call, time.GetUtcNow(), ct);

        // The plan is made when the call has settled; once made, later facts change it at once.
        var due = claim.PlanDueAt ?? (call.Ended ? time.GetUtcNow() + (claim.Planned ? TimeSpan.Zero : settings.Sync.Settle) : null);
        var planned = claim.Planned;
        await context.SaveChangesAsync(ct);
        if (call.Ended && due <= time.GetUtcNow())
        {
            await planning.PlanAsync(context, call, callContext, row, ct);
            await context.SaveChangesAsync(ct);
            due = null;
            planned = true;
        }

        await FinishAsync(context, claim, due, planned, error: null, ct);
        return (call, callContext);
    }

    private async Task FinishAsync(HubDbContext context, Claim claim, DateTimeOffset? due, bool planned, string? error, CancellationToken ct)
    {
        await using var command = HubDatabase.Command(
            context,
            "UPDATE sessions SET folded_version = @v, plan_due_at = @due, planned = @planned, fold_error = @error WHERE cabinet = @c AND session_id = @s")
            .With("@v", claim.DirtyVersion)
            .With("@planned", planned)
            .With("@error", error)
            .With("@c", claim.Session.Cabinet.Value)
            .With("@s", claim.Session.Id);
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@due";
        parameter.Value = due is { } at && at != DateTimeOffset.MaxValue ? database.Instant(at) : DBNull.Value;
        parameter.DbType = database.IsPostgres ? System.Data.DbType.DateTime : System.Data.DbType.Int64;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<TimeSpan> NextPlanInAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var next = await context.Sessions.Where(s => s.PlanDueAt != null).MinAsync(s => s.PlanDueAt, ct);
        var wait = next is { } at ? at - time.GetUtcNow() : SafetyNet;
        return wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < SafetyNet ? wait : SafetyNet;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Folding failed; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Session {Session} cannot be folded.")]
    private static partial void LogUnfoldable(ILogger logger, string session, Exception exception);

    private sealed record Claim(SessionKey Session, long DirtyVersion, DateTimeOffset? PlanDueAt, bool Planned);
}
