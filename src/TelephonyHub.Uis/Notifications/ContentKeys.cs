using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.Notifications;

/// <summary>Key by which the same event is known again (see <see cref="UisNotification.ContentKey"/>).</summary>
internal static class ContentKeys
{
    internal static string Of(string mnemonic, IReadOnlyDictionary<string, string?> fields)
    {
        var hash = new ArrayBufferWriter<byte>(1024);
        Append(hash, mnemonic);
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (!string.IsNullOrEmpty(value) && Counts(name, mnemonic))
            {
                Append(hash, name);
                Append(hash, Canonical(value));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(hash.WrittenSpan));
    }

    // The kind may stand in the body or in the URL, so its fields do not count; the free name only where nothing else tells events apart.
    private static bool Counts(string name, string mnemonic) => name switch
    {
        "notification_mnemonic" or "event_type" => false,
        "notification_name" => mnemonic is NotificationKinds.LegUnknown or NotificationKinds.MarkUnknown,
        _ => true,
    };

    private static string Canonical(string value) =>
        value[0] == '[' && TolerantJson.ReadStrict(value) is { } array ? array.ToJson(canonical: true) : WireValues.Canonical(value);

    private static void Append(ArrayBufferWriter<byte> hash, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(hash.GetSpan(sizeof(int)), length);
        hash.Advance(sizeof(int));
        hash.Advance(Encoding.UTF8.GetBytes(text, hash.GetSpan(length)));
    }
}
