using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Cabinets;

/// <summary>Puts together what is known of a cabinet, for people.</summary>
public sealed class CabinetOverview(
    HubAccess access, HubSettings settings, CabinetState state, CabinetBook book, UisCabinets uis, DirectoryService directory, HubDatabase database, CallerNumberWatch callerNumbers, TimeProvider time)
{
    /// <summary>All that are seen, by key.</summary>
    public async Task<IReadOnlyList<CabinetItem>> AllAsync(CancellationToken ct)
    {
        var items = new List<CabinetItem>();
        foreach (var cabinet in settings.Cabinets.Values.Where(c => access.Sees(c.Key.Value)).OrderBy(c => c.Key.Value, StringComparer.Ordinal))
        {
            items.Add(await OfAsync(cabinet, ct));
        }

        return items;
    }

    public async Task<CabinetItem> OfAsync(CabinetSettings cabinet, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (lastEvent, lastReport) = database.IsReady ? await LastAsync(cabinet.Key.Value, ct) : (null, null);
        var status = state.Of(cabinet.Key);
        var facts = book.Of(cabinet.Key);
        var limits = uis.Client(cabinet.Key).Limits;
        var numbers = NumberComparison.Of(cabinet, settings.Routing.CommonNumbers, facts);
        return new CabinetItem
        {
            Key = cabinet.Key.Value,
            Name = cabinet.Name,
            TimeZone = cabinet.TimeZone.Id,
            RegionTimeZone = cabinet.RegionTimeZone.Id,
            RegionDigit = cabinet.RegionDigit?.ToString(),
            Mode = cabinet.Mode.ToString().ToLowerInvariant(),
            Numbers = [.. cabinet.Numbers.Select(n => n.E164)],
            NumbersNotConfigured = [.. numbers.NotConfigured.Select(n => n.E164)],
            NumbersNotListed = [.. numbers.NotListed.Select(n => n.E164)],
            Health = status.Fault is not null ? "degraded" : status.ImportedAt is null ? "unknown" : "ok",
            Fault = status.Fault,
            Access = JsonNamingPolicy.CamelCase.ConvertName(status.Access.ToString()),
            Error = CabinetFaultItem.Of(status.DataFault),
            Hints = CabinetHints.Of(new CabinetHintFacts
            {
                Settings = cabinet,
                Status = status,
                Numbers = numbers,
                Evidence = await callerNumbers.OfAsync(cabinet.Key, ct),
                UnmatchedEmployees = directory.Managers.Managers.Where(m => m.ContactId is null).Sum(m => m.Employees.Count(e => e.Cabinet == cabinet.Key)),
                LastEventAt = lastEvent,
                Points = [.. limits.Points],
            }),
            AppId = status.AppId?.ToString(CultureInfo.InvariantCulture),
            Counts = CabinetCounts.Of(facts),
            ImportedAt = status.ImportedAt,
            PeopleAt = facts.People?.At,
            DictionariesAt = facts.Dictionaries?.At,
            NextImportAt = status.NextImportAt,
            LastEventAt = lastEvent,
            LastEventAgeSeconds = Age(lastEvent, now),
            LastReportAt = lastReport,
            LastReportAgeSeconds = Age(lastReport, now),
            Limits = limits,
        };
    }

    private static long? Age(DateTimeOffset? at, DateTimeOffset now) => at is { } then ? Math.Max(0, (long)(now - then).TotalSeconds) : null;

    private async Task<(DateTimeOffset? Event, DateTimeOffset? Report)> LastAsync(string key, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var lastEvent = await context.Events.AsNoTracking().Where(e => e.Cabinet == key && e.Source == "webhook").OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(ct);
        var lastReport = await context.Reconciliation.AsNoTracking().Where(r => r.Cabinet == key).OrderByDescending(r => r.ComparedAt).Select(r => (DateTimeOffset?)r.ComparedAt).FirstOrDefaultAsync(ct);
        return (lastEvent, lastReport);
    }
}
