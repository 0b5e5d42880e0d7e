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
        await ExplainAsync(
            world,
            output,
            new JsonObject { ["cabinet"] = "msk", ["caller"] = client.Phone, ["dialled"] = SimulatorCompany.CommonNumber, ["busy"] = new JsonArray(manager.ContactId.ToString()) },
            ct);

        output.Heading($"The same with a calendar (PUT /api/v1/routing/calendars/sgt): {client.Name} calls Surgut on Monday at 17:00 of Moscow, which is 19:00 there; Moscow takes over");
        var day = new JsonArray(new JsonObject { ["from"] = "09:00", ["till"] = "18:00" });
        await world.Api.PutAsync("api/v1/routing/calendars/sgt", new JsonObject(new[] { "mon", "tue", "wed", "thu", "fri" }.Select(d => KeyValuePair.Create(d, (JsonNode?)day.DeepClone()))), ct);
        await world.Api.PutAsync("api/v1/routing/cabinets/sgt", new JsonObject { ["substitutes"] = new JsonArray("msk") }, ct);
        await ExplainAsync(
            world,
            output,
            new JsonObject { ["cabinet"] = "sgt", ["caller"] = client.Phone, ["dialled"] = SimulatorCompany.SurgutNumber, ["at"] = "2026-03-02T17:00:00+03:00" },
            ct);
    }

    private static async Task ExplainAsync(DemoWorld world, DemoOutput output, JsonObject imagined, CancellationToken ct)
    {
        var answer = await world.Api.PostAsync("api/v1/routing/explain", imagined, ct);
        output.Line($"  answer: {answer["answer"]!.ToJsonString(TextJson.Readable)}");
        foreach (var line in DecisionText.Lines(answer))
        {
            output.Line($"  {line}");
        }
    }
}
