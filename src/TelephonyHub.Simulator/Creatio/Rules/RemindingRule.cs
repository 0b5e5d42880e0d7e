using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>
/// Which saved <c>Reminding</c> rows are pushed at once and which wait for the job (reference 5.2). The push itself is the browsers' side.
/// </summary>
internal sealed class RemindingRule(TimeProvider time, Action<EntityDraft> push) : EntityRule("Reminding")
{
    private static readonly string[] Resending = ["RemindTime", "ContactId", "Description", "SubjectCaption"];

    public override void BeforeSave(EntityDraft draft)
    {
        if (IsReminding(draft) && (draft.IsNew || draft.Changed("RemindTime")))
        {
            draft["IsNeedToSend"] = draft.Time("RemindTime") > time.GetUtcNow();
        }
    }

    public override void AfterSave(EntityDraft draft)
    {
        var send = IsReminding(draft)
            ? (draft.IsNew || draft.Changed("RemindTime")) && !(draft.Time("RemindTime") > time.GetUtcNow())
            : draft.IsNew || Resending.Any(draft.Changed);
        if (send)
        {
            push(draft);
        }
    }

    private static bool IsReminding(EntityDraft draft) => draft.Ref("NotificationTypeId") == CrmIds.RemindingNotification;
}
