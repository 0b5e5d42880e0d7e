using System.Security.Cryptography;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Uis.Notifications;

namespace TelephonyHub.Intake;

/// <summary>A request of UIS → a journal entry: the adapter understands the wire, here it becomes a fact in the hub's terms and in UTC.</summary>
public sealed class EventReader(TimeProvider time)
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, CallEventKind> Kinds = new(StringComparer.Ordinal)
    {
        ["in_call_session"] = CallEventKind.IncomingSession,
        ["out_call_session"] = CallEventKind.OutgoingSession,
        ["in_call"] = CallEventKind.IncomingLeg,
        ["out_call"] = CallEventKind.OutgoingLeg,
        ["call_proceeding"] = CallEventKind.Ringing,
        ["call_connected"] = CallEventKind.Connected,
        ["talk_started"] = CallEventKind.TalkStarted,
        ["talk_finished"] = CallEventKind.TalkFinished,
        ["call_disconnected"] = CallEventKind.LegEnded,
        ["leg_unknown"] = CallEventKind.LegUnknown,
        ["call_session_finished"] = CallEventKind.SessionFinished,
        ["lost_call_session"] = CallEventKind.SessionLost,
        ["talk_record_file"] = CallEventKind.RecordingReady,
        ["voice_message"] = CallEventKind.VoiceMail,
        ["set_mark"] = CallEventKind.TagSet,
        ["unset_mark"] = CallEventKind.TagUnset,
        ["call_hold_control"] = CallEventKind.HoldControl,
        ["talk_record_control"] = CallEventKind.RecordControl,
    };

    /// <param name="cabinet">Whose token came with it.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="query">Without the token.</param>
    /// <param name="contentType">As sent; UIS often gets it wrong.</param>
    /// <param name="body">Raw.</param>
    /// <param name="receivedAt">Of a body that is read again: what tells no time of its own happened then, not now.</param>
    public JournalEntry Read(CabinetSettings cabinet, string method, string query, string? contentType, byte[] body, DateTimeOffset? receivedAt = null)
    {
        var received = receivedAt ?? time.GetUtcNow();
        var entry = new JournalEntry
        {
            Cabinet = cabinet.Key.Value,
            ReceivedAt = received,
            ContentKey = "",
            Method = method,
            ContentType = contentType,
            Query = query,
            Body = body,
        };
        switch (NotificationParser.Parse(new NotificationRequest(method, query, contentType, body)))
        {
            case NotificationResult.Understood { Notification: { IsCallEvent: true, CallSessionId: { } session } n }:
                return entry with { ContentKey = n.ContentKey, Mnemonic = n.Mnemonic, SessionId = session, Event = ToEvent(n, cabinet, received) };
            case NotificationResult.Understood { Notification: { IsCallEvent: false } n }:
                return entry with { ContentKey = n.ContentKey, Mnemonic = n.Mnemonic };
            case NotificationResult.NotUnderstood { Reason: var reason }:
                return entry with { ContentKey = KeyOf(query, body), QuarantineReason = reason };
            default:
                return entry with { ContentKey = KeyOf(query, body), QuarantineReason = "A call event without call_session_id." };
        }
    }

    private static CallEvent ToEvent(UisNotification n, CabinetSettings cabinet, DateTimeOffset received)
    {
        // Only a kind that the table names proves more than the leg's existence.
        var kind = Kinds.GetValueOrDefault(n.Mnemonic, CallEventKind.LegUnknown);
        return new CallEvent
        {
            Kind = kind,
            At = Plausible(WireTime.ToUtc(n.NotificationTime, cabinet.TimeZone), received) ?? received,
            LegIds = [.. n.LegIds.Concat(n.LegId is { } leg ? [leg] : []).Distinct().Order()],
            ClientPhone = n.ContactPhoneNumber,
            ClientName = n.ContactFullName,
            VirtualNumber = n.VirtualPhoneNumber,
            CallingNumber = n.CallingPhoneNumber,
            CalledNumber = n.CalledPhoneNumber,
            Direction = n.Direction switch { "in" => CallDirection.In, "out" => CallDirection.Out, _ => null },
            EmployeeId = n.EmployeeId,
            EmployeeName = n.EmployeeFullName,
            EmployeePhone = n.EmployeePhoneNumber,
            RungEmployeeIds = n.EmployeeIds,
            LastTalkedEmployeeId = n.LastTalkedEmployeeId,
            ExternalId = n.ExternalId,
            TalkSeconds = Plausible(n.TalkTimeDuration),
            TotalSeconds = Plausible(n.TotalTimeDuration),
            WaitSeconds = Plausible(n.WaitTimeDuration),
            IsInternal = n.IsInternal,
            IsLost = n.IsLost,
            LostReason = n.LostReason,
            FileLinks = kind switch
            {
                CallEventKind.RecordingReady or CallEventKind.VoiceMail => n.FileLink is { } link ? [link] : n.RecordFileLinks,
                CallEventKind.SessionFinished => n.RecordFileLinks,
                _ => [],
            },
            FileSeconds = Plausible(n.FileDuration),
            Tags = n.TagName is { } tag ? [tag] : n.TagNames,
            Status = n.Status,
            StartedAt = Plausible(WireTime.ToUtc(n.StartTime, cabinet.TimeZone), received),
        };
    }

    /// <summary>A time that no call of this system can have is no time; the raw body keeps it.</summary>
    private static DateTimeOffset? Plausible(DateTimeOffset? at, DateTimeOffset received) =>
        at is { } t && t > Earliest && t < received.AddDays(2) ? t : null;

    /// <summary>Nobody talks longer than a week.</summary>
    private static int? Plausible(int? seconds) => seconds is >= 0 and <= 7 * 86_400 ? seconds : null;

    private static string KeyOf(string query, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(query));
        hash.AppendData([0]);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
