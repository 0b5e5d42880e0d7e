using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>
/// Which missed calls of a client belong together (row G). A series is what lies between two talks with him: its first missed call has the task, the others
/// are counted in it. Decided in the transaction of each plan, one client at a time over all replicas, so that two calls missed in two
/// cabinets at once find each other. Who has the task keeps it: its id is computed from that call.
/// </summary>
public sealed class MissedCalls(HubDatabase database, HubSettings settings, DirectoryService directory, TimeProvider time)
{
    /// <summary>Answered calls in any cabinet. A session that only talked with a second one's greeting reached nobody.</summary>
    public static IQueryable<CallRow> Reaching(HubDbContext context) => context.Calls.AsNoTracking().Where(c => c.Answered && c.MissedSeries == null && c.Direction != "internal");

    /// <summary>Those of one client, which are not of one and the same conversation.</summary>
    public static IQueryable<CallRow> Reaching(HubDbContext context, IReadOnlyList<string> phones, string exceptConversation) =>
        Reaching(context).Where(c => phones.Contains(c.ClientPhone) && c.ConversationId != exceptConversation);

    /// <summary>All numbers of the client, E.164, in one order everywhere.</summary>
    public IReadOnlyList<string> PhonesOf(PhoneNumber? client) =>
        client is { } number ? [.. directory.NumbersOfSameClient(number).Select(n => n.E164).Order(StringComparer.Ordinal)] : [];

