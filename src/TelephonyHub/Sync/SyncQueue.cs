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

    /// <summary>Works to begin at once, at most <paramref name="most"/>, each on a lane of its own.</summary>
    public async Task<IReadOnlyList<SyncWork>> ClaimAsync(int most, CancellationToken ct)
    {
        // Another replica may be quicker with some of them: then the next ones are taken.
        foreach (var candidates in (await CandidatesAsync(most * 4, ct)).Chunk(most))
        {
            if (await TakeAsync(candidates, ct) is { Count: > 0 } works)
            {
                return works;
            }
        }

        return [];
    }

    /// <summary>When the next task is due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct)
    {
        var (now, active) = (time.GetUtcNow(), ActiveCabinets());
        if (active.Count == 0)
        {
            return null;
        }

        await using var context = database.CreateContext();
        var next = await active
            .Select(cabinet => Waiting(context, cabinet, now).Select(t => (DateTimeOffset?)t.NextAttemptAt).Take(1))
            .Aggregate((one, other) => one.Concat(other))
            .ToListAsync(ct);
        return next.Min();
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
                var ids = work.Tasks.Select(t => t.Id).ToList();
                await context.SyncTasks.Where(t => ids.Contains(t.Id) && t.LeaseOwner == work.Owner && t.State == "running").ExecuteUpdateAsync(
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
        if (active.Count == 0)
        {
            return [];
        }

        // All cabinets in one question: on most looks there is nothing in any of them.
        await using var context = database.CreateContext();
        var due = (await active
                .Select(cabinet => Due(context, cabinet, now).Select(t => new { t.Cabinet, t.SessionId, t.Lane, t.NextAttemptAt }).Take(most * TasksOfACall))
                .Aggregate((one, other) => one.Concat(other))
                .ToListAsync(ct))
            .ToLookup(t => t.Cabinet, StringComparer.Ordinal);

        // One call a lane: its other calls wait for the lane anyway, and must not fill the places of other clients.
        var byCabinet = active.ConvertAll(cabinet => due[cabinet]
            .OrderBy(d => d.NextAttemptAt)
            .DistinctBy(d => d.Lane)
            .Take(most)
            .Select(d => (Session: new SessionKey(CabinetKey.Parse(cabinet), d.SessionId), d.Lane))
            .ToList());

        // Whose turn comes first changes, else the first of the alphabet would always get the last free place.
        var first = (int)((uint)Interlocked.Increment(ref _turn) % active.Count);
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

    /// <summary>Lanes first, then the tasks, both in the order in which everybody takes them: two replicas never wait for each other.</summary>
    private Task<List<SyncWork>> TakeAsync(IReadOnlyList<(SessionKey Session, string Lane)> candidates, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var now = time.GetUtcNow();
            var wanted = candidates
                .OrderBy(c => c.Lane, StringComparer.Ordinal)
                .Select(c => new Claim(c.Session, c.Lane, $"{_owner}:{Guid.CreateVersion7():N}"))
                .ToList();
            var lanes = new Statements(database, context);
            wanted.ForEach(c => lanes.Add(
                """
                INSERT INTO lanes (lane, owner, until) VALUES (@lane, @owner, @until)
                ON CONFLICT (lane) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE lanes.until < @now
                """,
                ("@lane", c.Lane),
                ("@owner", c.Owner),
                ("@until", database.Instant(now + Lease)),
                ("@now", database.Instant(now))));
            var free = await lanes.RunAsync(token);
            var mine = wanted.Where((_, n) => free[n] == 1).OrderBy(c => c.Session.Cabinet.Value, StringComparer.Ordinal).ThenBy(c => c.Session.Id).ToList();
            if (mine.Count == 0)
            {
                return [];
            }

            var tasks = new Statements(database, context);
            mine.ForEach(c => tasks.Add(
                """
                UPDATE sync_tasks SET state = 'running', attempts = attempts + 1, claims = claims + 1, lease_owner = @owner, lease_until = @until, updated_at = @now
                WHERE cabinet = @cabinet AND session_id = @session AND lane = @lane
                    AND ((state IN ('pending', 'retry') AND next_attempt_at <= @now) OR (state = 'running' AND lease_until < @now))
                """,
                ("@owner", c.Owner),
                ("@until", database.Instant(now + Lease)),
                ("@now", database.Instant(now)),
                ("@cabinet", c.Session.Cabinet.Value),
                ("@session", c.Session.Id),
                ("@lane", c.Lane)));
            var taken = await tasks.RunAsync(token);
            var idle = mine.Where((_, n) => taken[n] == 0).Select(c => c.Owner).ToList();
            if (idle.Count > 0)
            {
                await context.Lanes.Where(l => idle.Contains(l.Owner)).ExecuteDeleteAsync(token);
            }

            return await ReadAsync(context, mine.FindAll(c => !idle.Contains(c.Owner)), token);
        },
        ct);

    private static async Task<List<SyncWork>> ReadAsync(HubDbContext context, List<Claim> claims, CancellationToken ct)
    {
        if (claims.Count == 0)
        {
            return [];
        }

        var (cabinets, sessions, owners) = (claims.Select(c => c.Session.Cabinet.Value).Distinct().ToList(), claims.ConvertAll(c => c.Session.Id), claims.ConvertAll(c => c.Owner));
        var tasks = await context.SyncTasks.AsNoTracking()
            .Where(t => cabinets.Contains(t.Cabinet) && sessions.Contains(t.SessionId) && owners.Contains(t.LeaseOwner!))
            .OrderBy(t => t.Rank).ThenBy(t => t.Purpose)
            .ToListAsync(ct);
        var byOwner = tasks.ToLookup(t => t.LeaseOwner);
        return claims.ConvertAll(c => new SyncWork(c.Session, c.Lane, c.Owner, [.. byOwner[c.Owner]]));
    }

    private sealed record Claim(SessionKey Session, string Lane, string Owner);
}
