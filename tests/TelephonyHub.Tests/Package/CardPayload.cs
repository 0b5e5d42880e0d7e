using System.Text.Json.Nodes;

namespace TelephonyHub.Tests.Package;

/// <summary>Payloads as the hub sends them.</summary>
internal static class CardPayload
{
    public const string Contact = "0b2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d";
    public const string Other = "1c2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d";
    public const string Account = "2d2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d";
    public const string Deal = "3e2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d";

    public static JsonObject Known(string cardEvent = "ringing", string call = "msk:500000001") => Of(cardEvent, call, new JsonObject
    {
        ["name"] = "Иван Петров",
        ["contactId"] = Contact,
        ["contactType"] = "Клиент",
        ["accountName"] = "ООО «Ромашка»",
        ["ownerName"] = "Борис Петров",
        ["dealId"] = Deal,
        ["dealEntity"] = "Opportunity",
        ["deal"] = new JsonObject { ["title"] = "Поставка крепежа", ["stage"] = "Переговоры" },
        ["lastCall"] = new JsonObject { ["at"] = "2026-11-20T09:00:00+00:00", ["direction"] = "in", ["state"] = "missed" },
    });

    public static JsonObject Unknown(string cardEvent = "ringing", string call = "msk:500000002") => Of(cardEvent, call, []);

    public static JsonObject With(this JsonObject payload, string name, JsonNode? value)
    {
        payload[name] = value;
        return payload;
    }

    private static JsonObject Of(string cardEvent, string call, JsonObject client)
    {
        client["event"] = cardEvent;
        client["seq"] = cardEvent switch { "ringing" => 1, "answered" => 2, _ => 3 };
        client["callId"] = call;
        client["cabinet"] = "msk";
        client["phone"] = "+79035550001";
        client["region"] = "Москва";
        client["dialledNumber"] = "+74951234567";
        return client;
    }
}
