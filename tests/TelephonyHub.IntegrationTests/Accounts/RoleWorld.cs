using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>One thing of each kind in Moscow and one in Saint Petersburg, and a key for each role: a supervisor, a program and a manager of Moscow among them.</summary>
public abstract class RoleWorld(DatabaseProvider provider) : AccountWorld(provider)
{
    public const long Session = 700_000_001;

    /// <summary>A call of Saint Petersburg for which the manager was rung, too.</summary>
    public const long SharedSession = 700_000_002;

    public static readonly Guid Manager = new("0199f3b2-6c1e-7b7e-9d5e-00000000aaaa");
    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow().AddMinutes(-5);
    private readonly SemaphoreSlim _once = new(1, 1);
    private string? _ruleOfSpb;

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
        var n = 10;
        foreach (var (role, key) in Keys.Skip(1))
        {
            var at = $"Auth:ApiKeys:{n++}";
            (options.Settings[$"{at}:Name"], options.Settings[$"{at}:Key"], options.Settings[$"{at}:Roles:0"]) = (role, key, role.Split(' ')[0]);
            options.Settings[$"{at}:Cabinets:0"] = role is "supervisor" or "integration" ? "msk" : null;
            options.Settings[$"{at}:ContactId"] = role == "manager" ? Manager.ToString() : null;
        }
    }

    /// <returns>The world with its things, and the id of a rule of Saint Petersburg.</returns>
    public async Task<(HubWorld World, string RuleOfSpb)> SeededAsync()
    {
        var world = await WorldAsync();
        await _once.WaitAsync();
        try
        {
            return (world, _ruleOfSpb ??= await SeedAsync(world));
        }
        finally
        {
            _once.Release();
        }
    }

    private static async Task<string> SeedAsync(HubWorld world)
    {
        await world.InDatabaseAsync(async context =>
        {
            foreach (var (cabinet, id) in new[] { ("msk", 1L), ("spb", 2L) })
            {
                context.Calls.Add(CallOf(cabinet, Session));
                context.MissedCalls.Add(new MissedCallRow { Cabinet = cabinet, SessionId = Session, State = "open", FirstMissedAt = At, LastMissedAt = At, Attempts = 1, OwnerContactId = cabinet == "msk" ? Manager : null });
                context.SyncTasks.Add(new SyncTaskRow { Id = Guid.CreateVersion7(), Cabinet = cabinet, SessionId = Session, Kind = "callBack", Purpose = "", Lane = cabinet, Wanted = "{}", State = "done", CreatedAt = At, UpdatedAt = At });
                context.Quarantine.Add(new QuarantineRow { Id = id, Cabinet = cabinet, ReceivedAt = At, ContentKey = cabinet, Reason = "test", Method = "POST", Body = [1] });
                context.Reconciliation.Add(new ReconciliationRow { Cabinet = cabinet, Date = DateOnly.FromDateTime(At.UtcDateTime), Differences = "[]", ComparedAt = At });
                context.Recordings.Add(new RecordingRow { Code = $"code-of-{cabinet}", Cabinet = cabinet, SessionId = Session, Hash = cabinet, SourceLink = "http://media.invalid/x", Kind = "talk", CreatedAt = At });
            }

            context.Calls.Add(CallOf("spb", SharedSession));
            context.CallPeople.AddRange(
                new CallPersonRow { Cabinet = "msk", SessionId = Session, ContactId = Manager },
                new CallPersonRow { Cabinet = "spb", SessionId = SharedSession, ContactId = Manager });
            context.Recordings.Add(new RecordingRow { Code = "code-of-shared", Cabinet = "spb", SessionId = SharedSession, Hash = "shared", SourceLink = "http://media.invalid/x", Kind = "talk", CreatedAt = At });
            return await context.SaveChangesAsync();
        });
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/cabinets"))["items"]!.AsArray().All(c => c!["health"]!.GetValue<string>() == "ok"), "all cabinets are imported");

        // A rule like a built-in one, for Saint Petersburg alone.
        var rule = (await world.GetAsync("/api/v1/rules/in-answered-known")).AsObject();
        rule.Remove("id");
        rule.Remove("version");
        rule["when"]!["cabinet"] = "spb";
        using var made = await world.Api.PostAsJsonAsync("/api/v1/rules", rule);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
    }

    private static CallRow CallOf(string cabinet, long session) => new()
    {
        Cabinet = cabinet,
        SessionId = session,
        ConversationId = $"{cabinet}:{session}",
        Direction = "in",
        State = "ringing",
        StartedAt = At,
        FirstSeenAt = At,
        UpdatedAt = At,
        Data = $$"""{"key":"{{cabinet}}:{{session}}","direction":"in","state":"ringing","ended":false,"answered":false,"startedAt":"{{At:o}}"}""",
    };
}

public sealed class RoleWorldOnSqlite() : RoleWorld(DatabaseProvider.Sqlite);

public sealed class RoleWorldOnPostgres() : RoleWorld(DatabaseProvider.Postgres);
