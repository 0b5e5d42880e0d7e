using System.Text.Json.Nodes;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>A request with everything wrong at once, mended one fault after another: the refusals come in the order of section 7.</summary>
public sealed class RefusalOrderTests
{
    private const string Blocked = "79260000666";

    [Fact]
    public async Task Refusals_KeyAddressComponent_ComeBeforeTheParameters()
    {
        await using var sim = await SimulatorFixture.StartAsync(
            SimulatorFixture.WithMoscow(moscow => moscow with { Components = new HashSet<string>(StringComparer.Ordinal) { "dataapi" } }));
        var faults = sim.Simulator.Faults.Cabinet("msk");
        faults.IpNotWhitelisted = true;
        const string Wrong = "\"params\":{\"access_token\":\"no\",\"contact\":5,\"extra\":1}";

        (await sim.RawAsync(sim.Simulator.CallApiUrl, $$"""{"jsonrpc":"1.0","id":1,"method":"no.such",{{Wrong}}""")).Mnemonic().Should().Be("parse_error");
        (await sim.RawAsync(sim.Simulator.CallApiUrl, $$"""{"jsonrpc":"1.0","id":1,"method":"no.such",{{Wrong}} }""")).Mnemonic().Should().Be("invalid_request");
        (await sim.RawAsync(sim.Simulator.CallApiUrl, $$"""{"jsonrpc":"2.0","id":1,"method":"no.such",{{Wrong}} }""")).Mnemonic().Should().Be("method_not_found");
        (await sim.CallAsync("start.employee_call", new JsonObject { ["extra"] = 1 }, token: "no")).Mnemonic().Should().Be("access_token_invalid");
        (await sim.CallAsync("start.employee_call", new JsonObject { ["extra"] = 1 })).Mnemonic().Should().Be("ip_not_whitelisted");
        faults.IpNotWhitelisted = false;
        (await sim.CallAsync("start.employee_call", new JsonObject { ["extra"] = 1 })).Mnemonic().Should().Be("component_disabled");
    }

    [Fact]
    public async Task Refusals_Parameters_UnknownMissingTypeValueThenRulesThenLimits()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Blacklist = new HashSet<string>(StringComparer.Ordinal) { Blocked },
            CallMinutePoints = 1,
        }));
        (await sim.CallAsync("list.calls")).Mnemonic().Should().BeNull("the minute's only point is spent");
        var request = ApiStrictnessTests.Start("""{"extra":1,"first_call":"-","direction":5,"contact":"+79261112233"}""");

        var told = new List<string?>();
        foreach (var mend in new Action[]
        {
            () => { },
            () => request.Remove("extra"),
            () => request["first_call"] = "employee",
            () => request["direction"] = "out",
            () => request["contact"] = Blocked,
            () => request["contact"] = "79261112233",
        })
        {
            mend();
            told.Add((await sim.CallAsync("start.employee_call", request.DeepClone().AsObject())).Mnemonic());
        }

        told.Should().Equal(
            "unexpected_parameters", "required_parameter_missed", "data_type_error", "invalid_parameter_value", "contact_in_blacklist", "limit_exceeded");
        sim.Moscow.Calls.Should().BeEmpty();
    }
}
