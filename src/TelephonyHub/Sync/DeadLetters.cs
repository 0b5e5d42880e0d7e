using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Alerts;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Tasks that were given up, by their cause.</summary>
/// <param name="Fingerprint">Of category, kind and message: the filter of a replay.</param>
/// <param name="Category">Why it helps nothing to try again.</param>
/// <param name="Kind">Of the record.</param>
/// <param name="Message">Ids and numbers stand as #.</param>
/// <param name="Example">A call that has it, as <c>cabinet:session</c>.</param>
public sealed record DeadLetterGroup(
    string Fingerprint, string? Category, string Kind, string Message, int Count, IReadOnlyList<string> Cabinets, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Example);

/// <summary>What did not reach the CRM and will not by itself: grouped for people, and said as an alert.</summary>
internal sealed class DeadLetters : IAlertSource
{
    public async Task<IReadOnlyCollection<Alert>> LookAsync(HubDbContext context, CancellationToken ct) =>
        (await GroupsAsync(context, cabinet: null, ct)).ConvertAll(g => new Alert(
            $"dead letters: {g.Kind} {g.Category} {g.Fingerprint}",
            string.Create(CultureInfo.InvariantCulture, $"{g.Count} × {g.Kind} did not reach the CRM ({g.Category}): {g.Message} Mend the cause, then POST /api/v1/sync/replay with this fingerprint."),
            g.Count));

    public static async Task<List<DeadLetterGroup>> GroupsAsync(HubDbContext context, string? cabinet, CancellationToken ct)
    {
        // The database counts what is word for word the same; what differs only in particulars is few enough for here.
        var same = await context.SyncTasks.AsNoTracking()
            .Where(t => t.State == "dead" && (cabinet == null || t.Cabinet == cabinet))
            .GroupBy(t => new { t.Cabinet, t.Kind, t.Category, t.Error })
            .Select(g => new { g.Key.Cabinet, g.Key.Kind, g.Key.Category, g.Key.Error, Count = g.Count(), First = g.Min(t => t.CreatedAt), Last = g.Max(t => t.UpdatedAt), Session = g.Max(t => t.SessionId) })
            .ToListAsync(ct);
        return
        [
            .. same.GroupBy(s => (s.Kind, s.Category, Words: Fingerprint.Words(s.Error)))
                .Select(g => new DeadLetterGroup(
                    FingerprintOf(g.Key.Kind, g.Key.Category, g.Key.Words), g.Key.Category, g.Key.Kind, g.Key.Words, g.Sum(s => s.Count),
                    [.. g.Select(s => s.Cabinet).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], g.Min(s => s.First), g.Max(s => s.Last),
                    string.Create(CultureInfo.InvariantCulture, $"{g.First().Cabinet}:{g.First().Session}")))
                .OrderByDescending(g => g.Count).ThenBy(g => g.Fingerprint, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a fingerprint stands for, word for word; no messages when it stands for none any more.</summary>
    public static async Task<(string? Kind, string? Category, IReadOnlyList<string?> Messages)> CauseAsync(HubDbContext context, string state, string fingerprint, CancellationToken ct)
    {
        var all = await context.SyncTasks.AsNoTracking().Where(t => t.State == state).Select(t => new { t.Kind, t.Category, t.Error }).Distinct().ToListAsync(ct);
        var cause = all.FindAll(m => FingerprintOf(m.Kind, m.Category, Fingerprint.Words(m.Error)) == fingerprint);
        return (cause.FirstOrDefault()?.Kind, cause.FirstOrDefault()?.Category, cause.ConvertAll(c => c.Error));
    }

    private static string FingerprintOf(string kind, string? category, string words) => Fingerprint.Of(kind, category, words);
}
