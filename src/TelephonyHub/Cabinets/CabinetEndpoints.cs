using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Cabinets;

/// <summary>A cabinet: settings without secrets, health, limits.</summary>
public sealed record CabinetItem
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the account's wire times.</summary>
    public required string TimeZone { get; init; }

    public required string RegionTimeZone { get; init; }

    public string? RegionDigit { get; init; }

    /// <summary><c>on | shadow</c></summary>
    public required string Mode { get; init; }

    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary><c>ok | degraded | unknown</c></summary>
    public required string Health { get; init; }

    /// <summary>In plain words.</summary>
    public string? Fault { get; init; }

    public string? AppId { get; init; }

    public DateTimeOffset? ImportedAt { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    public required object Limits { get; init; }
}

/// <summary>A manager and how he was matched.</summary>
public sealed record ManagerItem(string Name, Guid? ContactId, Guid? UserId, bool Active, string MatchedBy, string? HomeCabinet, IReadOnlyList<object> Employees, string? Mobile, string? Work);

internal static class CabinetEndpoints
{
    public static void MapCabinets(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(HubPolicies.Read).WithTags("Cabinets");
        api.MapGet("/cabinets", ListAsync).WithSummary("Cabinets with health, limits and numbers").Produces<ApiPage<CabinetItem>>().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/managers", Managers).WithSummary("Managers: CRM users and employees of all cabinets, joined").Produces<ApiPage<ManagerItem>>().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HubSettings settings, CabinetState state, UisCabinets uis, HubDatabase database, CancellationToken ct)
    {
        Dictionary<string, DateTimeOffset> last = [];
        if (database.IsReady)
        {
            await using var context = database.CreateContext();
            foreach (var key in settings.Cabinets.Keys)
            {
                if (await context.Events.AsNoTracking().Where(e => e.Cabinet == key.Value && e.Source == "webhook").OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(ct) is { } at)
                {
                    last[key.Value] = at;
                }
            }
        }

        return Results.Ok(new ApiPage<CabinetItem>(
            [.. settings.Cabinets.Values.OrderBy(c => c.Key.Value, StringComparer.Ordinal).Select(c => ToItem(c, state.Of(c.Key), uis, last.TryGetValue(c.Key.Value, out var at) ? at : null))],
            null));
    }

    private static CabinetItem ToItem(CabinetSettings cabinet, CabinetStatus status, UisCabinets uis, DateTimeOffset? lastEvent)
    {
        return new CabinetItem
        {
            Key = cabinet.Key.Value,
            Name = cabinet.Name,
            TimeZone = cabinet.TimeZone.Id,
            RegionTimeZone = cabinet.RegionTimeZone.Id,
            RegionDigit = cabinet.RegionDigit?.ToString(),
            Mode = cabinet.Mode.ToString().ToLowerInvariant(),
            Numbers = [.. cabinet.Numbers.Select(n => n.E164)],
            Health = status.Fault is not null ? "degraded" : status.ImportedAt is null ? "unknown" : "ok",
            Fault = status.Fault,
            AppId = status.AppId?.ToString(CultureInfo.InvariantCulture),
            ImportedAt = status.ImportedAt,
            LastEventAt = lastEvent,
            Limits = uis.Client(cabinet.Key).Limits,
        };
    }

    private static IResult Managers(DirectoryService directory) => Results.Ok(new ApiPage<ManagerItem>(
        [.. directory.Managers.Managers.OrderBy(m => m.Employees.Count > 0 && m.ContactId is not null).ThenBy(m => m.Name, StringComparer.Ordinal).Select(m => new ManagerItem(
            m.Name,
            m.ContactId,
            m.UserId,
            m.IsActiveUser,
            m.MatchedBy.ToString().ToLowerInvariant(),
            m.HomeCabinet?.Value,
            [.. m.Employees.Select(object (e) => new { cabinet = e.Cabinet.Value, employeeId = e.Id.ToString(CultureInfo.InvariantCulture), name = e.FullName, phones = e.Phones.Select(p => new { number = p.Number, active = p.Active }), extension = e.Extension })],
            m.Mobile?.E164,
            m.Work?.E164))],
        null));
}
