using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Staffing;

/// <summary>A document with its version, which is its ETag, too.</summary>
/// <param name="Value">As it was put.</param>
public sealed record StaffingItem(string Key, long Version, DateTimeOffset ChangedAt, string ChangedBy, JsonNode? Value);

/// <summary>Calendars, rotas, deputies, … of routing: read by all who read, changed by administrators, every change with its version and its audit entry.</summary>
internal static class StaffingEndpoints
{
    private const string Root = "/api/v1/routing";

    public static void MapStaffing(this IEndpointRouteBuilder routes)
    {
        MapKind<RegionCalendar>(routes, StaffingKinds.Calendars, "Working hours of a region, and days of its own", "The week and single days; 00:00 as 'till' is the end of the day. While a region has none, routing treats every hour as working, and due dates use Monday to Friday 09:00–18:00.");
        MapKind<YearCalendar>(routes, StaffingKinds.Holidays, "Days of a year on which the whole country works differently", "kind: off, short (closes an hour earlier), working (a Saturday that is worked). Filled by import of the production calendar.");
        MapKind<DutyRota>(routes, StaffingKinds.Rota, "Duty managers of a cabinet", "people take turns from the day 'from' on, daysPerTurn days each, handing over at 'handover' in the city's time; shifts are exchanges and win. Where nobody is named, the configured duty phones serve.");
        MapKind<DeputyRule>(routes, StaffingKinds.Deputies, "Who stands in for a manager", "In order; from and until limit it in time.");
        MapKind<Absence>(routes, StaffingKinds.Absences, "When a manager is away", "Put here by a process of the CRM (role administrator) or by hand: the CRM's base has no entity of its own for it.");
        MapKind<CabinetPlan>(routes, StaffingKinds.Cabinets, "Routing of a cabinet", "What is null is as the settings file says.");
        MapKind<BlockedNumber>(routes, StaffingKinds.Blacklist, "Numbers that are not put through", null);
        var numbering = Group(routes, StaffingKinds.Numbering);
        MapReads(numbering, StaffingKinds.Numbering, "Files of the regulator's numbering plan");
        MapDelete(numbering, StaffingKinds.Numbering);
        routes.MapStaffingImports(Group(routes, StaffingKinds.Numbering), Root);
    }

    /// <summary>All of a kind that a person sees, by key.</summary>
    internal static async Task<IReadOnlyList<StaffingRow>> RowsAsync(StaffingKind kind, HubDatabase database, StaffingChecks checks, HubAccess access, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return (await context.Staffing.AsNoTracking().Where(s => s.Kind == kind.Name && s.Data != null).OrderBy(s => s.Key).ToListAsync(ct)).FindAll(r => checks.IsSeen(kind, r.Key, access));
    }

    internal static StaffingItem ItemOf(StaffingRow row)
    {
        var value = row.Data is null ? null : JsonNode.Parse(row.Data);
        if (row.Kind == StaffingKinds.Numbering.Name)
        {
            value?.AsObject().Remove("packed");
        }

        return new StaffingItem(row.Key, row.Version, row.ChangedAt, row.ChangedBy, value);
    }