    /// <summary>Until commit nobody else plans a call of these clients, whichever of their numbers it came from. Taken in one order: two batches never wait for each other.</summary>
    /// <param name="context">Of the plans.</param>
    /// <param name="phones">All numbers of each client (<see cref="PhonesOf"/>).</param>
    /// <param name="ct">Cancels.</param>
    public Task LockAsync(HubDbContext context, IEnumerable<string> phones, CancellationToken ct) =>
        database.LockAsync(context, LockSpace.ClientsMissedCalls, phones.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), ct);

    /// <summary>The call's place among the missed calls of its client; kept on its row.</summary>
    public async Task<MissedSeries> PlaceAsync(HubDbContext context, PlanFacts facts, CallRow row, CancellationToken ct)
    {
        var key = facts.Call.Key;
        if (!CallPlanner.WantsCallBack(facts))
        {
            await LeaveAsync(context, key, row, ct);
            return MissedSeries.Alone;
        }

        var (cabinet, id) = (key.Cabinet.Value, key.Id);
        var mine = await context.MissedCalls.AsNoTracking().FirstOrDefaultAsync(m => m.Cabinet == cabinet && m.SessionId == id, ct);
        var head = mine is not null || facts.Call.ClientPhone is null ? key : await HeadForAsync(context, facts, row, ct) ?? key;
        if (row.MissedSeries != head.IntegrationId)
        {
            await LeaveAsync(context, key, row, ct);
            row.MissedSeries = head.IntegrationId;
            if (head != key)
            {
                await PlanAgainAsync(context, c => c.Cabinet == head.Cabinet.Value && c.SessionId == head.Id, ct);
            }
        }

        if (head != key)
        {
            return new MissedSeries(head, 0, await TaskOfAsync(context, head, ct));
        }

        var others = await context.Calls.CountAsync(c => c.MissedSeries == row.MissedSeries && !(c.Cabinet == cabinet && c.SessionId == id), ct);
        return new MissedSeries(null, others + 1, Closed: mine?.ClosedAt is not null);
    }

    /// <summary>The call is no missed call (any more), or part of another conversation. Those who hung on it look for their place again.</summary>
    public async Task LeaveAsync(HubDbContext context, SessionKey key, CallRow row, CancellationToken ct)
    {
        if (row.MissedSeries is not { } series)
        {
            return;
        }

        row.MissedSeries = null;
        var (cabinet, id) = (key.Cabinet.Value, key.Id);
        if (series == key.IntegrationId)
        {
            await context.MissedCalls.Where(m => m.Cabinet == cabinet && m.SessionId == id).ExecuteDeleteAsync(ct);
            await PlanAgainAsync(context, c => c.MissedSeries == series && !(c.Cabinet == cabinet && c.SessionId == id), ct);
        }
        else
        {
            var head = SessionKey.Parse(series);
            await PlanAgainAsync(context, c => c.Cabinet == head.Cabinet.Value && c.SessionId == head.Id, ct);
        }
    }

    /// <summary>Somebody talked with the client: what he missed before is planned again, and what he missed after begins a series of its own.</summary>
    public async Task ReachedAsync(HubDbContext context, Call call, IReadOnlyList<string> phones, Guid? talkedContact, CancellationToken ct)
    {
        var (cabinet, id, at) = (call.Key.Cabinet.Value, call.Key.Id, call.AnsweredAt ?? call.StartedAt);
        var talked = NameOf(talkedContact);
        var earlier = await context.MissedCalls.AsNoTracking()
            .Where(m => phones.Contains(m.ClientPhone))
            .Join(context.Calls, m => new { m.Cabinet, m.SessionId }, c => new { c.Cabinet, c.SessionId }, (m, c) => new { Missed = m, c.StartedAt, c.MissedSeries })
            .Where(m => m.StartedAt < call.StartedAt)
            .ToListAsync(ct);
        foreach (var (head, series) in earlier
            .Where(m => m.Missed.ReachedAt is null || m.Missed.ReachedAt > at || (m.Missed.ReachedCabinet == cabinet && m.Missed.ReachedSessionId == id && (m.Missed.ReachedBy != talked || m.Missed.ReachedAt != at)))
            .Select(m => (m.Missed, m.MissedSeries)))
        {
            await PlanAgainAsync(context, c => c.Cabinet == head.Cabinet && c.SessionId == head.SessionId, ct);
            await PlanAgainAsync(context, c => c.MissedSeries == series && c.StartedAt > call.StartedAt, ct);
        }
    }

    /// <summary>Keeps what the list of missed calls shows; only for the call that has the task.</summary>
    public async Task StoreAsync(HubDbContext context, PlanFacts facts, CallPlan plan, CallRow row, CancellationToken ct)
    {
        if (row.MissedSeries != facts.Call.Key.IntegrationId)
        {
            return;
        }

        var (cabinet, id) = (row.Cabinet, row.SessionId);
        var missed = await context.MissedCalls.FirstOrDefaultAsync(m => m.Cabinet == cabinet && m.SessionId == id, ct);
        if (missed is null)
        {
            missed = new MissedCallRow { Cabinet = cabinet, SessionId = id, State = "" };
            context.MissedCalls.Add(missed);
        }

        var others = await context.Calls.AsNoTracking()
            .Where(c => c.MissedSeries == row.MissedSeries && !(c.Cabinet == cabinet && c.SessionId == id))
            .Select(c => c.EndedAt ?? c.StartedAt)
            .ToListAsync(ct);
        var own = facts.Conversation.EndedAt ?? facts.Call.StartedAt;
        var task = plan.Tasks.FirstOrDefault(t => t.Kind == SyncKinds.CallBack)?.Wanted as WantedActivity;
        missed.ClientPhone = facts.Call.ClientPhone?.E164;
        missed.ClientName = DbText.Of(facts.Ownership.Client?.Name ?? facts.Call.ClientName, 250);
        missed.FirstMissedAt = others.Append(own).Min();
        missed.LastMissedAt = others.Append(own).Max();
        missed.Attempts = others.Count + 1;
        missed.OwnerContactId = task?.OwnerId ?? plan.Owners.Task.ContactId;
        missed.Owner = NameOf(missed.OwnerContactId) ?? DbText.Of(plan.Owners.Task.Name, 250);
        missed.DueAt = task?.Due ?? missed.DueAt;
        await StoreReachAsync(context, facts, missed, ct);
        missed.UpdatedAt = time.GetUtcNow();
    }

    /// <summary>A person ended (or deleted) the task in the CRM. Who tried after that is another series.</summary>
    public Task CloseAsync(SessionKey head, DateTimeOffset at, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var (cabinet, id, series) = (head.Cabinet.Value, head.Id, head.IntegrationId);
            var now = time.GetUtcNow();
            var closed = await context.MissedCalls.Where(m => m.Cabinet == cabinet && m.SessionId == id && m.ClosedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.ClosedAt, at).SetProperty(m => m.State, m => m.State == "open" ? "closed" : m.State).SetProperty(m => m.UpdatedAt, now), token);
            if (closed > 0)
            {
                await PlanAgainAsync(context, c => c.MissedSeries == series && ((c.EndedAt ?? c.StartedAt) > at || (c.Cabinet == cabinet && c.SessionId == id)), token);
            }
        },
        ct);

    /// <summary>
    /// The task of a series is written, for the first time or with another attempt counted: the Calls of its other attempts refer to it from now on. Not only the first
    /// time: an attempt that was being planned at that moment, in a transaction of its own, was not seen, and did not see the task.
    /// </summary>
    internal static Task TaskWrittenAsync(HubDbContext context, SessionKey head, Guid task, CancellationToken ct)
    {
        var (cabinet, id, series) = (head.Cabinet.Value, head.Id, head.IntegrationId);
        return PlanAgainAsync(context, c => c.MissedSeries == series && c.ActivityId != task && !(c.Cabinet == cabinet && c.SessionId == id), ct);
    }

    private async Task<SessionKey?> HeadForAsync(HubDbContext context, PlanFacts facts, CallRow row, CancellationToken ct)
    {
        // Between the talk before and the talk after. What only shows its plans must not take the task from what writes it.
        var (phones, own, start) = (facts.ClientPhones, row.ConversationId, facts.Call.StartedAt);
        var before = await Reaching(context, phones, own).Where(c => c.StartedAt <= start).MaxAsync(c => (DateTimeOffset?)c.StartedAt, ct) ?? DateTimeOffset.UnixEpoch;
        var after = await Reaching(context, phones, own).Where(c => c.StartedAt > start).MinAsync(c => (DateTimeOffset?)c.StartedAt, ct) ?? DateTimeOffset.UnixEpoch.AddYears(200);
        List<string> cabinets = [.. settings.Cabinets.Values.Where(c => c.Mode == facts.Cabinet.Mode).Select(c => c.Key.Value)];
        var ended = facts.Conversation.EndedAt ?? start;
        var head = await context.MissedCalls.AsNoTracking()
            .Where(m => phones.Contains(m.ClientPhone) && cabinets.Contains(m.Cabinet) && (m.ClosedAt == null || m.ClosedAt >= ended))
            .Join(context.Calls, m => new { m.Cabinet, m.SessionId }, c => new { c.Cabinet, c.SessionId }, (m, c) => new { m.Cabinet, m.SessionId, c.StartedAt })
            .Where(m => m.StartedAt > before && m.StartedAt < after)
            .OrderBy(m => m.StartedAt).ThenBy(m => m.Cabinet).ThenBy(m => m.SessionId)
            .FirstOrDefaultAsync(ct);
        return head is null ? null : new SessionKey(CabinetKey.Parse(head.Cabinet), head.SessionId);
    }

    private async Task StoreReachAsync(HubDbContext context, PlanFacts facts, MissedCallRow missed, CancellationToken ct)
    {
        var start = facts.Call.StartedAt;
        var reach = missed.ClientPhone is null
            ? null
            : await Reaching(context, facts.ClientPhones, facts.Conversation.First.Key.IntegrationId)
                .Where(c => c.StartedAt > start)
                .OrderBy(c => c.StartedAt)
                .Select(c => new { c.Cabinet, c.SessionId, c.Direction, c.TalkedContactId, At = c.AnsweredAt ?? c.StartedAt })
                .FirstOrDefaultAsync(ct);
        missed.ReachedAt = reach?.At;
        missed.ReachedCabinet = reach?.Cabinet;
        missed.ReachedSessionId = reach?.SessionId;
        missed.ReachedBy = NameOf(reach?.TalkedContactId);
        missed.SecondsToCallBack = reach is null ? null : (int)Math.Clamp((reach.At - missed.FirstMissedAt).TotalSeconds, 0, int.MaxValue);
        missed.State = missed.ClosedAt is not null && (reach is null || missed.ClosedAt < reach.At) ? "closed"
            : reach is null ? "open"
            : reach.Direction == "out" ? "calledBack" : "answeredLater";
    }

    private string? NameOf(Guid? contact) => DbText.Of(directory.Managers.ByContact(contact)?.Name, 250);

    private static async Task<Guid?> TaskOfAsync(HubDbContext context, SessionKey head, CancellationToken ct)
    {
        var (cabinet, id) = (head.Cabinet.Value, head.Id);
        return await context.SyncTasks.AsNoTracking()
            .Where(t => t.Cabinet == cabinet && t.SessionId == id && t.Kind == SyncKinds.CallBack && t.Written != null)
            .Select(t => t.CrmId)
            .FirstOrDefaultAsync(ct);
    }

    private static async Task PlanAgainAsync(HubDbContext context, Expression<Func<CallRow, bool>> which, CancellationToken ct)
    {
        foreach (var call in await context.Calls.AsNoTracking().Where(which).OrderBy(c => c.Cabinet).ThenBy(c => c.SessionId).Select(c => new { c.Cabinet, c.SessionId }).ToListAsync(ct))
        {
            context.Marks.FoldAgain(call.Cabinet, call.SessionId);
        }
    }
}
