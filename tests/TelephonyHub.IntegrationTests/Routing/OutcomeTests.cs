using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Routing;

public sealed class OutcomesOnSqlite() : OutcomeTests(DatabaseProvider.Sqlite);

public sealed class OutcomesOnPostgres() : OutcomeTests(DatabaseProvider.Postgres);

/// <summary>Whether the predicted person answered, who did, how long it took; and the report of it.</summary>
public abstract class OutcomeTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task ThreeCalls_AnsweredByTheFirst_ByAnother_AndMissed_AreTold()
    {
        await using var world = await HubWorld.StartAsync(provider, o =>
        {
            o.Settings["Routing:BudgetMs"] = "5000";
            o.Seed = s => Company.SeedUsers(s);
        });
        var from = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/managers"))["items"]!.AsArray().Count > 10, "the managers are known");

        var outcomes = new List<(string State, string? By)>();
        foreach (var call in new[]
        {
            Incoming("79035550901", Answers.First),
            Incoming("79035550902", Answers.Phone(RouteWorld.MoscowDuty)),
            Incoming("79035550903", null) with { GivesUpAfter = TimeSpan.FromSeconds(9) },
        })
        {
            // He who talked a moment ago may be passed over until the hub knows that the talk is over.
            await HubWorld.EventuallyAsync(async () => (await world.ExplainAsync(call.From!))["chain"]![0]!["name"]!.GetValue<string>() == "Петров Борис", "he is free");
            var session = (await world.Uis.Cabinets["msk"].IncomingAsync(call with { StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-60) })).SessionId;
            System.Text.Json.Nodes.JsonNode? outcome = null;
            await HubWorld.EventuallyAsync(async () => (outcome = (await world.CallAsync("msk", session))?["decision"]?["outcome"]) is not null, "the outcome is told");
            outcome!["predicted"]!.GetValue<string>().Should().Be("Петров Борис");
            outcomes.Add((outcome["state"]!.GetValue<string>(), outcome["answeredBy"]?.GetValue<string>()));
        }

        outcomes.Should().Equal(("predicted", "Петров Борис"), ("other", "Кузнецова Галина"), ("missed", null));
        var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var report = (await world.GetAsync($"/api/v1/routing/quality?from={Encode(from)}&to={Encode(until)}&cabinet=MSK"))["items"]!.AsArray().Should().ContainSingle().Subject!;
        (report["cabinet"]!.GetValue<string>(), report["decisions"]!.GetValue<int>(), report["predicted"]!.GetValue<int>(), report["other"]!.GetValue<int>(), report["missed"]!.GetValue<int>()).Should().Be(("msk", 3, 1, 1, 1));
        report["predictedShare"]!.GetValue<double>().Should().Be(0.5);
        report["averageWaitSeconds"]!.GetValue<double>().Should().BePositive();
        (await world.GetAsync($"/api/v1/routing/quality?from={Encode(until)}&to={Encode(until)}"))["items"]!.AsArray().Should().BeEmpty("nothing lies between");
    }

    [SkippableTheory]
    [InlineData(8)]
    [InlineData(23)]
    public async Task CallThatTheReportRebuiltHoursLater_HasItsOutcomeToldAllTheSame(int hours)
    {
        await using var world = await HubWorld.StartAsync(provider, o => o.Seed = s => Company.SeedUsers(s));
        var start = TimeProvider.System.GetUtcNow().AddHours(-hours);
        var session = (await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550921", null) with { StartedAt = start, GivesUpAfter = TimeSpan.FromSeconds(9) })).SessionId;
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["call"]?["endedAt"] is not null, "the call is over");
        await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
            async (context, ct) =>
            {
                context.Decisions.Add(new DecisionRow { Id = Guid.CreateVersion7(), Cabinet = "msk", CallId = session, DecidedAt = start, Answer = "{}", Explanation = "{}" });
                await context.SaveChangesAsync(ct);

                // As the report leaves it: a call of hours ago, written now.
                await context.Calls.Where(c => c.SessionId == session).ExecuteUpdateAsync(s => s.SetProperty(c => c.UpdatedAt, TimeProvider.System.GetUtcNow()), ct);
            },
            default);

        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Decisions.AnyAsync(d => d.CallId == session && d.Outcome == "missed")), "the outcome is told");
    }

    [SkippableFact]
    public async Task DecisionsWithoutId_ThatNearTheCallIsItsOwn_ThatFarFromItIsNot()
    {
        const string Caller = "79035550931";
        await using var world = await HubWorld.StartAsync(provider, o => o.Seed = s => Company.SeedUsers(s));
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-2);
        await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
            async (context, ct) =>
            {
                foreach (var (digit, seconds, caller) in new[] { ("near", 5, Caller), ("far", 15, Caller), ("another's", 5, "79035550932") })
                {
                    context.Decisions.Add(new DecisionRow
                    {
                        Id = Guid.CreateVersion7(),
                        Cabinet = "msk",
                        Caller = "+" + caller,
                        Dialled = "+" + SimulatorCompany.MoscowNumber,
                        Digit = digit,
                        DecidedAt = start.AddSeconds(seconds),
                        Answer = "{}",
                        Explanation = "{}",
                    });
                }

                await context.SaveChangesAsync(ct);
            },
            default);

        var session = (await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Caller, null) with { StartedAt = start, GivesUpAfter = TimeSpan.FromSeconds(9) })).SessionId;

        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Decisions.AnyAsync(d => d.Digit != null && d.SessionId == session)), "the outcome is told");
        (await world.InDatabaseAsync(c => c.Decisions.Where(d => d.Digit != null && d.Outcome != null).Select(d => d.Digit + " " + d.Outcome).ToListAsync())).Should().Equal("near missed");
    }

    [SkippableFact]
    public async Task ManagerOnACall_IsPassedOver_UntilHeHangsUp()
    {
        const string Client = "79035550911";
        await using var world = await HubWorld.StartAsync(provider, o =>
        {
            o.Settings["Routing:BudgetMs"] = "5000";
            o.Seed = s => s.AddContact("Клиент", Company.SeedUsers(s)["boris.petrov@krepezh.example"].ContactId, null, "+" + Client);
        });
        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("msk", Client, SimulatorCompany.MoscowNumber)).Phones()[0] == "0101002", "Boris is known as responsible");
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall("79035550912", SimulatorCompany.MoscowNumber) { StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-20) });
        await live.RingAsync();
        await live.AnswerAsync();

        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("msk", Client, SimulatorCompany.MoscowNumber)).Phones()[0] == "79161000003", "Boris talks: the free colleague of the group is first");
        var reasons = (await world.ExplainAsync(Client))["leftOut"]!.AsArray().Select(l => l!["reason"]!["ru"]!.GetValue<string>());
        reasons.Should().Contain(r => r.StartsWith("Сейчас разговаривает", StringComparison.Ordinal));

        await live.HangUpAsync();
        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("msk", Client, SimulatorCompany.MoscowNumber)).Phones()[0] == "0101002", "he is rung again");
    }

    private static IncomingCall Incoming(string caller, Func<string, bool>? answeredBy) =>
        new(caller, SimulatorCompany.MoscowNumber) { AnsweredBy = answeredBy, Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(20) };

    private static string Encode(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
}

/// <summary>Wrong parameters of the report.</summary>
public sealed class QualityContractTests(StaffingWorldOnSqlite shared) : IClassFixture<StaffingWorldOnSqlite>
{
    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2026-03-01T00:00:00Z", "from")]
    [InlineData("to=0001-01-01T00:00:00Z&from=9999-01-01T00:00:00Z", "from")]
    [InlineData("cabinet=nowhere", "cabinet")]
    public async Task Quality_WrongParameter_Is400ThatNamesIt(string query, string field)
    {
        var answer = await (await shared.WorldAsync()).Api.GetAnswerAsync($"/api/v1/routing/quality?{query}");

        ((int)answer.Status).Should().Be(400, answer.Text);
        answer.Json["errors"]![field].Should().NotBeNull();
    }
}
