using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>
/// The measure of all: what happened on the phone (the stand-in for UIS knows), against the journal (the hub's API), the CRM (its stand-in) and the hub's own
/// proof. Expectations follow from the default rules of the product.
/// </summary>
internal sealed class Counter(FaultWorld world)
{
    private readonly Dictionary<string, Guid> _ownerByPhone = world.Uis.Cabinets.Values.SelectMany(c => c.Employees)
        .SelectMany(e => e.PhoneNumbers.Select(p => (Phone: p, Owner: world.Users[e.Email!].ContactId))).DistinctBy(p => p.Phone).ToDictionary(p => p.Phone, p => p.Owner, StringComparer.Ordinal);

    private readonly HashSet<Guid> _duty = [.. world.Uis.Cabinets.Values.Select(c => world.Users[c.Employees[3].Email!].ContactId)];

    /// <param name="stories">All that happened since <paramref name="before"/> was taken.</param>
    /// <param name="before">What stood in the CRM then, the known clients included.</param>
    public async Task<FaultCount> CountAsync(IReadOnlyList<ClientStory> stories, RecordTotals before)
    {
        var (count, crm) = (new FaultCount(), new CrmTruth(world.Crm.Store));
        var journal = await JournalAsync();
        var wanted = new Wanted();
        foreach (var story in stories)
        {
            foreach (var session in story.Sessions)
            {
                CountInJournal(count, journal, story, session);
            }

            if (!story.Internal)
            {
                CountInCrm(count, crm, story, wanted);
            }
        }

        var made = crm.Totals - before;
        count.Expect("contacts altogether", made.Contacts, wanted.Contacts, wanted.Contacts);
        count.Expect("deals altogether", made.Deals, wanted.Deals, wanted.Deals);
        count.Expect("calls altogether", made.Calls, wanted.Calls, wanted.Calls);
        count.Expect("recording links altogether", made.Files, wanted.Files, wanted.Files);
        count.Expect("tasks altogether", made.Activities, wanted.Activities, wanted.Activities);
        foreach (var task in made.Activities > wanted.Activities ? crm.OfNoCall : [])
        {
            count.Note($"open task of no call: {task.Text("Title")}, {task.Id}, due {task.Text("DueDate")}");
        }

        count.ClosedAgain = made.ClosedAgain;
        await CompareProofAsync(count);
        return count;
    }

    private void CountInJournal(FaultCount count, Dictionary<string, List<JsonNode>> journal, ClientStory story, SimCall session)
    {
        var found = journal.GetValueOrDefault(KeyOf(session)) ?? [];
        count.Expect($"{KeyOf(session)} in the journal", found.Count, 1, 1);
        if (found.Count > 0 && !story.Internal)
        {
            count.ExpectState(KeyOf(session), found[0]["state"]!.GetValue<string>(), !session.Lost ? "answered" : session.Direction == "in" ? "missed" : "notReached");
        }
    }

    private void CountInCrm(FaultCount count, CrmTruth crm, ClientStory story, Wanted wanted)
    {
        var name = KeyOf(story.Calls[0]);
        var answered = story.Sessions.Any(s => !s.Lost);
        var contacts = crm.Contacts(story.Phone);
        var wantedContacts = story.Known is not null || answered ? 1 : 0;
        count.Expect($"contact of {name}", contacts.Count, wantedContacts, wantedContacts);
        wanted.Contacts += story.Known is null ? wantedContacts : 0;
        var owners = story.Known is { } known ? [known.OwnerId] : story.Conversations.Where(c => c.Any(s => !s.Lost)).Select(TalkedLast).OfType<Guid>().ToHashSet();
        foreach (var contact in contacts)
        {
            count.ExpectOwner($"contact of {name}", crm.Contact(contact).Ref("OwnerId"), owners);
            var deals = crm.Deals(contact);
            var wantedDeals = answered || story.Known is { OpenDeal: true } ? 1 : 0;
            count.Expect($"deal of {name}", deals.Count, wantedDeals, wantedDeals);
            foreach (var deal in deals)
            {
                count.ExpectOwner($"deal of {name}", deal.Ref("OwnerId"), owners);
                count.Expect($"recordings at the deal of {name}", crm.Files("Opportunity", deal.Id), Records(story), Records(story));
            }

            var onContact = Records(story) + VoiceMails(story);
            count.Expect($"recordings at the contact of {name}", crm.Files("Contact", contact), onContact, onContact);
            wanted.Files += onContact;
        }

        wanted.Deals += answered && story.Known is not { OpenDeal: true } ? 1 : 0;
        wanted.Files += Records(story) * (answered ? 1 : 0);
        CountConversations(count, crm, story, owners, wanted);
    }

