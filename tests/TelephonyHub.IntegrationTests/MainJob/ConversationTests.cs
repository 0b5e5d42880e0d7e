using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class ConversationsOnSqlite() : ConversationTests(DatabaseProvider.Sqlite);

public sealed class ConversationsOnPostgres() : ConversationTests(DatabaseProvider.Postgres);

/// <summary>A transfer or forwarding into another cabinet makes a second session there: one conversation with one owner, one contact, one deal, one task.</summary>
public abstract class ConversationTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";
    private const string Other = "79035550002";
    private const string Boris = "boris.petrov@krepezh.example";
    private const string Nina = "nina.pavlova@krepezh.example";
    private const string NinasPhone = "79221000001";
    private const string Begins = "in_call_session in_call out_call call_proceeding call_connected talk_started";

    private Dictionary<string, SimUser> _users = [];

    [SkippableTheory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 90)]
    [InlineData(true, -90)]
    public async Task TransferMoscowToSurgut_Answered_IsOneConversationOfTheSurgutManager(bool showsCabinetsNumber, double surgutsClock)
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["msk"].Options.UseNumbAsNuma = showsCabinetsNumber;
        world.Uis.Cabinets["sgt"].Options.ClockSkewSeconds = surgutsClock;

        var (first, second) = await TransferAsync(world, Stranger);
        var (readFirst, readSecond) = (await world.SettledAsync("msk", first.SessionId), await JoinedAsync(world, first, second));

        readFirst["call"]!["conversationId"]!.GetValue<string>().Should().Be($"msk:{first.SessionId}");
        readSecond["call"]!["parentSession"]!.GetValue<string>().Should().Be($"msk:{first.SessionId}");
        readSecond["call"]!["clientPhone"]!.GetValue<string>().Should().Be("+" + Stranger);
        readSecond["call"]!["direction"]!.GetValue<string>().Should().Be("in");
        ExpectOneConversation(world, first, second, _users[Nina]);
    }

    [SkippableFact]
    public async Task TransferOnThePhone_WithoutTheHub_IsJoinedByTheSameRule()
    {
        await using var world = await StartAsync();
        var live = await TalkingAsync(world, Stranger);
        await live.TransferByPhoneAsync(SimulatorCompany.SurgutNumber);
        var onward = live.Onward!;
        await AnsweredAsync(onward, NinasPhone);
        await live.AdvanceAsync(TimeSpan.FromSeconds(30));
        var first = await live.HangUpAsync();
        await world.SettledAsync("msk", first.SessionId);
        await JoinedAsync(world, first, onward.Call);

        ExpectOneConversation(world, first, onward.Call, _users[Nina]);
    }

    [SkippableFact]
    public async Task ConsultationThatCameBack_StaysWithTheFirstManager()
    {
        await using var world = await StartAsync();
        var live = await TalkingAsync(world, Stranger);
        await live.HoldAsync();
        await live.MakeCallAsync(SimulatorCompany.SurgutNumber);
        var onward = live.Onward!;
        await AnsweredAsync(onward, NinasPhone);
        await live.AdvanceAsync(TimeSpan.FromSeconds(10));
        await live.RestoreAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(20));
        var first = await live.HangUpAsync();
        await world.SettledAsync("msk", first.SessionId);
        await JoinedAsync(world, first, onward.Call);

        ExpectOneConversation(world, first, onward.Call, _users[Boris]);
    }

    [SkippableFact]
    public async Task ForwardedByRoutingAndNobodyLiftsThere_IsOneMissedCallOfTheClient()
    {
        await using var world = await StartAsync(o => o.Settings["Cabinets:msk:GroupPhones:0"] = SimulatorCompany.SurgutNumber);
        var first = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = null });
        await world.SettledAsync("msk", first.SessionId);
        var second = first.Onward.Should().ContainSingle().Subject;
        await JoinedAsync(world, first, second);

        world.Crm.Store.All("Contact").Should().NotContain(c => c.Text("MobilePhone") == "+" + Stranger);
        world.Crm.Store.All("Opportunity").Should().BeEmpty();
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.NotStarted);
        world.Crm.Store.All("Call").Should().HaveCount(2);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EightHundredRoutedIntoAnotherCabinet_IsOneConversationOfWhoAnswersThere(bool showsCabinetsNumber)
    {
        await using var world = await StartAsync(o => o.Settings["Cabinets:msk:GroupPhones:0"] = SimulatorCompany.SurgutNumber);
        world.Uis.Cabinets["msk"].Options.UseNumbAsNuma = showsCabinetsNumber;
        var first = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.CommonNumber) with { Digit = "1", AnsweredBy = Answers.Phone("79221000002") });
        var second = first.Onward.Should().ContainSingle().Subject;
        var (readFirst, readSecond) = (await world.SettledAsync("msk", first.SessionId), await JoinedAsync(world, first, second));

        readFirst["call"]!["dialledNumber"]!.GetValue<string>().Should().Be("+" + SimulatorCompany.CommonNumber);
        readSecond["call"]!["dialledNumber"]!.GetValue<string>().Should().Be("+" + SimulatorCompany.SurgutNumber);
        ExpectOneConversation(world, first, second, _users["oleg.semenov@krepezh.example"]);
    }

    [SkippableFact]
    public async Task SecondManagersCard_ShowsTheClientThoughHisPhoneShowsTheCabinetsNumber()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(o => o.Seed += s => client = s.AddContact("Клиент", _users[Boris].ContactId, null, "+" + Stranger));
        world.Uis.Cabinets["msk"].Options.UseNumbAsNuma = true;
        var live = await TalkingAsync(world, Stranger);
        await live.HoldAsync();
        await live.MakeCallAsync(SimulatorCompany.SurgutNumber);
        var onward = live.Onward!;
        await onward.RingAsync(NinasPhone);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world, _users[Nina]).Any()), "the second manager has a card");

        var card = Cards(world, _users[Nina]).First();
        card["phone"]!.GetValue<string>().Should().Be("+" + Stranger);
        card["contactId"]!.GetValue<Guid>().Should().Be(client);
        card["callId"]!.GetValue<string>().Should().Be($"sgt:{onward.SessionId}");
    }

    [SkippableFact]
    public async Task TwoClientsTransferredAtTheSameMoment_AreNeverMixedUp()
    {
        await using var world = await StartAsync();
        var (one, two) = (await TalkingAsync(world, Stranger), await TalkingAsync(world, Other));
        await one.HoldAsync();
        await two.HoldAsync();
        await one.MakeCallAsync(SimulatorCompany.SurgutNumber);
        await two.MakeCallAsync(SimulatorCompany.SurgutNumber);
        var (onwardOne, onwardTwo) = (one.Onward!, two.Onward!);
        await AnsweredAsync(onwardTwo, NinasPhone);
        await AnsweredAsync(onwardOne, "79221000002");
        foreach (var live in new[] { one, two })
        {
            await live.TransferAsync();
            await live.AdvanceAsync(TimeSpan.FromSeconds(20));
        }

        var (first, second) = (await one.HangUpAsync(), await two.HangUpAsync());
        (await JoinedAsync(world, first, onwardOne.Call))["call"]!["clientPhone"]!.GetValue<string>().Should().Be("+" + Stranger);
        (await JoinedAsync(world, second, onwardTwo.Call))["call"]!["clientPhone"]!.GetValue<string>().Should().Be("+" + Other);
        await world.SettledAsync("msk", first.SessionId);
        await world.SettledAsync("msk", second.SessionId);
        world.Crm.Store.All("Opportunity").Should().HaveCount(2);
        world.Crm.Store.All("Activity").Should().HaveCount(2);
        world.Crm.Store.All("Call").Should().HaveCount(4);
    }

    [SkippableFact]
    public async Task FirstCabinetsWebhooksNeverCame_TheReportMakesItOneConversationAfterwards()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["msk"].Options.EventsUrl = null;
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await world.SettledAsync("sgt", second.SessionId);
        await world.CompareAsync();
        await JoinedAsync(world, first, second);
        await HubWorld.EventuallyAsync(() => Task.FromResult(CallOf(world, second).Text("ParentCallId") == $"msk:{first.SessionId}"), "the second Call names its parent");
        await world.SettledAsync("msk", first.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina]);
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.NotStarted, "the second session's task became the first one's");
    }

    [SkippableFact]
    public async Task SecondSessionsTaskIsBeingWritten_WhenItIsRecognised_BecomesTheFirstOnes()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["msk"].Options.EventsUrl = null;
        world.Crm.Faults.Add(new CrmFault.HangAfterCommit(), times: 1, r => r.Operations.Any(o => !o.IsRead));
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.Count("Activity") == 1), "the second session's task is there, but its answer is not");

        await world.CompareAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("sgt", second.SessionId))!["call"]!["parentSession"] is not null, "the second session is recognised");
        world.Crm.Faults.Clear();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina]);
    }

    [SkippableFact]
    public async Task SecondSession_WhoseOwnPlanWasBeingWrittenWhenItWasRecognised_LeavesAllToTheFirst()
    {
        await using var world = await StartAsync();
        var (first, second) = await TransferAsync(world, Stranger);
        await world.SettledAsync("msk", first.SessionId);
        await JoinedAsync(world, first, second);

        // As a worker whose lease was lost gives back what it held: the plan could not drop it then, and only a worker sees it again.
        var at = TimeProvider.System.GetUtcNow();
        await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
            async (context, ct) =>
            {
                context.SyncTasks.Add(new SyncTaskRow
                {
                    Id = Guid.CreateVersion7(),
                    Cabinet = "sgt",
                    SessionId = second.SessionId,
                    Kind = SyncKinds.Contact,
                    Purpose = "",
                    Lane = "+" + Stranger,
                    Wanted = new WantedContact(MayCreate: true, "+" + Stranger, "+" + Stranger, _users[Nina].ContactId).ToJson(),
                    State = "pending",
                    Claims = 1,
                    NextAttemptAt = at,
                    Version = 1,
                    CreatedAt = at,
                    UpdatedAt = at,
                });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);
        world.Services.GetRequiredService<SyncSignal>().Raise();

        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.SyncTasks.AllAsync(t => t.SessionId != second.SessionId || t.State == "done")), "nothing waits for the second session");
        ExpectOneConversation(world, first, second, _users[Nina]);
    }

    [SkippableFact]
    public async Task SecondCabinetsWebhooksNeverCame_WhoTalkedThereOwnsWhatWasMadeForTheFirst()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await world.SettledAsync("msk", first.SessionId);
        world.Crm.Store.All("Opportunity").Should().ContainSingle().Which.Ref("OwnerId").Should().NotBe(_users[Nina].ContactId, "nobody knows of her yet");

        await ExpectTheReportMakesItNinasAsync(world, first, second);
    }

    [SkippableFact]
    public async Task SecondCabinetsWebhooksNeverCame_AndTheAnswerToTheFirstsRecordsWasLost_WhoTalkedThereOwnsThemAll()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        world.Crm.Faults.Add(new CrmFault.CutAfterCommit(), times: 1, r => r.Operations.Any(o => !o.IsRead));
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await world.SettledAsync("msk", first.SessionId);
        (await world.InDatabaseAsync(c => c.SyncTasks.Where(t => t.Kind == SyncKinds.Contact).ToListAsync())).Should().ContainSingle().Which.Written.Should().NotContain("Found", "this very call made the contact");

        await ExpectTheReportMakesItNinasAsync(world, first, second);
    }

    /// <param name="plansBefore">What comes late of the first session is planned before the second one is known.</param>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerToTheFirstsRecordsWasLost_AndTheHubReadThemBeforeTheyWereWritten_WhoTalkedInTheSecondOwnsThemAll(bool plansBefore)
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        world.Crm.Faults.Add(new CrmFault.CutAfterCommit(), times: 1, r => r.Operations.Any(o => !o.IsRead));
        world.Crm.Faults.Add(new CrmFault.CutBefore(), times: null, r => r.Kind == CrmRequestKind.Batch && IsThere());
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await HubWorld.EventuallyAsync(() => Task.FromResult(IsThere()), "the first session's contact is there, and the hub does not know whether it made it");
        var directory = world.Services.GetRequiredService<DirectoryService>();
        await HubWorld.EventuallyAsync(async () => (await directory.FindOrAskAsync(PhoneNumber.Parse("+" + Stranger), CancellationToken.None)).Client is not null, "the hub has read the contact");
        if (plansBefore)
        {
            await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
                (context, _) =>
                {
                    context.Marks.FoldAgain("msk", first.SessionId);
                    return Task.CompletedTask;
                },
                CancellationToken.None);
            await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Calls.AnyAsync(r => r.SessionId == first.SessionId && r.PlannedClient != "")), "the hub has planned for the contact");
        }

        await world.CompareAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", first.SessionId))!["plan"]?["sessions"] is not null, "the first session is planned with the second");
        (await world.InDatabaseAsync(c => c.SyncTasks.Where(t => t.Kind == SyncKinds.Contact && t.Written != null).CountAsync())).Should().Be(0, "else nothing would be proved");
        world.Crm.Faults.Clear();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina]);

        bool IsThere() => world.Crm.Store.All("ContactCommunication").Any(c => c.Text("Number") == "+" + Stranger);
    }

    [SkippableFact]
    public async Task StrangerCalledTwiceWhileTheCrmWasAway_WhomHisFirstCallGaveHimStaysResponsible()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        var away = true;
        world.Crm.Faults.Add(new CrmFault.CutBefore(), times: null, r => r.Kind == CrmRequestKind.Batch && (away || r.Operations.Count(o => !o.IsRead && o.Entity == "Call") > 1));
        var earlier = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { StartedAt = Now(-900), AnsweredBy = Answers.First });
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(async c => await c.SyncTasks.CountAsync(t => t.Kind == SyncKinds.Contact && t.Claims > 0) == 2), "both were tried");
        await world.CompareAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", first.SessionId))!["plan"]?["sessions"] is not null, "the transfer is known");

        // The first call is written first, and only then the second one, with its two Calls.
        away = false;
        await world.SettledAsync("msk", earlier.SessionId);
        world.Crm.Faults.Clear();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        var responsible = world.Crm.Store.Get("Contact", CallOf(world, first).Ref("ContactId")!.Value).Ref("OwnerId");
        responsible.Should().NotBe(_users[Nina].ContactId, "his first call was somebody else's");
        world.Crm.Store.All("Activity").Should().HaveCount(2).And.OnlyContain(a => a.Ref("OwnerId") == responsible);
    }

    [SkippableFact]
    public async Task FirstsRecordsAreBeingWritten_AndTheHubHasReadThemAlready_WhoTalkedInTheSecondOwnsThemAll()
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        world.Crm.Faults.Add(new CrmFault.HangAfterCommit(), times: 1, r => r.Operations.Any(o => !o.IsRead));
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        var directory = world.Services.GetRequiredService<DirectoryService>();
        await HubWorld.EventuallyAsync(async () => (await directory.FindOrAskAsync(PhoneNumber.Parse("+" + Stranger), CancellationToken.None)).Client is not null, "the hub has read the contact");

        await world.CompareAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", first.SessionId))!["plan"]?["sessions"] is not null, "the first session is planned with the second");
        (await world.InDatabaseAsync(c => c.SyncTasks.SingleAsync(t => t.Kind == SyncKinds.Contact))).Should().BeEquivalentTo(new { Written = (string?)null, State = "running", Claims = 1 }, "else nothing would be proved");
        world.Crm.Faults.Clear();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina]);
    }

    [SkippableTheory]
    [InlineData(90)]
    [InlineData(30)]
    public async Task ClocksDiffer_AndEventsHadToWaitBeforeTheyWereFolded_WhatBelongsTogetherIsJoined(int skew)
    {
        await using var world = await StartAsync();
        var received = Now(-180);

        await world.Services.GetRequiredService<JournalStore>().AppendAsync(
            [
                Entry("msk", 1, received, skew, new CallEvent { Kind = CallEventKind.IncomingSession, At = default, ClientPhone = Stranger, VirtualNumber = SimulatorCompany.MoscowNumber, Direction = CallDirection.In }),
                Entry("msk", 1, received.AddSeconds(20), skew, new CallEvent { Kind = CallEventKind.OutgoingLeg, At = default, LegIds = [11], ClientPhone = Stranger, CallingNumber = Stranger, CalledNumber = SimulatorCompany.SurgutNumber }),
                Entry("sgt", 2, received.AddSeconds(21), -skew, new CallEvent { Kind = CallEventKind.IncomingSession, At = default, ClientPhone = Stranger, VirtualNumber = SimulatorCompany.SurgutNumber, Direction = CallDirection.In }),
            ],
            CancellationToken.None);
        world.Services.GetRequiredService<FoldSignal>().Raise();

        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("sgt", 2))?["call"]!["parentSession"]?.GetValue<string>() == "msk:1", "they are joined");
    }

    [SkippableFact]
    public async Task SecondCabinetsWebhooksNeverCame_WhomAPersonMadeResponsibleMeanwhile_Stays()
    {
        await using var world = await StartAsync(o => o.Settings["Directory:RefreshSeconds"] = "1");
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);
        await world.SettledAsync("msk", first.SessionId);
        var contact = world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == "+" + Stranger).Ref("ContactId")!.Value;
        var chosen = _users.Values.First(u => u.ContactId != _users[Nina].ContactId && u.ContactId != world.Crm.Store.Get("Contact", contact).Ref("OwnerId"));
        world.Crm.Store.Update("Contact", contact, ("OwnerId", chosen.ContactId));
        var directory = world.Services.GetRequiredService<DirectoryService>();
        await HubWorld.EventuallyAsync(() => Task.FromResult(directory.Find(PhoneNumber.Parse("+" + Stranger))?.OwnerContactId == chosen.ContactId), "the hub has heard of it");

        await world.CompareAsync();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        world.Crm.Store.Get("Contact", contact).Ref("OwnerId").Should().Be(chosen.ContactId);
    }

    [SkippableFact]
    public async Task NeitherCabinetsWebhooksCame_ReportsFarApart_AreOneConversationFromTheStart()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseShare = 1;
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600);

        // Longer than a call needs to settle: what is rebuilt cabinet by cabinet is planned half.
        world.Uis.Faults.Api.Only = m => m is "get.calls_report" or "get.call_legs_report";
        world.Uis.Faults.Api.Latency = TimeSpan.FromSeconds(1);
        await world.CompareAsync();
        await JoinedAsync(world, first, second);
        await world.SettledAsync("msk", first.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina]);
        world.Crm.Requests.Should().NotContain(r => r.Operations.Any(o => o.Method == "PATCH" && o.Entity == "Contact"), "its owner was right at once");
    }

    [SkippableFact]
    public async Task WhoTalkedBecomesKnownTwice_BeforeTheHubReadsItsOwnCorrectionBack_TheLastOneOwnsAll()
    {
        await using var world = await StartAsync(o => o.Settings["Directory:RefreshSeconds"] = "3600");
        world.Uis.Cabinets["sgt"].Options.EventsUrl = null;
        var lost = world.Uis.Faults.Notifications.LoseKinds;
        lost.UnionWith((Begins + " talk_finished").Split(' '));
        var (first, second) = await TransferAsync(world, Stranger, startedSecondsAgo: 600, held: lost.Clear);
        await world.SettledAsync("msk", first.SessionId);
        var contact = world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == "+" + Stranger).Ref("ContactId")!.Value;
        var byDuty = world.Crm.Store.Get("Contact", contact).Ref("OwnerId");
        byDuty.Should().NotBe(_users[Boris].ContactId, "no webhook says that he talked");
        (await world.Services.GetRequiredService<DirectoryService>().FindOrAskAsync(PhoneNumber.Parse("+" + Stranger), CancellationToken.None)).Client!.OwnerContactId.Should().Be(byDuty!.Value);

        // First the one cabinet's report alone, then all of them.
        var (day, next) = (Day(first.StartedAt), Day(first.StartedAt.AddDays(1)));
        (await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", $$"""{"cabinet":"msk","from":"{{day}}","to":"{{next}}"}""")).Status.Should().Be(System.Net.HttpStatusCode.Accepted);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.Get("Contact", contact).Ref("OwnerId") == _users[Boris].ContactId), "he talked, says the report");
        await ExpectTheReportMakesItNinasAsync(world, first, second);
    }

    /// <summary>As the disk of the database is full for some minutes: webhooks are refused, others before and after are not.</summary>
    /// <param name="before">Notifications of the first session that are lost until the client is on hold.</param>
    /// <param name="afterwards">Those that are lost from then on.</param>
    /// <param name="second">Whether those of the second session come, as far as they are not of the kinds that are lost.</param>
    [SkippableTheory]
    [InlineData(Begins, Begins, false)]
    [InlineData(Begins, Begins, true)]
    [InlineData("", Begins, false)]
    [InlineData("", Begins, true)]
    [InlineData("", "call_connected talk_started talk_finished", false)]
    [InlineData("", "call_connected talk_started talk_finished", true)]
    [InlineData("", Begins + " talk_finished call_disconnected", false)]
    [InlineData("", "talk_finished call_disconnected", true)]
    [InlineData("in_call_session in_call out_call call_proceeding", "", false)]
    public async Task SomeOfTheirWebhooksNeverCame_AfterTheReportTheyAreOneConversation(string before, string afterwards, bool second)
    {
        await using var world = await StartAsync();
        world.Uis.Cabinets["sgt"].Options.EventsUrl = second ? world.Uis.Cabinets["sgt"].Options.EventsUrl : null;
        var lost = world.Uis.Faults.Notifications.LoseKinds;
        lost.UnionWith(before.Split(' '));
        var (first, onward) = await TransferAsync(world, Stranger, startedSecondsAgo: 600, held: () =>
        {
            lost.Clear();
            lost.UnionWith(afterwards.Split(' '));
        });
        await world.SettledAsync("msk", first.SessionId);

        await ExpectTheReportMakesItNinasAsync(world, first, onward, foundLate: true);
    }

    [SkippableFact]
    public async Task SameClientCallsTwoCabinetsAtOnce_LeftApartAndSaidToBePossiblyOne()
    {
        await using var world = await StartAsync();
        var one = await TalkingAsync(world, Stranger);
        var two = await world.Uis.Cabinets["sgt"].IncomingAsync(new IncomingCall(Stranger, SimulatorCompany.SurgutNumber)
        {
            StartedAt = Now(-20),
            Ring = TimeSpan.FromSeconds(2),
            Talk = TimeSpan.FromSeconds(10),
            AnsweredBy = Answers.Phone(NinasPhone),
        });
        var read = await world.SettledAsync("sgt", two.SessionId);

        read["call"]!["possiblySameAs"]!.GetValue<string>().Should().Be($"msk:{one.SessionId}");
        read["call"]!["conversationId"]!.GetValue<string>().Should().Be($"sgt:{two.SessionId}");
        await one.HangUpAsync();
    }

    [SkippableTheory]
    [InlineData(false, "blind")]
    [InlineData(true, "blind")]
    [InlineData(true, "attended")]
    public async Task TransferThroughTheHub_RingsTheManagerInHisOwnCabinetAndIsOneConversation(bool showsCabinetsNumber, string mode)
    {
        await using var world = await StartAsync();
        var moscow = world.Uis.Cabinets["msk"];
        moscow.Options.UseNumbAsNuma = showsCabinetsNumber;
        moscow.ApiCalls = moscow.ApiCalls with { ThirdPartyAnswers = null };
        var live = await TalkingAsync(world, Stranger);

        var asked = await world.Api.PostJsonAsync($"/api/v1/calls/msk/{live.SessionId}/transfer", new JsonObject { ["manager"] = _users[Nina].ContactId.ToString(), ["mode"] = mode }.ToJsonString());
        asked.Status.Should().Be(System.Net.HttpStatusCode.OK, asked.Text);
        asked.Json["target"]!["number"]!.GetValue<string>().Should().Be(SimulatorCompany.SurgutNumber);
        asked.Json["target"]!["cabinet"]!.GetValue<string>().Should().Be("sgt");

        var onward = live.Onward!;
        var exchange = await onward.AskRouteAsync();
        exchange.Phones.Should().StartWith("0104001", "routing in Surgut knows whom the client is meant for");
        exchange.OperatorText.Should().StartWith("Перевод");
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world, _users[Nina]).Any()), "the second manager has a card");
        Cards(world, _users[Nina]).First()["phone"]!.GetValue<string>().Should().Be("+" + Stranger, "whatever his phone shows");

        await AnsweredAsync(onward, "0104001");
        if (mode == "attended")
        {
            await live.AdvanceAsync(TimeSpan.FromSeconds(5));
            (await world.Api.PostJsonAsync($"/api/v1/calls/msk/{live.SessionId}/transfer/complete", "")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        }

        await live.AdvanceAsync(TimeSpan.FromSeconds(30));
        var (first, second) = (await live.HangUpAsync(), onward.Call);
        await world.SettledAsync("msk", first.SessionId);
        await JoinedAsync(world, first, second);
        ExpectOneConversation(world, first, second, _users[Nina]);
    }

    [SkippableFact]
    public async Task TwoTransfersToDifferentManagersBehindOneNumber_NoClientReachesTheOthersManager()
    {
        await using var world = await StartAsync();
        var moscow = world.Uis.Cabinets["msk"];
        moscow.Options.UseNumbAsNuma = true;
        moscow.ApiCalls = moscow.ApiCalls with { ThirdPartyAnswers = null };
        var (one, two) = (await TalkingAsync(world, Stranger), await TalkingAsync(world, Other));
        foreach (var (live, manager) in new[] { (one, Nina), (two, "oleg.semenov@krepezh.example") })
        {
            (await world.Api.PostJsonAsync($"/api/v1/calls/msk/{live.SessionId}/transfer", new JsonObject { ["manager"] = _users[manager].ContactId.ToString(), ["mode"] = "attended" }.ToJsonString()))
                .Status.Should().Be(System.Net.HttpStatusCode.OK);
        }

        var phones = new[] { (await one.Onward!.AskRouteAsync()).Phones, (await two.Onward!.AskRouteAsync()).Phones };

        // Which is whose is known only if the first arrived before the second was dialled; else Surgut's group gets both.
        phones.Should().OnlyContain(p => p.Count > 0);
        phones[0][0].Should().NotBe("0104002");
        phones[1][0].Should().NotBe("0104001");
        await one.HangUpAsync();
        await two.HangUpAsync();
    }

    [SkippableFact]
    public async Task RefusedTransfer_LeavesNothingThatAStrangersCallCouldBeJoinedBy()
    {
        await using var world = await StartAsync();
        var live = await TalkingAsync(world, Stranger);
        world.Uis.Faults.Api.Only = m => m == "make.call";
        world.Uis.Faults.Api.BadGateway = true;

        (await world.Api.PostJsonAsync($"/api/v1/calls/msk/{live.SessionId}/transfer", new JsonObject { ["manager"] = _users[Nina].ContactId.ToString() }.ToJsonString())).Status.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable);

        live.State.Should().Be("Talk");
        (await world.InDatabaseAsync(c => Task.FromResult(c.Handovers.Count(h => h.Source == "transfer")))).Should().Be(0);
        await live.HangUpAsync();
    }

    private async Task<(SimCall First, SimCall Second)> TransferAsync(HubWorld world, string client, int startedSecondsAgo = 40, Action? held = null)
    {
        var live = await TalkingAsync(world, client, startedSecondsAgo);
        await live.HoldAsync();
        held?.Invoke();
        await live.MakeCallAsync(SimulatorCompany.SurgutNumber);
        var onward = live.Onward!;
        await AnsweredAsync(onward, NinasPhone);
        await live.TransferAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(30));
        return (await live.HangUpAsync(), onward.Call);
    }

    private static async Task<LiveCall> TalkingAsync(HubWorld world, string client, int startedSecondsAgo = 40)
    {
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(Incoming(client, SimulatorCompany.MoscowNumber) with { StartedAt = Now(-startedSecondsAgo) });
        await live.RingAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(4));
        await live.AnswerAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(20));
        return live;
    }

    private static async Task AnsweredAsync(LiveCall live, string phone)
    {
        await live.RingAsync(phone);
        await live.AdvanceAsync(TimeSpan.FromSeconds(3));
        await live.AnswerAsync(phone);
    }

    /// <summary>The second session once it has its place and its Call.</summary>
    private static async Task<JsonNode> JoinedAsync(HubWorld world, SimCall first, SimCall second)
    {
        JsonNode? read = null;
        await HubWorld.EventuallyAsync(
            async () =>
            {
                read = await world.CallAsync(second.Cabinet, second.SessionId);
                return read?["call"]!["parentSession"]?.GetValue<string>() == $"{first.Cabinet}:{first.SessionId}" && read["call"]!["crm"]!["callId"] is not null;
            },
            "the second session is joined and written",
            () => read?.ToJsonString());
        return read!;
    }

    /// <summary>What the webhooks did not tell is told by the cabinets' reports: she talked last, so all of it is hers.</summary>
    private async Task ExpectTheReportMakesItNinasAsync(HubWorld world, SimCall first, SimCall second, bool foundLate = false)
    {
        await world.CompareAsync();
        await JoinedAsync(world, first, second);
        await HubWorld.EventuallyAsync(() => Task.FromResult(OpenTasks(world).All(a => a.Ref("OwnerId") == _users[Nina].ContactId)), "the task is hers");
        await world.SettledAsync("msk", first.SessionId);
        await world.SettledAsync("sgt", second.SessionId);

        ExpectOneConversation(world, first, second, _users[Nina], foundLate);
    }

    /// <param name="foundLate">Each session may have got its own task before anything told that they were one: the second one's is closed then.</param>
    private static void ExpectOneConversation(HubWorld world, SimCall first, SimCall second, SimUser owner, bool foundLate = false)
    {
        var store = world.Crm.Store;
        var contact = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + Stranger).Subject.Ref("ContactId");
        store.Find("Contact", contact!.Value)!.Ref("OwnerId").Should().Be(owner.ContactId);
        var deal = store.All("Opportunity").Should().ContainSingle().Subject;
        deal.Ref("OwnerId").Should().Be(owner.ContactId);
        var task = (foundLate ? OpenTasks(world) : store.All("Activity")).Should().ContainSingle().Subject;
        task.Ref("OwnerId").Should().Be(owner.ContactId);

        store.All("Call").Should().HaveCount(2);
        foreach (var record in new[] { CallOf(world, first), CallOf(world, second) })
        {
            record.Text("GloballyUniqueCallLinkageId").Should().Be($"msk:{first.SessionId}");
            record.Text("CallerId").Should().Be("+" + Stranger, "the second one shows the client, too");
            record.Ref("ContactId").Should().Be(contact);
            record.Ref("OpportunityId").Should().Be(deal.Id);
            record.Ref("ActivityId").Should().Be(task.Id);
        }

        CallOf(world, first).Text("ParentCallId").Should().BeEmpty();
        CallOf(world, second).Text("ParentCallId").Should().Be($"msk:{first.SessionId}");
    }

    private static List<CrmRow> OpenTasks(HubWorld world) => [.. world.Crm.Store.All("Activity").Where(a => a.Ref("StatusId") == CreatioIds.ActivityStatus.NotStarted)];

    private static CrmRow CallOf(HubWorld world, SimCall call) => world.Crm.Store.All("Call").Single(c => c.Text("IntegrationId") == $"{call.Cabinet}:{call.SessionId}");

    private static IEnumerable<JsonNode> Cards(HubWorld world, SimUser manager) =>
        world.Crm.Popups.Where(p => p.UserId == manager.UserId && p.Source == PopupSource.Notify).Select(p => JsonNode.Parse(p.Payload)!);

    private Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => _users = Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);

    /// <summary>An event as intake stores it.</summary>
    private static JournalEntry Entry(string cabinet, long session, DateTimeOffset receivedAt, int skew, CallEvent e) => new()
    {
        Cabinet = cabinet,
        SessionId = session,
        ReceivedAt = receivedAt,
        Method = "POST",
        Body = [],
        Mnemonic = e.Kind.ToString(),
        ContentKey = $"{session}-{e.Kind}",
        Event = e with { At = receivedAt.AddSeconds(skew) },
    };

    private static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IncomingCall Incoming(string from, string to) => new(from, to) { StartedAt = Now(-100), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40) };
}
