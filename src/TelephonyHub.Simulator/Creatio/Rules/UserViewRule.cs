using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary><c>VwSysAdminUnit</c> shows the users of <c>SysAdminUnit</c> under the same ids.</summary>
internal sealed class UserViewRule(CreatioStore store) : EntityRule("SysAdminUnit")
{
    private static readonly string[] Shared = ["Name", "Description", "ContactId", "AccountId", "Active", "ConnectionType", "Email", "Phone"];

    public override void AfterSave(EntityDraft draft)
    {
        var values = Shared.Select(property => (property, draft[property])).ToArray();
        if (store.Table("VwSysAdminUnit").Find(draft.Id) is not null)
        {
            store.Patch("VwSysAdminUnit", draft.Id, values);
        }
        else
        {
            var view = store.Schema["VwSysAdminUnit"];
            store.Add("VwSysAdminUnit", [("Id", draft.Id), ("SysAdminUnitId", draft.Id), .. values.Where(value => view.Find(value.property) is not null)]);
        }
    }

    public override void AfterDelete(CrmRow row) => store.Delete(store.Schema["VwSysAdminUnit"], row.Id);
}
