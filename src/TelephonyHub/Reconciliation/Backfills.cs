using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Reconciliation;

/// <param name="Item">The period; null where fields are wrong.</param>
/// <param name="Faults">By field.</param>
public sealed record BackfillAsked(BackfillItem? Item, IReadOnlyDictionary<string, string[]> Faults);

/// <summary>Periods that a person wants compared, for API and console.</summary>
public sealed class Backfills(HubDatabase database, HubAccess access, HubSettings settings, BackfillSignal signal, Audit audit, TimeProvider time)
{
    private const int MostDays = 366;

    /// <summary>Checks and remembers it; it is compared in the background.</summary>
    public async Task<BackfillAsked> AskAsync(BackfillRequest request, ClaimsPrincipal who, CancellationToken ct)
    {
        var (faults, now, cabinet) = (new Dictionary<string, string[]>(StringComparer.Ordinal), time.GetUtcNow(), request.Cabinet?.ToLowerInvariant());
        if (cabinet is not null && !settings.TryCabinet(cabinet, out _))
        {
            faults["cabinet"] = ["is none of the configured cabinets."];
        }

        var (hasFrom, hasTo) = (ApiQuery.TryDay(request.From, out var from), ApiQuery.TryDay(request.To, out var to));
        foreach (var (name, _) in new[] { ("from", hasFrom), ("to", hasTo) }.Where(d => !d.Item2))
        {
            faults[name] = ["must be a date or an ISO 8601 time."];
        }

        if (hasFrom && hasTo && (to <= from || to.DayNumber - from.DayNumber > MostDays))
        {
            faults["to"] = [$"must be after from, by {MostDays} days at most."];
        }

        if (faults.Count > 0)
        {
            return new BackfillAsked(null, faults);
        }

        var row = new BackfillRow
        {
            Id = Guid.CreateVersion7(now),
            Cabinet = cabinet,
            FromDate = from,
            ToDate = to,
            State = "running",
            Total = to.DayNumber - from.DayNumber,
            AskedBy = who.Identity?.Name ?? "?",
            AskedAt = now,
            UpdatedAt = now,
        };
        await database.WriteAsync(
            async (context, token) =>
            {
                context.Backfills.Add(row);
                await audit.WriteAsync(context, who, "reconciliation.backfill", new { row.Id, row.Cabinet, row.FromDate, row.ToDate }, token);
            },
            ct);
        signal.Raise();
        return new BackfillAsked(BackfillItem.Of(row), faults);
    }

    /// <summary>The latest first; of what one may see.</summary>
    public async Task<IReadOnlyList<BackfillItem>> LatestAsync(int most, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var rows = await context.Backfills.AsNoTracking().OrderByDescending(b => b.AskedAt).Take(most).ToListAsync(ct);
        return rows.ConvertAll(BackfillItem.Of);
    }

    public async Task<BackfillItem?> OneAsync(Guid id, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        return await context.Backfills.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, ct) is { } row ? BackfillItem.Of(row) : null;
    }
}
