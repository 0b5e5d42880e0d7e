using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>Fills <c>SearchNumber</c> whatever the caller sent, as the database trigger does (reference 4.2).</summary>
internal sealed class SearchNumberRule() : EntityRule("ContactCommunication", "AccountCommunication")
{
    public override void BeforeSave(EntityDraft draft)
    {
        var search = CommunicationTypes.SearchNumber(draft.Ref("CommunicationTypeId") ?? Guid.Empty, draft.Text("Number"));
        var size = draft.Schema["SearchNumber"].MaxLength;
        draft["SearchNumber"] = search.Length > size ? search[..size] : search;
    }
}
