using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Routing;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>What of the world has another id each time.</summary>
/// <param name="RuleOfSpb">A rule of Saint Petersburg alone.</param>
/// <param name="ManagerOfMsk">Contact of a manager who works in Moscow alone.</param>
/// <param name="ManagerOfSpb">The same of Saint Petersburg.</param>
public sealed record RoleThings(string RuleOfSpb, Guid ManagerOfMsk, Guid ManagerOfSpb)
{
    /// <summary>A path or text of the matrix, with the ids in their places.</summary>
    public string In(string text) => text
        .Replace("{ruleOfSpb}", RuleOfSpb, StringComparison.Ordinal)
        .Replace("{managerOfMsk}", ManagerOfMsk.ToString(), StringComparison.Ordinal)
        .Replace("{managerOfSpb}", ManagerOfSpb.ToString(), StringComparison.Ordinal);
}

/// <summary>One thing of each kind in Moscow and one in Saint Petersburg, and a key for each role: a supervisor, a program and a manager of Moscow among them.</summary>
public abstract class RoleWorld(DatabaseProvider provider) : AccountWorld(provider)
{
    public const long Session = 700_000_001;

    /// <summary>A call of Saint Petersburg for which the manager was rung, too.</summary>
    public const long SharedSession = 700_000_002;

    /// <summary>Who calls in Saint Petersburg; in Moscow somebody else does.</summary>
    public const string CallerOfSpb = "+78125550001";

    public const string BackfillOfMsk = "0199f3b2-6c1e-7b7e-9d5e-00000000bf01";
    public const string BackfillOfSpb = "0199f3b2-6c1e-7b7e-9d5e-00000000bf02";

    public static readonly Guid Manager = new("0199f3b2-6c1e-7b7e-9d5e-00000000aaaa");
    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow().AddMinutes(-5);
    private readonly SemaphoreSlim _once = new(1, 1);
    private Dictionary<string, SimUser> _users = [];
    private RoleThings? _things;

