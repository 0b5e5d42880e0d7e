using Medallion.Threading.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Reconciliation;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class ReconciliationOnSqlite() : ReconciliationTests(DatabaseProvider.Sqlite);

public sealed class ReconciliationOnPostgres() : ReconciliationTests(DatabaseProvider.Postgres)
{
    /// <summary>On SQLite there is one process only.</summary>
    [SkippableFact]
    public async Task Run_AnotherReplicaIsAtIt_IsLeftToIt()
    {
        await using var world = await StartAsync();
        var database = world.Services.GetRequiredService<HubDatabase>();
        await using var another = await new PostgresDistributedLock(new PostgresAdvisoryLockKey(ReconciliationJob.LockName, allowHashing: true), database.ConnectionString).AcquireAsync();

        var run = await world.Services.GetRequiredService<ReconciliationJob>().RunAsync(TimeProvider.System.GetUtcNow().AddHours(-1), TimeSpan.Zero, default);

        run.Should().BeNull();
        world.Uis.ApiCalls.Should().NotContain(c => c.Method == "get.calls_report");
    }
}

/// <summary>What the webhooks did not bring comes from the cabinet's own report.</summary>
public abstract class ReconciliationTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";
    private const string NinasMobile = "79221000001";

    [SkippableFact]
    public async Task Recording_WhoseNotificationNeverCame_IsFoundInTheReportAndPlays()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming());
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("CallFile").Should().BeEmpty();

        await world.CompareAsync();

        await ExpectRecordingAsync(world);
        var events = await world.EventRowsAsync("msk", call.SessionId);
        await world.CompareAsync();
        (await world.EventRowsAsync("msk", call.SessionId)).Should().Be(events);
        world.Crm.Store.All("CallFile").Should().ContainSingle("the next comparison finds nothing new");
    }

    [SkippableFact]
    public async Task CallThatTheJournalLacks_IsRebuiltWithItsRecording()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseShare = 1;
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming());
        (await world.CallAsync("msk", call.SessionId)).Should().BeNull();

        await world.CompareAsync();

        await world.SettledAsync("msk", call.SessionId);
        await ExpectRecordingAsync(world);
    }

    [SkippableFact]
    public async Task WhoTalked_CouldNotBeAskedWhenTheCallEnded_IsFoundLaterAndBecomesTheOwner()
    {
        // The default templates name neither the number dialled nor, for a foreign mobile, an employee: only the legs report knows, and its cabinet refuses.
        Dictionary<string, SimUser> users = [];
        await using var world = await StartAsync(o =>
        {
            (o.Templates, o.AppendEventToUrl) = (NotificationTemplates.Default, true);
            o.Settings["Cabinets:msk:GroupPhones:0"] = NinasMobile;
            o.Seed = s => users = Company.SeedUsers(s);
        });
        world.Uis.Faults.Cabinet("msk").Forbidden = true;
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming() with { AnsweredBy = Answers.Phone(NinasMobile) });
        await world.SettledAsync("msk", call.SessionId);
        var (deal, nina) = (world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject, users["nina.pavlova@krepezh.example"].ContactId);
        deal.Ref("OwnerId").Should().NotBe(nina, "nobody could say who talked");

        world.Uis.Faults.Cabinet("msk").Forbidden = false;
        await world.CompareAsync();

        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.Get("Opportunity", deal.Id).Ref("OwnerId") == nina), "the deal is hers who talked");
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(nina);
        var asked = world.Uis.ApiCalls.Count(c => c.Method == "get.call_legs_report");
        await world.CompareAsync();
        world.Uis.ApiCalls.Count(c => c.Method == "get.call_legs_report").Should().Be(asked, "it is known now");
    }

    [SkippableFact]
    public async Task WhoTalked_CabinetHasNoPoints_IsAskedLater_AndHoldsNoSlotMeanwhile()
    {
        await using var world = await StartAsync(o =>
        {
            (o.Templates, o.AppendEventToUrl) = (NotificationTemplates.Default, true);
            o.Settings["Cabinets:msk:GroupPhones:0"] = NinasMobile;
            o.Cabinets = all => [.. all.Select(c => c.Key == "msk" ? c with { MinutePoints = 0 } : c)];
        });
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming() with { AnsweredBy = Answers.Phone(NinasMobile) });

        await HubWorld.EventuallyAsync(
            () => world.InDatabaseAsync(c => c.SyncTasks.AnyAsync(t => t.SessionId == call.SessionId && t.Kind == SyncKinds.Talker && t.State == "retry" && t.Error!.Contains("in time"))),
            "the lookup gives its slot back instead of waiting for the next minute");
    }

    [SkippableFact]
    public async Task LastTalk_WhoseWebhooksNeverCame_IsKnownFromTheReportAndItsManagerBecomesTheOwner()
    {
        Dictionary<string, SimUser> users = [];
        await using var world = await StartAsync(o => o.Seed = s => users = Company.SeedUsers(s));
        world.Uis.Faults.Notifications.LoseShare = 1;
        var incoming = Incoming();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(incoming);
        var employees = world.Uis.Cabinets["msk"].Employees;
        var (last, first) = (employees.Single(e => e.Id == call.TalkedEmployeeId), employees.First(e => e.Id != call.TalkedEmployeeId));

        // He lifted and handed the client over; of the rest nothing came but the end.
        foreach (var (kind, seconds, more) in new[] { ("in_call_session", 0, ""), ("talk_started", 5, FormattableString.Invariant($",\"employee_id\":{first.Id}")), ("call_session_finished", 45, "") })
        {
            await world.PostEventAsync("msk", UisWire.Body(kind, call.SessionId, incoming.StartedAt!.Value.AddSeconds(seconds), Stranger, SimulatorCompany.MoscowNumber, more));
        }

        await world.SettledAsync("msk", call.SessionId);
        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        deal.Ref("OwnerId").Should().Be(users[first.Email!].ContactId);

        await world.CompareAsync();

        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.Get("Opportunity", deal.Id).Ref("OwnerId") == users[last.Email!].ContactId), "the deal is his who talked last");
    }

    [SkippableFact]
    public async Task Run_AskedSeveralTimesAtOnce_OneAfterTheOther()
    {
        await using var world = await StartAsync();
        await world.Uis.Cabinets["msk"].IncomingAsync(Incoming());

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.Api.PostJsonAsync("/api/v1/reconciliation/run", "{}")));

        runs.Select(r => (int)r.Status).Should().OnlyContain(s => s == 200, string.Concat(runs.Select(r => r.Text)));
    }

    private static async Task ExpectRecordingAsync(HubWorld world)
    {
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("OpportunityFile").Count == 1), "the recording is linked");
        world.Crm.Store.All("ContactFile").Should().ContainSingle();
        var link = new Uri(world.Crm.Store.All("CallFile").Should().ContainSingle().Subject.Text("Name"));
        (await world.Api.GetAsync(link)).StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }

    protected Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    private static IncomingCall Incoming() => new(Stranger, SimulatorCompany.MoscowNumber)
    {
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 300),
        Ring = TimeSpan.FromSeconds(5),
        Talk = TimeSpan.FromSeconds(40),
        AnsweredBy = Answers.First,
    };
}
