namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>What the server does around a save of some entities (reference 3). Runs inside the store's lock.</summary>
internal abstract class EntityRule(params string[] entities)
{
    public IReadOnlyList<string> Entities { get; } = entities;

    public virtual void BeforeSave(EntityDraft draft)
    {
    }

    public virtual void AfterSave(EntityDraft draft)
    {
    }

    public virtual void AfterDelete(CrmRow row)
    {
    }
}
