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
    private const int MostSessions = 20;
    private static readonly JsonSerializerOptions Json = HubJson.With(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new SessionKeyConverter());

    public static CallRow New(Call call, DateTimeOffset firstSeenAt) => new()
    {
        Cabinet = call.Key.Cabinet.Value,
        SessionId = call.Key.Id,
        ConversationId = call.Key.IntegrationId,
        Direction = "",
        State = "",
        Data = "",
        FirstSeenAt = firstSeenAt,
    };

    public static void Update(CallRow row, Call call, CallContext context, DateTimeOffset now)
    {
        row.Direction = context.Internal ? "internal" : call.Direction == CallDirection.In ? "in" : "out";
        row.State = JsonNamingPolicy.CamelCase.ConvertName(call.State.ToString());
        row.Ended = call.Ended;
        row.Answered = call.Answered;
        var client = context.Place.Client;
        row.ClientPhone = client?.E164 ?? Harmless(call.ClientPhoneRaw);
        row.ClientPhoneUnparsed = client is null && !string.IsNullOrEmpty(call.ClientPhoneRaw);
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

    /// <summary>The place in a conversation as it was found by the last fold.</summary>
    public static CallPlace PlaceOf(CallRow row) => new(
        row.ParentCabinet is { } cabinet ? new SessionKey(CabinetKey.Parse(cabinet), row.ParentSessionId!.Value) : null,
        PhoneNumber.TryParse(row.ClientPhone),
        row.Direction == "internal",
        HasOpenChildren: false);

    /// <param name="first">The session that began it.</param>
    /// <param name="others">Rows of its conversation, in the order of beginning.</param>
    public static Conversation ConversationOf(Call first, IEnumerable<CallRow> others) => new(
        first,
        [.. others
            .Where(r => r.ParentCabinet is not null && !(r.Cabinet == first.Key.Cabinet.Value && r.SessionId == first.Key.Id))
            .Take(MostSessions)
            .Select(r => (Read(r), new SessionKey(CabinetKey.Parse(r.ParentCabinet!), r.ParentSessionId!.Value)))]);

    public static Call Read(CallRow row) => Read(row.Data);

    /// <param name="data">Of <see cref="CallRow.Data"/>.</param>
    public static Call Read(string data) =>
        JsonSerializer.Deserialize<Call>(data, Json) ?? throw new JsonException("A call row holds 'null'.");

    private static string? Harmless(string? text) => DbText.Of(text, 100);

    private sealed class SessionKeyConverter : JsonConverter<SessionKey>
    {
        public override SessionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            return SessionKey.Parse(reader.GetString() ?? throw new JsonException());
        }

        public override void Write(Utf8JsonWriter writer, SessionKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.IntegrationId);
    }
}
