using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Demo;

/// <summary>The proof per cabinet, made by the hub from the cabinet's own report, and held against what the stand-ins know.</summary>
internal static class Proof
{
    public static async Task<bool> PrintAsync(DemoWorld world, DemoOutput output, IReadOnlyList<PlayedCall> played, CancellationToken ct)
    {
        var answer = await world.Api.PostAsync("api/v1/reconciliation/run", new JsonObject(), ct);
        var items = answer["items"]!.AsArray();
        output.Heading("The proof (POST /api/v1/reconciliation/run)");
        output.Line("    cabinet  PBX  journal  CRM expected  CRM   rest");
        var good = true;
        foreach (var cabinet in world.Uis.Cabinets.Keys.Order(StringComparer.Ordinal))
        {
            // A demo around midnight has two days.
            var days = items.Where(i => i!["cabinet"]!.GetValue<string>() == cabinet).Select(i => i!).ToList();
            var (pbx, journal, expected, crm) = (Sum(days, "pbx"), Sum(days, "journal"), Sum(days, "crmExpected"), Sum(days, "crm"));
            var mine = played.Where(p => p.Call.Cabinet == cabinet).ToList();
            var agrees = pbx == journal && expected == crm
                && pbx == world.Uis.Cabinets[cabinet].Calls.Count && expected == mine.Count(p => p.Call.Expected.CallRecord)
                && crm == world.Crm.Store.Where("Call", r => r.Text("IntegrationId").StartsWith(cabinet + ":", StringComparison.Ordinal)).Count;
            good &= agrees;
            output.Verdict(agrees, string.Create(CultureInfo.InvariantCulture, $"  {cabinet,-7} {pbx,3}  {journal,7}  {expected,12}  {crm,3}   {Rest(days)}"));
        }

        return good;
    }

    private static int Sum(List<JsonNode> days, string figure) => days.Sum(d => d[figure]!.GetValue<int>());

    private static string Rest(List<JsonNode> days) => string.Join(", ", days
        .SelectMany(d => d["differences"]!.AsArray())
        .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d!["count"]!.GetValue<int>()} {d["reason"]!.GetValue<string>()}{(d["sessionId"] is { } id ? $" ({id})" : "")}")));
}
