using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>What a saved activity brings with it: duration, type, participants, reminders (reference 3.8).</summary>
internal sealed class ActivityRule(CreatioStore store) : EntityRule("Activity")
{
    private static readonly Guid ActivitySchema = new("c449d832-a4cc-4b01-b9d5-8a12c42a9f89");

    public override void BeforeSave(EntityDraft draft)
    {
        if (draft.Time("StartDate") is { } start && draft.Time("DueDate") is { } due)
        {
            draft["DurationInMinutes"] = (int)Math.Max(0, Math.Min(int.MaxValue, (due - start).TotalMinutes));
        }

        if ((draft.IsNew ? !draft.Given("TypeId") || draft["TypeId"] is null : draft["TypeId"] is null)
            && draft.Ref("ActivityCategoryId") is { } category
            && store.Table("ActivityCategory").Find(category)?.Ref("ActivityTypeId") is { } type)
        {
            draft["TypeId"] = type;
        }

        if (draft.Old?.Time("StartDate") is { } before && draft.Time("StartDate") is { } after && before != after)
        {
            Shift(draft, "RemindToOwnerDate", after - before);
            Shift(draft, "RemindToAuthorDate", after - before);
        }
    }

    public override void AfterSave(EntityDraft draft)
    {
        Participate(draft, "OwnerId", CrmIds.Responsible);
        Participate(draft, "ContactId", CrmIds.Participant);
        Remind(draft, "Owner", CrmIds.OwnerSource);
        Remind(draft, "Author", CrmIds.AuthorSource);
    }

    public override void AfterDelete(CrmRow row)
    {
        foreach (var reminding in Remindings(row.Id))
        {
            store.Delete(reminding.Schema, reminding.Id);
        }
    }

    private static void Shift(EntityDraft draft, string property, TimeSpan by)
    {
        if (!draft.Given(property) && draft.Time(property) is { } time)
        {
            draft[property] = time + by;
        }
    }

    private void Participate(EntityDraft draft, string property, Guid role)
    {
        if (!draft.Changed(property))
        {
            return;
        }

        var rows = store.Table("ActivityParticipant").By("ActivityId", draft.Id);
        if (draft.Old?.Ref(property) is { } former
            && rows.FirstOrDefault(row => row.Ref("ParticipantId") == former && row.Ref("RoleId") == role) is { } gone)
        {
            store.Delete(gone.Schema, gone.Id);
        }

        if (draft.Ref(property) is { } participant && !rows.Any(row => row.Ref("ParticipantId") == participant && row.Ref("RoleId") == role))
        {
            store.Add("ActivityParticipant", ("ActivityId", draft.Id), ("ParticipantId", participant), ("RoleId", role));
        }
    }

    private void Remind(EntityDraft draft, string whom, Guid source)
    {
        var existing = Remindings(draft.Id).FirstOrDefault(row => row.Ref("SourceId") == source);
        var final = draft.Ref("StatusId") is { } status && store.Table("ActivityStatus").Find(status)?.Flag("Finish") == true;
        if (final || !draft.Flag($"RemindTo{whom}") || draft.Time($"RemindTo{whom}Date") is not { } time || draft.Ref(whom + "Id") is not { } contact)
        {
            if (existing is not null)
            {
                store.Delete(existing.Schema, existing.Id);
            }

            return;
        }

        (string Column, object? Value)[] values =
        [
            ("AuthorId", draft["AuthorId"]),
            ("ContactId", contact),
            ("SourceId", source),
            ("RemindTime", time),
            ("SubjectId", draft.Id),
            ("SysEntitySchemaId", ActivitySchema),
            ("SubjectCaption", draft["Title"]),
            ("Description", draft["Title"]),
            ("PopupTitle", draft["Title"] is string { Length: > 250 } title ? title[..250] : draft["Title"]),
            ("NotificationTypeId", CrmIds.RemindingNotification),
        ];
        if (existing is null)
        {
            store.Add("Reminding", values);
        }
        else
        {
            store.Patch("Reminding", existing.Id, values);
        }
    }

    // Reminders that the hub made itself for the same subject are of other types or sources.
    private CrmRow[] Remindings(Guid activity) => [.. store.Table("Reminding").By("SubjectId", activity).Where(row =>
        row.Ref("NotificationTypeId") == CrmIds.RemindingNotification
        && (row.Ref("SourceId") == CrmIds.OwnerSource || row.Ref("SourceId") == CrmIds.AuthorSource)
        && row.Ref("SysEntitySchemaId") == ActivitySchema)];
}
