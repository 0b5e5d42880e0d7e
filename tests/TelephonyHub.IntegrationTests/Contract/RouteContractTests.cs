using System.Text;
using System.Text.Json.Nodes;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class RouteContractOnSqlite(RouteWorldOnSqlite shared) : RouteContractTests(shared), IClassFixture<RouteWorldOnSqlite>;

public sealed class RouteContractOnPostgres(RouteWorldOnPostgres shared) : RouteContractTests(shared), IClassFixture<RouteWorldOnPostgres>;

/// <summary>Who gets the call, to the letter of the contract, and that the decision can be read with its reasons.</summary>
public abstract class RouteContractTests(RouteWorld shared)
{
    private static readonly string[] MoscowChain = [.. RouteWorld.MoscowGroup, RouteWorld.MoscowDuty];
    private static readonly string[] SurgutChain = [.. RouteWorld.SurgutGroup, RouteWorld.SurgutDuty];

    [SkippableTheory]
    [InlineData("GET", "query", "call_session_id")]
    [InlineData("GET", "query", "cdr_id")]
    [InlineData("POST", "query", "call_session_id")]
    [InlineData("POST", "form", "call_session_id")]
    [InlineData("POST", "form", "cdr_id")]
    [InlineData("POST", "json", "call_session_id")]
    [InlineData("POST", "json", "cdr_id")]
    [InlineData("POST", "json as form key", "cdr_id")]
    public async Task Question_InAnyForm_IsUnderstood(string method, string form, string idName)
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [idName] = $"{session}",
            ["numa"] = RouteWorld.NinasClient,
            ["numb"] = SimulatorCompany.MoscowNumber,
            ["start_time"] = "1768035600",
            ["input_result"] = "None",
            ["direction"] = "in",
        };
        var pairs = string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
        var json = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))).ToJsonString();
        using var request = new HttpRequestMessage(new HttpMethod(method), RouteWire.Url("msk", form == "query" ? "&" + pairs : ""))
        {
            Content = form switch
            {
                "form" => new StringContent(pairs, Encoding.UTF8, "application/x-www-form-urlencoded"),
                "json" => new StringContent(json, Encoding.UTF8, "text/plain"),
                "json as form key" => new StringContent(Uri.EscapeDataString(json) + "=", Encoding.UTF8, "application/x-www-form-urlencoded"),
                _ => null,
            },
        };

        var phones = (await world.Http.AnswerAsync(request)).Phones();

        phones.Should().Equal([RouteWorld.NinasMobile, .. MoscowChain], "the responsible manager first, by the number that can be dialled from Moscow");
        var decision = await world.DecisionAsync("msk", session);
        decision["caller"]!.GetValue<string>().Should().Be("+" + RouteWorld.NinasClient);
    }

    [SkippableFact]
    public async Task KnownClient_InHisManagersOwnCabinet_GetsTheSipNumberFirst()
    {
        var world = await shared.WorldAsync();

        var phones = (await world.RouteAsync("sgt", RouteWorld.NinasClient, SimulatorCompany.SurgutNumber)).Phones();

        phones.Should().Equal(["0104001", RouteWorld.NinasMobile, .. SurgutChain], "his active numbers in their order, no extension unless allowed");
    }

    [SkippableFact]
    public async Task KnownAccount_GetsItsOwnersPhonesOnceThenTheGroup()
    {
        var world = await shared.WorldAsync();

        var phones = (await world.RouteAsync("msk", RouteWorld.BorissAccount, SimulatorCompany.MoscowNumber)).Phones();

        phones.Should().Equal("0101002", RouteWorld.BorissMobile, "79161000003", RouteWorld.MoscowDuty);
    }

    [SkippableTheory]
    [InlineData("msk", SimulatorCompany.MoscowNumber, "None", "msk")]
    [InlineData("msk", SimulatorCompany.MoscowNumber, "", "msk")]
    [InlineData("msk", SimulatorCompany.MoscowNumber, "4", "sgt")]
    [InlineData("msk", SimulatorCompany.MoscowNumber, "9", "msk")]
    [InlineData("msk", SimulatorCompany.MoscowNumber, "%00%ff#*", "msk")]
    [InlineData("msk", SimulatorCompany.CommonNumber, "4", "sgt")]
    [InlineData("msk", SimulatorCompany.CommonNumber, "None", null)]
    [InlineData("sgt", "79990000000", "None", null)]
    public async Task Stranger_GoesToTheRegionOfDigitOrNumber_ElseToTheDutyOfTheCabinet(string cabinet, string dialled, string digit, string? region)
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();

        var phones = (await world.RouteAsync(cabinet, RouteWorld.Stranger, dialled, session, digit)).Phones();

        phones.Should().Equal(region switch
        {
            "msk" => MoscowChain,
            "sgt" => SurgutChain,
            _ => [cabinet == "msk" ? RouteWorld.MoscowDuty : RouteWorld.SurgutDuty],
        });
    }

    [SkippableFact]
    public async Task CallerFromALandlineOfSurgut_OnTheCommonNumber_GoesToSurgut()
    {
        var world = await shared.WorldAsync();

        (await world.RouteAsync("msk", "73462550077", SimulatorCompany.CommonNumber)).Phones().Should().Equal(SurgutChain);
    }

    [SkippableFact]
    public async Task Caller_IsNeverDialledHimself()
    {
        var world = await shared.WorldAsync();

        (await world.RouteAsync("msk", "79161000003", SimulatorCompany.MoscowNumber)).Phones().Should().Equal("79161000002", RouteWorld.MoscowDuty);
    }

    [SkippableFact]
    public async Task RepeatedQuestion_LeavesOutWhoDidNotAnswer_UntilNobodyIsLeft()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();

        (await world.RouteAsync("msk", RouteWorld.Stranger, SimulatorCompany.MoscowNumber, session)).Phones().Should().Equal(MoscowChain);
        var second = await world.RouteAsync("msk", RouteWorld.Stranger, SimulatorCompany.MoscowNumber, session);
        var digit = await world.RouteAsync("msk", RouteWorld.Stranger, SimulatorCompany.MoscowNumber, session, "4");

        second.Json.ToJsonString().Should().Be("""{"returned_code":0}""");
        digit.Phones().Should().Equal(SurgutChain, "a new digit is a new choice");
    }

    [SkippableFact]
    public async Task ChainModeStep_GivesOnePersonAnAnswer_ThenTheCabinetsFallbackCode()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        async Task<Answer> AskAsync() => await world.RouteAsync("spb", RouteWorld.Stranger, SimulatorCompany.PetersburgNumber, session);

        (await AskAsync()).Phones().Should().Equal("79211000002");
        (await AskAsync()).Phones().Should().Equal("79211000003");
        (await AskAsync()).Phones().Should().Equal("79211000004");
        (await AskAsync()).Json.ToJsonString().Should().Be($$"""{"returned_code":{{RouteWorld.PetersburgCode}}}""");
    }

    [SkippableFact]
    public async Task EmptyChain_BecomesTheFallbackCode()
    {
        var world = await shared.WorldAsync();

        (await world.RouteAsync("rzn", RouteWorld.Stranger, SimulatorCompany.RyazanNumber)).Json.ToJsonString().Should().Be("""{"returned_code":0}""");
    }

    [SkippableFact]
    public async Task AnyBody_IsAnsweredWithAValidInstruction()
    {
        var world = await shared.WorldAsync();
        var fuzz = new EventFuzz(4711);
        string[] bodies = ["", "{", "[]", "null", "\"\"", "{\"numa\":", "numa=&numb=&numa=1", "{\"numa\":{\"numa\":[1]},\"call_session_id\":1e99}", "{\"numa\":\"" + new string('7', 100_000) + "\"}", "\0\0\0", "{\"numa\":\"\\u0000\\ud800\",\"numb\":\"x" + string.Concat(Enumerable.Repeat("😀", 60)) + "\"}"];
        foreach (var body in bodies)
        {
            (await world.PostAsync(new Uri(RouteWire.Url("msk"), UriKind.Relative), Encoding.UTF8.GetBytes(body), "application/json")).ShouldBeAnInstruction(body[..Math.Min(60, body.Length)]);
        }

        (await world.PostAsync(new Uri(RouteWire.Url("msk"), UriKind.Relative), new byte[(1024 * 1024) + 1])).ShouldBeAnInstruction("a body over the limit");
        foreach (var n in Enumerable.Range(0, 120))
        {
            var odd = fuzz.Next(n);
            (await world.PostAsync(new Uri(RouteWire.Url("sgt", odd.Query.Replace("virtual_phone_number", "numb", StringComparison.Ordinal).Replace("contact_phone_number", "numa", StringComparison.Ordinal)), UriKind.Relative), odd.Body, odd.ContentType))
                .ShouldBeAnInstruction($"question {n}");
        }

        // None of them may stand in the way of the decisions after it.
        var session = SharedWorld.NewSession();
        await world.RouteAsync("msk", RouteWorld.Stranger, SimulatorCompany.MoscowNumber, session);
        (await world.DecisionAsync("msk", session))["answer"]!["phones"].Should().NotBeNull();
    }

    [SkippableFact]
    public async Task Refusals_ComeInTheOrderOfTheContract()
    {
        var world = await shared.WorldAsync();

        ((int)(await world.Http.GetAnswerAsync("/uis/nowhere/route?token=x")).Status).Should().Be(404);
        ((int)(await world.Http.GetAnswerAsync("/uis/msk/route?token=x")).Status).Should().Be(401);
        ((int)(await world.Http.GetAnswerAsync("/uis/msk/route")).Status).Should().Be(401);
        (await world.Http.GetAnswerAsync(RouteWire.Url("MSK", "&numa=1"))).ShouldBeAnInstruction("a cabinet key is compared without case");
    }
}
