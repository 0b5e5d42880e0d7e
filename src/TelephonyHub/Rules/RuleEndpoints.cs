using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Rules;

/// <summary>The table of rules: read by all who read, changed by administrators, every change with its version and its audit entry.</summary>
internal static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/rules").RequireAuthorization(HubPolicies.Read).WithTags("Rules").NeedsDatabase();
        api.MapGet("", ListAsync).WithSummary("What is done after a call of each kind; the ETag is the table's version")
            .WithDescription("The most specific rule that fits acts: of the cabinet before any, then with the dialled number, then with a tag, then with the longest talk or wait.")
            .WithQuery(("cabinet", "Only rules of this cabinet", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<RuleItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{id}", OneAsync).WithSummary("One rule; its ETag is the version of its last change").Produces<RuleItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("", CreateAsync).IsIdempotent().RequireAuthorization(HubPolicies.Operate).Accepts<RuleItem>("application/json")
            .WithSummary("A further rule").WithDescription("400 names each field and what is wrong with it. 409: another rule is for the same calls.")
            .Produces<RuleItem>(201).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        api.MapPut("/{id}", UpdateAsync).RequireAuthorization(HubPolicies.Operate).WithIfMatch().Accepts<RuleItem>("application/json")
            .WithSummary("Changes a rule; If-Match with its ETag, or its version in the body")
            .WithDescription("Acts on calls that are planned from now on. 412: somebody else changed it meanwhile. 428: no version given. 409: another rule is for the same calls, or this one must stay.")
            .Produces<RuleItem>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);
        api.MapDelete("/{id}", DeleteAsync).RequireAuthorization(HubPolicies.Operate).WithIfMatch().WithSummary("Takes a rule away; If-Match with its ETag")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);
        api.MapRuleVersions();
    }

    internal static string ETagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static async Task<IResult> ListAsync(HttpContext http, HubAccess access, HubDatabase database, RuleBook book, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var table = await book.LatestAsync(context, ct);
        var query = new ApiQuery(http.Request);
        var cabinet = query.Text("cabinet")?.ToLowerInvariant();
        if (!query.TryPage([.. table.Rules.Where(r => r.IsSeenBy(access) && (cabinet is null || r.When.Cabinet == cabinet))], r => r.Id, out var page, out var next))
        {
            return query.Problem!;
        }

        http.Response.Headers.ETag = ETagOf(table.Version);
        return Results.Ok(new ApiPage<RuleItem>([.. page.Select(RuleItem.Of)], next));
    }

    private static async Task<IResult> OneAsync(string id, HttpContext http, HubAccess access, HubDatabase database, RuleBook book, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rule = (await book.LatestAsync(context, ct)).Rules.FirstOrDefault(r => r.Id == id && r.IsSeenBy(access));
        if (rule is null)
        {
            return NoSuchRule();
        }

        http.Response.Headers.ETag = ETagOf(rule.Version);
        return Results.Ok(RuleItem.Of(rule));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, RuleStore store, RuleReader reader, TimeProvider time, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var (draft, _, problem) = await ReadAsync(http, reader, id, ct);
        if (problem is not null)
        {
            return problem;
        }

        var (_, change) = await store.ChangeAsync(
            http.User,
            "rule.create",
            (table, version) => Checked([.. table.Rules, draft with { Version = version }], null, draft with { Version = version }),
            ct);
        return Answer(http, change) ?? Results.Created($"/api/v1/rules/{id}", RuleItem.Of(change.After!));
    }

    private static async Task<IResult> UpdateAsync(string id, HttpContext http, RuleStore store, RuleReader reader, CancellationToken ct)
    {
        var (draft, known, problem) = await ReadAsync(http, reader, id, ct);
        if (problem is not null)
        {
            return problem;
        }

        var (_, change) = await store.ChangeAsync(
            http.User,
            "rule.update",
            (table, version) => Find(table, id, http, known, out var before)
                ?? Checked([.. table.Rules.Select(r => r.Id == id ? draft with { Version = version } : r)], before, draft with { Version = version }),
            ct);
        return Answer(http, change) ?? Results.Ok(RuleItem.Of(change.After!));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, RuleStore store, CancellationToken ct)
    {
        var (_, change) = await store.ChangeAsync(
            http.User,
            "rule.delete",
            (table, _) => Find(table, id, http, null, out var before) ?? Checked([.. table.Rules.Where(r => r.Id != id)], before, null),
            ct);
        return change.Refusal ?? Results.NoContent();
    }

    private static async Task<(CallRule Draft, int? Known, IResult? Problem)> ReadAsync(HttpContext http, RuleReader reader, string id, CancellationToken ct)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, ct);
            var draft = reader.Read(json.RootElement, id, out var known, out var faults);
            return (draft, known, faults.Count == 0 ? null : Results.ValidationProblem(faults, title: "The rule has faults."));
        }
        catch (JsonException)
        {
            return (null!, null, Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$"] = ["must be JSON, each field once."] }, title: "The rule has faults."));
        }
    }

    /// <summary>The rule that is to be changed, if the caller has seen what it is now.</summary>
    private static RuleChange? Find(RuleTable table, string id, HttpContext http, int? known, out CallRule? rule)
    {
        rule = table.Rules.FirstOrDefault(r => r.Id == id);
        if (rule is null)
        {
            return RuleChange.Refused(NoSuchRule());
        }

        var match = http.Request.Headers.IfMatch.ToString();
        if (match.Length == 0 && known is null)
        {
            return RuleChange.Refused(Results.Problem(statusCode: 428, title: "Send If-Match with the rule's ETag, or its version: somebody else may be changing it, too."));
        }

        var current = match.Length == 0 ? known == rule.Version : match == "*" || match.Split(',').Any(m => m.Trim() == ETagOf(table.Rules.First(r => r.Id == id).Version));
        return current
            ? null
            : RuleChange.Refused(Results.Problem(statusCode: 412, title: "The rule was changed meanwhile. Read it again.", detail: $"It is of version {rule.Version} now."));
    }

    private static RuleChange Checked(IReadOnlyList<CallRule> rules, CallRule? before, CallRule? after) =>
        RuleChecks.ReasonAgainst(rules, after) is { } reason ? Conflict(reason) : new RuleChange(rules, before, after);

    private static RuleChange Conflict(string reason) =>
        RuleChange.Refused(Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["when"] = [reason] }, title: "The rule does not fit the others.", statusCode: 409));

    private static IResult? Answer(HttpContext http, RuleChange change)
    {
        if (change.Refusal is null)
        {
            http.Response.Headers.ETag = ETagOf(change.After!.Version);
        }

        return change.Refusal;
    }

    private static IResult NoSuchRule() => Results.Problem(statusCode: 404, title: "No such rule.");

    private static void MapRuleVersions(this RouteGroupBuilder api)
    {
        api.MapGet("/versions", VersionsAsync).WithSummary("Versions of the table, newest first")
            .WithQuery(("limit", "1–200", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<RuleVersionItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/versions/{version:int}", VersionAsync).WithSummary("The whole table as of a version").Produces<RuleVersionItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/versions/{version:int}/restore", RestoreAsync).IsIdempotent<object>().RequireAuthorization(HubPolicies.Operate).WithSummary("Makes a new version with the rules of an old one; 1 is the table that a hub begins with")
            .Produces<RuleVersionItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> VersionsAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var before = query.Cursor(1) is { } cursor ? query.Number(cursor[0], "cursor") : long.MaxValue;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext();
        var items = await context.RuleVersions.AsNoTracking().Where(v => v.Version < before).OrderByDescending(v => v.Version).Take(limit + 1)
            .Select(v => new RuleVersionItem(v.Version, v.ChangedAt, v.ChangedBy, v.Change, null)).ToListAsync(ct);
        if (items.Count <= limit && before > RuleTable.BuiltInVersion)
        {
            items.Add(BuiltIn(null));
        }

        var next = items.Count > limit ? ApiQuery.CursorOf(items[limit - 1].Version.ToString(CultureInfo.InvariantCulture)) : null;
        return Results.Ok(new ApiPage<RuleVersionItem>([.. items.Take(limit)], next));
    }

    private static async Task<IResult> VersionAsync(int version, HubAccess access, HubDatabase database, CancellationToken ct)
    {
        if (version == RuleTable.BuiltInVersion)
        {
            return Results.Ok(BuiltIn([.. RuleTable.BuiltIn.Rules.Select(RuleItem.Of)]));
        }

        await using var context = database.CreateContext();
        var row = await context.RuleVersions.AsNoTracking().FirstOrDefaultAsync(v => v.Version == version, ct);
        return row is null
            ? Results.Problem(statusCode: 404, title: "No such version.")
            : Results.Ok(new RuleVersionItem(row.Version, row.ChangedAt, row.ChangedBy, row.Change, [.. RuleBook.Read(row).Rules.Where(r => r.IsSeenBy(access)).Select(RuleItem.Of)]));
    }

    private static async Task<IResult> RestoreAsync(int version, HttpContext http, HubDatabase database, RuleStore store, RuleBook book, TimeProvider time, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var old = await book.OfVersionAsync(context, version, ct);
        if (old.Version != version)
        {
            return Results.Problem(statusCode: 404, title: "No such version.");
        }

        var action = string.Create(CultureInfo.InvariantCulture, $"rules.restore {version}");
        var (table, change) = await store.ChangeAsync(http.User, action, (_, next) => new RuleChange([.. old.Rules.Select(r => r with { Version = next })], null, null) { RulesOf = version }, ct);
        http.Response.Headers.ETag = ETagOf(table.Version);
        return change.Refusal ?? Results.Ok(new RuleVersionItem(table.Version, time.GetUtcNow(), http.User.Identity?.Name, action, [.. table.Rules.Select(RuleItem.Of)]));
    }

    private static RuleVersionItem BuiltIn(IReadOnlyList<RuleItem>? rules) => new(RuleTable.BuiltInVersion, null, null, "the table that a hub begins with", rules);
}
