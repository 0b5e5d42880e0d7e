using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>Compares what stands in the CRM after a call with what the rules want; every record once, with its owner. Read from the CRM, not from the hub.</summary>
public sealed class RecordCheck
{
    private readonly DemoWorld _world;
    private readonly List<string> _lines = [];
    private readonly List<string> _faults = [];

    public RecordCheck(DemoWorld world, DemoCall call, SimCall pbx, CrmBefore before, JsonNode detail)
    {
        _world = world;
        var crm = world.Crm.Store;
        var integrationId = string.Create(CultureInfo.InvariantCulture, $"{call.Cabinet}:{pbx.SessionId}");
        var calls = crm.Where("Call", r => r.Text("IntegrationId") == integrationId);
        var record = calls.Count > 0 ? calls[0] : null;
        var contacts = ContactsWith(crm, call.Client);
        var newDeals = crm.Where("Opportunity", r => !before.Deals.Contains(r.Id));
        var newTasks = crm.Where("Activity", r => !before.Tasks.Contains(r.Id));
        Contact(call, contacts, before, record);
        Deal(call, newDeals, record);
        Count("Call records", calls.Count, call.Expected.CallRecord ? 1 : 0);
        if (record is not null)
        {
            _lines.Add($"Call «{record.Text("Caption")}», {record.Int("TalkTime")} s of talk");
        }

        Links(pbx, record, call.Expected);
        Task(call, newTasks, record);
        if (_lines.Count == 0)
        {
            _lines.Add($"nothing, as the rule says ({Reason(detail)})");
        }

        foreach (var task in detail["tasks"]!.AsArray().Where(t => t!["state"]!.GetValue<string>() == "dead"))
        {
            _faults.Add($"{task!["kind"]} is dead: {task["category"]}, {task["error"]}");
        }
    }

    public bool IsRight => _faults.Count == 0;

    public void Print(DemoOutput output)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var line in _lines)
        {
            output.Step(now, "   ", "CRM", line);
        }

        foreach (var fault in _faults)
        {
            output.Step(now, "   ", "✗", fault);
        }
    }

    private static string Reason(JsonNode detail) => detail["plan"]?["rule"]?.GetValue<string>() ?? "internal call";

    private static List<CrmRow> ContactsWith(CreatioStore crm, string phone)
    {
        var ids = crm.Where("ContactCommunication", r => LastTen(r.Text("Number")) == LastTen(phone)).Select(r => r.Ref("ContactId")).Distinct().ToList();
        return [.. ids.Where(id => id is not null).Select(id => crm.Get("Contact", id!.Value))];
    }

    private static string LastTen(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length > 10 ? digits[^10..] : digits;
    }

    private void Contact(DemoCall call, List<CrmRow> contacts, CrmBefore before, CrmRow? record)
    {
        var wish = call.Expected.Contact;
        if (wish == ContactWish.None)
        {
            // The number of an internal call is an employee's: his contact is there, and the call must not point to it.
            Count("contacts created", contacts.Count(c => !before.Contacts.Contains(c.Id)), 0);
            Same("the call's contact", record?.Ref("ContactId"), null);
            return;
        }

        Count($"contacts with {CallSteps.Phone(call.Client)}", contacts.Count, 1);
        if (contacts.Count == 0)
        {
            return;
        }

        var contact = contacts[0];
        var created = !before.Contacts.Contains(contact.Id);
        Same("contact created", created, wish == ContactWish.Created);
        Same("the call's contact", record?.Ref("ContactId"), contact.Id);
        if (call.Expected.Owner is { } owner)
        {
            Same("owner of the contact", Name(contact, "OwnerId"), owner);
        }

        _lines.Add($"contact «{contact.Text("Name")}» {(created ? "created" : "found")}, owner {Name(contact, "OwnerId")}");
    }

    private void Deal(DemoCall call, IReadOnlyList<CrmRow> created, CrmRow? record)
    {
        Count("deals created", created.Count, call.Expected.Deal == DealWish.Created ? 1 : 0);
        var linked = record?.Ref("OpportunityId");
        Same("the call has a deal", linked is not null, call.Expected.Deal != DealWish.None);
        if (linked is { } id && _world.Crm.Store.Find("Opportunity", id) is { } deal)
        {
            Same("owner of the deal", Name(deal, "OwnerId"), call.Expected.Owner);
            Same("the deal's contact", deal.Ref("ContactId"), record!.Ref("ContactId"));
            _lines.Add($"deal «{deal.Text("Title")}» {(created.Any(d => d.Id == id) ? "created" : "was open, linked")}, owner {Name(deal, "OwnerId")}");
        }
    }

    private void Links(SimCall pbx, CrmRow? record, Expected expected)
    {
        var store = _world.Crm.Store;
        var files = expected.CallRecord ? pbx.RecordHashes.Count : 0;
        var onCall = record is null ? [] : store.By("CallFile", "CallId", record.Id);
        var names = onCall.Select(f => f.Text("Name")).ToHashSet(StringComparer.Ordinal);
        Count("recording links on the call", onCall.Count, files);
        Count("recording links on the contact", store.Where("ContactFile", f => names.Contains(f.Text("Name")) && f.Ref("ContactId") == record?.Ref("ContactId")).Count, files);
        Count("recording links on the deal", store.Where("OpportunityFile", f => names.Contains(f.Text("Name")) && f.Ref("OpportunityId") == record?.Ref("OpportunityId")).Count, files);
        _lines.AddRange(names.Select(name => $"recording {name} on call, contact and deal"));
    }

    private void Task(DemoCall call, IReadOnlyList<CrmRow> created, CrmRow? record)
    {
        Count("tasks created", created.Count, call.Expected.Task == TaskWish.None ? 0 : 1);
        if (created.Count == 0)
        {
            return;
        }

        var task = created[0];
        Same("the call's task", record?.Ref("ActivityId"), task.Id);
        Same("owner of the task", Name(task, "OwnerId"), call.Expected.Owner);
        var (due, zone) = (task.Time("DueDate") ?? default, _world.ZoneOf(call.Cabinet, Name(task, "OwnerId")));
        Same("the task has a due date in the future", due > TimeProvider.System.GetUtcNow(), true);
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"task «{task.Text("Title")}» for {Name(task, "OwnerId")}, due {TimeZoneInfo.ConvertTime(due, zone):ddd d MMM HH:mm} ({zone.Id})"));
    }

    private string Name(CrmRow row, string property) => _world.Company.NameOf(row.Ref(property));

    private void Count(string what, int found, int wanted) => Same(what, found, wanted);

    private void Same<T>(string what, T found, T wanted)
    {
        if (!EqualityComparer<T>.Default.Equals(found, wanted))
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {found}, expected {wanted}"));
        }
    }
}
