using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Intake;

/// <summary>Reads of what was not understood, and its replay; for API and console.</summary>
public sealed class Quarantine(HubDatabase database, HubAccess access, HubSettings settings, EventReader reader, JournalStore journal, Calls.FoldSignal fold, Audit audit, TimeProvider time)
{
    private const int ShownInLists = 4096;

    /// <summary>What waits, newest first.</summary>
    public async Task<(IReadOnlyList<QuarantineItem> Items, long? Next)> ListAsync(string? cabinet, long before, int limit, CancellationToken ct)
    {
        var key = cabinet?.ToLowerInvariant();
        await using var context = database.CreateContext(access);
        var rows = await context.Quarantine.AsNoTracking()
            .Where(q => q.ReplayedAt == null && q.Id < before && (key == null || q.Cabinet == key))
            .OrderByDescending(q => q.Id)
            .Take(limit + 1)
            .ToListAsync(ct);
        return ([.. rows.Take(limit).Select(r => ToItem(r, whole: false))], rows.Count > limit ? rows[limit - 1].Id : null);
    }

    /// <summary>What waits, by reason.</summary>
    public async Task<IReadOnlyList<QuarantineGroup>> GroupsAsync(string? cabinet, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        return await QuarantineGroups.ReadAsync(context, cabinet?.ToLowerInvariant(), ct);
    }

    public async Task<QuarantineItem?> OneAsync(string id, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var row = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? await context.Quarantine.AsNoTracking().FirstOrDefaultAsync(q => q.Id == key, ct) : null;
        return row is null ? null : ToItem(row, whole: true);
    }

    public async Task<ReplayAnswer> ReplayAsync(QuarantineReplayRequest request, ClaimsPrincipal who, CancellationToken ct)
    {
        var cabinet = DbText.Of(request.Filter?.Cabinet?.ToLowerInvariant());
        var ids = request.Filter?.Ids?.Select(i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1).ToList();
        await using var look = database.CreateContext(access);
        var waiting = look.Quarantine.AsNoTracking().Where(q => q.ReplayedAt == null && (cabinet == null || q.Cabinet == cabinet) && (ids == null || ids.Contains(q.Id)));
        if (request.Filter?.Fingerprint is { } fingerprint)
        {
            var reasons = await QuarantineGroups.ReasonsAsync(look, fingerprint, ct);
            waiting = waiting.Where(q => reasons.Contains(q.Reason));
        }

        var matched = await waiting.CountAsync(ct);
        if (request.DryRun)
        {
            return new ReplayAnswer(matched, 0);
        }

        var understood = new List<long>();
        await foreach (var row in waiting.OrderBy(q => q.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!settings.TryCabinet(row.Cabinet, out var cabinetSettings))
            {
                continue;
            }

            var entry = reader.Read(cabinetSettings, row.Method, row.Query ?? "", row.ContentType, row.Body, row.ReceivedAt);
            if (entry.QuarantineReason is null)
            {
                await journal.AppendAsync([entry], ct);
                understood.Add(row.Id);
            }
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                await context.Quarantine.Where(q => understood.Contains(q.Id)).ExecuteUpdateAsync(s => s.SetProperty(q => q.ReplayedAt, now), token);
                await audit.WriteAsync(context, who, "quarantine.replay", new { request.Filter, matched, replayed = understood.Count }, token);
            },
            ct);
        fold.Raise();
        return new ReplayAnswer(matched, understood.Count);
    }

    private static QuarantineItem ToItem(QuarantineRow row, bool whole)
    {
        var shown = whole ? row.Body : row.Body.AsSpan(0, Math.Min(row.Body.Length, ShownInLists)).ToArray();
        return new QuarantineItem(
            row.Id.ToString(CultureInfo.InvariantCulture), row.Cabinet, row.ReceivedAt, row.Reason, row.Method, row.ContentType, row.Query, row.Body.Length,
            Encoding.UTF8.GetString(shown).Replace('\0', '␀'), whole ? Convert.ToBase64String(row.Body) : null, row.ReplayedAt);
    }
}
