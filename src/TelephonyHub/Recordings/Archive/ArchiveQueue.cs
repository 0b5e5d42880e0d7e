using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings.Archive;

/// <summary>
/// Which recording is fetched next, over all replicas. A claim moves the row's due time past the longest download and counts: whoever still holds an
/// older count when it is done has been overtaken, and writes nothing.
/// </summary>
public sealed class ArchiveQueue(HubDatabase database, RecordingArchive archive, HubMetrics metrics, TimeProvider time)
{
    /// <summary>A download is stopped before its claim runs out.</summary>
    internal static readonly TimeSpan LongestDownload = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Claim = LongestDownload + TimeSpan.FromMinutes(2);
    private const int Candidates = 8;

    public async Task<RecordingRow?> ClaimAsync(CancellationToken ct)
    {
        if (archive.Cabinets.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        List<RecordingRow> due;
        await using (var context = database.CreateContext())
        {
            due = await context.Recordings.AsNoTracking()
                .Where(r => r.ArchiveState == null && r.ArchiveDueAt <= now && archive.Cabinets.Contains(r.Cabinet + ""))
                .OrderBy(r => r.ArchiveDueAt)
                .Take(Candidates)
                .ToListAsync(ct);
        }

        foreach (var row in due)
        {
            if (await ChangeAsync(row, s => s.SetProperty(r => r.ArchiveDueAt, now + Claim).SetProperty(r => r.ArchiveAttempts, row.ArchiveAttempts + 1), ct))
            {
                row.ArchiveAttempts++;
                return row;
            }
        }

        return null;
    }

    /// <returns>False when the claim was overtaken: by another, or by the cabinet's retention.</returns>
    public async Task<bool> DoneAsync(RecordingRow claimed, ArchivedFile file, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await ChangeAsync(
            claimed,
            s => s.SetProperty(r => r.ArchiveState, "archived").SetProperty(r => r.ArchivedAt, now).SetProperty(r => r.Bytes, file.Bytes)
                .SetProperty(r => r.ContentType, file.ContentType).SetProperty(r => r.ArchiveCategory, (string?)null).SetProperty(r => r.ArchiveError, (string?)null),
            ct))
        {
            metrics.Recording(claimed.Cabinet, "archived");
            return true;
        }

        return false;
    }

    /// <summary>Its time was over before its file was here.</summary>
    public async Task<bool> IsExpiredAsync(RecordingRow claimed, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await context.Recordings.AnyAsync(r => r.Code == claimed.Code && r.ArchiveState == "expired", ct);
    }

    public async Task FailedAsync(RecordingRow claimed, MediaFault fault, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var pause = ArchivePolicy.Pause(fault, claimed.ArchiveAttempts, now - claimed.CreatedAt, 0.5 + (Random.Shared.NextDouble() / 2));
        var category = CategoryOf(fault.Kind);
        var state = pause is null ? "failed" : null;
        if (await ChangeAsync(
            claimed,
            s => s.SetProperty(r => r.ArchiveState, state).SetProperty(r => r.ArchiveDueAt, now + (pause ?? TimeSpan.Zero))
                .SetProperty(r => r.ArchiveCategory, category).SetProperty(r => r.ArchiveError, fault.Words),
            ct))
        {
            metrics.Recording(claimed.Cabinet, state ?? "retry", category);
        }
    }

    /// <summary>Archived, and not there: somebody took the file away, or this replica does not see the folder. The PBX may still have it.</summary>
    public Task FetchAgainAsync(RecordingRow row, CancellationToken ct) => database.WriteAsync(
        (context, token) => context.Recordings.Where(r => r.Code == row.Code && r.ArchiveState == "archived" && r.ArchivedAt == row.ArchivedAt)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.ArchiveState, (string?)null).SetProperty(r => r.ArchiveDueAt, time.GetUtcNow()), token),
        ct);

    internal static string CategoryOf(MediaFaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private async Task<bool> ChangeAsync(RecordingRow claimed, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<RecordingRow>> change, CancellationToken ct) =>
        await database.WriteAsync(
            (context, token) => context.Recordings
                .Where(r => r.Code == claimed.Code && r.ArchiveState == null && r.ArchiveAttempts == claimed.ArchiveAttempts)
                .ExecuteUpdateAsync(change, token),
            ct) == 1;
}
