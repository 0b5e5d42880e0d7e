using TelephonyHub.Hosting;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>How an operation treats what belongs to a cabinet that the caller may not see.</summary>
public enum Foreign
{
    /// <summary>Nothing of it belongs to a cabinet: it is of the whole company, or of the one who asks.</summary>
    None,

    /// <summary>The path names the cabinet, or a thing of it: as if it were not there, 404.</summary>
    NotFound,

    /// <summary>A list: rows of it are left out.</summary>
    LeftOut,

    /// <summary>The body names the cabinet: refused as one that is not configured, 400.</summary>
    Refused,

    /// <summary>Only who sees all cabinets may call it.</summary>
    SeesAll,
}

/// <param name="Route">Method and pattern as mapped.</param>
/// <param name="Policy">Of <see cref="HubPolicies"/>; <see cref="RoleMatrix.Anybody"/>, or <see cref="RoleMatrix.SignedIn"/>.</param>
/// <param name="Path">A request that passes the rights, to a thing of Moscow; <c>{code}</c> is a recording's.</param>
/// <param name="Body">JSON.</param>
/// <param name="ForeignPath">The same for a thing of Saint Petersburg.</param>
/// <param name="Trace">What only a thing of Saint Petersburg brings into the answer, where no field names its cabinet.</param>
public sealed record RoleRule(string Route, string Policy, Foreign Foreign = Foreign.None, string? Path = null, string? Body = null, string? ForeignPath = null, string? Trace = null)
{
    public string Method => Route.Split(' ')[0];
}

/// <summary>
/// Every route of the hub and who may call it. A route that is not here fails the test: whoever adds one says here who may call it, and what it does with
/// a foreign cabinet. So do pages of the console: what they show of a foreign cabinet is looked at in a browser.
/// </summary>
public static class RoleMatrix
{
    public const string Anybody = "anybody";

    /// <summary>Their own refusal: a token in the URL.</summary>
    public const string Uis = "uis";

    public const string SignedIn = "signed in";

    private const string Call = "/api/v1/calls/{cabinet}/{sessionId}";
    private const string NoContact = "0199f3b2-6c1e-7b7e-9d5e-0d6a3c1f2e10";
    private const string NoUser = "/api/v1/users/0199f3b2-6c1e-7b7e-9d5e-0d6a3c1f2e10";

