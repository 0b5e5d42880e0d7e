using System.Globalization;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>Order number from the code mask when empty (reference 3.6); the names of the two settings are ours.</summary>
internal sealed class OrderRule(CreatioStore store) : EntityRule("Order")
{
    public override void BeforeSave(EntityDraft draft)
    {
        if (!draft.IsNew || draft.Text("Number").Length > 0)
        {
            return;
        }

        var last = (store.Settings.GetValueOrDefault("OrderLastNumber") as int? ?? 0) + 1;
        store.Settings["OrderLastNumber"] = last;
        var mask = store.Settings.GetValueOrDefault("OrderCodeMask") as string ?? "{0}";
        draft["Number"] = string.Format(CultureInfo.InvariantCulture, mask, last);
    }
}
