using System.Text.Json;
using TelephonyHub.Simulator.Creatio.Http;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary>The hub's own package service (reference 5.3): counts the users whose browser got the message.</summary>
internal sealed class NotifyService(CreatioSimulatorOptions options, Browsers browsers)
{
    public CrmAnswer Notify(string uri, byte[] body)
    {
        if (!options.PackageInstalled)
        {
            return CrmAnswer.NoSuchSet(uri, "UsrTelephonyHubService");
        }

        var request = CrmJson.Object(body);
        var payload = request.String("payload") ?? "";
        var delivered = 0;
        if (request.TryGetProperty("userIds", out var users) && users.ValueKind == JsonValueKind.Array)
        {
            foreach (var user in users.EnumerateArray())
            {
                if (user.ValueKind != JsonValueKind.String || !user.TryGetGuid(out var id))
                {
                    throw CrmException.BadRequest("'userIds' must hold GUIDs.");
                }

                delivered += browsers.Notify(id, payload) ? 1 : 0;
            }
        }

        return CrmAnswer.Json(200, new { delivered, running = true });
    }
}
