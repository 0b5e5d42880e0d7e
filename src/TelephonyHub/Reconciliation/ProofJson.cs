using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelephonyHub.Reconciliation;

/// <summary>How differences are stored and shown: kinds by name.</summary>
internal static class ProofJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static IReadOnlyList<Difference> Read(string stored) => JsonSerializer.Deserialize<List<Difference>>(stored, Options) ?? [];
}
