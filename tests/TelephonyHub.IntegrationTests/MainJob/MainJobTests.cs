using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class MainJobOnSqlite() : MainJobTests(DatabaseProvider.Sqlite);

public sealed class MainJobOnPostgres() : MainJobTests(DatabaseProvider.Postgres);

/// <summary>One call travels the whole way: UIS asks, the hub answers, UIS reports, and the records stand in Creatio. The same suite on both databases.</summary>
public abstract class MainJobTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";
    private const string Boris = "boris.petrov@krepezh.example";
    private const string Nina = "nina.pavlova@krepezh.example";

    private Dictionary<string, SimUser> _users = [];

    [SkippableFact]
    public async Task IncomingCall_AnsweredFromUnknownNumber_LeavesExactlyOneOfEverything()
    {
        await using var world = await StartAsync();

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.First });
        var read = await world.SettledAsync("msk", call.SessionId);

        ExpectOneOfEverything(world, call, Stranger, _users[Boris]);
        read["call"]!["state"]!.GetValue<string>().Should().Be("answered");
        read["call"]!["direction"]!.GetValue<string>().Should().Be("in");
        read["call"]!["region"]!.GetValue<string>().Should().Be("msk");
        read["decision"]!["answer"]!["phones"]!.AsArray().Should().NotBeEmpty();
    }

    [SkippableFact]
    public async Task IncomingCall_EveryWebhookTwiceAndInReverseOrder_LeavesTheSame()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.Duplicates = 1;
        world.Uis.Faults.Notifications.Order = NotificationOrder.Reversed;

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.First });
        await world.SettledAsync("msk", call.SessionId);

        ExpectOneOfEverything(world, call, Stranger, _users[Boris]);
    }

    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task IncomingCall_DefaultTemplatesOverPostOrGet_LeavesTheSame(bool overGet, bool eventInUrl)
    {
        await using var world = await StartAsync(o => (o.Templates, o.AppendEventToUrl) = (NotificationTemplates.Default, eventInUrl));
        foreach (var cabinet in world.Uis.Cabinets.Values)
        {
            cabinet.Options.NotificationMethod = overGet ? "GET" : "POST";
        }

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.First });
        await world.SettledAsync("msk", call.SessionId);

        ExpectOneOfEverything(world, call, Stranger, _users[Boris]);
    }

    [SkippableFact]
    public async Task LostCall_FromUnknownNumber_LeavesCallAndTaskButNeitherContactNorDeal()
    {
        await using var world = await StartAsync();
        var contacts = world.Crm.Store.All("Contact").Count;

        var call = await world.Uis.Cabinets["spb"].IncomingAsync(Incoming(Stranger, SimulatorCompany.PetersburgNumber) with { AnsweredBy = null });
        var read = await world.SettledAsync("spb", call.SessionId);

        read["call"]!["state"]!.GetValue<string>().Should().Be("missed");
        world.Crm.Store.All("Contact").Should().HaveCount(contacts);
        world.Crm.Store.All("Opportunity").Should().BeEmpty();
        var record = world.Crm.Store.All("Call").Should().ContainSingle().Subject;
        record.Ref("ResultId").Should().Be(CreatioIds.ActivityResult.NoAnswer);
        record.Int("TalkTime").Should().Be(0);
        var task = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;
        task.Ref("TypeId").Should().Be(CreatioIds.ActivityType.Task);
        task.Ref("OwnerId").Should().NotBeNull();
        task.Time("DueDate").Should().BeAfter(record.Time("EndDate")!.Value);
        record.Ref("ActivityId").Should().Be(task.Id);
    }

    [SkippableFact]
    public async Task ClientOfSurgutCallsMoscow_AnsweredByHisManagersMobile_GetsHisContactOneDealOneTaskOfThatManager()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(o => o.Seed += s => client = s.AddContact("Клиент Сургутский", _users[Nina].ContactId, null, "8 (3462) 55-00-01"));

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(
            Incoming("73462550001", SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.Phone("79221000001") });
        await world.SettledAsync("msk", call.SessionId);

        call.TalkedPhone.Should().Be("79221000001");
        call.TalkedEmployeeId.Should().BeNull("the mobile is nobody's in Moscow's cabinet");
        world.Crm.Store.All("ContactCommunication").Where(c => c.Text("SearchNumber").StartsWith("1000552643", StringComparison.Ordinal)).Should().ContainSingle();
        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        deal.Ref("ContactId").Should().Be(client);
        deal.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
        var task = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;
        task.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
        var record = world.Crm.Store.All("Call").Should().ContainSingle().Subject;
        record.Ref("ContactId").Should().Be(client);
        record.Text("Notes").Should().Be("Employee: Павлова Нина");
    }

    [SkippableFact]
    public async Task StrangerCallsMoscow_AnsweredByMobileOfAnotherCabinetWithPoorTemplates_IsOwnedByWhoTalkedAccordingToTheReport()
    {
        // The default templates name neither the number dialled nor, for a foreign mobile, an employee: only the legs report knows.
        await using var world = await StartAsync(o =>
        {
            (o.Templates, o.AppendEventToUrl) = (NotificationTemplates.Default, true);
            o.Settings["Cabinets:msk:GroupPhones:0"] = "79221000001";
        });

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(
            Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.Phone("79221000001") });
        await world.SettledAsync("msk", call.SessionId);

        ExpectOneOfEverything(world, call, Stranger, _users[Nina]);
        world.Uis.ApiCalls.Should().Contain(c => c.Method == "get.call_legs_report");
    }

    [SkippableFact]
    public async Task KnownClient_WithOpenDeal_GetsNoSecondDeal()
    {
        var (client, open) = (Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(o => o.Seed += s =>
        {
            client = s.AddContact("Клиент", _users[Nina].ContactId, null, "+7 903 555 00 02");
            open = s.AddOpportunity("Болты", client, ownerId: _users[Nina].ContactId);
        });

        var call = await world.Uis.Cabinets["sgt"].IncomingAsync(Incoming("79035550002", SimulatorCompany.SurgutNumber) with { AnsweredBy = Answers.First });
        await world.SettledAsync("sgt", call.SessionId);

        world.Crm.Store.All("Opportunity").Should().ContainSingle().Which.Id.Should().Be(open);
        world.Crm.Store.All("OpportunityFile").Should().ContainSingle().Which.Ref("OpportunityId").Should().Be(open);
        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("OpportunityId").Should().Be(open);
    }

    [SkippableFact]
    public async Task KnownClient_WhomAnotherReplicaHasNotHeardOf_StaysHisManagersWhenItPlansAnew()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(o =>
        {
            o.Seed += s => s.AddOpportunity("Болты", client = s.AddContact("Клиент", _users[Nina].ContactId, null, "+7 903 555 00 02"), ownerId: _users[Nina].ContactId);
            o.Settings["Directory:RefreshSeconds"] = "3600";
        });
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550002", SimulatorCompany.MoscowNumber) with
        {
            StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 600),
            AnsweredBy = Answers.Phone("79161000002"),
        });
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId, "the client is hers, whoever talked");

        // As a replica that has not read the CRM since he was typed in: the recording is folded there.
        var before = world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.Batch);
        world.Services.GetRequiredService<DirectoryService>().Take(PhoneNumber.Parse("+79035550002"), [], []);
        await world.CompareAsync();
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.Count("CallFile") == 1), "the recording is linked");
        var settled = await world.SettledAsync("msk", call.SessionId);

        settled["plan"]!["knownClient"]!.GetValue<bool>().Should().BeTrue();
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
        world.Crm.Requests.Should().NotContain(r => r.Operations.Any(o => o.Method == "PATCH" && o.Entity == "Activity"), "it was hers all the time");
        (world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.Batch) - before).Should().BeLessThanOrEqualTo(5, "the client is asked for twice, the link is written, and the comparison looks");
    }

    [SkippableFact]
    public async Task KnownClient_WhoseNumberIsTypedWithAnExtension_IsFoundAndNotMadeAgain()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(o => o.Seed += s => client = s.AddContact("Клиент", _users[Nina].ContactId, null, "8 (3462) 55-00-07 доб. 12"));
        var contacts = world.Crm.Store.Count("Contact");

        var call = await world.Uis.Cabinets["sgt"].IncomingAsync(Incoming("73462550007", SimulatorCompany.SurgutNumber) with { AnsweredBy = Answers.First });
        await world.SettledAsync("sgt", call.SessionId);

        world.Crm.Store.Count("Contact").Should().Be(contacts);
        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("ContactId").Should().Be(client);
    }

    [SkippableFact]
    public async Task MissedCall_ThenTalkEventsArriveLate_ClosesTheCallBackAndAddsDealAndFollowUp()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.UnionWith(["talk_started", "talk_finished", "call_session_finished", "talk_record_file", "call_connected"]);
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.First });
        var at = call.StartedAt.ToOffset(TimeSpan.FromHours(3));
        string Body(string mnemonic, int second, string more = "") =>
            $$"""{"notification_mnemonic":"{{mnemonic}}","call_session_id":{{call.SessionId}},"notification_time":"{{at.AddSeconds(second):yyyy-MM-dd HH:mm:ss.fff}}","direction":"in","contact_phone_number":"{{Stranger}}","virtual_phone_number":"{{SimulatorCompany.MoscowNumber}}"{{more}}}""";
        await PostAsync(world, "msk", Body("lost_call_session", 50));
        await world.SettledAsync("msk", call.SessionId);
        var callBack = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;

        await PostAsync(world, "msk", Body("talk_started", 5, ",\"employee_id\":101002"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Opportunity").Count == 1), "the deal is there");
        await world.SettledAsync("msk", call.SessionId);

        world.Crm.Store.Find("Activity", callBack.Id)!.Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.Completed);
        world.Crm.Store.All("Activity").Should().HaveCount(2);
        var record = world.Crm.Store.All("Call").Should().ContainSingle().Subject;
        record.Ref("ResultId").Should().BeNull();
        record.Ref("ContactId").Should().NotBeNull();
    }

    [SkippableFact]
    public async Task MissedCall_ThenClientIsReachedFromAnotherCabinet_ClosesTheCallBack()
    {
        await using var world = await StartAsync();
        var missed = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = null });
        await world.SettledAsync("msk", missed.SessionId);
        var callBack = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;

        var outgoing = await world.Uis.Cabinets["spb"].OutgoingAsync(new OutgoingCall(102_002, Stranger, true) { StartedAt = Now(-60), Ring = TimeSpan.FromSeconds(3), Talk = TimeSpan.FromSeconds(20) });
        await world.SettledAsync("spb", outgoing.SessionId);
        await HubWorld.EventuallyAsync(
            () => Task.FromResult(world.Crm.Store.Find("Activity", callBack.Id)!.Ref("StatusId") == CreatioIds.ActivityStatus.Completed),
            "the call-back is completed");

        world.Crm.Store.All("Activity").Should().HaveCount(2, "the call-back, and the follow-up of the call that reached the client");
    }

    [SkippableFact]
    public async Task Card_WhilePhoneRings_GoesOnlyToTheManagerWhosePhoneRingsAndEnds()
    {
        await using var world = await StartAsync(o => o.Seed += s => s.AddContact("Клиент", _users[Nina].ContactId, null, "+7 903 555 00 02"));
        var live = await world.Uis.Cabinets["sgt"].BeginIncomingAsync(new IncomingCall("79035550002", SimulatorCompany.SurgutNumber) { StartedAt = Now(-20) });
        await live.RingAsync();
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Popups.Count > 0), "a card is shown");
        await live.AnswerAsync();
        await live.HangUpAsync();
        await HubWorld.EventuallyAsync(() => Task.FromResult(Events(world).Contains("ended")), "the card is withdrawn");

        world.Crm.Popups.Should().OnlyContain(p => p.UserId == _users[Nina].UserId);
        Events(world).Should().OnlyHaveUniqueItems().And.StartWith("ringing").And.EndWith("ended");
        var card = JsonNode.Parse(world.Crm.Popups[0].Payload)!;
        card["name"]!.GetValue<string>().Should().Be("Клиент");
        card["phone"]!.GetValue<string>().Should().Be("+79035550002");
        card["callId"]!.GetValue<string>().Should().Be($"sgt:{live.SessionId}");
    }

    [SkippableFact]
    public async Task Card_WithoutThePackage_BecomesARemindingThatIsReadAtTheEnd()
    {
        await using var world = await StartAsync(o =>
        {
            o.Creatio.PackageInstalled = false;
            o.Seed += s => s.AddContact("Клиент", _users[Nina].ContactId, null, "+7 903 555 00 02");
        });

        var call = await world.Uis.Cabinets["sgt"].IncomingAsync(
            new IncomingCall("79035550002", SimulatorCompany.SurgutNumber) { StartedAt = Now(-60), Ring = TimeSpan.FromSeconds(2), Talk = TimeSpan.FromSeconds(10), AnsweredBy = Answers.First });
        await world.SettledAsync("sgt", call.SessionId);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Any() && Cards(world).All(r => r.Flag("IsRead"))), "the reminding is read");

        Cards(world).Should().ContainSingle().Which.Ref("ContactId").Should().Be(_users[Nina].ContactId);
    }

    [SkippableFact]
    public async Task Recording_Link_PlaysWithARightAndRangeAndIsRefusedWithout()
    {
        await using var world = await StartAsync();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger, SimulatorCompany.MoscowNumber) with { AnsweredBy = Answers.First });
        await world.SettledAsync("msk", call.SessionId);
        var link = new Uri(world.Crm.Store.All("CallFile").Single().Text("Name"));

        link.ToString().Should().StartWith($"{world.Address.ToString().TrimEnd('/')}/r/").And.Match(l => l.Length <= 250);
        (await world.Http.GetAsync(link)).StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
        using var browser = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { { "Accept", "text/html" } } };
        (await world.Http.SendAsync(browser)).StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect);
        using var forbidden = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { { "X-Api-Key", HubWorld.IntegrationKey } } };
        (await world.Http.SendAsync(forbidden)).StatusCode.Should().Be(System.Net.HttpStatusCode.Forbidden);

        var whole = await world.Api.GetAsync(link);
        whole.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        whole.Content.Headers.ContentType!.MediaType.Should().StartWith("audio/");
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        using var ranged = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new(10, 19) } };
        var part = await world.Api.SendAsync(ranged);
        part.StatusCode.Should().Be(System.Net.HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[10..20]);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new(bytes.Length + 10, null) } };
        (await world.Api.SendAsync(beyond)).StatusCode.Should().Be(System.Net.HttpStatusCode.RequestedRangeNotSatisfiable);
        (await world.Api.GetAsync(new Uri(link, "/r/nosuchcode"))).StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Proof_AfterMixedCalls_AgreesInEveryCabinet()
    {
        await using var world = await StartAsync(o => o.OAuth = true);
        foreach (var (key, number) in new[] { ("msk", SimulatorCompany.MoscowNumber), ("spb", SimulatorCompany.PetersburgNumber), ("rzn", SimulatorCompany.RyazanNumber), ("sgt", SimulatorCompany.SurgutNumber) })
        {
            await world.Uis.Cabinets[key].IncomingAsync(Incoming("79035550010", number) with { AnsweredBy = Answers.First });
            var missed = await world.Uis.Cabinets[key].IncomingAsync(Incoming("79035550011", number) with { AnsweredBy = null });
            await world.SettledAsync(key, missed.SessionId);
        }

        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/calls?limit=200"))["items"]!.AsArray().All(c => c!["crm"]!["callId"] is not null), "all calls are written");

        // Two days at most: today's rows hold all the calls, unless midnight passed in between.
        var days = await world.CompareAsync();
        days.Sum(d => d!["pbx"]!.GetValue<int>()).Should().Be(8);
        days.Should().OnlyContain(d => d!["pbx"]!.GetValue<int>() == d!["journal"]!.GetValue<int>() && d!["crm"]!.GetValue<int>() == d!["crmExpected"]!.GetValue<int>());
        world.Crm.Store.All("Opportunity").Should().ContainSingle("one client called four cities: only if none is open");
        world.Crm.Store.All("Contact").Count(c => c.Text("MobilePhone") == "+79035550010").Should().Be(1);
    }

    private async Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) =>
        await HubWorld.StartAsync(provider, o =>
        {
            o.Seed = s => _users = Company.SeedUsers(s);
            configure?.Invoke(o);
        });

    private static async Task PostAsync(HubWorld world, string cabinet, string body)
    {
        var answer = await world.Http.PostAsync($"/uis/{cabinet}/events?token={HubWorld.TokenOf(cabinet)}", new StringContent(body));
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);

    private static IncomingCall Incoming(string from, string to) =>
        new(from, to) { StartedAt = Now(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40) };

    private static List<string> Events(HubWorld world) => [.. world.Crm.Popups.Where(p => p.Source == PopupSource.Notify).Select(p => JsonNode.Parse(p.Payload)!["event"]!.GetValue<string>())];

    /// <summary>Reminding rows of calls, not those of tasks.</summary>
    private static IEnumerable<CrmRow> Cards(HubWorld world) => world.Crm.Store.All("Reminding").Where(r => r.Text("PopupTitle") == "Входящий звонок");

    private static void ExpectOneOfEverything(HubWorld world, SimCall call, string number, SimUser owner)
    {
        var store = world.Crm.Store;
        var communication = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == $"+{number}").Subject;
        var contactId = communication.Ref("ContactId")!.Value;
        store.Find("Contact", contactId)!.Ref("OwnerId").Should().Be(owner.ContactId);

        var deal = store.All("Opportunity").Should().ContainSingle().Subject;
        deal.Ref("ContactId").Should().Be(contactId);
        deal.Ref("OwnerId").Should().Be(owner.ContactId);

        var task = store.All("Activity").Should().ContainSingle().Subject;
        task.Ref("OwnerId").Should().Be(owner.ContactId);
        task.Ref("ContactId").Should().Be(contactId);
        task.Ref("OpportunityId").Should().Be(deal.Id);
        task.Time("DueDate")!.Value.Should().BeAfter(call.FinishedAt!.Value);

        var record = store.All("Call").Should().ContainSingle().Subject;
        record.Text("IntegrationId").Should().Be($"{call.Cabinet}:{call.SessionId}");
        record.Ref("DirectionId").Should().Be(CreatioIds.CallDirection.Incoming);
        record.Text("CallerId").Should().Be($"+{number}");
        record.Time("StartDate")!.Value.Should().BeCloseTo(call.StartedAt, TimeSpan.FromMilliseconds(1));
        record.Time("EndDate")!.Value.Should().BeCloseTo(call.FinishedAt!.Value, TimeSpan.FromMilliseconds(1), "wire times have milliseconds");
        record.Int("TalkTime").Should().Be((int)call.Talk.TotalSeconds);
        record.Ref("ContactId").Should().Be(contactId);
        record.Ref("OpportunityId").Should().Be(deal.Id);
        record.Ref("ActivityId").Should().Be(task.Id);

        foreach (var (entity, parent, id) in new[] { ("CallFile", "CallId", record.Id), ("ContactFile", "ContactId", contactId), ("OpportunityFile", "OpportunityId", deal.Id) })
        {
            var link = store.All(entity).Should().ContainSingle(because: entity).Subject;
            link.Ref(parent).Should().Be(id);
            link.Ref("TypeId").Should().Be(CreatioIds.FileType.Link);
            link.Text("Name").Should().Contain("/r/");
        }
    }
}
