using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Alerts;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>What has been failing for a while and is still tried: the CRM is away, or lets the hub in no more. Said long before it would be given up.</summary>
internal sealed class FailingTasks(HubSettings settings, TimeProvider time) : IAlertSource
{
    /// <summary>A restart of the CRM is over by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<IReadOnlyCollection<Alert>> LookAsync(HubDbContext context, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Patience;
        var failing = await context.SyncTasks.AsNoTracking()
            .Where(t => t.State == "retry" && t.FailingSince <= since)
            .GroupBy(t => t.Category)
            .Select(g => new { Category = g.Key, Count = g.Count(), First = g.Min(t => t.FailingSince), Words = g.Max(t => t.Error) })
            .ToListAsync(ct);
        return failing.ConvertAll(f => new Alert(
            $"late in the CRM: {f.Category}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{f.Count} records do not reach the CRM ({f.Category}), the first since {f.First:yyyy-MM-dd HH:mm} UTC: {Fingerprint.Words(f.Words)} They are tried every ten minutes at least, and given up after {settings.Sync.RetryFor.TotalHours} h (Sync:RetryHours)."),
            f.Count));
    }
}
