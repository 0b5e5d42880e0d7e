using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>Keeps one primary communication of each type and writes its number to the column of the card (reference 3.3).</summary>
internal sealed class CommunicationRule(CreatioStore store) : EntityRule("ContactCommunication", "AccountCommunication")
{
    public override void AfterSave(EntityDraft draft)
    {
        if (Parent(draft.Schema.Name) is var (entity, property) && draft.Ref(property) is { } parent && draft.Ref("CommunicationTypeId") is { } type)
        {
            Settle(draft.Schema.Name, entity, property, parent, type, draft.Id);
            if (draft.Old?.Ref("CommunicationTypeId") is { } before && before != type)
            {
                Settle(draft.Schema.Name, entity, property, parent, before, null);
            }
        }
    }

    public override void AfterDelete(CrmRow row)
    {
        var (entity, property) = Parent(row.Entity);
        if (row.Flag("Primary") && row.Ref(property) is { } parent && row.Ref("CommunicationTypeId") is { } type)
        {
            Settle(row.Entity, entity, property, parent, type, null);
        }
    }

    private static (string Entity, string Property) Parent(string communication) =>
        communication == "ContactCommunication" ? ("Contact", "ContactId") : ("Account", "AccountId");

    private void Settle(string table, string entity, string property, Guid parent, Guid type, Guid? saved)
    {
        var rows = store.Table(table).By(property, parent).Where(row => row.Ref("CommunicationTypeId") == type).ToArray();
        var primary = rows.FirstOrDefault(row => row.Id == saved && row.Flag("Primary"))
            ?? rows.FirstOrDefault(row => row.Flag("Primary"))
            ?? rows.FirstOrDefault(row => row.Id == saved)
            ?? rows.FirstOrDefault();
        foreach (var row in rows.Where(row => row.Flag("Primary") != (row == primary)))
        {
            store.Patch(table, row.Id, ("Primary", row == primary));
        }

        if (CommunicationTypes.Column(entity, type) is { } column)
        {
            store.Patch(entity, parent, (column, primary?.Text("Number")));
        }
    }
}
