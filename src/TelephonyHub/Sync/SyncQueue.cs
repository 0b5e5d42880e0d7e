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

    private int _turn;
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
        DateTimeOffset? next = null;
        await using var context = database.CreateContext();
        foreach (var cabinet in ActiveCabinets())
        {
            var due = await Waiting(context, cabinet, now).Select(t => (DateTimeOffset?)t.NextAttemptAt).FirstOrDefaultAsync(ct);
            next = next is null || due < next ? due ?? next : next;
        }

        return next;
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

    /// <summary>
    /// The oldest of each cabinet in turn: a city with ten thousand calls to catch up on, or with a CRM that refuses all of its own, holds up no other city's.
    /// </summary>
    private async Task<List<(SessionKey, string Lane)>> CandidatesAsync(int most, CancellationToken ct)
    {
        var (now, active) = (time.GetUtcNow(), ActiveCabinets());
        await using var context = database.CreateContext();
        var byCabinet = new List<List<(SessionKey Session, string Lane)>>(active.Count);
        foreach (var cabinet in active)
        {
            var due = await Due(context, cabinet, now).Select(t => new { t.SessionId, t.Lane }).Take(most * TasksOfACall).ToListAsync(ct);

            // One call a lane: its other calls wait for the lane anyway, and must not fill the places of other clients.
            byCabinet.Add([.. due.DistinctBy(d => d.Lane).Take(most).Select(d => (new SessionKey(CabinetKey.Parse(cabinet), d.SessionId), d.Lane))]);
        }

        // Whose turn comes first changes, else the first of the alphabet would always get the last free place.
        var first = active.Count == 0 ? 0 : (int)((uint)Interlocked.Increment(ref _turn) % active.Count);
        return [.. Enumerable.Range(0, byCabinet.Select(c => c.Count).DefaultIfEmpty().Max())
            .SelectMany(n => Enumerable.Range(0, byCabinet.Count).Select(c => byCabinet[(first + c) % byCabinet.Count]).Where(c => n < c.Count).Select(c => c[n]))
            .DistinctBy(c => c.Lane).Take(most)];
    }

    /// <summary>Not begun, or left by a worker that died; the oldest first.</summary>
    internal static IQueryable<SyncTaskRow> Due(HubDbContext context, string cabinet, DateTimeOffset now) =>
        Unfinished(context, cabinet, now).Where(t => t.State == "running" ? t.LeaseUntil < now : t.NextAttemptAt <= now);

    internal static IQueryable<SyncTaskRow> Waiting(HubDbContext context, string cabinet, DateTimeOffset now) => Unfinished(context, cabinet, now).Where(t => t.State != "running");

    /// <summary>
    /// Tasks of a cabinet that may be worked on: on lanes that nobody holds. The states stand here as the partial index spells them: else SQLite reads every task
    /// there ever was.
    /// </summary>
    private static IQueryable<SyncTaskRow> Unfinished(HubDbContext context, string cabinet, DateTimeOffset now) => context.SyncTasks.AsNoTracking()
        .Where(t => t.Cabinet == cabinet
            && (t.State == "pending" || t.State == "retry" || t.State == "running")
            && !context.Lanes.Any(l => l.Lane == t.Lane && l.Until >= now))
        .OrderBy(t => t.NextAttemptAt);

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
                        .SetProperty(t => t.Claims, t => t.Claims + 1)
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