    public static readonly IReadOnlyList<RoleRule> Rules =
    [
        new("* /metrics", Anybody), new("GET /health/live", Anybody), new("GET /health/ready", Anybody), new("GET /", Anybody),
        new("GET /console/language/{language}", Anybody), new("GET /console/theme/{theme}", Anybody), new("GET /console/sign-out-token", SignedIn),
        new("GET /console/password", SignedIn), new("POST /console/password", SignedIn),
        .. new[] { "csv", "xlsx" }.Select(f => new RoleRule($"GET /console/journal.{f}", HubPolicies.ReadOwn, Foreign.LeftOut, Trace: RoleWorld.CallerOfSpb)),
        new("GET /sign-in", Anybody), new("POST /sign-in", Anybody), new("POST /sign-out", Anybody),
        new("GET,POST /uis/{cabinet}/events", Uis), new("GET,POST /uis/{cabinet}/route", Uis),

        new("GET,HEAD /r/{code}", HubPolicies.Listen, Foreign.NotFound, "/r/code-of-msk", null, "/r/code-of-spb"),
        new("GET /api/v1/calls", HubPolicies.ReadOwn, Foreign.LeftOut),
        new("GET /api/v1/calls/export", HubPolicies.ReadOwn, Foreign.LeftOut, Trace: RoleWorld.CallerOfSpb),
        new($"GET {Call}", HubPolicies.ReadOwn, Foreign.NotFound),
        new($"GET {Call}/events", HubPolicies.ReadOwn, Foreign.NotFound),
        new("GET /api/v1/statistics", HubPolicies.Read, Foreign.LeftOut, Trace: "\"averageCallBackSeconds\":4711"),
        new("GET /api/v1/settings", HubPolicies.Operate),
        new("GET /api/v1/live", HubPolicies.ReadOwn, Foreign.LeftOut),
        new("GET /api/v1/missed", HubPolicies.ReadOwn, Foreign.LeftOut),
        new("GET /api/v1/recordings", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/recordings/{code}", HubPolicies.Read, Foreign.NotFound, "/api/v1/recordings/code-of-msk", null, "/api/v1/recordings/code-of-spb"),
        new("POST /api/v1/recordings/{code}/revoke", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/recordings/no-such-code/revoke"),
        new("POST /api/v1/recordings/{code}/restore", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/recordings/no-such-code/restore"),
        new("POST /api/v1/recordings/replay", HubPolicies.Operate, Foreign.SeesAll, Body: """{"dryRun":true}"""),
        new("GET /api/v1/sync/tasks", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/sync/dead-letters", HubPolicies.Read, Foreign.LeftOut, Trace: "Refused in spb."),
        new("POST /api/v1/sync/replay", HubPolicies.Operate, Foreign.SeesAll, Body: """{"dryRun":true}"""),
        new("GET /api/v1/quarantine", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/quarantine/groups", HubPolicies.Read, Foreign.LeftOut, Trace: "Not understood in spb."),
        new("GET /api/v1/quarantine/{id}", HubPolicies.Read, Foreign.NotFound, "/api/v1/quarantine/1", null, "/api/v1/quarantine/2"),
        new("POST /api/v1/quarantine/replay", HubPolicies.Operate, Foreign.SeesAll, Body: """{"dryRun":true}"""),
        new("GET /api/v1/reconciliation", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/reconciliation.csv", HubPolicies.Read, Foreign.LeftOut, Trace: "spb,"),
        new("GET /api/v1/reconciliation/backfill", HubPolicies.Read, Foreign.LeftOut), new("POST /api/v1/reconciliation/backfill", HubPolicies.Operate, Foreign.SeesAll, Body: "{}"),
        new("GET /api/v1/reconciliation/backfill/{id}", HubPolicies.Read, Foreign.NotFound, $"/api/v1/reconciliation/backfill/{RoleWorld.BackfillOfMsk}", null, $"/api/v1/reconciliation/backfill/{RoleWorld.BackfillOfSpb}"),
        new("GET /api/v1/alerts", HubPolicies.Read, Foreign.LeftOut, Trace: "Something is wrong in spb."), new("POST /api/v1/alerts/{id}/acknowledge", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/alerts/0/acknowledge"),
        new("POST /api/v1/reconciliation/run", HubPolicies.Operate, Foreign.SeesAll),
        new("POST /api/v1/routing/explain", HubPolicies.Read, Foreign.Refused, Body: """{"cabinet":"{cabinet}"}"""),

        new("GET /api/v1/routing/quality", HubPolicies.Read, Foreign.LeftOut),
        .. new[] { ("holidays", "2026"), ("blacklist", "79990000000") }.SelectMany(k => (RoleRule[])
        [
            new($"GET /api/v1/routing/{k.Item1}", HubPolicies.Read), new($"GET /api/v1/routing/{k.Item1}/{{key}}", HubPolicies.Read, Path: $"/api/v1/routing/{k.Item1}/{k.Item2}"),
        ]),
        .. new[] { "calendars", "rota", "cabinets" }.SelectMany(k => (RoleRule[])
        [
            new($"GET /api/v1/routing/{k}", HubPolicies.Read, Foreign.LeftOut), new($"GET /api/v1/routing/{k}/{{key}}", HubPolicies.Read, Foreign.NotFound),
        ]),
        .. new[] { "deputies", "absences" }.SelectMany(k => (RoleRule[])
        [
            new($"GET /api/v1/routing/{k}", HubPolicies.Read, Foreign.LeftOut, Trace: "{managerOfSpb}"),
            new($"GET /api/v1/routing/{k}/{{key}}", HubPolicies.Read, Foreign.NotFound, $"/api/v1/routing/{k}/{{managerOfMsk}}", null, $"/api/v1/routing/{k}/{{managerOfSpb}}"),
        ]),
        .. new[] { ("calendars", "msk"), ("holidays", "2026"), ("rota", "msk"), ("deputies", NoContact), ("absences", NoContact), ("cabinets", "msk"), ("blacklist", "79990000000") }.SelectMany(k => (RoleRule[])
        [
            new($"PUT /api/v1/routing/{k.Item1}/{{key}}", HubPolicies.Operate, Foreign.SeesAll, $"/api/v1/routing/{k.Item1}/{k.Item2}", "[]"),
            new($"DELETE /api/v1/routing/{k.Item1}/{{key}}", HubPolicies.Operate, Foreign.SeesAll, $"/api/v1/routing/{k.Item1}/{k.Item2}"),
        ]),
        new("GET /api/v1/routing/numbering", HubPolicies.Read), new("GET /api/v1/routing/numbering/{key}", HubPolicies.Read, Path: "/api/v1/routing/numbering/def-9xx"),
        new("DELETE /api/v1/routing/numbering/{key}", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/routing/numbering/def-9xx"),
        new("POST /api/v1/routing/numbering/{key}/import", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/routing/numbering/def-9xx/import", "x"),
        new("POST /api/v1/routing/holidays/import", HubPolicies.Operate, Foreign.SeesAll, Body: "x"),

        new("GET /api/v1/cabinets", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/cabinets/{key}", HubPolicies.Read, Foreign.NotFound),
        new("POST /api/v1/cabinets/{key}/import", HubPolicies.Operate, Foreign.SeesAll),
        new("GET /api/v1/cabinets/{key}/connection", HubPolicies.Operate, Foreign.SeesAll),
        .. new[] { "numbers", "employees", "groups", "schedules", "statuses", "sip-lines", "scenarios" }.Select(l => new RoleRule($"GET /api/v1/cabinets/{{key}}/{l}", HubPolicies.Read, Foreign.NotFound)),
        new("POST /api/v1/crm/login", HubPolicies.Operate, Foreign.SeesAll),
        new("GET /api/v1/managers", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/managers/unmatched", HubPolicies.Read, Foreign.LeftOut),
        new("POST /api/v1/managers/{contactId:guid}/test-cards", HubPolicies.Operate, Foreign.SeesAll, $"/api/v1/managers/{NoContact}/test-cards"),
        new("DELETE /api/v1/managers/{contactId:guid}/test-cards/{cardId}", HubPolicies.Operate, Foreign.SeesAll, $"/api/v1/managers/{NoContact}/test-cards/test:1"),

        .. new[] { "hold", "unhold", "transfer/complete", "restore", "release", "blacklist" }.Select(a => new RoleRule($"POST {Call}/{a}", HubPolicies.Control, Foreign.NotFound)),
        new($"POST {Call}/transfer", HubPolicies.Control, Foreign.NotFound, Body: """{"phone":"79990000000"}"""),
        new($"POST {Call}/legs/{{legId}}/drop", HubPolicies.Control, Foreign.NotFound),
        new($"POST {Call}/tags", HubPolicies.Control, Foreign.NotFound, Body: """{"tagId":1}"""),
        new($"POST {Call}/record", HubPolicies.Control, Foreign.NotFound, Body: """{"on":true}"""),
        new($"POST {Call}/coach", HubPolicies.Control, Foreign.NotFound, Body: "{}"),
        new($"POST {Call}/dtmf", HubPolicies.Control, Foreign.NotFound, Body: """{"symbol":"1"}"""),

        new("GET /api/v1/rules", HubPolicies.Read, Foreign.LeftOut),
        new("GET /api/v1/rules/{id}", HubPolicies.Read, Foreign.NotFound, "/api/v1/rules/in-answered-known", null, "/api/v1/rules/{ruleOfSpb}"),
        new("POST /api/v1/rules", HubPolicies.Operate, Foreign.SeesAll, Body: "{}"),
        new("PUT /api/v1/rules/{id}", HubPolicies.Operate, Foreign.SeesAll, Body: "{}"),
        new("DELETE /api/v1/rules/{id}", HubPolicies.Operate, Foreign.SeesAll),
        new("GET /api/v1/rules/versions", HubPolicies.Read),
        new("GET /api/v1/rules/versions/{version:int}", HubPolicies.Read, Foreign.LeftOut, "/api/v1/rules/versions/2"),
        new("POST /api/v1/rules/versions/{version:int}/restore", HubPolicies.Operate, Foreign.SeesAll, "/api/v1/rules/versions/999/restore"),

        new("GET /api/v1/me", SignedIn), new("POST /api/v1/me/password", SignedIn, Body: "{}"),
        new("GET /api/v1/audit", HubPolicies.Audit),
        new("GET /api/v1/users", HubPolicies.Operate), new("POST /api/v1/users", HubPolicies.Operate, Body: "{}"),
        new("GET /api/v1/users/{id:guid}", HubPolicies.Operate, Path: NoUser), new("PUT /api/v1/users/{id:guid}", HubPolicies.Operate, Path: NoUser, Body: "{}"), new("DELETE /api/v1/users/{id:guid}", HubPolicies.Operate, Path: NoUser),
        .. new[] { "password", "lock", "unlock" }.Select(a => new RoleRule($"POST /api/v1/users/{{id:guid}}/{a}", HubPolicies.Operate, Path: $"{NoUser}/{a}", Body: "{}")),
        new("GET /api/v1/api-keys", HubPolicies.Operate), new("POST /api/v1/api-keys", HubPolicies.Operate, Body: "{}"),
        new("DELETE /api/v1/api-keys/{id:guid}", HubPolicies.Operate, Path: "/api/v1/api-keys/0199f3b2-6c1e-7b7e-9d5e-0d6a3c1f2e10"),

        .. new[] { "", "/live", "/journal", "/missed" }.Select(p => Page(p, HubPolicies.ReadOwn)),
        Page("/calls/{Cabinet}/{SessionId}", HubPolicies.ReadOwn, $"/calls/msk/{RoleWorld.Session}"), Page("/{*Rest}", HubPolicies.ReadOwn, "/no-such-page"),
        .. new[] { "numbers", "proof", "failed", "quarantine", "explain", "cabinets", "managers", "rules", "staffing", "staffing/calendars", "staffing/holidays", "staffing/rota", "staffing/deputies", "staffing/absences" }
            .Select(p => Page($"/{p}", HubPolicies.Read)),
        Page("/audit", HubPolicies.Audit),
        .. new[] { "/users", "/api-keys", "/settings" }.Select(p => Page(p, HubPolicies.Operate)), Page("/cabinets/{Key}/connect", HubPolicies.Operate, "/cabinets/msk/connect"),
    ];

    private static RoleRule Page(string pattern, string policy, string? path = null) => new($"GET,POST /console{pattern}", policy, Path: "/console" + (path ?? pattern));
}
