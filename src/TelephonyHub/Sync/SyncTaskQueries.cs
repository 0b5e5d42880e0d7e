using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Which tasks; null: any.</summary>
public sealed record SyncTaskFilter
{
    public string? State { get; init; }

    public string? Cabinet { get; init; }

    public string? Kind { get; init; }

    public string? Category { get; init; }
}

/// <summary>The last row of a page of tasks.</summary>
public sealed record SyncTaskCursor(DateTimeOffset At, Guid Id)
{
    public string Encoded => ApiQuery.CursorOf(ApiQuery.CursorPart(At), Id.ToString());

    public static SyncTaskCursor? Read(ApiQuery query)
    {
        if (query.Cursor(2) is not { } parts)
        {
            return null;
        }

        if (!Guid.TryParse(parts[1], out var id))
        {
            query.Fault("cursor", "is not one that this list gave out.");
        }

        return new SyncTaskCursor(query.CursorInstant(parts[0]), id);
    }
}

/// <summary>Failures with one cause.</summary>
/// <param name="State"><c>dead | retry</c></param>
/// <param name="Example">The last one's error.</param>
public sealed record FailureGroup(string Cabinet, string Kind, string? Category, string State, int Count, DateTimeOffset First, DateTimeOffset Last, string? Example);

/// <summary>Reads of tasks towards the CRM for API and console.</summary>
public sealed class SyncTaskQueries(HubDatabase database, HubAccess access)
{
    /// <summary>Last changed first.</summary>
    public async Task<(IReadOnlyList<SyncTaskItem> Items, SyncTaskCursor? Next)> ListAsync(SyncTaskFilter filter, SyncTaskCursor? after, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var tasks = context.SyncTasks.AsNoTracking();
        var (state, cabinet, kind, category) = (filter.State, filter.Cabinet?.ToLowerInvariant(), filter.Kind, filter.Category);
        tasks = state is null ? tasks : tasks.Where(t => t.State == state);
        tasks = cabinet is null ? tasks : tasks.Where(t => t.Cabinet == cabinet);
        tasks = kind is null ? tasks : tasks.Where(t => t.Kind == kind);
        tasks = category is null ? tasks : tasks.Where(t => t.Category == category);
        if (after is not null)
        {
            var (at, id) = after;
            tasks = tasks.Where(t => t.UpdatedAt < at || (t.UpdatedAt == at && t.Id.CompareTo(id) > 0));
        }

        var rows = await tasks.OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id).Take(limit + 1).ToListAsync(ct);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return ([.. rows.Take(limit).Select(SyncTaskItem.Of)], last is null ? null : new SyncTaskCursor(last.UpdatedAt, last.Id));
    }

    /// <summary>What did not reach the CRM, by cause: dead before what is still tried, causes before what only waits for them, the largest first.</summary>
    public async Task<IReadOnlyList<FailureGroup>> FailuresAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var failed = context.SyncTasks.AsNoTracking().Where(t => t.State == "dead" || t.State == "retry");
        var groups = await failed
            .GroupBy(t => new { t.Cabinet, t.Kind, t.Category, t.State })
            .Select(g => new { g.Key, Count = g.Count(), First = g.Min(t => t.UpdatedAt), Last = g.Max(t => t.UpdatedAt) })
            .ToListAsync(ct);
        var found = new List<FailureGroup>();
        foreach (var group in groups.OrderBy(g => g.Key.State, StringComparer.Ordinal).ThenBy(g => g.Key.Category == nameof(FailureCategory.Blocked)).ThenByDescending(g => g.Count).ThenBy(g => g.Key.Cabinet, StringComparer.Ordinal))
        {
            var (cabinet, kind, category, state) = (group.Key.Cabinet, group.Key.Kind, group.Key.Category, group.Key.State);
            var example = await failed.Where(t => t.State == state && t.Cabinet == cabinet && t.Kind == kind && t.Category == category)
                .OrderByDescending(t => t.UpdatedAt).Select(t => t.Error).FirstOrDefaultAsync(ct);
            found.Add(new FailureGroup(cabinet, kind, category, state, group.Count, group.First, group.Last, example));
        }

        return found;
    }
}
