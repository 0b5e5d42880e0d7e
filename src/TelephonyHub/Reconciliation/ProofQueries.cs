using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

/// <summary>Reads of the proof for API and console.</summary>
public sealed class ProofQueries(HubDatabase database, HubAccess access)
{
    /// <summary>Newest day first, then by cabinet.</summary>
    /// <param name="from">Inclusive; a day of the cabinet's own clock.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="cabinet">Null: all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ProofItem>> ListAsync(DateOnly from, DateOnly to, string? cabinet, CancellationToken ct)
    {
        var key = cabinet?.ToLowerInvariant();
        await using var context = database.CreateContext(access);
        var rows = await context.Reconciliation.AsNoTracking()
            .Where(r => r.Date >= from && r.Date < to && (key == null || r.Cabinet == key))
            .OrderByDescending(r => r.Date).ThenBy(r => r.Cabinet)
            .ToListAsync(ct);
        return rows.ConvertAll(r => new ProofItem(
            r.Cabinet,
            r.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            r.Pbx,
            r.Journal,
            r.CrmExpected,
            r.Crm,
            StoredDifferences.Read(r.Differences),
            r.ComparedAt));
    }
}

/// <summary>The comparison when a person asks for it; audited.</summary>
public sealed class ProofRun
{
    private readonly ReconciliationJob _job;
    private readonly HubDatabase _database;
    private readonly HubSettings _settings;
    private readonly Audit _audit;
    private readonly TimeProvider _time;

    internal ProofRun(ReconciliationJob job, HubDatabase database, HubSettings settings, Audit audit, TimeProvider time) =>
        (_job, _database, _settings, _audit, _time) = (job, database, settings, audit, time);

    /// <returns>Since when was compared, and cabinets that could not be, with the reason; null when another comparison was still under way.</returns>
    public async Task<(DateTimeOffset Since, IReadOnlyDictionary<string, string>? Failed)> NowAsync(ClaimsPrincipal who, TimeSpan patience, CancellationToken ct)
    {
        var since = _time.GetUtcNow() - _settings.ReconciliationLookback;
        var failed = await _job.RunAsync(since, patience, ct);
        if (failed is not null)
        {
            await _database.WriteAsync((context, token) => _audit.WriteAsync(context, who, "reconciliation.run", new { since, failed }, token), ct);
        }

        return (since, failed);
    }
}
