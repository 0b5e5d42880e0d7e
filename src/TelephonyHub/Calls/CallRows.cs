using System.Text.Json;
using System.Text.Json.Serialization;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>The folded call ↔ its row. Columns are for filters and lists; the JSON holds the whole.</summary>
internal static class CallRows
{
    private static readonly JsonSerializerOptions Json = HubJson.With(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new SessionKeyConverter());

    public static CallRow New(Call call) => new()
    {
        Cabinet = call.Key.Cabinet.Value,
        SessionId = call.Key.Id,
        ConversationId = call.Key.IntegrationId,
        Direction = "",
        State = "",
        Data = "",
    };

    public static void Update(CallRow row, Call call, CallContext context, DateTimeOffset now)
    {
        row.Direction = context.Internal ? "internal" : call.Direction == CallDirection.In ? "in" : "out";
        row.State = JsonNamingPolicy.CamelCase.ConvertName(call.State.ToString());
        row.Ended = call.Ended;
        row.Answered = call.Answered;
        row.ClientPhone = call.ClientPhone?.E164 ?? Harmless(call.ClientPhoneRaw);
        row.ClientPhoneUnparsed = call.ClientPhone is null && !string.IsNullOrEmpty(call.ClientPhoneRaw);
        row.DialledNumber = PhoneNumber.TryParse(call.VirtualNumber)?.E164 ?? Harmless(call.VirtualNumber);
        row.Region = context.Region?.Value;
        row.StartedAt = call.StartedAt;
        row.AnsweredAt = call.AnsweredAt;
        row.EndedAt = call.EndedAt;
        row.WaitSeconds = call.WaitSeconds;
        row.TalkSeconds = call.TalkSeconds;
        row.TotalSeconds = call.TotalSeconds;
        row.Data = JsonSerializer.Serialize(call, Json);
        row.UpdatedAt = now;
    }

    public static Call Read(CallRow row) =>
        JsonSerializer.Deserialize<Call>(row.Data, Json) ?? throw new JsonException("A call row holds 'null'.");

    private static string? Harmless(string? text) => DbText.Of(text, 100);

    private sealed class SessionKeyConverter : JsonConverter<SessionKey>
    {
        public override SessionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException();
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return new SessionKey(CabinetKey.Parse(text[..colon]), long.Parse(text[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        }

        public override void Write(Utf8JsonWriter writer, SessionKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.IntegrationId);
    }
}
