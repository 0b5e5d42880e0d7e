using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class RoutedCardsOnSqlite() : RoutedCardTests(DatabaseProvider.Sqlite);

public sealed class RoutedCardsOnPostgres() : RoutedCardTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task AnsweredByAnother_AskedOnOneReplicaAndFoldedOnTheOther_ItsCardIsWithdrawn()
    {
        await using var world = await StartAsync();
        await using var second = await world.StartReplicaAsync();
        var session = SharedWorld.NewSession();
        await second.Http.GetAnswerAsync(Question(session));
        await ShownAsync(world, Boris);

        await world.PostEventAsync("msk", Event("in_call_session", session, 0));
        await world.PostEventAsync("msk", Event("talk_started", session, 1, ",\"employee_id\":101003"));

        await WithdrawnAsync(world, Boris);
        await world.PostEventAsync("msk", Event("call_session_finished", session, 30));
    }
}

/// <summary>The card that a routing answer gives goes away again, whether or not that phone ever rang, and whoever gave it.</summary>
public abstract class RoutedCardTests(DatabaseProvider provider)
{
    protected const string Boris = "boris.petrov@krepezh.example";
    private const string Viktor = "viktor.sidorov@krepezh.example";
    private const string ViktorPhone = "79161000003";
    private const string Client = "79035550002";

    private Dictionary<string, SimUser> _users = [];

    [SkippableFact]
    public async Task PhoneThatIsOff_AnotherRings_ItsCardIsWithdrawnWhileThatOneRings()
    {
        await using var world = await StartAsync();
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { StartedAt = Now(-20) });
        await live.AskRouteAsync();
        await ShownAsync(world, Boris);

        await live.RingAsync(ViktorPhone);
        await ShownAsync(world, Viktor);
        await WithdrawnAsync(world, Boris);
        Cards(world).Where(c => c.User == _users[Viktor].UserId).Select(c => c.Event).Should().Equal("ringing");

