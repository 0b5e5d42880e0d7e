using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class NotificationFaultTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task Duplicates_EachNotification_ComesTwice()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.Duplicates = 1;

        await PlayAsync(sim);

        sim.Hub.Events.Should().HaveCount(22);
        sim.Hub.Events.Select(received => received.Body).Distinct(StringComparer.Ordinal).Should().HaveCount(11);
    }

    [Theory]
    [InlineData(NotificationOrder.Reversed)]
    [InlineData(NotificationOrder.Shuffled)]
    public async Task Order_Changed_KeepsTheSetAndNotTheOrder(NotificationOrder order)
    {
        await using var plain = await SimulatorFixture.StartAsync();
        await PlayAsync(plain);
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.Order = order;

        await PlayAsync(sim);

        CallTests.Mnemonics(sim).Should().BeEquivalentTo(CallTests.Mnemonics(plain));
        CallTests.Mnemonics(sim).Should().NotEqual(CallTests.Mnemonics(plain));
        if (order == NotificationOrder.Reversed)
        {
            CallTests.Mnemonics(sim)[0].Should().Be("talk_record_file");
        }
    }

    [Fact]
    public async Task Loss_ByNumberAndKind_IsRecordedAsDropped()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.LoseNth.Add(1);
        sim.Simulator.Faults.Notifications.LoseKinds.Add("call_session_finished");

        await PlayAsync(sim);

        CallTests.Mnemonics(sim).Should().HaveCount(9).And.NotContain(["in_call_session", "call_session_finished"]);
        sim.Simulator.Notifications.Where(sent => sent.Dropped).Select(sent => sent.Mnemonic).Should().Equal("in_call_session", "call_session_finished");
    }

    [Fact]
    public async Task Duplicates_Share_OnlySomeComeTwiceAndTheSameOnesEachTime()
    {
        async Task<List<string>> TwiceAsync()
        {
            await using var sim = await SimulatorFixture.StartAsync();
            sim.Simulator.Faults.Notifications.Duplicates = 1;
            sim.Simulator.Faults.Notifications.DuplicateShare = 0.5;
            await PlayAsync(sim);
            return [.. sim.Simulator.Notifications.GroupBy(sent => sent.Body, StringComparer.Ordinal).Where(copies => copies.Count() == 2).Select(copies => copies.First().Mnemonic)];
        }

        var first = await TwiceAsync();

        first.Should().NotBeEmpty().And.HaveCountLessThan(11);
        (await TwiceAsync()).Should().Equal(first);
    }

    [Fact]
    public async Task Delay_WithJitter_HoldsEachNotificationBackThatLong()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.Delay = TimeSpan.FromSeconds(2);
        sim.Simulator.Faults.Notifications.DelayJitter = TimeSpan.FromSeconds(3);

        var playing = PlayAsync(sim);
        for (var steps = 0; !playing.IsCompleted; steps++)
        {
            steps.Should().BeLessThan(1_000_000, "the call must get on");
            sim.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await playing;
        var sent = sim.Simulator.Notifications;
        sent.Should().HaveCount(11);
        sent.Zip(sent.Skip(1)).Should().OnlyContain(pair => pair.Second.SentAt - pair.First.SentAt >= TimeSpan.FromSeconds(2));
        sent[0].SentAt.Should().BeOnOrAfter(SimulatorFixture.Start.AddSeconds(2));
    }

    [Fact]
    public async Task Loss_Share_IsRepeatable()
    {
        async Task<List<string>> LostAsync()
        {
            await using var sim = await SimulatorFixture.StartAsync();
            sim.Simulator.Faults.Notifications.LoseShare = 0.4;
            await PlayAsync(sim);
            return [.. sim.Simulator.Notifications.Where(sent => sent.Dropped).Select(sent => sent.Mnemonic)];
        }

        var first = await LostAsync();

        first.Should().NotBeEmpty().And.HaveCountLessThan(11);
        (await LostAsync()).Should().Equal(first);
    }

    [Fact]
    public async Task Redelivery_HubRefuses_RepeatsWithTheAttemptNumber()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.EventStatus = 503;
        sim.Simulator.Faults.Notifications.RedeliverAttempts = 1;
        sim.Simulator.Faults.Notifications.RedeliverInterval = TimeSpan.Zero;

        await PlayAsync(sim);
        await sim.Simulator.WhenIdleAsync();

        sim.Simulator.Notifications.Should().HaveCount(22).And.OnlyContain(sent => sent.Status == 503);
        sim.Simulator.Notifications.GroupBy(sent => sent.Mnemonic + sent.Body, StringComparer.Ordinal).Should().OnlyContain(
            deliveries => deliveries.Select(sent => sent.Attempt).Order().SequenceEqual(new[] { 1, 2 }));
    }

    [Fact]
    public async Task HubUnreachable_Delivery_IsRecordedWithoutStatus()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.Options.EventsUrl = new Uri("http://127.0.0.1:9/events");

        await PlayAsync(sim);

        sim.Simulator.Notifications.Should().HaveCount(11).And.OnlyContain(sent => sent.Status == null && sent.Error == "HttpRequestException");
    }

    [Fact]
    public async Task Body_ContentTypeMillisecondsAndSkew_AreSwitchable()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.ContentType = "application/x-www-form-urlencoded";
        sim.Simulator.Faults.Notifications.Milliseconds = false;
        sim.Simulator.Faults.Cabinet("msk").ClockSkew = TimeSpan.FromMinutes(-2);

        await PlayAsync(sim);

        sim.Hub.Events.Should().OnlyContain(received => received.ContentType == "application/x-www-form-urlencoded");
        ((string?)CallTests.Bodies(sim)[0]["notification_time"]).Should().Be("2026-03-02 12:13:30");
    }

    [Fact]
    public async Task ClockSkew_OfTheCabinet_MovesEveryTimeOnTheWireAndNoOther()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.Options.ClockSkewSeconds = 90;

        var call = await PlayAsync(sim);
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        ((string?)CallTests.Bodies(sim)[0]["notification_time"]).Should().Be("2026-03-02 12:17:00.250");
        ((string?)CallTests.Bodies(sim)[0]["start_time"]).Should().BeNull();
        sim.Hub.Questions.Single().Query["start_time"].Should().Be(SimulatorFixture.Start.AddSeconds(90).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        ((string?)(await sim.CallAsync("list.calls")).Data()[0]!["start_time"]).Should().Be("2026-03-02T12:17:00.250");
        ((string?)(await sim.DataAsync("get.calls_report", new JsonObject { ["date_from"] = "2026-03-02 12:17:00", ["date_till"] = "2026-03-02 12:17:00" }))
            .Data().AsArray().Single()!["start_time"]).Should().Be("2026-03-02 12:17:00");
        (call.StartedAt, live.Call.StartedAt).Should().Be((SimulatorFixture.Start, SimulatorFixture.Start), "the truth has no skew");
        await sim.Simulator.Cabinets["spb"].BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.PetersburgNumber));
        ((string?)CallTests.Bodies(sim)[^1]["notification_time"]).Should().Be("2026-03-02 12:15:30.250", "each cabinet has a clock of its own");
    }

    [Fact]
    public async Task Get_DefaultTemplates_ArriveAsQueryAfterTheUrlsOwn()
    {
        await using var sim = await SimulatorFixture.StartAsync(templates: NotificationTemplates.Default);
        sim.Moscow.Options.NotificationMethod = "GET";
        sim.Moscow.Options.AppendEventToUrl = true;

        await PlayAsync(sim);

        var end = sim.Hub.Events.Single(received => received.Query["event"] == "call_session_finished");
        end.Method.Should().Be("GET");
        end.Url.Should().StartWith("/events?token=secret&event=call_session_finished&notification_name=");
        end.Query["communication_number"].Should().StartWith("1employee_full_name=", "the vendor forgot an ampersand");
        end.Query["contact_phone_number"].Should().Be(Client + "," + Client);
    }

    [Fact]
    public async Task Templates_Flat_SendOnlyTheirEightEvents()
    {
        await using var sim = await SimulatorFixture.StartAsync(templates: NotificationTemplates.Flat);

        await PlayAsync(sim);

        CallTests.Mnemonics(sim).Should().Equal(
            "in_call_session", "call_proceeding", "talk_started", "talk_finished", "call_session_finished", "talk_record_file");
    }

    [Fact]
    public async Task Templates_Default_RenderNestedValues()
    {
        await using var sim = await SimulatorFixture.StartAsync(templates: NotificationTemplates.Default);

        var call = await PlayAsync(sim);

        var end = CallTests.Bodies(sim).Single(body => body["call_info"]?["total_time_duration"] is not null);
        end.ToJsonString().Should().Be(new JsonObject
        {
            ["notification_name"] = "Завершение звонка",
            ["virtual_phone_number"] = SimulatorCompany.MoscowNumber,
            ["notification_time"] = "2026-03-02 12:16:18.250",
            ["external_id"] = null,
            ["contact_info"] = new JsonObject { ["contact_phone_number"] = Client, ["communication_number"] = 1 },
            ["employee_info"] = new JsonObject { ["employee_full_name"] = "Иванова Анна", ["employee_id"] = 101_001 },
            ["call_info"] = new JsonObject
            {
                ["call_source"] = "va",
                ["direction"] = "in",
                ["call_session_id"] = call.SessionId,
                ["scenario_name"] = "Москва",
                ["talk_time_duration"] = 42,
                ["total_time_duration"] = 48,
                ["wait_time_duration"] = 6,
                ["tag_names"] = null,
            },
        }.ToJsonString());
    }

    private static Task<SimCall> PlayAsync(SimulatorFixture sim)
    {
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");
        return sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
    }
}
