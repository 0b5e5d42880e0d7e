using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>"Why would this call go there?", asked of the hub without any call.</summary>
internal static class ExplainedDecision
{
    public static async Task PrintAsync(DemoWorld world, DemoOutput output, CancellationToken ct)
    {
        var (client, manager) = (world.Company.Surgut, world.Company.Users[world.Company.Surgut.Owner]);
        output.Heading($"A decision explained (POST /api/v1/routing/explain): {client.Name} calls 8-800, presses nothing, and his manager is busy");
        var answer = await world.Api.PostAsync(
            "api/v1/routing/explain",
            new JsonObject { ["cabinet"] = "msk", ["caller"] = client.Phone, ["dialled"] = SimulatorCompany.CommonNumber, ["busy"] = new JsonArray(manager.ContactId.ToString()) },
            ct);
        output.Line($"  answer: {answer["answer"]!.ToJsonString(TextJson.Readable)}");
        foreach (var line in DecisionText.Lines(answer))
        {
            output.Line($"  {line}");
        }
    }
}
