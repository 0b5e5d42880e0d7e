using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Intake;

/// <summary>Rows of a cabinet's own reports → journal entries with source "report": they flow the same way as webhooks.</summary>
public static class ReportEvents
{
    /// <summary>What the journal calls them.</summary>
    public const string Source = "report";

    /// <summary>Mnemonic of a session's own row; its legs and recordings may have been read without it.</summary>
    public const string SessionRow = "report_call";

    /// <summary>Columns of <c>get.call_legs_report</c> that are used here.</summary>
    public static readonly IReadOnlyList<string> LegFields =
    [
        "id", "call_session_id", "start_time", "connect_time", "duration", "total_duration", "virtual_phone_number", "calling_phone_number",
        "called_phone_number", "direction", "is_operator", "employee_id", "employee_full_name", "employee_phone_number", "is_coach", "is_talked",
    ];

    /// <summary>Columns of <c>get.calls_report</c> that are used here.</summary>
    public static readonly IReadOnlyList<string> CallFields =
    [
        "id", "start_time", "finish_time", "direction", "is_lost", "contact_phone_number", "contact_full_name", "virtual_phone_number", "talk_duration",
        "total_duration", "wait_duration", "employees", "last_talked_employee_id", "last_talked_employee_full_name", "call_records", "voice_mail_records",
        "communication_id", "call_api_external_id", "tags",
    ];

    public static JournalEntry OfLeg(SessionKey session, UisCallLegRow leg, TimeZoneInfo zone, DateTimeOffset now)
    {
        var start = WireTime.ToUtc(leg.StartTime, zone);
        var connected = WireTime.ToUtc(leg.ConnectTime, zone);
        return Entry(session, "report_leg", now, new CallEvent
        {
            Kind = CallEventKind.ReportLeg,
            At = connected ?? start ?? now,
            StartedAt = start,
            FinishedAt = leg.TotalDuration is { } total && start is { } s ? s.AddSeconds(total) : null,
            LegIds = [leg.Id],
            Direction = DirectionOf(leg.Direction),
            VirtualNumber = leg.VirtualPhoneNumber,
            CallingNumber = leg.CallingPhoneNumber,
            CalledNumber = leg.CalledPhoneNumber,
            EmployeeId = leg.EmployeeId,
            EmployeeName = leg.EmployeeFullName,
            EmployeePhone = leg.EmployeePhoneNumber,
            TalkSeconds = leg.Duration,

            // The column says so; without it, an operator's leg that was connected for some time had a talk.
            Talked = leg.IsOperator != false && leg.IsCoach != true && (leg.IsTalked ?? (leg.ConnectTime is not null && leg.Duration > 0 && leg.IsOperator == true)),
        });
    }

    public static JournalEntry OfCall(SessionKey session, UisCallRow row, TimeZoneInfo zone, DateTimeOffset now)
    {
        var start = WireTime.ToUtc(row.StartTime, zone);
        var talked = row.LastTalkedEmployee?.Id ?? row.Employees.LastOrDefault(e => e.IsTalked == true)?.EmployeeId;
        return Entry(session, SessionRow, now, new CallEvent
        {
            Kind = CallEventKind.ReportSession,
            At = start ?? now,
            StartedAt = start,
            FinishedAt = WireTime.ToUtc(row.FinishTime, zone),
            Direction = DirectionOf(row.Direction),
            ClientPhone = row.ContactPhoneNumber,
            ClientName = row.ContactFullName,
            VirtualNumber = row.VirtualPhoneNumber,
            TalkSeconds = row.TalkDuration,
            TotalSeconds = row.TotalDuration,
            WaitSeconds = row.WaitDuration,
            IsLost = row.IsLost,
            LastTalkedEmployeeId = talked,
            Talked = talked is not null || row.TalkDuration > 0,
            ExternalId = row.CallApiExternalId,
            Tags = [.. row.Tags.Select(t => t.Name).Where(n => !string.IsNullOrEmpty(n)).Select(n => n!)],
        });
    }