        await live.AnswerAsync(ViktorPhone);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Any(c => c.Event == "answered")), "the talker is told");
        await live.HangUpAsync();
        await WithdrawnAsync(world, Viktor);
        Cards(world).Count(c => c.Event == "ended").Should().Be(2, "each once");
    }

    [SkippableFact]
    public async Task AnsweredByAnother_AfterARestart_TheNotificationIsReadWhileTheTalkGoesOn()
    {
        await using var world = await StartAsync();
        world.Crm.DisconnectBrowser(_users[Boris].UserId);
        var session = SharedWorld.NewSession();
        await world.Http.GetAnswerAsync(Question(session));
        await HubWorld.EventuallyAsync(async () => await world.InDatabaseAsync(c => Task.FromResult(c.Cards.Any(k => k.SessionId == session && k.RemindingId != null))), "a notification stands in");
        await world.StopHubAsync();
        await world.StartHubAsync();

        await world.PostEventAsync("msk", Event("in_call_session", session, 0));
        await world.PostEventAsync("msk", Event("talk_started", session, 1, ",\"employee_id\":101003"));

        await HubWorld.EventuallyAsync(() => Task.FromResult(Remindings(world).Single().Flag("IsRead")), "the notification is read");
        await world.PostEventAsync("msk", Event("call_session_finished", session, 30));
    }

    [SkippableFact]
    public async Task NotificationThatCannotBeMarkedRead_IsMarkedLater()
    {
        await using var world = await StartAsync();
        world.Crm.DisconnectBrowser(_users[Boris].UserId);
        world.Crm.Faults.FailOperation("PATCH", "Reminding");
        var session = SharedWorld.NewSession();
        await world.Http.GetAnswerAsync(Question(session));
        await world.PostEventAsync("msk", Event("in_call_session", session, 0));
        await world.PostEventAsync("msk", Event("call_session_finished", session, 10));

        await HubWorld.EventuallyAsync(() => Task.FromResult(Remindings(world).Any(r => r.Flag("IsRead"))), "the notification is read");
    }

    [SkippableFact]
    public async Task AskedWithALegId_OneCardThatEndsUnderTheIdItCameWith()
    {
        await using var world = await StartAsync();
        var (session, leg) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        await world.Http.GetAnswerAsync(Question(leg));
        await ShownAsync(world, Boris);
        await world.PostEventAsync("msk", Event("in_call_session", session, 0));
        await world.PostEventAsync("msk", Event("in_call", session, 0, $",\"leg_id\":{leg}"));
        await world.PostEventAsync("msk", Event("call_proceeding", session, 1, $",\"leg_id\":{leg + 1_000_000},\"employee_id\":101002"));
        await world.PostEventAsync("msk", Event("call_session_finished", session, 10));

        await WithdrawnAsync(world, Boris);
        Cards(world).Select(c => (c.Event, Text(c.Payload, "callId"))).Should().Equal(("ringing", $"msk:{leg}"), ("ended", $"msk:{leg}"));
        var cards = (await world.CallAsync("msk", session))!["cards"]!.AsArray();
        cards.Select(c => Text(c!, "event")).Should().Equal("ringing", "ended");
    }

    [SkippableFact]
    public async Task AskedWithALegIdThatIsKnown_TheCardNamesTheSession()
    {
        await using var world = await StartAsync();
        var (session, leg) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        await world.PostEventAsync("msk", Event("in_call", session, 0, $",\"leg_id\":{leg}"));
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", session) is not null, "the call is known");

        await world.Http.GetAnswerAsync(Question(leg));

        await ShownAsync(world, Boris);
        Text(Cards(world)[0].Payload, "callId").Should().Be($"msk:{session}");
    }

    [SkippableFact]
    public async Task TalkOfMoreThanAQuarterOfAnHour_TheCardStillEnds()
    {
        await using var world = await StartAsync();
        var session = SharedWorld.NewSession();
        await world.Http.GetAnswerAsync(Question(session));
        await ShownAsync(world, Boris);

        await world.PostEventAsync("msk", Event("in_call_session", session, -1200));
        await world.PostEventAsync("msk", Event("talk_started", session, -1190, ",\"employee_id\":101002"));
        await world.PostEventAsync("msk", Event("call_session_finished", session, 0));

        await WithdrawnAsync(world, Boris);
    }

    [SkippableFact]
    public async Task RuleThatMakesLeads_TheCardOpensTheLead()
    {
        await using var world = await StartAsync();
        var rule = (await world.GetAsync("/api/v1/rules/in-answered-known")).AsObject();
        rule["deal"]!["entity"] = "lead";
        using var body = new StringContent(rule.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        (await world.Api.PutAsync("/api/v1/rules/in-answered-known", body)).EnsureSuccessStatusCode();
        var contact = world.Crm.Store.All("Contact").Single(c => c.Text("Name") == "Клиент").Id;
        var lead = world.Crm.Store.Add("Lead", ("QualifiedContactId", contact), ("Contact", "Клиент"), ("OwnerId", _users[Boris].ContactId));

        await world.Http.GetAnswerAsync(Question(SharedWorld.NewSession()));
        await ShownAsync(world, Boris);

        var card = Cards(world)[0].Payload;
        (Text(card, "dealEntity"), Text(card, "dealId")).Should().Be(("Lead", lead.ToString()));
    }

    protected async Task<HubWorld> StartAsync() => await HubWorld.StartAsync(provider, o =>
    {
        o.Settings["Routing:BudgetMs"] = "5000";
        o.Settings["Routing:CrmBudgetMs"] = "4000";
        o.Seed = s =>
        {
            _users = Company.SeedUsers(s);
            s.AddContact("Клиент", _users[Boris].ContactId, null, "+" + Client);
        };
    });

    protected static string Question(long id) => RouteWire.Url("msk", $"&call_session_id={id}&numa={Client}&numb={SimulatorCompany.MoscowNumber}&input_result=None&direction=in");

    protected static string Event(string mnemonic, long session, int seconds, string more = "") => UisWire.Body(mnemonic, session, Now(seconds), Client, SimulatorCompany.MoscowNumber, more);

    protected Task ShownAsync(HubWorld world, string manager) => ToldAsync(world, manager, "ringing");

    protected Task WithdrawnAsync(HubWorld world, string manager) => ToldAsync(world, manager, "ended");

    private Task ToldAsync(HubWorld world, string manager, string cardEvent) =>
        HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Any(c => c.Event == cardEvent && c.User == _users[manager].UserId)), $"{manager} is told '{cardEvent}'");

    private static List<(string Event, Guid User, JsonNode Payload)> Cards(HubWorld world) =>
    [
        .. world.Crm.Popups.Where(p => p.Source == PopupSource.Notify).Select(p => (Payload: JsonNode.Parse(p.Payload)!, p.UserId)).Select(p => (Text(p.Payload, "event")!, p.UserId, p.Payload)),
    ];

    private static List<CrmRow> Remindings(HubWorld world) => [.. world.Crm.Store.All("Reminding").Where(r => r.Text("PopupTitle") == "Входящий звонок")];

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);
}
