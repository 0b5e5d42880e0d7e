using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class MissedCallsOnSqlite() : MissedCallTests(DatabaseProvider.Sqlite);

public sealed class MissedCallsOnPostgres() : MissedCallTests(DatabaseProvider.Postgres);

/// <summary>Row G: a client who was not reached has one task with an owner and a deadline, however often and wherever he tries, until somebody talked with him.</summary>
public abstract class MissedCallTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";


    private Dictionary<string, SimUser> _users = [];

    [SkippableFact]
    public async Task TwoCabinetsAtOnce_OneTaskThatCountsBoth_AndBothCallsReferToIt()
    {
        await using var world = await StartAsync();

        var calls = await Task.WhenAll(MissedAsync(world, "msk", -300), MissedAsync(world, "spb", -299), MissedAsync(world, "sgt", -298));
        await TaskSaysAsync(world, 3);
        await Task.WhenAll(calls.Select(c => world.SettledAsync(c.Cabinet, c.SessionId)));

        var task = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;
        task.Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.NotStarted);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Call").Count == 3 && world.Crm.Store.All("Call").All(c => c.Ref("ActivityId") == task.Id)), "all three Calls refer to the task");
        var missed = await OnlyAsync(world);
        missed["attempts"]!.GetValue<int>().Should().Be(3);
        missed["state"]!.GetValue<string>().Should().Be("open");
        missed["taskId"]!.GetValue<Guid>().Should().Be(task.Id);
        missed["ownerContactId"]!.GetValue<Guid>().Should().Be(task.Ref("OwnerId")!.Value);
        missed["dueAt"]!.GetValue<DateTimeOffset>().Should().BeCloseTo(task.Time("DueDate")!.Value, TimeSpan.FromMilliseconds(1));
        missed["ageSeconds"]!.GetValue<long>().Should().BeGreaterThan(100);
        task.Id.Should().Be(HubIds.Activity(SessionKey.Parse($"{missed["cabinet"]!.GetValue<string>()}:{missed["sessionId"]!.GetValue<string>()}"), SyncKinds.CallBack), "computed from the call that has it");
    }

    [SkippableFact]
    public async Task CalledBackFromAnotherCabinet_TaskIsClosedAndTheTimeIsMeasured()
    {
        await using var world = await StartAsync();
        var first = await MissedAsync(world, "msk", -900);
        await world.SettledAsync("msk", first.SessionId);
        await MissedAsync(world, "spb", -600);
        await TaskSaysAsync(world, 2);

        var back = await world.Uis.Cabinets["spb"].OutgoingAsync(new OutgoingCall(102_002, Stranger, true) { StartedAt = Now(-300), Ring = TimeSpan.FromSeconds(7), Talk = TimeSpan.FromSeconds(20) });
        await world.SettledAsync("spb", back.SessionId);
        await StateAsync(world, "calledBack");

        var missed = await OnlyAsync(world);
        missed["secondsToCallBack"]!.GetValue<int>().Should().BeCloseTo((int)(back.StartedAt.AddSeconds(7) - first.FinishedAt!.Value).TotalSeconds, 1);
        missed["reachedBy"]!["sessionId"]!.GetValue<string>().Should().Be($"{back.SessionId}");
        await HubWorld.EventuallyAsync(async () => (await OnlyAsync(world))["reachedBy"]!["by"]?.GetValue<string>() == "Соколов Дмитрий", "it is known who called back");
        await HubWorld.EventuallyAsync(() => Task.FromResult(CallBacks(world).Single().Ref("StatusId") == CreatioIds.ActivityStatus.Completed), "the task is closed");
        (await world.GetAsync("/api/v1/missed?state=open"))["items"]!.AsArray().Should().BeEmpty();
        (await world.GetAsync("/api/v1/missed?state=calledBack&cabinet=MSK"))["items"]!.AsArray().Should().ContainSingle();
        (await world.GetAsync("/api/v1/missed?cabinet=spb"))["items"]!.AsArray().Should().BeEmpty();
    }

    [SkippableFact]
    public async Task AnsweredOnALaterCall_ClosedAsAnsweredLater_AndTheNextMissedCallIsANewTask()
    {
        await using var world = await StartAsync();
        await world.SettledAsync("msk", (await MissedAsync(world, "msk", -900)).SessionId);
        var answered = await world.Uis.Cabinets["rzn"].IncomingAsync(new IncomingCall(Stranger, SimulatorCompany.RyazanNumber) { StartedAt = Now(-600), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(30), AnsweredBy = Answers.First });
        await world.SettledAsync("rzn", answered.SessionId);
        await StateAsync(world, "answeredLater");

        var again = await MissedAsync(world, "msk", -300);
        await world.SettledAsync("msk", again.SessionId);

        CallBacks(world).Should().HaveCount(2);
        CallBacks(world).Count(t => t.Ref("StatusId") == CreatioIds.ActivityStatus.NotStarted).Should().Be(1);
        (await world.GetAsync("/api/v1/missed"))["items"]!.AsArray().Select(m => m!["state"]!.GetValue<string>()).Should().Equal("open", "answeredLater");
    }

    [SkippableFact]
    public async Task TalkBetweenTwoMissedCallsBecomesKnownLate_TheSecondGetsATaskOfItsOwn()
    {
        await using var world = await StartAsync();
        await world.SettledAsync("msk", (await MissedAsync(world, "msk", -900)).SessionId);
        await world.SettledAsync("spb", (await MissedAsync(world, "spb", -300)).SessionId);
        await TaskSaysAsync(world, 2);

        var between = await world.Uis.Cabinets["rzn"].OutgoingAsync(new OutgoingCall(103_002, Stranger, true) { StartedAt = Now(-600), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(30) });
        await world.SettledAsync("rzn", between.SessionId);
        await HubWorld.EventuallyAsync(
            () => Task.FromResult(CallBacks(world).Count == 2 && CallBacks(world).Count(t => t.Ref("StatusId") == CreatioIds.ActivityStatus.Completed) == 1),
            "the first is closed, the second has its own");

        await HubWorld.EventuallyAsync(
            async () => (await world.GetAsync("/api/v1/missed"))["items"]!.AsArray().Select(m => $"{m!["cabinet"]} {m["state"]} {m["attempts"]}").SequenceEqual(["spb open 1", "msk calledBack 1"]),
            "each is an entry of its own");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PersonEndedOrDeletedTheTask_ClientTriesAgain_NewTask(bool deleted)
    {
        await using var world = await StartAsync();
        await world.SettledAsync("msk", (await MissedAsync(world, "msk", -900)).SessionId);
        var first = CallBacks(world).Single();
        if (deleted)
        {
            world.Crm.Store.Remove("Activity", first.Id);
        }
        else
        {
            world.Crm.Store.Update("Activity", first.Id, ("StatusId", CreatioIds.ActivityStatus.Canceled), ("ModifiedOn", Now(-600)));
        }

        var again = await MissedAsync(world, "spb", deleted ? 0 : -300);
        await HubWorld.EventuallyAsync(() => Task.FromResult(CallBacks(world).Count(t => t.Id != first.Id) == 1), "the second try has a task of its own");
        await world.SettledAsync("spb", again.SessionId);

        var task = CallBacks(world).Single(t => t.Id != first.Id);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Call").Single(c => c.Text("IntegrationId") == $"spb:{again.SessionId}").Ref("ActivityId") == task.Id), "its Call refers to it");
        if (!deleted)
        {
            world.Crm.Store.Get("Activity", first.Id).Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.Canceled, "a person's word stays");
        }

        (await world.GetAsync("/api/v1/missed"))["items"]!.AsArray().Select(m => m!["state"]!.GetValue<string>()).Should().Equal("open", "closed");
    }

    [SkippableFact]
    public async Task PersonGaveTheTaskAnotherTitle_ClientTriesAgain_TitleStays()
    {
        await using var world = await StartAsync();
        var first = await MissedAsync(world, "msk", -900);
        await world.SettledAsync("msk", first.SessionId);
        var task = CallBacks(world).Single();
        world.Crm.Store.Update("Activity", task.Id, ("Title", "Перезвонить насчёт болтов М8, просил после обеда"));

        var again = await MissedAsync(world, "spb", -300);
        await HubWorld.EventuallyAsync(async () => (await OnlyAsync(world))["attempts"]!.GetValue<int>() == 2, "the second try is counted");
        await world.SettledAsync("msk", first.SessionId);
        await world.SettledAsync("spb", again.SessionId);

        CallBacks(world).Should().ContainSingle().Which.Text("Title").Should().Be("Перезвонить насчёт болтов М8, просил после обеда");
    }

    [SkippableFact]
    public async Task PersonEndedTheTask_TheListFollows()
    {
        await using var world = await StartAsync();
        await world.SettledAsync("msk", (await MissedAsync(world, "msk", -900)).SessionId);
        world.Crm.Store.Update("Activity", CallBacks(world).Single().Id, ("StatusId", CreatioIds.ActivityStatus.Completed), ("ModifiedOn", Now(-600)));

        await world.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<CallBackWatch>().Single().LookAsync(default);

        await StateAsync(world, "closed");
        (await OnlyAsync(world))["ageSeconds"]!.GetValue<long>().Should().BeInRange(100, 300, "it ends with the task");
    }

    [SkippableFact]
    public async Task HiddenNumber_EachCallATaskOfItsOwn()
    {
        await using var world = await StartAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (session, at) = (SharedWorld.NewSession(), Now(-300));
            await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, "anonymous", SimulatorCompany.MoscowNumber));
            await world.PostEventAsync("msk", UisWire.Body("lost_call_session", session, at.AddSeconds(40), "anonymous", SimulatorCompany.MoscowNumber));
            await world.SettledAsync("msk", session);
        }

        world.Crm.Store.All("Activity").Should().HaveCount(2);
        (await world.GetAsync("/api/v1/missed"))["items"]!.AsArray().Should().HaveCount(2).And.OnlyContain(m => m!["clientPhone"] == null && m["attempts"]!.GetValue<int>() == 1);
    }

    [SkippableFact]
    public async Task List_PagedByCursor_HasNeitherGapsNorDoubles()
    {
        await using var world = await StartAsync(o => o.Settings["Cabinets:msk:Mode"] = "Shadow");
        var sessions = Enumerable.Range(0, 5).Select(_ => SharedWorld.NewSession()).ToList();
        var at = Now(-600);
        foreach (var (session, i) in sessions.Select((s, i) => (s, i)))
        {
            // Two at one instant: only the rest of the key tells them apart.
            await world.PostEventAsync("msk", UisWire.Body("lost_call_session", session, at.AddSeconds(i / 2), $"7903555100{i}", SimulatorCompany.MoscowNumber));
        }

        await HubWorld.EventuallyAsync(async () => await world.InDatabaseAsync(c => c.MissedCalls.CountAsync()) == 5, "all are planned");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.GetAsync($"/api/v1/missed?limit=2{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["sessionId"]!.GetValue<string>()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        seen.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(sessions.Select(s => $"{s}"));
        string At(int second) => Uri.EscapeDataString(at.AddSeconds(second).ToString("o"));
        (await world.GetAsync($"/api/v1/missed?from={At(0)}&to={At(1)}"))["items"]!.AsArray().Should().HaveCount(2);
        ((int)(await world.Api.GetAnswerAsync("/api/v1/missed?state=lost")).Status).Should().Be(400);
    }

    [SkippableFact]
    public async Task FollowUpIsRefusedByTheCrm_TheCallIsWrittenWithout_AndCorrectedByTheReplay()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.FailOperation("POST", "Activity", times: null, status: 400);
        var call = await MissedAsync(world, "msk", -300);
        var read = await world.SettledAsync("msk", call.SessionId);

        TaskOf(read, "callBack")["state"]!.GetValue<string>().Should().Be("dead");
        TaskOf(read, "call")["state"]!.GetValue<string>().Should().Be("done", "no call may be lost for a task");
        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("ActivityId").Should().BeNull();

        world.Crm.Faults.Clear();
        ((int)(await world.Api.PostJsonAsync("/api/v1/sync/replay", """{"dryRun":false}""")).Status).Should().Be(200);
        await HubWorld.EventuallyAsync(
            () => Task.FromResult(world.Crm.Store.All("Activity").Count == 1 && world.Crm.Store.All("Call").Single().Ref("ActivityId") == world.Crm.Store.All("Activity").Single().Id),
            "the Call refers to the task");
    }

    [SkippableFact]
    public async Task EmployeeWithoutCrmUserTalked_DutyOwns_AlertIsShownAndGoesWhenHeIsMapped()
    {
        await using var world = await StartAsync(o => o.Seed = s => _users = Company.SeedUsers(s, except: "boris.petrov@krepezh.example"));
        var directory = world.Services.GetRequiredService<DirectoryService>();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall(Stranger, SimulatorCompany.MoscowNumber) { StartedAt = Now(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40), AnsweredBy = Answers.First });
        var read = await world.SettledAsync("msk", call.SessionId);

        read["plan"]!["talkedWithoutCrmUser"]!.GetValue<bool>().Should().BeTrue();
        read["plan"]!["owner"]!.GetValue<string>().Should().Be("duty");
        world.Crm.Store.All("Activity").Single().Ref("OwnerId").Should().Be(_users["galina.kuznetsova@krepezh.example"].ContactId);
        await HubWorld.EventuallyAsync(async () => (await CauseAsync(world))?.Contains("msk:101002", StringComparison.Ordinal) == true, "the alert names him");

        // Another replica, which finds it in the database; its directory is in this test's hands.
        var (there, health) = (new DirectoryService(null!, world.Services.GetRequiredService<HubSettings>(), TimeProvider.System) { Managers = directory.Managers }, new HealthRegister());
        using var watch = new UnmappedEmployees(world.Services.GetRequiredService<HubDatabase>(), there, health, TimeProvider.System, NullLogger<UnmappedEmployees>.Instance);
        await watch.LookAsync(default);
        health.Causes.Should().ContainKey(UnmappedEmployees.Cause);
        var mapped = directory.Managers.Managers.Select(m => m.Employees.Any(e => e.Id == 101_002) ? m with { ContactId = Guid.CreateVersion7(), IsActiveUser = true } : m).ToList();
        there.Managers = new ManagerDirectory(mapped, directory.Managers.OwnContactId);
        await watch.LookAsync(default);
        health.Causes.Should().BeEmpty("the alert goes by itself");
    }

    [SkippableFact]
    public async Task MissedFromTheMobile_AndFromTheOffice_OneTask_AndReachedAtTheOffice_Closed()
    {
        const string Office = "74955550077";
        await using var world = await StartAsync(o => o.Seed += s => s.AddContact("Клиент", _users["nina.pavlova@krepezh.example"].ContactId, null, "+" + Stranger, "+" + Office));

        var calls = await Task.WhenAll(MissedAsync(world, "msk", -900), MissedAsync(world, "spb", -899, Office));
        await TaskSaysAsync(world, 2);
        await Task.WhenAll(calls.Select(c => world.SettledAsync(c.Cabinet, c.SessionId)));
        CallBacks(world).Should().ContainSingle("he is one client");
        (await OnlyAsync(world))["attempts"]!.GetValue<int>().Should().Be(2);

        var back = await world.Uis.Cabinets["spb"].OutgoingAsync(new OutgoingCall(102_002, Office, true) { StartedAt = Now(-300), Ring = TimeSpan.FromSeconds(7), Talk = TimeSpan.FromSeconds(20) });
        await world.SettledAsync("spb", back.SessionId);
        await StateAsync(world, "calledBack");
        (await OnlyAsync(world))["secondsToCallBack"]!.GetValue<int>().Should().BeInRange(400, 610);
        await HubWorld.EventuallyAsync(() => Task.FromResult(CallBacks(world).Single().Ref("StatusId") == CreatioIds.ActivityStatus.Completed), "the task is closed");

        var late = await MissedAsync(world, "rzn", -600);
        await world.SettledAsync("rzn", late.SessionId);
        CallBacks(world).Should().ContainSingle("what becomes known late was missed before he was reached");
    }

    [SkippableFact]
    public async Task TalkOnAPhoneThatIsNobodys_AlertIsShownMasked_AndGoesWhenThePhoneIsSomebodys()
    {
        const string Nobodys = "79991112233";
        await using var world = await StartAsync(o => o.Settings["Cabinets:msk:GroupPhones:0"] = Nobodys);
        var directory = world.Services.GetRequiredService<DirectoryService>();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(
            new IncomingCall(Stranger, SimulatorCompany.MoscowNumber) { StartedAt = Now(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40), AnsweredBy = Answers.Phone(Nobodys) });
        var read = await world.SettledAsync("msk", call.SessionId);

        read["plan"]!["talkedWithoutCrmUser"]!.GetValue<bool>().Should().BeTrue();
        await HubWorld.EventuallyAsync(async () => (await CauseAsync(world))?.Contains("msk phone +7***33", StringComparison.Ordinal) == true, "the alert names the phone");
        (await world.Http.GetAnswerAsync("/health/ready")).Text.Should().NotContain(Nobodys);

        var (there, health) = (new DirectoryService(null!, world.Services.GetRequiredService<HubSettings>(), TimeProvider.System), new HealthRegister());
        there.Managers = new ManagerDirectory([.. directory.Managers.Managers.Select((m, i) => i == 0 ? m with { Mobile = PhoneNumber.Parse("+" + Nobodys), ContactId = m.ContactId ?? Guid.CreateVersion7(), IsActiveUser = true } : m)], null);
        using var watch = new UnmappedEmployees(world.Services.GetRequiredService<HubDatabase>(), there, health, TimeProvider.System, NullLogger<UnmappedEmployees>.Instance);
        await watch.LookAsync(default);
        health.Causes.Should().BeEmpty("it is somebody's now");
    }

    [SkippableFact]
    public async Task TwoOverlappingCallsOfOneClientInTwoCabinets_OneContactAndOneDeal()
    {
        await using var world = await StartAsync();
        IncomingCall Call(string to) => new(Stranger, to) { StartedAt = Now(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40), AnsweredBy = Answers.First };

        var calls = await Task.WhenAll(
            world.Uis.Cabinets["msk"].IncomingAsync(Call(SimulatorCompany.MoscowNumber)),
            world.Uis.Cabinets["spb"].IncomingAsync(Call(SimulatorCompany.PetersburgNumber)));
        foreach (var call in calls)
        {
            await world.SettledAsync(call.Cabinet, call.SessionId);
        }

        world.Crm.Store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + Stranger);
        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        world.Crm.Store.All("Call").Should().HaveCount(2).And.OnlyContain(c => c.Ref("OpportunityId") == deal.Id && c.Ref("ContactId") == deal.Ref("ContactId"));
    }

    private async Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => await HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => _users = Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    private static Task<SimCall> MissedAsync(HubWorld world, string cabinet, int seconds, string from = Stranger) => world.Uis.Cabinets[cabinet].IncomingAsync(
        new IncomingCall(from, NumberOf(cabinet)) { StartedAt = Now(seconds), Ring = TimeSpan.FromSeconds(5), AnsweredBy = null });

    private static string NumberOf(string cabinet) => cabinet switch
    {
        "msk" => SimulatorCompany.MoscowNumber,
        "spb" => SimulatorCompany.PetersburgNumber,
        "rzn" => SimulatorCompany.RyazanNumber,
        _ => SimulatorCompany.SurgutNumber,
    };

    private static Task TaskSaysAsync(HubWorld world, int calls) =>
        HubWorld.EventuallyAsync(() => Task.FromResult(CallBacks(world).Any(t => t.Text("Title").EndsWith($"(звонков: {calls})", StringComparison.Ordinal))), $"the task counts {calls} calls");

    private static Task StateAsync(HubWorld world, string state) => HubWorld.EventuallyAsync(async () => (await OnlyAsync(world))["state"]!.GetValue<string>() == state, $"the entry is {state}");

    private static async Task<JsonNode> OnlyAsync(HubWorld world) => (await world.GetAsync("/api/v1/missed"))["items"]!.AsArray().Should().ContainSingle().Subject!;

    private static List<CrmRow> CallBacks(HubWorld world) => [.. world.Crm.Store.All("Activity").Where(t => t.Text("Title").StartsWith("Перезвонить", StringComparison.Ordinal))];

    private static JsonNode TaskOf(JsonNode call, string kind) => call["tasks"]!.AsArray().Single(t => t!["kind"]!.GetValue<string>() == kind)!;

    private static async Task<string?> CauseAsync(HubWorld world) => (await world.Http.GetAnswerAsync("/health/ready")).Json["causes"]?["employees without CRM user"]?.GetValue<string>();

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);
}
