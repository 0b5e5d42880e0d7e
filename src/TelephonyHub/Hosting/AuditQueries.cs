using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>Who changed what.</summary>
/// <param name="Details">JSON.</param>
public sealed record AuditItem(long Id, DateTimeOffset At, string Who, string Action, string? Details);

/// <summary>Reads of the audit.</summary>
public sealed class AuditQueries(HubDatabase database)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditItem>> ListAsync(long before, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await context.Audit.AsNoTracking().Where(a => a.Id < before).OrderByDescending(a => a.Id).Take(limit)
            .Select(a => new AuditItem(a.Id, a.At, a.Who, a.Action, a.Details)).ToListAsync(ct);
    }
}
