using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Faults;

/// <summary>Tasks towards the CRM, as the hub's API tells of them.</summary>
public static class SyncStates
{
    public static async Task<bool> NoneAsync(FaultWorld world, params IReadOnlyList<string> states)
    {
        foreach (var state in states)
        {
            if ((await OfAsync(world, state)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    public static async Task<JsonArray> OfAsync(FaultWorld world, string state) =>
        (await world.Api.GetFromJsonAsync<JsonNode>($"api/v1/sync/tasks?state={state}&limit=5"))!["items"]!.AsArray();
}