    /// <summary>Role (or a case of it) → key.</summary>
    public static IReadOnlyDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["administrator"] = HubWorld.ApiKey,
        ["auditor"] = "role-key-auditor",
        ["supervisor"] = "role-key-supervisor-of-msk",
        ["integration"] = "role-key-integration-of-msk",
        ["manager"] = "role-key-manager",
        ["manager without contact"] = "role-key-manager-without-contact",
    };

    protected override void Configure(WorldOptions options)
    {
        base.Configure(options);

        // One of Saint Petersburg has no user, so that somebody is unmatched there.
        options.Seed = s => _users = Company.SeedUsers(s, "zakhar.kozlov@krepezh.example");
        var n = 10;
        foreach (var (role, key) in Keys.Skip(1))
        {
            var at = $"Auth:ApiKeys:{n++}";
            (options.Settings[$"{at}:Name"], options.Settings[$"{at}:Key"], options.Settings[$"{at}:Roles:0"]) = (role, key, role.Split(' ')[0]);
            options.Settings[$"{at}:Cabinets:0"] = role is "supervisor" or "integration" ? "msk" : null;
            options.Settings[$"{at}:ContactId"] = role == "manager" ? Manager.ToString() : null;
        }
    }

    public async Task<(HubWorld World, RoleThings Things)> SeededAsync()
    {
        var world = await WorldAsync();
        await _once.WaitAsync();
        try
        {
            return (world, _things ??= await SeedAsync(world));
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<RoleThings> SeedAsync(HubWorld world)
    {
        await world.InDatabaseAsync(async context =>
        {
            foreach (var (cabinet, id) in new[] { ("msk", 1L), ("spb", 2L) })
            {
                context.Calls.Add(CallOf(cabinet, Session));
                context.MissedCalls.Add(new MissedCallRow { Cabinet = cabinet, SessionId = Session, State = "open", FirstMissedAt = At, LastMissedAt = At, Attempts = 1, OwnerContactId = cabinet == "msk" ? Manager : null, SecondsToCallBack = cabinet == "msk" ? null : 4711 });
                context.SyncTasks.Add(new SyncTaskRow { Id = Guid.CreateVersion7(), Cabinet = cabinet, SessionId = Session, Kind = "callBack", Purpose = "", Lane = cabinet, Wanted = "{}", State = "done", CreatedAt = At, UpdatedAt = At });
                context.SyncTasks.Add(new SyncTaskRow { Id = Guid.CreateVersion7(), Cabinet = cabinet, SessionId = Session, Kind = "deal", Purpose = "", Lane = cabinet, Wanted = "{}", State = "dead", Category = "Permanent", Error = $"Refused in {cabinet}.", CreatedAt = At, UpdatedAt = At });
                context.Quarantine.Add(new QuarantineRow { Id = id, Cabinet = cabinet, ReceivedAt = At, ContentKey = cabinet, Reason = $"Not understood in {cabinet}.", Method = "POST", Body = [1] });
                context.Reconciliation.Add(new ReconciliationRow { Cabinet = cabinet, Date = DateOnly.FromDateTime(At.UtcDateTime), Differences = "[]", ComparedAt = At });
                context.Recordings.Add(new RecordingRow { Code = $"code-of-{cabinet}", Cabinet = cabinet, SessionId = Session, Hash = cabinet, SourceLink = "http://media.invalid/x", Kind = "talk", CreatedAt = At });
                context.Alerts.Add(new AlertRow { Cause = cabinet, Words = $"Something is wrong in {cabinet}.", FirstAt = At, LastAt = At, Count = 1 });
                context.Decisions.Add(new DecisionRow { Id = Guid.CreateVersion7(), Cabinet = cabinet, DecidedAt = At, Answer = "{}", Explanation = "{}", Outcome = "missed" });
                context.Backfills.Add(new BackfillRow
                {
                    Id = Guid.Parse(cabinet == "msk" ? BackfillOfMsk : BackfillOfSpb),
                    Cabinet = cabinet,
                    FromDate = DateOnly.FromDateTime(At.UtcDateTime),
                    ToDate = DateOnly.FromDateTime(At.UtcDateTime).AddDays(1),
                    State = "done",
                    AskedBy = "tests",
                    AskedAt = At,
                    UpdatedAt = At,
                });
            }

            context.Calls.Add(CallOf("spb", SharedSession));
            context.CallPeople.AddRange(
                new CallPersonRow { Cabinet = "msk", SessionId = Session, ContactId = Manager },
                new CallPersonRow { Cabinet = "spb", SessionId = SharedSession, ContactId = Manager });
            context.Recordings.Add(new RecordingRow { Code = "code-of-shared", Cabinet = "spb", SessionId = SharedSession, Hash = "shared", SourceLink = "http://media.invalid/x", Kind = "talk", CreatedAt = At });
            return await context.SaveChangesAsync();
        });
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/cabinets"))["items"]!.AsArray().All(c => c!["health"]!.GetValue<string>() == "ok"), "all cabinets are imported");
        var things = new RoleThings(await SeedRuleAsync(world), _users["boris.petrov@krepezh.example"].ContactId, _users["dmitry.sokolov@krepezh.example"].ContactId);
        await SeedStaffingAsync(world, things);
        return things;
    }

    private static async Task<string> SeedRuleAsync(HubWorld world)
    {
        // A rule like a built-in one, for Saint Petersburg alone.
        var rule = (await world.GetAsync("/api/v1/rules/in-answered-known")).AsObject();
        rule.Remove("id");
        rule.Remove("version");
        rule["when"]!["cabinet"] = "spb";
        using var made = await world.Api.PostAsJsonAsync("/api/v1/rules", rule);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
    }

    private async Task SeedStaffingAsync(HubWorld world, RoleThings things)
    {
        await HubWorld.EventuallyAsync(
            async () => new[] { things.ManagerOfMsk, things.ManagerOfSpb }.All((await world.GetAsync("/api/v1/managers"))["items"]!.AsArray()
                .Where(m => m!["employees"]!.AsArray().Count > 0).Select(m => m!["contactId"]?.GetValue<Guid>()).OfType<Guid>().Contains),
            "the managers' employees are known");
        foreach (var (cabinet, manager) in new[] { ("msk", things.ManagerOfMsk), ("spb", things.ManagerOfSpb) })
        {
            await world.PutAsync($"calendars/{cabinet}", StaffingWorld.Calendar("09:00", "18:00"));
            await world.PutAsync($"rota/{cabinet}", """{"from":"2026-01-01","people":[{"phones":["101"]}]}""");
            await world.PutAsync($"cabinets/{cabinet}", """{"maxPhones":5}""");
            await world.PutAsync($"absences/{manager}", """{"periods":[{"from":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z"}]}""");
            await world.PutAsync($"deputies/{manager}", $$"""{"deputies":["{{_users["viktor.sidorov@krepezh.example"].ContactId}}"]}""");
        }
    }

    private static CallRow CallOf(string cabinet, long session) => new()
    {
        Cabinet = cabinet,
        SessionId = session,
        ConversationId = $"{cabinet}:{session}",
        Direction = "in",
        State = "ringing",
        ClientPhone = cabinet == "spb" ? CallerOfSpb : "+74955550001",
        StartedAt = At,
        FirstSeenAt = At,
        UpdatedAt = At,
        Data = $$"""{"key":"{{cabinet}}:{{session}}","direction":"in","state":"ringing","ended":false,"answered":false,"startedAt":"{{At:o}}"}""",
    };
}

public sealed class RoleWorldOnSqlite() : RoleWorld(DatabaseProvider.Sqlite);

public sealed class RoleWorldOnPostgres() : RoleWorld(DatabaseProvider.Postgres);
