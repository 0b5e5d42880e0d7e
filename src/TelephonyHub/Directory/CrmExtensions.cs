using System.Text.Json;
using TelephonyHub.Creatio;

namespace TelephonyHub.Directory;

/// <summary>Short numbers of users, from where the CRM may have them (reference 3.2). Only users': a client's extension tells nobody who calls.</summary>
public static class CrmExtensions
{
    private const int Longest = 10;

    /// <param name="users">All users.</param>
    /// <param name="extensions">Communications of that type.</param>
    /// <param name="settings">The users' telephony settings.</param>
    public static IReadOnlyList<CrmUser> Join(IReadOnlyList<CrmUser> users, IEnumerable<CreatioRow> extensions, IEnumerable<CreatioRow> settings)
    {
        var byContact = extensions.Where(r => !r.GetFlag("NonActual")).ToLookup(r => r.GetGuid("ContactId"), r => Short(r.GetText("Number")));
        var byUser = settings.ToLookup(r => r.GetGuid("UserId"), r => Short(DeviceOf(r.GetText("ConnectionParams"))));
        return [.. users.Select(u => u with { Extensions = [.. byUser[u.UserId].Concat(byContact[u.ContactId]).OfType<string>().Distinct(StringComparer.Ordinal)] })];
    }

    /// <summary>For now they cannot be read: as they were.</summary>
    public static IReadOnlyList<CrmUser> Keep(IReadOnlyList<CrmUser> users, IReadOnlyList<CrmUser> before)
    {
        var known = before.ToDictionary(u => u.UserId, u => u.Extensions);
        return [.. users.Select(u => u with { Extensions = known.GetValueOrDefault(u.UserId) ?? [] })];
    }

    /// <summary>As the PBX spells it: digits only. What is long enough to be a subscriber's number is none.</summary>
    private static string? Short(string? text) =>
        text is not null && string.Concat(text.Where(char.IsAsciiDigit)) is { Length: > 0 and <= Longest } digits && PhoneNumber.TryParse(text) is null ? digits : null;

    private static string? DeviceOf(string? parameters)
    {
        if (string.IsNullOrWhiteSpace(parameters))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(parameters);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("deviceId", out var device)
                ? device.ValueKind == JsonValueKind.String ? device.GetString() : device.ValueKind == JsonValueKind.Number ? device.GetRawText() : null
                : null;
        }
        catch (JsonException)
        {
            return null; // typed by hand, or of a telephony that keeps something else there
        }
    }
}
