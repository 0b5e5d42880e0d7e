using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class RoutingTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task Ask_Get_SendsTheTickedParametersAndKeepsTheUrlsOwn()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        var question = sim.Hub.Questions.Should().ContainSingle().Subject;
        question.Method.Should().Be("GET");
        question.Url.Should().Be(
            $"/route?token=secret&call_session_id={call.SessionId}&numa={Client}&numb={SimulatorCompany.MoscowNumber}"
            + $"&start_time={SimulatorFixture.Start.ToUnixTimeSeconds()}&input_result=None&direction=in");
    }

    [Fact]
    public async Task Ask_Post_SendsJsonWithTheOldNames()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.Options.RouteMethod = "POST";
        sim.Moscow.Options.RouteParameters = ["cdr_id", "numa", "input_result"];

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(From: null, SimulatorCompany.MoscowNumber));

        var question = sim.Hub.Questions.Should().ContainSingle().Subject;
        question.ContentType.Should().StartWith("application/json");
        question.Url.Should().Be("/route?token=secret");
        question.Body.Should().Be($$"""{"cdr_id":"{{call.SessionId}}","numa":"","input_result":"None"}""");
    }

    [Theory]
    [InlineData("""{"phones":["79161000001"]}""", "phones", null)]
    [InlineData("""{"phones":["0101001","101","74955140578...2345"],"text":"Привет","operator_text":"x","extra":1}""", "phones", null)]
    [InlineData("""{"returned_code":1}""", "1", null)]
    [InlineData("""{"text":"Привет"}""", "play_done", null)]
    [InlineData("""{"message_name":"10sec.mp3"}""", "play_done", null)]
    [InlineData("""{"phones":[]}""", "dial_failed", null)]
    [InlineData("""{"phones":["+79161000001"]}""", "http_request_failed", "phones hold something that is not digits")]
    [InlineData("""{"phones":["8 916 100-00-01"]}""", "http_request_failed", "phones hold something that is not digits")]
    [InlineData("""{"phones":[79161000001]}""", "http_request_failed", "phones is no array of strings")]
    [InlineData("""{"phones":"79161000001"}""", "http_request_failed", "phones is no array of strings")]
    [InlineData("""{"returned_code":"1"}""", "http_request_failed", "returned_code is no number")]
    [InlineData("""{"text":1,"phones":["79161000001"]}""", "http_request_failed", "text is no string")]
    [InlineData("""{}""", "http_request_failed", "no instruction")]
    [InlineData("""["79161000001"]""", "http_request_failed", "no JSON object")]
    [InlineData("""phones""", "http_request_failed", "no JSON")]
    public async Task Answer_JudgedStrictly_TakesTheBranch(string answer, string branch, string? problem)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, answer);
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        var exchange = await live.AskRouteAsync();

        (exchange.Branch, exchange.Problem).Should().Be((branch, problem));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task Answer_OtherStatus_GoesToTheFallbackGroup(int status)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (status, string.Empty);

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        call.Interactive!.Branch.Should().Be("http_request_failed");
        call.Legs.Single(leg => leg.IsOperator).GroupId.Should().Be(10_001);
        call.Lost.Should().BeFalse();
    }

    [Fact]
    public async Task Answer_None_TimesOutAfterTheConfiguredTime()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        using var asked = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        sim.Hub.Route = _ =>
        {
            asked.Set();
            release.Wait(TimeSpan.FromSeconds(20));
            return (200, "{}");
        };

        var playing = sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        await Task.Run(() => asked.Wait(TimeSpan.FromSeconds(20)));
        sim.Time.Advance(TimeSpan.FromSeconds(5));
        var call = await playing;
        release.Set();

        call.Interactive!.Problem.Should().Be("timeout");
        call.Interactive.Elapsed.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Answer_ReturnedCode_LeadsToItsGroup()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"returned_code":1}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        call.TalkedPhone.Should().Be("79161000099", "code 1 is the duty phone");
    }

    [Fact]
    public async Task Answer_ReturnedCodeWithoutBranch_EndsTheCall()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"returned_code":7}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        (call.FinishReason, call.Lost).Should().Be(("no_operation", true));
    }

    [Fact]
    public async Task Menu_DigitPressed_ComesWithTheQuestion()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.CommonNumber) { Digit = "3" });

        sim.Hub.Questions.Single().Query["input_result"].Should().Be("3");
    }

    [Fact]
    public async Task Menu_DigitLost_AsksWithNone()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.LoseDigit = true;

        await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.CommonNumber) { Digit = "3" });

        sim.Hub.Questions.Single().Query["input_result"].Should().Be("None");
    }

    [Fact]
    public async Task Menu_AskedTwice_RepeatsWithTheDigit()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Scenarios = [SimScenario.WithMenu(1, "8-800", 10_001, askTwice: true)],
            ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal),
        }));
        sim.Hub.Route = request => (200, request.Query["input_result"] == "None" ? """{"returned_code":9}""" : """{"phones":["79161000001"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.CommonNumber) { Digit = "4", AnsweredBy = Answers.First });

        call.Interactions.Select(exchange => exchange.Branch).Should().Equal("9", "phones");
        call.Lost.Should().BeFalse();
    }

    [Fact]
    public async Task Scenario_Loop_StopsAtTheTransitionLimit()
    {
        var hook = new SimOperation(1, SimOperationKind.Integration, "hook") { Branches = new Dictionary<string, long>(StringComparer.Ordinal) { ["dial_failed"] = 1 } };
        await using var sim = await SimulatorFixture.StartAsync(options => SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Scenarios = [new SimScenario(1, "loop", [hook])],
            ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal),
        })(options) with
        { MaxTransitions = 3 });
        sim.Hub.Route = _ => (200, """{"phones":["79161000001"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        call.FinishReason.Should().Be("max_transition_count_exceeded");
        call.Interactions.Should().HaveCount(3);
    }

    [Fact]
    public async Task Answer_CallersOwnNumberAndDuplicates_AreWarnedOf()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, new JsonObject { ["phones"] = new JsonArray(Client, Client) }.ToJsonString());

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        call.Interactive!.Warnings.Should().BeEquivalentTo("a phone twice", "the caller's own number");
    }
}
