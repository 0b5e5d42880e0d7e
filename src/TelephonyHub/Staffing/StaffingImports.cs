using System.Globalization;
using System.Security.Claims;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Staffing;

/// <summary>What an import of the numbering plan found.</summary>
/// <param name="Regions">Names as the regulator writes them, the cabinet that each falls to, and how many ranges it has; those of no cabinet first.</param>
public sealed record NumberingImport(string Name, int Ranges, IReadOnlyList<NumberingRegion> Regions);

/// <param name="Cabinet">Null: calls from there go to the duty manager. Name the region in <c>regionNames</c> of a cabinet.</param>
public sealed record NumberingRegion(string Name, string? Cabinet, int Ranges);

/// <summary>Files that others publish: the regulator's numbering plan and production calendars. An import replaces what it brought before.</summary>
internal static class StaffingImports
{
    /// <summary>The largest file, ABC-4xx, has some 12 MB.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    public static void MapStaffingImports(this IEndpointRouteBuilder routes, RouteGroupBuilder numbering, string root)
    {
        numbering.MapPost("/{key}/import", ImportNumberingAsync).IsIdempotent().RequireAuthorization(HubPolicies.Operate).Accepts<byte[]>("text/csv")
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes))
            .WithSummary("Imports a file of the regulator's numbering plan (DEF-9xx.csv, ABC-3xx.csv, …)")
            .WithDescription("The file as body, UTF-8 or windows-1251: АВС/ DEF;От;До;Емкость;Оператор;Регион;… The name in the URL tells the files apart; importing one again replaces it. "
                + "A number that was ported to another operator (MNP) keeps the region in which it was given out.")
            .Produces<NumberingImport>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(413);
        routes.MapPost($"{root}/holidays/import", ImportHolidaysAsync).IsIdempotent().RequireAuthorization(HubPolicies.Operate).Accepts<byte[]>("application/xml", "text/csv").NeedsDatabase().WithTags("Routing")
            .WithSummary("Imports the Russian production calendar: XML of xmlcalendar.ru, or CSV of open data")
            .WithDescription("The file as body. Each year in it replaces that year's days.")
            .Produces<ApiPage<StaffingItem>>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(413);
    }

    private static async Task<IResult> ImportNumberingAsync(string key, HttpContext http, StaffingStore store, StaffingChecks checks, RegionResolver regions, StaffingBook book, CancellationToken ct)
    {
        if (StaffingKinds.Numbering.KeyOf(key, checks) is not { } name)
        {
            return StaffingEndpoints.WrongKey(StaffingKinds.Numbering);
        }

        var (file, problem) = await ReadAsync(http, ct);
        if (problem is not null)
        {
            return problem;
        }

        var ranges = NumberingCsv.Read(file, out var faults);
        if (faults.Count > 0)
        {
            return Faulty(faults);
        }

        var (_, refusal) = await store.ChangeAsync(http.User, "routing.numbering.import", [new StaffingChange(StaffingKinds.Numbering, name, NumberingFile.Pack(ranges))], _ => null, ct);
        return refusal ?? Results.Ok(new NumberingImport(name, ranges.Count, [.. ranges
            .GroupBy(r => r.Region, StringComparer.Ordinal)
            .Select(g => new NumberingRegion(g.Key, regions.CabinetOf(g.Key, book.Current)?.Value, g.Count()))
            .OrderBy(r => r.Cabinet is not null)
            .ThenBy(r => r.Name, StringComparer.Ordinal)]));
    }

    private static async Task<IResult> ImportHolidaysAsync(HttpContext http, StaffingStore store, CancellationToken ct)
    {
        var (file, problem) = await ReadAsync(http, ct);
        if (problem is not null)
        {
            return problem;
        }

        var (rows, faults) = await TakeHolidaysAsync(file, store, http.User, ct);
        return faults.Count > 0 ? Faulty(faults) : Results.Ok(new ApiPage<StaffingItem>([.. rows.Select(StaffingEndpoints.ItemOf)], null));
    }

    internal static async Task<(IReadOnlyList<StaffingRow> Rows, IReadOnlyList<string> Faults)> TakeHolidaysAsync(byte[] file, StaffingStore store, ClaimsPrincipal who, CancellationToken ct)
    {
        var years = ProductionCalendar.Read(file, out var faults);
        if (faults.Count > 0)
        {
            return ([], faults);
        }

        var changes = years.Select(y => new StaffingChange(StaffingKinds.Holidays, y.Key.ToString(CultureInfo.InvariantCulture), y.Value)).ToList();
        return ((await store.ChangeAsync(who, "routing.holidays.import", changes, _ => null, ct)).Rows, []);
    }

    private static async Task<(byte[] File, IResult? Problem)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentLength > MostBytes)
        {
            return ([], Results.Problem(statusCode: 413, title: "The file is too large."));
        }

        try
        {
            using var file = new MemoryStream();
            await http.Request.Body.CopyToAsync(file, ct);
            return (file.ToArray(), null);
        }
        catch (BadHttpRequestException e)
        {
            return ([], Results.Problem(statusCode: e.StatusCode, title: "The file could not be read.", detail: e.Message));
        }
    }

    private static IResult Faulty(IReadOnlyList<string> faults) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["file"] = [.. faults] }, title: "The file cannot be imported; nothing was changed.");
}
