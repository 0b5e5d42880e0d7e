using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class LiveTimeTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task TimeScale_Ten_TakesATenthOfTheRealTime()
    {
        var time = new FakeTimeProvider(SimulatorFixture.Start);
        await using var simulator = new UisSimulator(SimulatorCompany.Options() with { TimeScale = 10, RecordDelay = TimeSpan.Zero }, time);
        await simulator.StartAsync();

        var playing = simulator.Cabinets["msk"].IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
        simulator.Cabinets["msk"].LiveCalls.Should().ContainSingle().Which.State.Should().Be("Processing");
        time.Advance(TimeSpan.FromSeconds(0.5));
        simulator.Cabinets["msk"].LiveCalls.Single().State.Should().Be("Processing", "six seconds of ringing take 0.6");
        await PassAsync(time, () => playing.IsCompleted);
        var call = await playing;

        time.GetUtcNow().Should().BeOnOrAfter(SimulatorFixture.Start.AddSeconds(4.8));
        (call.Wait, call.Talk).Should().Be((TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(42)));
    }

    [Fact]
    public async Task Release_LiveCall_StopsItsWaiting()
    {
        var time = new FakeTimeProvider(SimulatorFixture.Start);
        await using var simulator = new UisSimulator(SimulatorCompany.Options() with { TimeScale = 1, RecordDelay = TimeSpan.Zero }, time);
        await simulator.StartAsync();

        var playing = simulator.Cabinets["msk"].IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First, Talk = TimeSpan.FromDays(1) });
        var live = simulator.Cabinets["msk"].LiveCalls.Single();
        await PassAsync(time, () => live.State == "Talk");
        var ended = await live.HangUpAsync();

        (await playing).SessionId.Should().Be(ended.SessionId);
        ended.Talk.Should().BeLessThan(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Group_Simultaneous_RingsAllAndStopsTheOthers()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Groups = [new SimGroup(10_001, "Продажи Москва", [101_002, 101_003, 101_004]) { Simultaneous = true }],
        }));

        var call = await sim.Moscow.IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.Phone("0101003") });

        call.Legs.Where(leg => leg.IsOperator).Select(leg => leg.FinishReason).Should().Equal(
            "another_operator_answer", "subscriber_disconnects", "another_operator_answer");
        CallTests.Mnemonics(sim).Skip(2).Take(6).Should().Equal(
            "out_call", "call_proceeding", "out_call", "call_proceeding", "out_call", "call_proceeding");
    }

    [Fact]
    public async Task Tag_SetAfterTheCallAndRemoved_IsNotified()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        await live.SetTagAsync(101);
        await live.UnsetTagAsync(101);
        var call = await live.HangUpAsync();

        await sim.Moscow.SetTagAsync(call.SessionId, 102);

        CallTests.Mnemonics(sim).Where(mnemonic => mnemonic.EndsWith("mark", StringComparison.Ordinal)).Should().Equal("set_mark", "unset_mark", "set_mark");
        CallTests.Bodies(sim)[^1]["tag_name"]!.GetValue<string>().Should().Be("Нецелевой");
        sim.Moscow.Calls.Single().TagIds.Should().Equal(102);
    }

    [Fact]
    public async Task Simulators_Several_DoNotShareAnything()
    {
        await using var first = await SimulatorFixture.StartAsync();
        await using var second = await SimulatorFixture.StartAsync();

        await first.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        second.Simulator.Notifications.Should().BeEmpty();
        second.Moscow.Calls.Should().BeEmpty();
        second.Simulator.CallApiUrl.Should().NotBe(first.Simulator.CallApiUrl);
    }

    /// <summary>Moves the clock in small steps: a step only counts for waits that have already begun.</summary>
    private static async Task PassAsync(FakeTimeProvider time, Func<bool> until)
    {
        for (var steps = 0; !until(); steps++)
        {
            steps.Should().BeLessThan(100_000, "the call must get on");
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }
}