    private void CountConversations(FaultCount count, CrmTruth crm, ClientStory story, HashSet<Guid> owners, Wanted wanted)
    {
        foreach (var conversation in story.Conversations)
        {
            foreach (var session in conversation)
            {
                var calls = crm.Calls(KeyOf(session));
                count.Expect($"call {KeyOf(session)}", calls.Count, 1, 1);
                wanted.Calls++;
                var files = session.RecordHashes.Count + session.VoiceMailHashes.Count;
                wanted.Files += files;
                foreach (var call in calls)
                {
                    count.Expect($"recordings at call {KeyOf(session)}", crm.Files("Call", call.Id), files, files);
                }
            }

            var answered = conversation.Any(s => !s.Lost);
            var tasks = answered || conversation[0].Direction == "in" ? 1 : 0;
            wanted.Activities += tasks;
            if (crm.Calls(KeyOf(conversation[0])) is [var record, ..])
            {
                var task = crm.Activity(record.Ref("ActivityId"));

                // Nobody of the load was reached by another call: a task that is completed would remind nobody.
                count.Expect($"open task of {KeyOf(conversation[0])}", task is not null && crm.IsOpen(task) ? 1 : 0, tasks, tasks);
                if (task is not null)
                {
                    count.ExpectOwner($"task of {KeyOf(conversation[0])}", task.Ref("OwnerId"), answered || story.Known is not null ? owners : [.. Rung(conversation), .. _duty]);
                }
            }
        }
    }

    private async Task<Dictionary<string, List<JsonNode>>> JournalAsync()
    {
        var journal = new Dictionary<string, List<JsonNode>>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await world.Api.GetFromJsonAsync<JsonNode>($"api/v1/calls?limit=200{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"))!;
            foreach (var item in page["items"]!.AsArray().Select(i => i!))
            {
                var key = $"{item["cabinet"]}:{item["sessionId"]}";
                journal.TryAdd(key, []);
                journal[key].Add(item);
            }

            cursor = page["nextCursor"]?.GetValue<string>();
        }

        return journal;
    }

    /// <summary>The hub's proof against what it cannot know: what the telephone really did.</summary>
    private async Task CompareProofAsync(FaultCount count)
    {
        var items = (await world.Api.GetFromJsonAsync<JsonNode>("api/v1/reconciliation"))!["items"]!.AsArray().Select(i => i!).ToList();
        count.ProofEqual = true;
        foreach (var (key, cabinet) in world.Uis.Cabinets)
        {
            var days = items.Where(i => i["cabinet"]!.GetValue<string>() == key).ToList();
            int Sum(string figure) => days.Sum(d => d[figure]!.GetValue<int>());
            var inCrm = world.Crm.Store.Where("Call", c => c.Text("IntegrationId").StartsWith(key + ":", StringComparison.Ordinal)).Count;
            var (truth, pbx, journal, expected, crm) = (cabinet.Calls.Count, Sum("pbx"), Sum("journal"), Sum("crmExpected"), Sum("crm"));
            if (truth != pbx || pbx != journal || expected != crm || crm != inCrm || days.Any(d => d["differences"]!.AsArray().Any(x => x!["sessionId"] is not null)))
            {
                count.ProofEqual = false;
                count.Note(string.Create(CultureInfo.InvariantCulture, $"proof of {key}: happened {truth}, PBX {pbx}, journal {journal}; expected {expected}, CRM {crm}, there {inCrm}: {string.Join("; ", days.Select(d => d["differences"]!.ToJsonString()))}"));
            }
        }
    }

    public static string KeyOf(SimCall call) => string.Create(CultureInfo.InvariantCulture, $"{call.Cabinet}:{call.SessionId}");

    private static int Records(ClientStory story) => story.Sessions.Sum(s => s.RecordHashes.Count);

    private static int VoiceMails(ClientStory story) => story.Sessions.Sum(s => s.VoiceMailHashes.Count);

    /// <summary>Who was the last to talk with the client: in the session that the transfer opened, if there is one.</summary>
    private Guid? TalkedLast(IReadOnlyList<SimCall> conversation) =>
        conversation.Last(s => !s.Lost) is var session && session.TalkedEmployeeId is { } id && world.Uis.Cabinets[session.Cabinet].Employees.FirstOrDefault(e => e.Id == id) is { } employee
            ? world.Users[employee.Email!].ContactId
            : session.TalkedPhone is { } phone && _ownerByPhone.TryGetValue(phone, out var owner) ? owner : null;

    private IEnumerable<Guid> Rung(IReadOnlyList<SimCall> conversation) =>
        conversation.SelectMany(s => s.Legs).Where(l => l.IsOperator && l.Called is not null).Select(l => _ownerByPhone.TryGetValue(l.Called!, out var owner) ? owner : Guid.Empty);

    private sealed class Wanted
    {
        public int Contacts { get; set; }

        public int Deals { get; set; }

        public int Calls { get; set; }

        public int Files { get; set; }

        public int Activities { get; set; }
    }
}
