using System.Text.Json;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Rules;

/// <summary>A request's body → a rule that makes sense by itself, or what is wrong with it, by field.</summary>
internal sealed class RuleReader(HubSettings settings, DirectoryService directory)
{
    private static readonly Dictionary<string, CallDirection> Directions = new(StringComparer.Ordinal) { ["in"] = CallDirection.In, ["out"] = CallDirection.Out };
    private static readonly Dictionary<string, bool> Clients = new(StringComparer.Ordinal) { ["known"] = true, ["unknown"] = false };
    private static readonly Dictionary<string, bool> Results = new(StringComparer.Ordinal) { ["answered"] = true, ["missed"] = false };
    private static readonly Dictionary<string, ContactAction> Contacts = new(StringComparer.Ordinal) { ["none"] = ContactAction.None, ["find"] = ContactAction.Find, ["create"] = ContactAction.FindOrCreate };

    /// <param name="body">The request's.</param>
    /// <param name="id">Of the rule it becomes.</param>
    /// <param name="version">Of the rule as the caller knows it, where the body says so.</param>
    /// <param name="faults">By field; empty when all is right.</param>
    public CallRule Read(JsonElement body, string id, out int? version, out Dictionary<string, string[]> faults)
    {
        faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults["$"] = ["must be a JSON object."];
            body = JsonDocument.Parse("{}").RootElement;
        }

        var fields = new JsonFields(body, faults);
        var key = Key(fields.Object("when"));
        var callBack = key is { Direction: CallDirection.In, Answered: false };
        version = fields.Number("version", 0, int.MaxValue);
        var rule = new CallRule
        {
            Id = id,
            Name = fields.Text("name", 200) ?? "",
            When = key,
            Contact = fields.Choice("contact", Contacts),
            Deal = Deal(fields.Object("deal")),
            Task = Task(fields.Object("task"), callBack),
            Card = fields.Choice("card", Words<CardTiming>(), CardTiming.None),
            CallRecord = fields.Flag("callRecord", fallback: true),
            RecordingLinks = fields.Choices("recordingLinks", Words<RecordingParent>()) ?? [],
        };
        if (rule.Name.Length == 0)
        {
            fields.Fault("name", "is required.");
        }

