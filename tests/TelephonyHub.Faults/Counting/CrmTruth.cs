using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Faults;

/// <summary>What stands in the CRM at this moment, arranged for counting.</summary>
internal sealed class CrmTruth
{
    private readonly ILookup<string, Guid> _contactsByNumber;
    private readonly ILookup<Guid?, CrmRow> _deals;
    private readonly ILookup<string, CrmRow> _calls;
    private readonly ILookup<Guid?, CrmRow> _activities;
    private readonly Dictionary<string, ILookup<Guid?, CrmRow>> _files;
    private readonly CreatioStore _store;

    public CrmTruth(CreatioStore store)
    {
        _store = store;
        _contactsByNumber = store.All("ContactCommunication").Where(c => c.Ref("ContactId") is not null)
            .Select(c => (Number: LastTen(c.Text("Number")), Contact: c.Ref("ContactId")!.Value)).Distinct().ToLookup(c => c.Number, c => c.Contact, StringComparer.Ordinal);
        _deals = store.All("Opportunity").ToLookup(d => d.Ref("ContactId"));
        _calls = store.All("Call").ToLookup(c => c.Text("IntegrationId"), StringComparer.Ordinal);
        _activities = store.All("Activity").ToLookup(a => a.Ref("ContactId"));
        var pointedTo = store.All("Call").Select(c => c.Ref("ActivityId")).ToHashSet();
        var alone = store.All("Activity").Where(a => !pointedTo.Contains(a.Id)).ToList();
        var closedAgain = alone.Count(a => !IsOpen(a));
        OfNoCall = [.. alone.Where(IsOpen)];
        _files = new[] { "Call", "Contact", "Opportunity" }.ToDictionary(p => p, p => store.All(p + "File").ToLookup(f => f.Ref(p + "Id")), StringComparer.Ordinal);
        Totals = new RecordTotals(store.Count("Contact"), store.Count("Opportunity"), store.Count("Call"), _files.Values.Sum(f => f.Sum(g => g.Count())), store.Count("Activity") - closedAgain, closedAgain);
    }

    public RecordTotals Totals { get; }

    /// <summary>Open tasks that no call refers to.</summary>
    public IReadOnlyList<CrmRow> OfNoCall { get; }

    public IReadOnlyList<Guid> Contacts(string phone) => [.. _contactsByNumber[LastTen(phone)]];

    public CrmRow Contact(Guid id) => _store.Get("Contact", id);

    public IReadOnlyList<CrmRow> Deals(Guid contact) => [.. _deals[contact]];

    public IReadOnlyList<CrmRow> Calls(string integrationId) => [.. _calls[integrationId]];

    public IReadOnlyList<CrmRow> Activities(Guid contact) => [.. _activities[contact]];

    public CrmRow? Activity(Guid? id) => id is { } key ? _store.Find("Activity", key) : null;

    public bool IsOpen(CrmRow activity) => activity.Ref("StatusId") is not { } status || _store.Find("ActivityStatus", status)?.Flag("Finish") != true;

    public int Files(string parent, Guid id) => _files[parent][id].Count();

    private static string LastTen(string number)
    {
        var digits = new string([.. number.Where(char.IsAsciiDigit)]);
        return digits.Length <= 10 ? digits : digits[^10..];
    }
}

/// <summary>All records of the CRM: what single clients cannot show, such as a task without a call.</summary>
/// <param name="Activities">Without those of <paramref name="ClosedAgain"/>; an open task that no call refers to is among them, and counts as doubled.</param>
/// <param name="ClosedAgain">
/// Tasks whose reason is gone, completed and referred to by no call: a call that looked missed turned out to be answered (contract, section 2: "missed →
/// answered closes the call-back task and adds deal and follow-up").
/// </param>
internal sealed record RecordTotals(int Contacts, int Deals, int Calls, int Files, int Activities, int ClosedAgain)
{
    public static RecordTotals operator -(RecordTotals a, RecordTotals b) =>
        new(a.Contacts - b.Contacts, a.Deals - b.Deals, a.Calls - b.Calls, a.Files - b.Files, a.Activities - b.Activities, a.ClosedAgain - b.ClosedAgain);
}
