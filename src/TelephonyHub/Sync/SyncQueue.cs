using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>A call whose due tasks this replica may write now, alone on its lane until the lease runs out.</summary>
public sealed record SyncWork(SessionKey Session, string Lane, string Owner, IReadOnlyList<SyncTaskRow> Tasks);

/// <summary>
/// Leases on the tasks table. A work is all due tasks of one call; its lane (the client's number) is locked over all replicas, so that "find or
/// create" and "only if none is open" are decided once. The states are drawn in docs/sync-states.md.
/// </summary>
public sealed class SyncQueue(HubDatabase database, CabinetState cabinets, HubSettings settings, TimeProvider time)
{
    private const int TasksOfACall = 16;

    /// <summary>A worker that is silent this long is taken for dead.</summary>
    public TimeSpan Lease => settings.Sync.Lease;

    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():N}";

    public async Task<IReadOnlyList<SyncWork>> ClaimAsync(int most, CancellationToken ct)
    {
        var works = new List<SyncWork>();
        foreach (var (session, lane) in await CandidatesAsync(most * 4, ct))
        {
            if (works.Count >= most)
            {
                break;
            }

            // One lane of a batch is enough: the next work on it waits anyway.
            if (works.TrueForAll(w => w.Lane != lane) && await TakeAsync(session, lane, ct) is { } work)
            {
                works.Add(work);
            }
        }

        return works;
    }

    /// <summary>When the next task is due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var context = database.CreateContext();
        return await Waiting(context, now).Select(t => (DateTimeOffset?)t.NextAttemptAt).FirstOrDefaultAsync(ct);
    }

    /// <returns>False when the lane is another's: its lease ran out meanwhile.</returns>
    public Task<bool> ExtendAsync(SyncWork work, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var until = time.GetUtcNow() + Lease;
            var ids = work.Tasks.Select(t => t.Id).ToList();
            var held = await context.Lanes.Where(l => l.Lane == work.Lane && l.Owner == work.Owner).ExecuteUpdateAsync(s => s.SetProperty(l => l.Until, until), token);
            await context.SyncTasks.Where(t => ids.Contains(t.Id) && t.LeaseOwner == work.Owner).ExecuteUpdateAsync(s => s.SetProperty(t => t.LeaseUntil, until), token);
            return held == 1;
        },
        ct);

    /// <param name="work">What was claimed.</param>
    /// <param name="unfinished">The process goes down in the middle: its tasks are given back at once instead of waiting for the lease to run out.</param>
    /// <param name="ct">Cancels.</param>
    public Task ReleaseAsync(SyncWork work, bool unfinished, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            if (unfinished)
            {
                await context.SyncTasks.Where(t => t.LeaseOwner == work.Owner && t.State == "running").ExecuteUpdateAsync(
                    s => s.SetProperty(t => t.State, "pending").SetProperty(t => t.LeaseOwner, (string?)null).SetProperty(t => t.LeaseUntil, (DateTimeOffset?)null),
                    token);
            }

            await context.Lanes.Where(l => l.Lane == work.Lane && l.Owner == work.Owner).ExecuteDeleteAsync(token);
        },
        ct);

    /// <summary>
    /// At the start of the only process that a SQLite file can have: whoever held a lease is dead, and its calls need not wait for the lease to run out.
    /// With PostgreSQL another replica may be at work, so nothing is done there.
    /// </summary>
    public async Task ReleaseDeadAsync(CancellationToken ct)
    {
        if (database.IsPostgres)
        {
            return;
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                await context.SyncTasks.Where(t => t.State == "running").ExecuteUpdateAsync(
                    s => s.SetProperty(t => t.State, "pending").SetProperty(t => t.LeaseOwner, (string?)null).SetProperty(t => t.LeaseUntil, (DateTimeOffset?)null),
                    token);
                await context.Lanes.ExecuteDeleteAsync(token);
            },
            ct);
    }

    /// <summary>Cabinets whose plans are only shown, or whose sync was stopped, are passed over.</summary>
    private List<string> ActiveCabinets() => [.. settings.Cabinets.Keys.Where(cabinets.MaySync).Select(k => k.Value)];

    private async Task<List<(SessionKey, string Lane)>> CandidatesAsync(int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var context = database.CreateContext();
        var due = await Due(context, now)
            .Select(t => new { t.Cabinet, t.SessionId, t.Lane })
            .Take(most * TasksOfACall)
            .ToListAsync(ct);

        // One call a lane: its other calls wait for the lane anyway, and must not fill the places of other clients.
        return [.. due.DistinctBy(d => d.Lane).Take(most).Select(d => (new SessionKey(CabinetKey.Parse(d.Cabinet), d.SessionId), d.Lane))];
    }

    /// <summary>Not begun, or left by a worker that died; the oldest first.</summary>
    internal IQueryable<SyncTaskRow> Due(HubDbContext context, DateTimeOffset now) =>
        Unfinished(context, now).Where(t => t.State == "running" ? t.LeaseUntil < now : t.NextAttemptAt <= now);

    internal IQueryable<SyncTaskRow> Waiting(HubDbContext context, DateTimeOffset now) => Unfinished(context, now).Where(t => t.State != "running");

    /// <summary>
    /// Tasks that may be worked on: of active cabinets, on lanes that nobody holds. The states stand here as the partial index spells them, and the cabinet
    /// inside an expression: else SQLite reads every task there ever was.
    /// </summary>
    private IQueryable<SyncTaskRow> Unfinished(HubDbContext context, DateTimeOffset now)
    {
        var active = ActiveCabinets();
        return context.SyncTasks.AsNoTracking()
            .Where(t => (t.State == "pending" || t.State == "retry" || t.State == "running")
                && active.Contains(t.Cabinet + "")
                && !context.Lanes.Any(l => l.Lane == t.Lane && l.Until >= now))
            .OrderBy(t => t.NextAttemptAt);
    }

    private Task<SyncWork?> TakeAsync(SessionKey session, string lane, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var owner = $"{_owner}:{Guid.CreateVersion7():N}";
            var now = time.GetUtcNow();
            if (!await TakeLaneAsync(context, lane, owner, now, token))
            {
                return null;
            }

            var (cabinet, id) = (session.Cabinet.Value, session.Id);
            var until = now + Lease;
            await context.SyncTasks
                .Where(t => t.Cabinet == cabinet && t.SessionId == id && t.Lane == lane
                    && (((t.State == "pending" || t.State == "retry") && t.NextAttemptAt <= now) || (t.State == "running" && t.LeaseUntil < now)))
                .ExecuteUpdateAsync(
                    s => s
                        .SetProperty(t => t.State, "running")
                        .SetProperty(t => t.Attempts, t => t.Attempts + 1)
                        .SetProperty(t => t.LeaseOwner, owner)
                        .SetProperty(t => t.LeaseUntil, until)
                        .SetProperty(t => t.UpdatedAt, now),
                    token);
            var tasks = await context.SyncTasks.AsNoTracking()
                .Where(t => t.Cabinet == cabinet && t.SessionId == id && t.LeaseOwner == owner)
                .OrderBy(t => t.Rank).ThenBy(t => t.Purpose)
                .ToListAsync(token);
            if (tasks.Count == 0)
            {
                await context.Lanes.Where(l => l.Lane == lane && l.Owner == owner).ExecuteDeleteAsync(token);
                return null;
            }

            return new SyncWork(session, lane, owner, tasks);
        },
        ct);

    private async Task<bool> TakeLaneAsync(HubDbContext context, string lane, string owner, DateTimeOffset now, CancellationToken ct)
    {
        await using DbCommand command = HubDatabase.Command(context, """
            INSERT INTO lanes (lane, owner, until) VALUES (@lane, @owner, @until)
            ON CONFLICT (lane) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE lanes.until < @now
            """)
            .With("@lane", lane)
            .With("@owner", owner)
            .With("@until", database.Instant(now + Lease))
            .With("@now", database.Instant(now));
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