    internal static IResult WrongKey(StaffingKind kind) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["key"] = [$"must be {kind.KeyIs}."] }, title: "The document has faults.");

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, StaffingKind kind) =>
        routes.MapGroup($"{Root}/{kind.Name}").RequireAuthorization(HubPolicies.Read).WithTags("Routing").NeedsDatabase();

    private static void MapKind<T>(IEndpointRouteBuilder routes, StaffingKind kind, string summary, string? description)
        where T : notnull
    {
        var api = Group(routes, kind);
        MapReads(api, kind, summary);
        api.MapPut("/{key}", (string key, HttpContext http, StaffingStore store, StaffingChecks checks, CancellationToken ct) => PutAsync(kind, key, http, store, checks, ct))
            .RequireAuthorization(HubPolicies.Operate).WithIfMatch().Accepts<T>("application/json")
            .WithSummary($"{summary}: put one; If-Match with its ETag where there is one already")
            .WithDescription($"{description} The key is {kind.KeyIs}. Acts on the next call of this replica at once, of the others within a second. 400 names each field. 412: somebody else changed it meanwhile. 428: no If-Match.")
            .Produces<StaffingItem>().Produces<StaffingItem>(201).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(412).ProducesProblem(428);
        MapDelete(api, kind);
    }

    private static void MapReads(RouteGroupBuilder api, StaffingKind kind, string summary)
    {
        api.MapGet("", (HttpContext http, HubDatabase database, HubAccess access, StaffingChecks checks, CancellationToken ct) => ListAsync(kind, http, database, access, checks, ct)).WithSummary(summary)
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<StaffingItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{key}", (string key, HttpContext http, HubDatabase database, HubAccess access, StaffingChecks checks, CancellationToken ct) => OneAsync(kind, key, http, database, access, checks, ct))
            .WithSummary($"{summary}: one").Produces<StaffingItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static void MapDelete(RouteGroupBuilder api, StaffingKind kind) =>
        api.MapDelete("/{key}", (string key, HttpContext http, StaffingStore store, StaffingChecks checks, CancellationToken ct) => DeleteAsync(kind, key, http, store, checks, ct))
            .RequireAuthorization(HubPolicies.Operate).WithIfMatch().WithSummary("Takes it away; If-Match with its ETag")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(428);

    private static async Task<IResult> ListAsync(StaffingKind kind, HttpContext http, HubDatabase database, HubAccess access, StaffingChecks checks, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(await RowsAsync(kind, database, checks, access, ct), r => r.Key, out var page, out var next) ? Results.Ok(new ApiPage<StaffingItem>([.. page.Select(ItemOf)], next)) : query.Problem!;
    }

    private static async Task<IResult> OneAsync(StaffingKind kind, string key, HttpContext http, HubDatabase database, HubAccess access, StaffingChecks checks, CancellationToken ct)
    {
        var stored = kind.KeyOf(key, checks);
        await using var context = database.CreateContext();
        var row = stored is null || !checks.IsSeen(kind, stored, access) ? null : await context.Staffing.AsNoTracking().FirstOrDefaultAsync(s => s.Kind == kind.Name && s.Key == stored && s.Data != null, ct);
        return row is null ? NotThere() : Answer(http, row, created: false);
    }

    private static async Task<IResult> PutAsync(StaffingKind kind, string key, HttpContext http, StaffingStore store, StaffingChecks checks, CancellationToken ct)
    {
        if (kind.KeyOf(key, checks) is not { } stored)
        {
            return WrongKey(kind);
        }

        var faults = new FieldFaults();
        object? value = null;
        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, ct);
            value = kind.Read(stored, json.RootElement, checks, faults);
        }
        catch (JsonException)
        {
            faults.Add("$", "must be JSON, each field once.");
        }

        if (faults.Problem is { } problem)
        {
            return problem;
        }

        var created = false;
        var (rows, refusal) = await store.ChangeAsync(
            http.User,
            $"routing.{kind.Name}.put",
            [new StaffingChange(kind, stored, value)],
            row =>
            {
                created = row?.Data is null;
                return created ? null : Stale(http, row!);
            },
            ct);
        return refusal ?? Answer(http, rows[0], created);
    }

    private static async Task<IResult> DeleteAsync(StaffingKind kind, string key, HttpContext http, StaffingStore store, StaffingChecks checks, CancellationToken ct)
    {
        if (kind.KeyOf(key, checks) is not { } stored)
        {
            return NotThere();
        }

        var (_, refusal) = await store.ChangeAsync(
            http.User, $"routing.{kind.Name}.delete", [new StaffingChange(kind, stored, null)], row => row?.Data is null ? NotThere() : Stale(http, row), ct);
        return refusal ?? Results.NoContent();
    }

    private static IResult? Stale(HttpContext http, StaffingRow row)
    {
        var match = http.Request.Headers.IfMatch.ToString();
        return match.Length == 0 ? Results.Problem(statusCode: 428, title: "Send If-Match with the document's ETag: somebody else may be changing it, too.")
            : match == "*" || match.Split(',').Any(m => m.Trim() == ETagOf(row)) ? null
            : Results.Problem(statusCode: 412, title: "It was changed meanwhile. Read it again.", detail: $"It is of version {row.Version} now.");
    }

    private static IResult Answer(HttpContext http, StaffingRow row, bool created)
    {
        http.Response.Headers.ETag = ETagOf(row);
        return created ? Results.Created($"{Root}/{row.Kind}/{Uri.EscapeDataString(row.Key)}", ItemOf(row)) : Results.Ok(ItemOf(row));
    }

    private static string ETagOf(StaffingRow row) => string.Create(CultureInfo.InvariantCulture, $"\"{row.Version}\"");

    private static IResult NotThere() => Results.Problem(statusCode: 404, title: "There is none.");
}
