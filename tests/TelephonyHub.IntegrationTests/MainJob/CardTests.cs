using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class CardsOnSqlite() : CardTests(DatabaseProvider.Sqlite);

public sealed class CardsOnPostgres() : CardTests(DatabaseProvider.Postgres);

/// <summary>Row E over real HTTP: who gets a card, what it says, when it goes, and how fast it came.</summary>
public abstract class CardTests(DatabaseProvider provider)
{
    private const string Client = "79035550002";
    private const string ClientE164 = "+79035550002";
    private const string Boris = "boris.petrov@krepezh.example";
    private const string BorisPhone = "79161000002";
    private const string Viktor = "viktor.sidorov@krepezh.example";
    private const string ViktorPhone = "79161000003";

    private Dictionary<string, SimUser> _users = [];

    [SkippableFact]
    public async Task Ringing_TwoPhones_OnlyTheirManagersGetACard()
    {
        await using var world = await StartAsync();

        var live = await RingAsync(world, BorisPhone, ViktorPhone);
        await ShownAsync(world, 2);
        await live.HangUpAsync();
        await EndedAsync(world, 2);

        Cards(world).Should().OnlyContain(c => c.User == _users[Boris].UserId || c.User == _users[Viktor].UserId);
        Cards(world).Where(c => c.Event == "ringing").Select(c => c.User).Should().BeEquivalentTo([_users[Boris].UserId, _users[Viktor].UserId]);
    }

