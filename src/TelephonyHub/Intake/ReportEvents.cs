using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Intake;

/// <summary>Rows of a cabinet's own reports → journal entries with source "report": they flow the same way as webhooks.</summary>
public static class ReportEvents
{
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
        return Entry(session, "report_call", now, new CallEvent
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
