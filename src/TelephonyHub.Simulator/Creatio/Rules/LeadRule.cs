using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>Stage of a new lead and its display name (reference 3.4).</summary>
internal sealed class LeadRule(CreatioStore store) : EntityRule("Lead")
{
    public override void BeforeSave(EntityDraft draft)
    {
        if (draft.IsNew && !(draft.Given("QualifyStatusId") && draft["QualifyStatusId"] is not null))
        {
            draft["QualifyStatusId"] = Flag("UseTheSalesReadyLeadLifecycle") && store.Settings.GetValueOrDefault("DefaultLeadStage") is Guid stage
                ? stage
                : CrmIds.QualificationLead;
        }

        if (!Flag("FillingInLeadNameWithProcess"))
        {
            draft["LeadName"] = Name(draft);
        }
    }

    private bool Flag(string setting) => store.Settings.GetValueOrDefault(setting) is true;

    private string Name(EntityDraft draft)
    {
        var need = draft.Ref("LeadTypeId") is { } type ? store.Table("LeadType").Find(type)?.Text("Name") ?? "" : "";
        var who = string.Join(", ", new[] { draft.Text("Contact"), draft.Text("Account") }.Where(part => part.Length > 0));
        var name = string.Join(" / ", new[] { need, who }.Where(part => part.Length > 0));
        return name.Length > 500 ? name[..500] : name;
    }
}
