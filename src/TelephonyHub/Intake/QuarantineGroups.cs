using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Alerts;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Intake;

/// <summary>What waits in quarantine, by reason: for people, and as an alert.</summary>
internal sealed class QuarantineGroups : IAlertSource
{
    public async Task<IReadOnlyCollection<Alert>> LookAsync(HubDbContext context, CancellationToken ct) =>
        (await ReadAsync(context, cabinet: null, ct)).ConvertAll(g => new Alert(
            $"quarantine: {g.Fingerprint}",
            string.Create(CultureInfo.InvariantCulture, $"{g.Count} bodies of {string.Join(", ", g.Cabinets)} were not understood: {g.Reason} See /api/v1/quarantine."),
            g.Count));

    public static async Task<List<QuarantineGroup>> ReadAsync(HubDbContext context, string? cabinet, CancellationToken ct)
    {
        var same = await context.Quarantine.AsNoTracking()
            .Where(q => q.ReplayedAt == null && (cabinet == null || q.Cabinet == cabinet))
            .GroupBy(q => new { q.Cabinet, q.Reason })
            .Select(g => new { g.Key.Cabinet, g.Key.Reason, Count = g.Count(), First = g.Min(q => q.ReceivedAt), Last = g.Max(q => q.ReceivedAt), Id = g.Max(q => q.Id) })
            .ToListAsync(ct);
        return
        [
            .. same.GroupBy(s => Fingerprint.Words(s.Reason), StringComparer.Ordinal)
                .Select(g => new QuarantineGroup(
                    Fingerprint.Of(g.Key), g.Key, g.Sum(s => s.Count), [.. g.Select(s => s.Cabinet).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    g.Min(s => s.First), g.Max(s => s.Last), g.Max(s => s.Id).ToString(CultureInfo.InvariantCulture)))
                .OrderByDescending(g => g.Count).ThenBy(g => g.Fingerprint, StringComparer.Ordinal),
        ];
    }

    /// <summary>The reasons, word for word, that a fingerprint stands for.</summary>
    public static async Task<List<string>> ReasonsAsync(HubDbContext context, string fingerprint, CancellationToken ct) =>
        [.. (await context.Quarantine.AsNoTracking().Where(q => q.ReplayedAt == null).Select(q => q.Reason).Distinct().ToListAsync(ct)).Where(r => Fingerprint.Of(Fingerprint.Words(r)) == fingerprint)];
}
