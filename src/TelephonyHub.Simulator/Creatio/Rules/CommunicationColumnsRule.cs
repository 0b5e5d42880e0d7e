using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>A phone or e-mail written to the card creates, changes or deletes the primary communication of its type (reference 3.3).</summary>
internal sealed class CommunicationColumnsRule(CreatioStore store) : EntityRule("Contact", "Account")
{
    public override void AfterSave(EntityDraft draft)
    {
        var entity = draft.Schema.Name;
        foreach (var (column, type) in CommunicationTypes.Columns(entity))
        {
            if (draft.Changed(column))
            {
                Write(entity, draft.Id, type, draft.Text(column));
            }
        }
    }

    private void Write(string entity, Guid parent, Guid type, string number)
    {
        var table = entity + "Communication";
        var current = store.Table(table).By(entity + "Id", parent)
            .Where(row => row.Ref("CommunicationTypeId") == type)
            .OrderByDescending(row => row.Flag("Primary"))
            .FirstOrDefault();
        if (number.Length == 0)
        {
            if (current is not null)
            {
                store.Delete(current.Schema, current.Id);
            }
        }
        else if (current is not null)
        {
            store.Patch(table, current.Id, ("Number", number));
        }
        else
        {
            store.Insert(
                store.Schema[table],
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [entity + "Id"] = parent,
                    ["CommunicationTypeId"] = type,
                    ["Number"] = number,
                    ["Primary"] = true,
                });
        }
    }
}