        fields.RefuseOthers("id");
        CheckTogether(rule, fields);
        return rule;
    }

    private RuleKey Key(JsonFields when)
    {
        var cabinet = when.Text("cabinet", 40);
        if (cabinet is not null && !settings.TryCabinet(cabinet, out _))
        {
            when.Fault("cabinet", $"must be empty or one of {string.Join(", ", settings.Cabinets.Keys.Select(k => k.Value).Order(StringComparer.Ordinal))}.");
        }

        var number = when.Text("dialledNumber", 50);
        var dialled = PhoneNumber.TryParse(number);
        if (number is not null && dialled is null)
        {
            when.Fault("dialledNumber", "must be a phone number.");
        }

        var key = new RuleKey(
            cabinet?.ToLowerInvariant(),
            when.Choice("direction", Directions),
            when.Choice("client", Clients),
            when.Choice("result", Results),
            dialled?.E164,
            when.Number("minTalkSeconds", 1, 86_400),
            when.Text("tag", 100),
            when.Number("minWaitSeconds", 1, 86_400));
        if (key is { Answered: false, MinTalkSeconds: not null })
        {
            when.Fault("minTalkSeconds", "is a condition of answered calls: nobody talked in a missed one.");
        }

        if (key.MinWaitSeconds is not null && (key.Answered || key.Direction == CallDirection.Out))
        {
            when.Fault("minWaitSeconds", "is a condition of missed incoming calls.");
        }

        when.RefuseOthers();
        return key;
    }

    private static DealRule Deal(JsonFields deal)
    {
        var rule = new DealRule(
            deal.Choice("action", Words<DealAction>(), DealAction.None),
            deal.Has("entity") ? deal.Choice("entity", Words<DealEntity>()) : null,
            deal.Id("stageId"),
            deal.Id("typeId"),
            Template(deal, "title", DealRule.DefaultTitle));
        if (rule is { Action: DealAction.Close, TypeId: not null })
        {
            deal.Fault("typeId", "is given to deals that are made; this rule only closes one.");
        }
        else if (rule is { Entity: DealEntity.Order, TypeId: not null })
        {
            deal.Fault("typeId", "orders have no type.");
        }

        if (rule is { Entity: null, StageId: not null } or { Entity: null, TypeId: not null })
        {
            deal.Fault("entity", "is required with stageId or typeId: they are lookups of one entity.");
        }

        deal.RefuseOthers("entity");
        return rule;
    }

    private TaskRule Task(JsonFields task, bool callBack)
    {
        var due = task.Object("due");
        var unit = due.Choice("unit", Words<DueUnit>(), callBack ? DueUnit.WorkingHours : DueUnit.WorkingDays);
        var rule = new TaskRule(
            task.Choice("action", Words<TaskAction>(), TaskAction.None),
            Template(task, "text", callBack ? TaskRule.CallBackText : TaskRule.FollowUpText),
            Template(task, "reviewText", TaskRule.DefaultReviewText),
            due.Number("amount", 1, unit switch { DueUnit.WorkingMinutes => 1000, DueUnit.WorkingHours => 200, _ => 60 }) ?? 1,
            unit,
            task.Choice("whose", Words<TaskAssignee>(), TaskAssignee.Owner),
            task.Id("personId"));
        var managers = directory.Managers;
        if (rule is { Assignee: TaskAssignee.Person, PersonId: null })
        {
            task.Fault("personId", "is required: the contact of the person whose the tasks are.");
        }
        else if (rule is { Assignee: not TaskAssignee.Person, PersonId: not null })
        {
            task.Fault("personId", "goes only with whose = person.");
        }
        else if (rule.PersonId is { } person && managers.Managers.Any(m => m.CanOwn) && managers.ByContact(person) is not { CanOwn: true })
        {
            task.Fault("personId", "must be the contact of an active user of the CRM.");
        }

        due.RefuseOthers();
        task.RefuseOthers();
        return rule;
    }

    private static void CheckTogether(CallRule rule, JsonFields fields)
    {
        if (rule.Deal.Makes && (rule.Contact == ContactAction.None || (!rule.When.KnownClient && rule.Contact != ContactAction.FindOrCreate)))
        {
            fields.Fault("deal.action", "a deal needs a contact: contact must be create, or find for known clients.");
        }

        if (rule.Deal.Action == DealAction.Close && rule.When.Tag is null)
        {
            fields.Fault("deal.action", "close is for rules with a tag: only what is said of a call later can make its deal needless.");
        }

        if (rule.Card != CardTiming.None && rule.When is not { Direction: CallDirection.In, Answered: true })
        {
            fields.Fault("card", "is set on rules of answered incoming calls: while the phone rings nobody knows that it will be missed.");
        }
        else if (rule.Card != CardTiming.None && (rule.When.Tag ?? (object?)rule.When.MinTalkSeconds) is not null)
        {
            fields.Fault("card", "is set on the rule without tag and minTalkSeconds: while the phone rings neither is known.");
        }

        if (rule.RecordingLinks.Contains(RecordingParent.Call) && !rule.CallRecord)
        {
            fields.Fault("recordingLinks", "call: the rule makes no Call record.");
        }
        else if (rule.RecordingLinks.Contains(RecordingParent.Contact) && rule.Contact == ContactAction.None)
        {
            fields.Fault("recordingLinks", "contact: the rule links no contact.");
        }
        else if (rule.RecordingLinks.Contains(RecordingParent.Deal) && !rule.Deal.Makes)
        {
            fields.Fault("recordingLinks", "deal: the rule makes no deal.");
        }
    }

    private static string Template(JsonFields fields, string name, string fallback)
    {
        var text = fields.Text(name, 400, fallback)!;
        if (TextTemplate.Unknown(text) is { Count: > 0 } unknown)
        {
            fields.Fault(name, $"{{{unknown[0]}}} means nothing; there are {string.Join(", ", TextTemplate.Names.Select(n => $"{{{n}}}"))}.");
        }

        return text;
    }

    private static Dictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), StringComparer.Ordinal);
}
