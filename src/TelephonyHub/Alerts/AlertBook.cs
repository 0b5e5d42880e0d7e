using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;

namespace TelephonyHub.Alerts;

/// <param name="Cause">Short and stable; the same cause is the same alert.</param>
/// <param name="Words">For people; no personal data.</param>
/// <param name="Count">How many things it is about; null: it is counted how often it came.</param>
/// <param name="Details">JSON.</param>
public sealed record Alert(string Cause, string Words, int? Count = null, string? Details = null);

/// <summary>Raises and ends alerts. Who raises says so again while it lasts; what nobody says any more is over.</summary>
public sealed class AlertBook(HubDatabase database, TimeProvider time)
{
    private const int MostWords = 1000;

    public Task RaiseAsync(IReadOnlyCollection<Alert> alerts, CancellationToken ct) => alerts.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(
            async (context, token) =>
            {
                // In one order everywhere: two replicas that raise the same would deadlock.
                foreach (var alert in alerts.OrderBy(a => a.Cause, StringComparer.Ordinal))
                {
                    await RaiseAsync(context, alert, token);
                }
            },
            ct);

    /// <summary>Ends what was last raised before <paramref name="silentSince"/>.</summary>
    public Task EndSilentAsync(DateTimeOffset silentSince, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            (context, token) => context.Alerts.Where(a => a.ResolvedAt == null && a.LastAt < silentSince).ExecuteUpdateAsync(s => s.SetProperty(a => a.ResolvedAt, now), token),
            ct);
    }

    private async Task RaiseAsync(HubDbContext context, Alert alert, CancellationToken ct)
    {
        var (cause, words, now) = (alert.Cause, DbText.Of(alert.Words, MostWords)!, time.GetUtcNow());
        await using (var insert = HubDatabase.Command(
            context, "INSERT INTO alerts (cause, words, first_at, last_at, count) VALUES (@cause, @words, @now, @now, 0) ON CONFLICT (cause) DO NOTHING")
            .With("@cause", cause).With("@words", words).With("@now", database.Instant(now)))
        {
            await insert.ExecuteNonQueryAsync(ct);
        }

        var (given, details) = (alert.Count, DbText.Of(alert.Details));
        await context.Alerts.Where(a => a.Cause == cause).ExecuteUpdateAsync(
            s => s
                .SetProperty(a => a.Count, a => given ?? (a.Count == 0 || a.ResolvedAt != null ? a.Count + 1 : a.Count))
                .SetProperty(a => a.FirstAt, a => a.ResolvedAt != null ? now : a.FirstAt)
                .SetProperty(a => a.AcknowledgedAt, a => a.ResolvedAt != null ? null : a.AcknowledgedAt)
                .SetProperty(a => a.AcknowledgedBy, a => a.ResolvedAt != null ? null : a.AcknowledgedBy)
                .SetProperty(a => a.Words, words)
                .SetProperty(a => a.Details, details)
                .SetProperty(a => a.LastAt, now)
                .SetProperty(a => a.ResolvedAt, (DateTimeOffset?)null),
            ct);
    }
}

/// <summary>Who knows of something that people should know, read from the database: one replica asks for all.</summary>
public interface IAlertSource
{
    Task<IReadOnlyCollection<Alert>> LookAsync(HubDbContext context, CancellationToken ct);
}
