using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Alerts;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

/// <summary>Days whose figures differ, with the list. Only what the second comparison finds, too: calls of this minute are on their way.</summary>
internal sealed class ProofAlerts(TimeProvider time) : IAlertSource
{
    private const int MostListed = 200;

    /// <summary>What was not mended in so long is known.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(60);

    public async Task<IReadOnlyCollection<Alert>> LookAsync(HubDbContext context, CancellationToken ct)
    {
        var since = DateOnly.FromDateTime((time.GetUtcNow() - LookBack).UtcDateTime);
        var days = await context.Reconciliation.AsNoTracking().Where(r => r.DifferentSince != null && r.DifferentSince < r.ComparedAt && r.Date >= since).ToListAsync(ct);
        return days.ConvertAll(day =>
        {
            var missing = StoredDifferences.Read(day.Differences).Where(d => d.Kind == DifferenceKind.Missing).ToList();
            return new Alert(
                string.Create(CultureInfo.InvariantCulture, $"proof: {day.Cabinet} {day.Date:yyyy-MM-dd}"),
                string.Create(CultureInfo.InvariantCulture, $"Cabinet {day.Cabinet}, {day.Date:yyyy-MM-dd}: PBX {day.Pbx}, journal {day.Journal}; CRM expected {day.CrmExpected}, CRM {day.Crm}."),
                missing.Count,
                StoredDifferences.Write(missing.Take(MostListed)));
        });
    }
}