    [SkippableFact]
    public async Task Answered_ByOne_TheOthersCardIsWithdrawnAtOnce()
    {
        await using var world = await StartAsync();
        var live = await RingAsync(world, BorisPhone, ViktorPhone);
        await ShownAsync(world, 2);

        await live.AnswerAsync(BorisPhone);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Any(c => c.Event == "ended")), "a card is withdrawn");

        Cards(world).Where(c => c.Event == "ended").Should().ContainSingle("the talk goes on").Which.User.Should().Be(_users[Viktor].UserId);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Any(c => c.Event == "answered")), "the talker is told");
        Cards(world).Single(c => c.Event == "answered").User.Should().Be(_users[Boris].UserId);
        await live.HangUpAsync();
        await EndedAsync(world, 2);
        foreach (var user in new[] { _users[Boris].UserId, _users[Viktor].UserId })
        {
            Cards(world).Where(c => c.User == user).Select(c => c.Payload["seq"]!.GetValue<int>()).Should().BeInAscendingOrder("a browser takes a lower number for stale").And.OnlyHaveUniqueItems();
        }
    }

    [SkippableFact]
    public async Task HangUp_WhileRinging_WithdrawsTheCard()
    {
        await using var world = await StartAsync();
        var live = await RingAsync(world, BorisPhone);
        await ShownAsync(world, 1);

        await live.HangUpAsync();
        await EndedAsync(world, 1);

        Cards(world).Select(c => (c.Event, c.User)).Should().Equal(("ringing", _users[Boris].UserId), ("ended", _users[Boris].UserId));
    }

    [SkippableTheory]
    [InlineData(null, "/0/Nui/ViewModule.aspx#CardModuleV2/ContactPageV2/add/MobilePhone/%2B79035550002")]
    [InlineData("Freedom", "/0/Shell/#Card/Contacts_FormPage/add/MobilePhone/%2B79035550002")]
    public async Task Ringing_UnknownCaller_LinksANewContactWithTheNumberFilledIn(string? ui, string link)
    {
        await using var world = await StartAsync(o => o.Settings["Creatio:Ui"] = ui ?? "Classic");

        var live = await RingAsync(world, BorisPhone);
        await ShownAsync(world, 1);
        await live.HangUpAsync();

        var card = Cards(world)[0].Payload;
        Text(card, "contactId").Should().BeNull();
        Text(card, "phone").Should().Be(ClientE164);
        Text(card, "newContactUrl").Should().Be(new Uri(world.Crm.BaseUrl, link).AbsoluteUri);
        Text(card, "url").Should().Be(Text(card, "newContactUrl"));
        card["choices"].Should().BeNull();
    }

    [SkippableFact]
    public async Task Ringing_SeveralContactsHaveTheNumber_NamesThemAllToChooseFrom()
    {
        var (first, second) = (Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(o => o.Seed += s =>
        {
            var company = s.AddAccount("ООО «Ромашка»", _users[Boris].ContactId, null, "+7 903 555 00 02");
            first = s.AddContact("Двойной Первый", _users[Boris].ContactId, company, "+7 903 555 00 02");
            second = s.AddContact("Двойной Второй", _users[Viktor].ContactId, null, "8 (903) 555-00-02");
        });

        var live = await RingAsync(world, BorisPhone);
        await ShownAsync(world, 1);
        await live.HangUpAsync();

        var card = Cards(world)[0].Payload;
        var choices = card["choices"]!.AsArray();
        choices.Select(c => Text(c!, "contactId")).Should().BeEquivalentTo([first.ToString(), second.ToString()], "the company of the one is no third client");
        choices.Select(c => Text(c!, "ownerName")).Should().BeEquivalentTo("Петров Борис", "Сидоров Виктор");
        choices.Select(c => Text(c!, "url")).Should().OnlyContain(u => u!.Contains("schemaName=Contact"));
        Text(choices[0]!, "contactId").Should().Be(Text(card, "contactId"), "the likeliest stands first");
        card["newContactUrl"].Should().BeNull();
    }

    [SkippableFact]
    public async Task Ringing_KnownClient_SaysWhatRowENamesFromOneReadOfTheCrm()
    {
        var (company, contact, open) = (Guid.Empty, Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(o => o.Seed += s =>
        {
            company = s.AddAccount("ООО «Ромашка»", _users[Boris].ContactId);
            contact = s.AddContact("Клиент", _users[Boris].ContactId, company, "+7 903 555 00 02");
            open = s.AddOpportunity("Поставка крепежа", contact, company, CreatioIds.OpportunityStage.Qualification, _users[Boris].ContactId);
            s.AddOpportunity("Прошлая поставка", contact, company, CreatioIds.OpportunityStage.ClosedWon, _users[Boris].ContactId);
        });
        var missed = await world.Uis.Cabinets["spb"].IncomingAsync(new IncomingCall(Client, SimulatorCompany.PetersburgNumber) { StartedAt = Now(-600), Ring = TimeSpan.FromSeconds(2) });
        await world.SettledAsync("spb", missed.SessionId);
        world.Crm.ClearJournal();

        var live = await RingAsync(world, BorisPhone, ViktorPhone);
        await ShownAsync(world, 2);
        var reads = world.Crm.Requests.Where(r => r.Touches("Opportunity")).ToList();
        await live.HangUpAsync();

        var card = Cards(world)[0].Payload;
        Text(card, "name").Should().Be("Клиент");
        Text(card, "contactId").Should().Be(contact.ToString());
        Text(card, "contactType").Should().Be("Клиент");
        Text(card, "accountId").Should().Be(company.ToString());
        Text(card, "accountName").Should().Be("ООО «Ромашка»");
        Text(card, "ownerName").Should().Be("Петров Борис");
        Text(card, "region").Should().Be("Крепёж Москва");
        Text(card, "dialledNumber").Should().Be($"+{SimulatorCompany.MoscowNumber}");
        Text(card, "dealId").Should().Be(open.ToString(), "the open one, though a closed one is newer");
        Text(card, "dealEntity").Should().Be("Opportunity");
        Text(card["deal"]!, "title").Should().Be("Поставка крепежа");
        Text(card["deal"]!, "stage").Should().NotBeNullOrEmpty();
        card["deal"]!["open"]!.GetValue<bool>().Should().BeTrue();
        Text(card["lastCall"]!, "state").Should().Be("missed", "in whichever city");
        Text(card["lastCall"]!, "direction").Should().Be("in");
        Text(card["lastCall"]!, "at").Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", "every browser reads that");
        Text(card, "url").Should().Contain($"schemaName=Contact&recordId={contact}");
        reads.Should().ContainSingle("one read for the cards of all managers of a call").Which.Kind.Should().Be(CrmRequestKind.ODataRead);
    }

    [SkippableFact]
    public async Task Ringing_DealCannotBeRead_TheCardGoesWithoutIt()
    {
        await using var world = await StartAsync(o => o.Seed += s => s.AddContact("Клиент", _users[Boris].ContactId, null, "+7 903 555 00 02"));
        world.Crm.Faults.Add(new CrmFault.Hang(), times: null, r => r.Kind == CrmRequestKind.ODataRead && r.Touches("Opportunity"));

        var live = await RingAsync(world, BorisPhone);
        await ShownAsync(world, 1);
        world.Crm.Faults.Clear();
        await live.HangUpAsync();

        Text(Cards(world)[0].Payload, "name").Should().Be("Клиент");
        Cards(world)[0].Payload["deal"].Should().BeNull();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ringing_NoBrowserOrNoRight_BecomesARemindingThatIsReadAtTheEnd(bool browserClosed)
    {
        await using var world = await StartAsync();
        if (browserClosed)
        {
            world.Crm.DisconnectBrowser(_users[Boris].UserId);
        }
        else
        {
            world.Crm.Faults.Add(new CrmFault.Error(ErrorForm.Exception, 500, "System.Security.SecurityException: Insufficient rights to operation CanUseTelephonyHub"), times: null, r => r.Kind == CrmRequestKind.Notify);
        }

        var live = await RingAsync(world, BorisPhone, ViktorPhone);
        await HubWorld.EventuallyAsync(() => Task.FromResult(Remindings(world).Any(r => r.Ref("ContactId") == _users[Boris].ContactId)), "a notification stands in");
        await live.HangUpAsync();
        await HubWorld.EventuallyAsync(() => Task.FromResult(Remindings(world).All(r => r.Flag("IsRead"))), "the notification is read");

        Remindings(world).Should().HaveCount(browserClosed ? 1 : 2, "who has a browser open has the card instead");
        Remindings(world).First(r => r.Ref("ContactId") == _users[Boris].ContactId).Text("SubjectCaption").Should().Contain("903 555-00-02");
        var told = await CardOfAsync(world, live, Boris, "ringing");
        Text(told, "outcome").Should().Be("reminding");
        told["deliveryMs"]!.GetValue<int>().Should().BeGreaterThanOrEqualTo(0);
    }

    [SkippableFact]
    public async Task Delivery_IsRecordedFromTheWebhookOnInTheCallAndAsAFigure()
    {
        await using var world = await StartAsync();
        using var seconds = new CardSeconds(world.Services.GetRequiredService<IMeterFactory>());
        world.Crm.Faults.Add(new CrmFault.Delay(TimeSpan.FromMilliseconds(300)), times: 1, r => r.Kind == CrmRequestKind.Notify);

        var live = await RingAsync(world, BorisPhone);
        await ShownAsync(world, 1);
        await HubWorld.EventuallyAsync(async () => (await CardOfAsync(world, live, Boris, "ringing"))?["deliveredAt"] is not null, "the delivery is recorded");
        await live.HangUpAsync();

        var card = await CardOfAsync(world, live, Boris, "ringing");
        Text(card, "outcome").Should().Be("card");
        var events = (await world.CallAsync("msk", live.SessionId))!["events"]!.AsArray();
        var received = events.Min(e => e!["receivedAt"]!.GetValue<DateTimeOffset>());
        var (delivered, milliseconds) = (card["deliveredAt"]!.GetValue<DateTimeOffset>(), card["deliveryMs"]!.GetValue<int>());
        milliseconds.Should().BeInRange(300, (int)(delivered - received).TotalMilliseconds + 1, "it begins with a webhook and includes Creatio's time");
        var figures = await world.Http.GetStringAsync("/metrics");
        figures.Should().MatchRegex("""hub_card_seconds_count\{[^}]*cabinet="msk"[^}]*event="ringing"[^}]*outcome="card"[^}]*\} [1-9]""");
        seconds.Of("ringing").Should().ContainSingle().Which.Should().BeApproximately(milliseconds / 1000.0, 0.001, "the figure is what the call tells");
    }

    [SkippableFact]
    public async Task Delivery_ThatFails_IsNoDelivery()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.Add(new CrmFault.CutBefore(), times: null, r => r.Kind == CrmRequestKind.Notify);

        var live = await RingAsync(world, BorisPhone);
        await HubWorld.EventuallyAsync(async () => await CardOfAsync(world, live, Boris, "ringing") is { } c && c["outcome"] is not null, "the outcome is recorded");
        await live.HangUpAsync();

        var card = await CardOfAsync(world, live, Boris, "ringing");
        Text(card, "outcome").Should().StartWith("failed");
        card["deliveredAt"].Should().BeNull();
        card["deliveryMs"].Should().BeNull();
        Remindings(world).Should().BeEmpty("it is not known whether the card came: at most once");
    }

    private async Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) =>
        await HubWorld.StartAsync(provider, o =>
        {
            o.Seed = s => _users = Company.SeedUsers(s);
            configure?.Invoke(o);
        });

    /// <summary>An incoming call in Moscow that rings these phones at once, as a group does; UIS asks nobody.</summary>
    private static async Task<LiveCall> RingAsync(HubWorld world, params string[] phones)
    {
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { StartedAt = Now(-20) });
        foreach (var phone in phones)
        {
            await live.RingAsync(phone);
        }

        return live;
    }

    private static Task ShownAsync(HubWorld world, int count) =>
        HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Count(c => c.Event == "ringing") == count), $"{count} cards are shown");

    private static Task EndedAsync(HubWorld world, int count) =>
        HubWorld.EventuallyAsync(() => Task.FromResult(Cards(world).Count(c => c.Event == "ended") == count), $"{count} cards are withdrawn");

    private static List<(string Event, Guid User, JsonNode Payload)> Cards(HubWorld world) =>
    [
        .. world.Crm.Popups.Where(p => p.Source == PopupSource.Notify).Select(p => (Payload: JsonNode.Parse(p.Payload)!, p.UserId)).Select(p => (Text(p.Payload, "event")!, p.UserId, p.Payload)),
    ];

    private static List<CrmRow> Remindings(HubWorld world) => [.. world.Crm.Store.All("Reminding").Where(r => r.Text("PopupTitle") == "Входящий звонок")];

    private async Task<JsonNode> CardOfAsync(HubWorld world, LiveCall live, string manager, string cardEvent) =>
        (await world.CallAsync("msk", live.SessionId))?["cards"]!.AsArray().FirstOrDefault(c => Text(c!, "recipient") == _users[manager].ContactId.ToString() && Text(c!, "event") == cardEvent)!;

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);

    /// <summary>The figures of one hub: <c>/metrics</c> shows those of every hub in this process, other tests' included.</summary>
    private sealed class CardSeconds : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string? Event, double Seconds)> _seen = [];

        public CardSeconds(IMeterFactory hub)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "hub_card_seconds" && instrument.Meter.Scope == hub)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
                _seen.Enqueue((tags.ToArray().First(t => t.Key == "event").Value as string, seconds)));
            _listener.Start();
        }

        public IEnumerable<double> Of(string cardEvent) => _seen.Where(s => s.Event == cardEvent).Select(s => s.Seconds);

        public void Dispose() => _listener.Dispose();
    }
}
