using System.Globalization;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using UUIDNext;

namespace TelephonyHub.Sync;

/// <summary>
/// Ids of records that the hub makes in the CRM: UUIDv5 over kind, purpose, cabinet key in lower case, session (and file hash or recipient).
/// Computed, never random: a write whose answer was lost is repeated and meets itself.
/// </summary>
public static class HubIds
{
    /// <summary>Never change it: it is part of every id already written.</summary>
    private static readonly Guid Namespace = new("6f1d3c1e-7c55-5b0a-9a37-2f0f5d1d7a10");

    public static Guid Call(SessionKey session) => Of("call", "record", session);

    public static Guid Deal(SessionKey session) => Of("deal", "call", session);

    public static Guid Activity(SessionKey session, string purpose) => Of("activity", purpose, session);

    public static Guid RecordingLink(SessionKey session, string parent, string fileHash) => Of("file", parent, session, fileHash);

    public static Guid Reminding(SessionKey session, Guid recipient) => Of("reminding", "ringing", session, recipient.ToString());

    /// <param name="number">The client's.</param>
    /// <param name="attempt">0; n when the ids before are taken by records that bear another number.</param>
    public static Guid Contact(PhoneNumber number, int attempt = 0) =>
        Uuid.NewNameBased(Namespace, attempt == 0 ? $"contact|{number.E164}" : string.Create(CultureInfo.InvariantCulture, $"contact|{number.E164}#{attempt}"));

    private static Guid Of(string kind, string purpose, SessionKey session, string? detail = null) =>
        Uuid.NewNameBased(Namespace, string.Create(CultureInfo.InvariantCulture, $"{kind}|{purpose}|{session.Cabinet.Value}|{session.Id}{(detail is null ? "" : "|" + detail)}"));
}
