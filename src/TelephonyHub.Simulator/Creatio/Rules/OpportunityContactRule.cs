using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>One main contact per opportunity (reference 3.5).</summary>
internal sealed class OpportunityContactRule(CreatioStore store) : EntityRule("OpportunityContact")
{
    public override void AfterSave(EntityDraft draft)
    {
        if (!draft.Flag("IsMainContact") || draft.Ref("OpportunityId") is not { } opportunity)
        {
            return;
        }

        foreach (var other in store.Table("OpportunityContact").By("OpportunityId", opportunity).Where(row => row.Id != draft.Id))
        {
            store.Patch("OpportunityContact", other.Id, ("IsMainContact", false));
        }
    }
}
