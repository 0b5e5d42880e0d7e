using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>History of stages: a row for the first stage and for every change of stage or owner; the one before it is closed (reference 3.5).</summary>
internal sealed class OpportunityRule(CreatioStore store, TimeProvider time) : EntityRule("Opportunity")
{
    public override void AfterSave(EntityDraft draft)
    {
        if (!draft.IsNew && !draft.Changed("StageId") && !draft.Changed("OwnerId"))
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var open in store.Table("OpportunityInStage").By("OpportunityId", draft.Id).Where(row => !row.Flag("Historical")))
        {
            store.Patch("OpportunityInStage", open.Id, ("Historical", true), ("DueDate", now));
        }

        store.Add(
            "OpportunityInStage",
            ("OpportunityId", draft.Id),
            ("StageId", draft["StageId"]),
            ("StartDate", now),
            ("OwnerId", draft["OwnerId"]),
            ("Historical", false));
    }
}
