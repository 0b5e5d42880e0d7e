using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <param name="Cabinet">Of the first attempt.</param>
/// <param name="From">First missed call, inclusive.</param>
/// <param name="To">First missed call, exclusive.</param>
/// <param name="State"><c>open | calledBack | answeredLater | closed</c></param>
public sealed record MissedFilter(string? Cabinet, DateTimeOffset? From, DateTimeOffset? To, string? State);

/// <param name="Open">Clients who wait for a call back.</param>
/// <param name="Overdue">Those of them whose deadline has passed.</param>
/// <param name="AverageCallBackSeconds">Of those who were reached; null without any.</param>
public sealed record MissedTotals(int Open, int Overdue, double? AverageCallBackSeconds);

/// <summary>Reads of missed calls for API and console.</summary>
public sealed class MissedCallQueries(HubDatabase database, HubAccess access, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<SessionPage<MissedItem>> ListAsync(MissedFilter filter, SessionCursor? after, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var missed = context.MissedCalls.AsNoTracking();
        if (filter.Cabinet?.ToLowerInvariant() is { } cabinet)
        {
            missed = missed.Where(m => m.Cabinet == cabinet);
        }

        missed = filter.From is { } f ? missed.Where(m => m.FirstMissedAt >= f) : missed;
        missed = filter.To is { } t ? missed.Where(m => m.FirstMissedAt < t) : missed;
        missed = filter.State is { } state ? missed.Where(m => m.State == state) : missed;
        if (after is not null)
        {
            var (at, afterCabinet, afterId) = after;
            missed = missed.Where(m => m.FirstMissedAt < at
                || (m.FirstMissedAt == at && (string.Compare(m.Cabinet, afterCabinet) > 0 || (m.Cabinet == afterCabinet && m.SessionId > afterId))));
        }

        var rows = await NewestFirst(missed)
            .Take(limit + 1)
            .GroupJoin(
                context.SyncTasks.IgnoreQueryFilters([HubDbContext.TaskFilter]).Where(s => s.Kind == SyncKinds.CallBack && s.Purpose == ""),
                m => new { m.Cabinet, m.SessionId },
                s => new { s.Cabinet, s.SessionId },
                (m, tasks) => new { Missed = m, Tasks = tasks })
            .SelectMany(m => m.Tasks.DefaultIfEmpty(), (m, task) => new { m.Missed, CrmId = task == null ? null : task.CrmId, State = task == null ? null : task.State })
            .OrderByDescending(m => m.Missed.FirstMissedAt).ThenBy(m => m.Missed.Cabinet).ThenBy(m => m.Missed.SessionId)
            .ToListAsync(ct);
        var now = time.GetUtcNow();
        var last = rows.Count > limit ? rows[limit - 1].Missed : null;
        return new SessionPage<MissedItem>(
            [.. rows.Take(limit).Select(r => ToItem(r.Missed, r.CrmId, r.State, now))],
            last is null ? null : new SessionCursor(last.FirstMissedAt, last.Cabinet, last.SessionId));
    }

    internal static IQueryable<MissedCallRow> NewestFirst(IQueryable<MissedCallRow> missed) => missed.OrderByDescending(m => m.FirstMissedAt).ThenBy(m => m.Cabinet).ThenBy(m => m.SessionId);

    /// <summary>Over all missed calls, however many a page shows of them.</summary>
    /// <param name="cabinet">Of the first attempt; null: all.</param>
    /// <param name="averageOf">Time back over which the mean is taken: that of all years tells nothing of today.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<MissedTotals> TotalsAsync(string? cabinet, TimeSpan averageOf, CancellationToken ct)
    {
        var (key, now) = (cabinet?.ToLowerInvariant(), time.GetUtcNow());
        var since = now - averageOf;
        await using var context = database.CreateContext(access);
        var missed = context.MissedCalls.AsNoTracking().Where(m => key == null || m.Cabinet == key);
        var open = missed.Where(m => m.State == "open");
        return new MissedTotals(
            await open.CountAsync(ct),
            await open.CountAsync(m => m.DueAt < now, ct),
            await missed.Where(m => m.FirstMissedAt >= since).AverageAsync(m => (double?)m.SecondsToCallBack, ct));
    }

    private static MissedItem ToItem(MissedCallRow row, Guid? taskId, string? taskState, DateTimeOffset now) => new(
        row.Cabinet,
        row.SessionId.ToString(CultureInfo.InvariantCulture),
        row.ClientPhone,
        row.ClientName,
        row.FirstMissedAt,
        row.LastMissedAt,
        row.Attempts,
        row.Owner,
        row.OwnerContactId,
        row.DueAt,
        row.State == "open" && row.DueAt < now,
        Math.Max(0, (long)(((row.State == "closed" ? row.ClosedAt : row.ReachedAt) ?? now) - row.FirstMissedAt).TotalSeconds),
        row.State,
        row.ReachedAt,
        row.ReachedCabinet is { } cabinet ? new ReachedByItem(cabinet, row.ReachedSessionId!.Value.ToString(CultureInfo.InvariantCulture), row.ReachedBy) : null,
        row.SecondsToCallBack,
        taskId,
        taskState);
}