    /// <summary>
    /// The recordings that a row lists: by its hashes alone (reference 2.7), so the notifications that bring the same files later, or brought them before,
    /// add nothing. Apart from the row's other facts: a call that was fully notified takes nothing else from it.
    /// </summary>
    /// <param name="known">Hashes that the journal has of this session.</param>
    /// <param name="media">Where the PBX keeps its files: <see cref="MediaAddress"/>.</param>
    public static IEnumerable<JournalEntry> OfRecordings(SessionKey session, UisCallRow row, IReadOnlyCollection<KnownRecording> known, Uri media, TimeZoneInfo zone, DateTimeOffset now)
    {
        var at = WireTime.ToUtc(row.FinishTime ?? row.StartTime, zone) ?? now;
        foreach (var (kind, name, folder, hashes) in new[]
        {
            (CallEventKind.RecordingReady, "report_record", "talk", row.CallRecords),
            (CallEventKind.VoiceMail, "report_voice_mail", "voice_mail", row.VoiceMailRecords),
        })
        {
            // A known file under another hash (its notification named another link) is the same file as long as the numbers agree.
            var ours = known.Where(k => k.VoiceMail == (kind == CallEventKind.VoiceMail)).ToList();
            var lacking = hashes.Where(h => !string.IsNullOrWhiteSpace(h)).Select(h => h.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(h => !ours.Exists(k => k.Hash.Equals(h, StringComparison.OrdinalIgnoreCase))).ToList();
            if (lacking.Count > 0 && ours.Count < hashes.Count)
            {
                yield return Entry(session, name, now, new CallEvent
                {
                    Kind = kind,
                    At = at,
                    StartedAt = WireTime.ToUtc(row.StartTime, zone),
                    FileLinks = [.. lacking.Select(h => MediaAddress.FileOf(media, folder, row.CommunicationId ?? row.Id, h))],
                });
            }
        }
    }

    private static CallDirection? DirectionOf(string? direction) => direction switch { "in" => CallDirection.In, "out" => CallDirection.Out, _ => null };

    private static JournalEntry Entry(SessionKey session, string kind, DateTimeOffset now, CallEvent facts)
    {
        var json = Encoding.UTF8.GetBytes(JournalJson.Write(facts));
        return new JournalEntry
        {
            Cabinet = session.Cabinet.Value,
            ReceivedAt = now,
            ContentKey = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{kind}|{session.Id}|"), .. json])),
            Method = "REPORT",
            Body = json,
            Mnemonic = kind,
            SessionId = session.Id,
            Event = facts,
            FromReport = true,
        };
    }
}

/// <summary>A recording that the journal has.</summary>
public readonly record struct KnownRecording(string Hash, bool VoiceMail);

/// <summary>Where the PBX keeps files of which a report names only the hash (reference 0.3, 2.7).</summary>
public static class MediaAddress
{
    /// <summary>The cabinet's host of the same brand as the Data API's: <c>dataapi[-jsonrpc].X</c> → <c>app.X</c>; of anything else its own.</summary>
    public static Uri Of(Uri dataApi)
    {
        var dot = dataApi.Host.IndexOf('.', StringComparison.Ordinal);
        return dataApi.Host.StartsWith("dataapi", StringComparison.OrdinalIgnoreCase) && dot > 0
            ? new UriBuilder(dataApi) { Host = $"app{dataApi.Host[dot..]}", Path = "/", Query = "" }.Uri
            : new Uri(dataApi, "/");
    }

    /// <param name="folder"><c>talk</c> or <c>voice_mail</c>.</param>
    /// <param name="id">The communication's id; of plain telephony it is the session's.</param>
    public static string FileOf(Uri media, string folder, long id, string hash) =>
        new Uri(media, string.Create(CultureInfo.InvariantCulture, $"/system/media/{folder}/{id}/{Uri.EscapeDataString(hash)}/")).ToString();
}
