using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class CrmFaultsOnSqlite() : CrmFaultTests(DatabaseProvider.Sqlite);

public sealed class CrmFaultsOnPostgres() : CrmFaultTests(DatabaseProvider.Postgres);

/// <summary>Whatever Creatio does in the middle of writing, in the end there is exactly one of everything (contract, section 2).</summary>
public abstract class CrmFaultTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";
    private Dictionary<string, SimUser> _users = [];

    public static TheoryData<string> Faults => new("session expires", "session expires in the batch", "cut after commit", "cut before", "500 of one operation", "500 of the batch", "500 with an exception", "500 with details", "502 page", "503 page",
        "slow", "too many requests", "csrf");

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public async Task Fault_WhileACallIsWritten_LeavesExactlyOneOfEverything(string fault)
    {
        await using var world = await StartAsync();
        Inject(world.Crm.Faults, fault);

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await ExpectOneOfEverythingAsync(world, call);
    }

    [SkippableFact]
    public async Task CrmAwayForAWhile_RecordsThatOnlyWaitForAnotherCountNoAttempts()
    {
        const int Failures = 3;
        await using var world = await StartAsync();
        world.Crm.Faults.Add(new CrmFault.Html(), times: Failures, when: r => r.Kind == CrmRequestKind.Batch);

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        var read = await world.SettledAsync(call.Cabinet, call.SessionId);

        read["tasks"]!.AsArray().Select(t => t!["attempts"]!.GetValue<int>()).Should().OnlyContain(attempts => attempts <= Failures + 1, read["tasks"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task SessionEndsAgainAndAgain_LeavesExactlyOneOfEverything()
    {
        // Every second request meets an ended session: reads of the background would take the requests after a new login, time and again.
        await using var world = await StartAsync(o => o.Settings["Directory:RefreshSeconds"] = "3600");
        world.Crm.Faults.ExpireSessionEvery = 2;

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await ExpectOneOfEverythingAsync(world, call);
    }

    [SkippableFact]
    public async Task TokenOfOAuthEnds_LeavesExactlyOneOfEverything()
    {
        await using var world = await StartAsync(o => o.OAuth = true);
        world.Crm.Faults.ExpireTokens();

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await ExpectOneOfEverythingAsync(world, call);
        world.Crm.Requests.Should().Contain(r => r.Bearer && r.Kind == CrmRequestKind.Batch);
    }

    [SkippableFact]
    public async Task ContactIdTakenByAnotherNumber_TheNextIdIsUsed()
    {
        var number = PhoneNumber.Parse("+" + Stranger);
        await using var world = await StartAsync(o => o.Seed += s => s.Add("Contact", ("Id", HubIds.Contact(number)), ("Name", "Сменил номер"), ("MobilePhone", "+79990001122")));

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await ExpectOneOfEverythingAsync(world, call);

        world.Crm.Store.All("Call").Single().Ref("ContactId").Should().Be(HubIds.Contact(number, 1));
        world.Crm.Store.Get("Contact", HubIds.Contact(number)).Text("MobilePhone").Should().Be("+79990001122", "the other's record is left alone");
    }

    [SkippableFact]
    public async Task ContactDeletedBetweenReadingAndWriting_IsResolvedAndPlannedAnew()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(o => o.Seed += s => client = s.AddContact("Клиент", _users["nina.pavlova@krepezh.example"].ContactId, null, "+" + Stranger));
        var deleted = false;
        world.Crm.Faults.Add(new CrmFault.CutBefore(), when: r =>
        {
            // Not a fault of the request: somebody deletes the record while it is under way.
            deleted |= IsWrite(r) && world.Crm.Store.Remove("Contact", client);
            return false;
        });

        var call = await world.Uis.Cabinets["sgt"].IncomingAsync(Incoming(Stranger, SimulatorCompany.SurgutNumber));
        await ExpectOneOfEverythingAsync(world, call);

        deleted.Should().BeTrue();
        world.Crm.Store.All("Call").Single().Ref("ContactId").Should().NotBe(client);
    }

    [SkippableFact]
    public async Task ContactDeletedAfterTheCallWasWritten_TheLaterRecordingIsLinkedToANewOne()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("ContactFile").Should().BeEmpty();
        world.Crm.Store.Remove("Contact", world.Crm.Store.All("Call").Single().Ref("ContactId")!.Value).Should().BeTrue();

        await world.PostEventAsync("msk", UisWire.Body("talk_record_file", call.SessionId, TimeProvider.System.GetUtcNow(), Stranger, SimulatorCompany.MoscowNumber, ",\"file_link\":\"https://app.uiscom.ru/system/media/talk/1/abc/\",\"file_duration\":40"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("ContactFile").Count == 1), "the link is there", () => world.CallAsync("msk", call.SessionId).GetAwaiter().GetResult()?["tasks"]?.ToJsonString());
        await world.SettledAsync("msk", call.SessionId);

        var contact = world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == "+" + Stranger).Ref("ContactId");
        world.Crm.Store.All("ContactFile").Single().Ref("ContactId").Should().Be(contact);
        world.Crm.Store.All("Opportunity").Should().ContainSingle();
    }

    [SkippableFact]
    public async Task TaskDeletedBeforeTheCallIsWritten_IsMadeAnewAndTheCallPointsToIt()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.FailOperation("POST", "Call");
        var (writes, deleted) = (0, 0);
        world.Crm.Faults.Add(new CrmFault.CutBefore(), when: r =>
        {
            // Not a fault of the request: somebody deletes the task before the call that failed is tried again.
            if (IsWrite(r) && ++writes == 2)
            {
                deleted = world.Crm.Store.All("Activity").Count(a => world.Crm.Store.Remove("Activity", a.Id));
            }

            return false;
        });

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await ExpectOneOfEverythingAsync(world, call);

        deleted.Should().Be(1);
    }

    [SkippableFact]
    public async Task CallBackDeletedByAPerson_ThenTheCallTurnsOutAnswered_TheRestIsWritten()
    {
        await using var world = await StartAsync();
        var (session, at) = (SharedWorld.NewSession(), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Stranger, SimulatorCompany.MoscowNumber));
        await world.PostEventAsync("msk", UisWire.Body("lost_call_session", session, at.AddSeconds(40), Stranger, SimulatorCompany.MoscowNumber));
        await world.SettledAsync("msk", session);
        world.Crm.Store.Remove("Activity", world.Crm.Store.All("Activity").Single().Id).Should().BeTrue();

        await world.PostEventAsync("msk", UisWire.Body("talk_started", session, at.AddSeconds(5), Stranger, SimulatorCompany.MoscowNumber, ",\"employee_id\":101002"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Activity").Count == 1), "the follow-up is there");

        var read = await world.SettledAsync("msk", session);
        read["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
        world.Crm.Store.All("Call").Single().Ref("ActivityId").Should().Be(world.Crm.Store.All("Activity").Single().Id);
    }

    [SkippableFact]
    public async Task CallDeletedAfterItWasWritten_TheLaterRecordingBringsItBack()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber));
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.Remove("Call", world.Crm.Store.All("Call").Single().Id).Should().BeTrue();

        await world.PostEventAsync("msk", UisWire.Body("talk_record_file", call.SessionId, TimeProvider.System.GetUtcNow(), Stranger, SimulatorCompany.MoscowNumber, ",\"file_link\":\"https://app.uiscom.ru/system/media/talk/1/abc/\",\"file_duration\":40"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("CallFile").Count == 1), "the link is there");

        await ExpectOneOfEverythingAsync(world, call);
    }

    [SkippableFact]
    public async Task VoiceMailOfAStranger_ThenTheCallTurnsOutAnswered_IsLinkedToTheNewContactToo()
    {
        await using var world = await StartAsync();
        var (session, at) = (SharedWorld.NewSession(), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Stranger, SimulatorCompany.MoscowNumber));
        await world.PostEventAsync("msk", UisWire.Body("voice_message", session, at.AddSeconds(30), Stranger, SimulatorCompany.MoscowNumber, ",\"file_link\":\"https://app.uiscom.ru/system/media/voice_mail/1/aaaaaaaabbbbbbbbccccccccdddddddd/\",\"file_duration\":9"));
        await world.PostEventAsync("msk", UisWire.Body("lost_call_session", session, at.AddSeconds(40), Stranger, SimulatorCompany.MoscowNumber));
        await world.SettledAsync("msk", session);
        world.Crm.Store.All("CallFile").Should().ContainSingle();
        world.Crm.Store.All("ContactFile").Should().BeEmpty("a missed call of a stranger makes no contact");

        await world.PostEventAsync("msk", UisWire.Body("talk_started", session, at.AddSeconds(5), Stranger, SimulatorCompany.MoscowNumber, ",\"employee_id\":101002"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("OpportunityFile").Count == 1), "the call is planned anew");
        await world.SettledAsync("msk", session);

        var contact = world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == "+" + Stranger).Ref("ContactId");
        world.Crm.Store.All("ContactFile").Should().ContainSingle().Which.Ref("ContactId").Should().Be(contact);
    }

    [SkippableFact]
    public async Task ClientsNumberIsCorrectedLater_EverythingGoesToWhoeverHasIt()
    {
        const string Wrong = "79035550009";
        var (wrong, right, wrongDeal) = (Guid.Empty, Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(o => o.Seed += s =>
        {
            var owner = _users["nina.pavlova@krepezh.example"].ContactId;
            wrong = s.AddContact("Не тот", owner, null, "+" + Wrong);
            right = s.AddContact("Тот", owner, null, "+" + Stranger);
            wrongDeal = s.AddOpportunity("Чужая", wrong, ownerId: owner);
        });
        var (session, at) = (SharedWorld.NewSession(), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        await world.PostEventAsync("msk", UisWire.Body("talk_started", session, at.AddSeconds(5), Wrong, SimulatorCompany.MoscowNumber, ",\"employee_id\":101002"));
        await world.PostEventAsync("msk", UisWire.Body("call_session_finished", session, at.AddSeconds(40), Wrong, SimulatorCompany.MoscowNumber));
        await world.PostEventAsync("msk", UisWire.Body("talk_record_file", session, at.AddSeconds(45), Wrong, SimulatorCompany.MoscowNumber, ",\"file_link\":\"https://app.uiscom.ru/system/media/talk/1/aaaaaaaabbbbbbbbccccccccdddddddd/\",\"file_duration\":9"));
        await world.SettledAsync("msk", session);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("OpportunityFile").Count == 1), "the recording is linked");
        world.Crm.Store.All("Call").Single().Ref("ContactId").Should().Be(wrong);

        await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Stranger, SimulatorCompany.MoscowNumber));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Call").Single().Ref("ContactId") == right), "the call is the right client's");

        var read = await world.SettledAsync("msk", session);
        read["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
        read["call"]!["crm"]!["contactId"]!.GetValue<Guid>().Should().Be(right);
        var deal = world.Crm.Store.All("Opportunity").Single(d => d.Id != wrongDeal);
        deal.Ref("ContactId").Should().Be(right);
        world.Crm.Store.All("Activity").Single().Should().Match<CrmRow>(a => a.Ref("ContactId") == right && a.Ref("OpportunityId") == deal.Id);
        world.Crm.Store.All("Call").Single().Should().Match<CrmRow>(c => c.Ref("OpportunityId") == deal.Id && c.Text("CallerId") == "+" + Stranger);
        world.Crm.Store.All("ContactFile").Single().Ref("ContactId").Should().Be(right);
        world.Crm.Store.All("OpportunityFile").Single().Ref("OpportunityId").Should().Be(deal.Id);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallBackIsSentAndNotAnswered_MeanwhileTheCallTurnsOutAnswered_NothingStaysOpen(bool itArrived)
    {
        await using var world = await StartAsync();
        world.Crm.Faults.Add(itArrived ? new CrmFault.CutAfterCommit() : new CrmFault.CutBefore(), when: IsWrite);
        world.Crm.Faults.Add(new CrmFault.Html(), times: null, when: IsWrite);
        var (session, at) = (SharedWorld.NewSession(), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Stranger, SimulatorCompany.MoscowNumber));
        await world.PostEventAsync("msk", UisWire.Body("lost_call_session", session, at.AddSeconds(40), Stranger, SimulatorCompany.MoscowNumber));
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["tasks"]!.AsArray().Any(t => t!["kind"]!.GetValue<string>() == "callBack" && t["state"]!.GetValue<string>() == "retry") == true, "the call-back was tried");
        world.Crm.Store.All("Activity").Should().HaveCount(itArrived ? 1 : 0);

        await world.PostEventAsync("msk", UisWire.Body("talk_started", session, at.AddSeconds(5), Stranger, SimulatorCompany.MoscowNumber, ",\"employee_id\":101002"));
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["tasks"]!.AsArray().Any(t => t!["kind"]!.GetValue<string>() == "followUp") == true, "the call is planned anew");
        world.Crm.Faults.Clear();
        await world.SettledAsync("msk", session);

        var open = world.Crm.Store.All("Activity").Where(a => a.Ref("StatusId") != TelephonyHub.Creatio.CreatioIds.ActivityStatus.Completed).ToList();
        open.Should().ContainSingle("the follow-up alone is left to do");
        world.Crm.Store.All("Activity").Should().HaveCount(itArrived ? 2 : 1, "nothing is made only to be closed");
    }

    private static void Inject(CreatioFaults faults, string fault)
    {
        switch (fault)
        {
            case "session expires":
                faults.Add(new CrmFault.SessionExpired(), when: IsWrite);
                break;
            case "session expires in the batch":
                faults.Add(new CrmFault.SessionExpiresInBatch(2), when: IsWrite);
                break;
            case "cut after commit":
                faults.Add(new CrmFault.CutAfterCommit(), when: IsWrite);
                break;
            case "cut before":
                faults.Add(new CrmFault.CutBefore(), when: IsWrite);
                break;
            case "500 of one operation":
                faults.FailOperation("POST", "Opportunity");
                break;
            case "500 of the batch":
                faults.Add(new CrmFault.Error(), when: IsWrite);
                break;
            case "500 with an exception":
                faults.Add(new CrmFault.Error(ErrorForm.Exception), when: IsWrite);
                break;
            case "500 with details":
                faults.Add(new CrmFault.Error(ErrorForm.Detail), when: IsWrite);
                break;
            case "503 page":
                faults.Add(new CrmFault.Html(503, TimeSpan.FromSeconds(1)), when: IsWrite);
                break;
            case "slow":
                faults.Latency = TimeSpan.FromSeconds(3);
                break;
            case "502 page":
                faults.Add(new CrmFault.Html(), times: 2, when: r => r.Kind == CrmRequestKind.Batch);
                break;
            case "too many requests":
                faults.Add(new CrmFault.TooManyRequests(TimeSpan.FromSeconds(1)), when: IsWrite);
                break;
            default:
                faults.Add(new CrmFault.CsrfRejected(), when: IsWrite);
                break;
        }
    }

    private static bool IsWrite(CrmRequest request) => request.Kind == CrmRequestKind.Batch && request.Operations.Any(o => !o.IsRead);

    private static async Task ExpectOneOfEverythingAsync(HubWorld world, SimCall call)
    {
        var read = await world.SettledAsync(call.Cabinet, call.SessionId);

        read["tasks"]!.AsArray().Should().NotBeEmpty().And.OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
        var store = world.Crm.Store;
        var contact = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + Stranger).Subject.Ref("ContactId");
        var deal = store.All("Opportunity").Should().ContainSingle().Subject;
        var task = store.All("Activity").Should().ContainSingle().Subject;
        var record = store.All("Call").Should().ContainSingle().Subject;
        foreach (var refers in new[] { deal, task, record })
        {
            refers.Ref("ContactId").Should().Be(contact, refers.Entity);
        }

        record.Ref("OpportunityId").Should().Be(deal.Id);
        record.Ref("ActivityId").Should().Be(task.Id);
        foreach (var link in new[] { "CallFile", "ContactFile", "OpportunityFile" })
        {
            store.All(link).Should().ContainSingle(because: link);
        }

        read["call"]!["crm"]!["callId"]!.GetValue<Guid>().Should().Be(record.Id);
        read["call"]!["crm"]!["contactId"]!.GetValue<Guid>().Should().Be(contact!.Value);
    }

    private Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => _users = Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    private static IncomingCall Incoming(string from, string to) => new(from, to)
    {
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 120),
        Ring = TimeSpan.FromSeconds(5),
        Talk = TimeSpan.FromSeconds(40),
        AnsweredBy = Answers.First,
    };
}
