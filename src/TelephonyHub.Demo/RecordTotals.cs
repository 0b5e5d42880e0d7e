using System.Globalization;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Demo;

/// <summary>All records of the CRM against the sum of what the script expects: what single calls cannot see, such as a record without a call.</summary>
internal static class RecordTotals
{
    public static bool Print(DemoWorld world, DemoOutput output, IReadOnlyList<PlayedCall> played)
    {
        var (crm, wanted) = (world.Crm.Store, played.Select(p => p.Call.Expected).ToList());
        var files = played.Where(p => p.Call.Expected.CallRecord).Sum(p => p.Pbx.RecordHashes.Count);
        output.Heading("Records in the CRM, counted there");

        // The API user's own contact is one more.
        return Compare(output, "contacts", crm.Count("Contact"), world.Company.Users.Count + 1 + world.Company.Clients.Count + wanted.Count(w => w.Contact == ContactWish.Created))
            & Compare(output, "deals", crm.Count("Opportunity"), world.Company.Clients.Count(c => c.OpenDeal is not null) + wanted.Count(w => w.Deal == DealWish.Created))
            & Compare(output, "calls", crm.Count("Call"), wanted.Count(w => w.CallRecord))
            & Compare(output, "recording links", Files(crm), 3 * files)
            & Compare(output, "tasks", crm.Count("Activity"), wanted.Count(w => w.Task != TaskWish.None));
    }

    private static int Files(CreatioStore crm) => crm.Count("CallFile") + crm.Count("ContactFile") + crm.Count("OpportunityFile");

    private static bool Compare(DemoOutput output, string what, int found, int expected)
    {
        output.Verdict(found == expected, string.Create(CultureInfo.InvariantCulture, $"{what,-16} {found,3} of {expected} expected"));
        return found == expected;
    }
}
