using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>Which entries; what is null leaves all.</summary>
/// <param name="Who">Name of a user or key, exactly.</param>
/// <param name="Action">How the action begins: <c>user</c>, <c>user.lock</c>.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AuditFilter(string? Who, string? Action, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Who changed what.</summary>
/// <param name="Details">JSON.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Who, string Action, string? Details);

/// <summary>Entries, newest first.</summary>
/// <param name="Entries">As many as were asked for, or all that are left.</param>
/// <param name="Next">Those before it come next; null where none are left.</param>
public sealed record AuditSlice(IReadOnlyList<AuditEntry> Entries, long? Next);

/// <summary>Reads of the audit for API and console.</summary>
public sealed class AuditQueries(HubDatabase database)
{
    /// <summary>Newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Id that all are older than; null: from the newest on.</param>
    /// <param name="limit">The most.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<AuditSlice> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = context.Audit.AsNoTracking();
        rows = before is { } id ? rows.Where(a => a.Id < id) : rows;
        rows = filter.Who is { } who ? rows.Where(a => a.Who == who) : rows;
        rows = filter.Action is { } action ? rows.Where(a => a.Action.StartsWith(action)) : rows;
        rows = filter.From is { } first ? rows.Where(a => a.At >= first) : rows;
        rows = filter.To is { } end ? rows.Where(a => a.At < end) : rows;
        var entries = await rows.OrderByDescending(a => a.Id).Take(limit + 1).Select(a => new AuditEntry(a.Id, a.At, a.Who, a.Action, a.Details)).ToListAsync(ct);
        return new AuditSlice([.. entries.Take(limit)], entries.Count > limit ? entries[limit - 1].Id : null);
    }
}
