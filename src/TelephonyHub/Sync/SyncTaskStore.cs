using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>The plan's tasks in the database. A new plan changes what differs and leaves the rest alone.</summary>
internal static class SyncTaskStore
{
    public static async Task<List<SyncTaskRow>> OfSessionAsync(HubDbContext context, SessionKey session, CancellationToken ct)
    {
        var (cabinet, id) = (session.Cabinet.Value, session.Id);
        return await context.SyncTasks.AsNoTracking().Where(t => t.Cabinet == cabinet && t.SessionId == id).OrderBy(t => t.Rank).ThenBy(t => t.Purpose).ToListAsync(ct);
    }

    /// <summary>
    /// Its record may stand in the CRM: it was written, is being written at this moment, or was sent and the answer is not known. Such a task must be closed
    /// rather than dropped, else the record stays open for ever.
    /// </summary>
    public static bool MayBeWritten(SyncTaskRow task) => task.Written is not null || task.Claims > 0;

    /// <summary>Another call of the client says that it made this contact, not only found it.</summary>
    public static Task<bool> WasMadeByAnotherAsync(HubDbContext context, SyncTaskRow task, Guid contact, CancellationToken ct) =>
        context.SyncTasks.AnyAsync(t => t.Lane == task.Lane && t.Kind == SyncKinds.Contact && t.CrmId == contact && t.Id != task.Id && !t.Written!.Contains("\"Found\""), ct);

