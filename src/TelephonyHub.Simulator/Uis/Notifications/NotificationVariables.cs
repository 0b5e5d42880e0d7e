using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Notifications;

/// <summary>Values of the variables of section 3.5. Types matter: text, long, bool, lists; a missing entry is rendered as null.</summary>
internal static class NotificationVariables
{
    public static Dictionary<string, object?> Of(CallSession session, string mnemonic, EventFacts facts, bool milliseconds)
    {
        var cabinet = session.Cabinet;
        var start = session.Start;
        var leg = facts.Leg ?? facts.Talk?.Operator;
        var employee = facts.Employee ?? leg?.Employee;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["notification_name"] = EventNames.Titles[mnemonic],
            ["notification_mnemonic"] = mnemonic,
            ["notification_time"] = cabinet.WireTime(session.Now, milliseconds),
            ["notification_timestamp"] = cabinet.Skewed(session.Now).ToUnixTimeSeconds(),
            ["event_timestamp"] = cabinet.Skewed(session.Now).ToUnixTimeSeconds(),
            ["app_id"] = cabinet.Options.AppId,
            ["tp_project"] = "uis",
            ["call_session_id"] = session.Id,
            ["communication_id"] = session.Id,
            ["communication_type"] = "call",
            ["virtual_phone_number"] = start.VirtualNumber,
            ["contact_phone_number"] = start.Contact,
            ["contact_id"] = session.ContactId,
            ["contact_full_name"] = session.ContactId is null ? null : start.ContactFullName,
            ["contact_group_ids"] = Array.Empty<long>(),
            ["communication_number"] = (long)session.CommunicationNumber,
            ["external_id"] = start.ExternalId,
            ["direction"] = start.Direction,
            ["call_source"] = start.Source,
            ["scenario_id"] = start.Scenario?.Id,
            ["scenario_name"] = start.Scenario?.Name,
            ["start_time"] = cabinet.WireTime(session.StartedAt, milliseconds),
            ["is_internal"] = session.IsInternal,
            ["is_transfer"] = session.Transferred,
            ["employee_id"] = employee?.Id,
            ["employee_full_name"] = employee?.FullName,
            ["employee_email"] = employee?.Email,
            ["employee_phone_number"] = employee is null ? null : leg?.Phone ?? start.CallerPhone ?? employee.PhoneNumbers.FirstOrDefault(),
            ["calling_phone_number"] = leg is not null ? leg.Calling : start.IsIncoming ? start.Contact : start.VirtualNumber,
            ["called_phone_number"] = leg is not null ? leg.Called : start.IsIncoming ? start.VirtualNumber : start.Contact,
            ["leg_id"] = facts.Leg?.Id,
            ["leg_ids"] = facts.Talk is { } talk ? new[] { talk.First.Id, talk.Second.Id } : null,
            ["status"] = facts.Status,
            ["tag_id"] = facts.Tag?.Id,
            ["tag_name"] = facts.Tag?.Name,
            ["tag_ids"] = session.Tags.Count == 0 ? null : session.Tags.Select(tag => tag.Id).ToArray(),
            ["tag_names"] = session.Tags.Count == 0 ? null : session.Tags.Select(tag => tag.Name).ToArray(),
            ["wait_time_duration"] = Seconds(session.Wait),
        };

        AddOutcome(values, session, mnemonic, facts, milliseconds);
        return values;
    }

    private static void AddOutcome(
        Dictionary<string, object?> values, CallSession session, string mnemonic, EventFacts facts, bool milliseconds)
    {
        if (string.Equals(mnemonic, EventNames.TalkFinished, StringComparison.Ordinal))
        {
            values["talk_time_duration"] = Seconds(facts.Talk!.Duration(session.Now));
        }

        if (facts.Record is { } record)
        {
            values["file_link"] = session.FileLink(record).AbsoluteUri;
            values["file_duration"] = Seconds(record.Duration);
        }

        if (session.FinishedAt is not { } finishedAt)
        {
            return;
        }

        values["finish_time_localized"] = session.Cabinet.WireTime(finishedAt, milliseconds);
        values["total_time_duration"] = Seconds(session.Total);
        values["talk_time_duration"] = Seconds(session.TalkTime);
        values["is_lost"] = session.IsLost;
        values["first_talked_employee_email"] = session.FirstTalk?.Operator.Employee?.Email;
        values["last_talked_employee_email"] = session.LastTalk?.Operator.Employee?.Email;
        values["last_talked_employee_id"] = session.LastTalk?.Operator.Employee?.Id;
        values["first_answered_employee_email"] =
            session.Legs.FirstOrDefault(leg => leg is { IsOperator: true, IsCoach: false, ConnectedAt: not null })?.Employee?.Email;
        var rung = session.Legs.Where(leg => leg is { IsOperator: true, IsCoach: false, Employee: not null }).Select(leg => leg.Employee!).Distinct().ToList();
        values["employee_ids"] = rung.Select(employee => employee.Id).ToArray();
        values["noanswered_employee_full_names"] = session.IsLost ? rung.Select(employee => employee.FullName).ToArray() : Array.Empty<string>();
        values["group_ids"] = session.Legs.Where(leg => leg.GroupId is not null).Select(leg => leg.GroupId!.Value).Distinct().ToArray();
        values["lost_reason"] = session.IsLost ? LostReason(session) : null;
        values["record_file_links"] = session.Records.Select(record => session.FileLink(record).AbsoluteUri).ToArray();
    }

    private static string LostReason(CallSession session) => session.FinishReason switch
    {
        "subscriber_disconnects" => "Абонент разъединился",
        _ => "Не дозвонились до сотрудника",
    };

    private static long Seconds(TimeSpan duration) => (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
}