    /// <param name="context">Of the plan.</param>
    /// <param name="call">Whose tasks.</param>
    /// <param name="planned">All that it is to have.</param>
    /// <param name="existing">All that it has.</param>
    /// <param name="heldBy">The work that plans anew, and drops also what it holds itself; null: what is being written is left to whoever writes it.</param>
    /// <param name="now">By the hub's clock.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task ApplyAsync(
        HubDbContext context, Call call, IReadOnlyList<PlannedTask> planned, IReadOnlyList<SyncTaskRow> existing, string? heldBy, DateTimeOffset now, CancellationToken ct)
    {
        var byKey = existing.ToDictionary(t => (t.Kind, t.Purpose));
        var lane = call.ClientPhone?.E164 ?? call.Key.IntegrationId;
        foreach (var task in planned)
        {
            var wanted = task.Wanted.ToJson();
            if (!byKey.Remove((task.Kind, task.Purpose), out var row))
            {
                context.SyncTasks.Add(New(call, task, wanted, lane, now));
            }
            else if (row.Wanted != wanted)
            {
                await ChangeAsync(context, row.Id, wanted, lane, now, ct);
                if (task.Wanted is WantedContact contact && Wanted.Read(row.Wanted) is WantedContact before && contact.Phone != before.Phone)
                {
                    await ForgetClientAsync(context, call, planned.Any(p => p.Kind == SyncKinds.Deal), ct);
                }
            }
        }

        // Also what did not change: a call-back is looked for by the client's number, which may have become known only now.
        if (existing.Any(t => t.Lane != lane))
        {
            var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
            await context.SyncTasks.Where(t => t.Cabinet == cabinet && t.SessionId == id && t.Lane != lane).ExecuteUpdateAsync(s => s.SetProperty(t => t.Lane, lane), ct);
        }

        // What no plan wants any more and was never written is dropped; what was written stays, people may work with it.
        var dropped = byKey.Values
            .Where(t => t is { Written: null, CrmId: null } && (t.State is "pending" or "retry" or "dead" || (heldBy is not null && t.LeaseOwner == heldBy)) && t.Kind != SyncKinds.Talker)
            .Select(t => t.Id).ToList();
        if (dropped.Count > 0)
        {
            // As they are now: a worker may have written one since they were read.
            await context.SyncTasks
                .Where(t => dropped.Contains(t.Id) && t.Written == null && t.CrmId == null && (t.State == "pending" || t.State == "retry" || t.State == "dead" || (heldBy != null && t.LeaseOwner == heldBy)))
                .ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>
    /// A second session's task that stands, or may stand, in the CRM becomes the conversation's first session's, which plans on with it: made there once more, it
    /// would be doubled. The record keeps its id. Only under the client's lock (<see cref="MissedCalls.LockAsync"/>).
    /// </summary>
    /// <returns>False when the first session has one of its own that may stand in the CRM.</returns>
    public static async Task<bool> HandOverAsync(HubDbContext context, SyncTaskRow task, SessionKey first, CancellationToken ct)
    {
        var (cabinet, id) = (first.Cabinet.Value, first.Id);
        var own = context.SyncTasks.Where(t => t.Cabinet == cabinet && t.SessionId == id && t.Kind == task.Kind && t.Purpose == task.Purpose);
        await own.Where(t => t.State == "pending" && t.Claims == 0 && t.Written == null && t.CrmId == null).ExecuteDeleteAsync(ct);
        if (await own.AnyAsync(ct))
        {
            return false;
        }

        // Who writes it at this moment finds a newer version and leaves it pending; the first session's plan decides what becomes of it.
        var wanted = (WantedActivity)Wanted.Read(task.Wanted);
        var json = (wanted with { Session = wanted.Session ?? new SessionKey(CabinetKey.Parse(task.Cabinet), task.SessionId).IntegrationId }).ToJson();
        await context.SyncTasks.Where(t => t.Id == task.Id).ExecuteUpdateAsync(
            s => s.SetProperty(t => t.Cabinet, cabinet).SetProperty(t => t.SessionId, id).SetProperty(t => t.Wanted, json).SetProperty(t => t.Version, t => t.Version + 1), ct);
        context.Marks.FoldAgain(cabinet, id);
        return true;
    }

    /// <summary>The client was reached: calls that still want him called back are planned anew, which closes their tasks, in whichever cabinet they are.</summary>
    public static async Task ReplanCallBacksAsync(HubDbContext context, SessionKey reachedBy, IReadOnlyList<string> phones, DateTimeOffset reachedAt, CancellationToken ct)
    {
        // The lane is the client's number; "open" stands in the wanted record, and a closed one differs.
        var (cabinet, id) = (reachedBy.Cabinet.Value, reachedBy.Id);
        var waiting = await context.SyncTasks.AsNoTracking()
            .Where(t => phones.Contains(t.Lane) && t.Kind == SyncKinds.CallBack && t.Wanted.Contains("\"open\":true") && !(t.Cabinet == cabinet && t.SessionId == id))
            .Join(context.Calls, t => new { t.Cabinet, t.SessionId }, c => new { c.Cabinet, c.SessionId }, (t, c) => new { t.Cabinet, t.SessionId, c.StartedAt })
            .Where(c => c.StartedAt < reachedAt)
            .OrderBy(c => c.Cabinet).ThenBy(c => c.SessionId)
            .ToListAsync(ct);
        foreach (var call in waiting)
        {
            context.Marks.FoldAgain(call.Cabinet, call.SessionId);
        }
    }

    /// <summary>
    /// One statement on the row as it is now: a worker may be finishing the older version this very moment. It compares versions and then leaves the
    /// task pending.
    /// </summary>
    private static Task ChangeAsync(HubDbContext context, Guid id, string wanted, string lane, DateTimeOffset now, CancellationToken ct) =>
        context.SyncTasks.Where(t => t.Id == id).ExecuteUpdateAsync(
            s => s
                .SetProperty(t => t.Wanted, wanted)
                .SetProperty(t => t.Lane, lane)
                .SetProperty(t => t.Version, t => t.Version + 1)
                .SetProperty(t => t.State, t => t.State == "running" ? "running" : "pending")
                .SetProperty(t => t.Attempts, 0)
                .SetProperty(t => t.FailingSince, (DateTimeOffset?)null)
                .SetProperty(t => t.NextAttemptAt, now)
                .SetProperty(t => t.UpdatedAt, now),
            ct);

    /// <summary>The number was corrected: whom it belongs to, and whether he has an open deal, is asked anew. A deal that was made stays the call's.</summary>
    private static async Task ForgetClientAsync(HubDbContext context, Call call, bool deal, CancellationToken ct)
    {
        var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
        await context.SyncTasks
            .Where(t => t.Cabinet == cabinet && t.SessionId == id && (t.Kind == SyncKinds.Contact || (deal && t.Kind == SyncKinds.Deal && t.Written!.Contains("\"Found\":true"))))
            .ExecuteUpdateAsync(
                s => s
                    .SetProperty(t => t.CrmId, (Guid?)null)
                    .SetProperty(t => t.Written, (string?)null)
                    .SetProperty(t => t.Version, t => t.Version + 1)
                    .SetProperty(t => t.State, t => t.State == "running" ? "running" : "pending"),
                ct);
    }

    private static SyncTaskRow New(Call call, PlannedTask task, string wanted, string lane, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Cabinet = call.Key.Cabinet.Value,
        SessionId = call.Key.Id,
        Kind = task.Kind,
        Purpose = task.Purpose,
        Rank = SyncKinds.RankOf(task.Kind),
        Lane = lane,
        Wanted = wanted,
        State = "pending",
        NextAttemptAt = now,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
