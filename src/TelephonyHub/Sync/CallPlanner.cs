using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>Everything a plan depends on.</summary>
public sealed record PlanFacts
{
    public required Conversation Conversation { get; init; }

    /// <summary>The conversation's first session, usually the only one.</summary>
    public Call Call => Conversation.First;

    public required CabinetSettings Cabinet { get; init; }

    /// <summary>The region's cabinet; null when unknown.</summary>
    public CabinetSettings? Region { get; init; }

    /// <summary>The other party is the company itself.</summary>
    public required bool Internal { get; init; }

    public required OwnershipFacts Ownership { get; init; }

    /// <summary>Who talked last in each session; null where nobody did or nobody knows.</summary>
    public required IReadOnlyDictionary<SessionKey, Manager?> TalkedIn { get; init; }

    /// <summary>Of all sessions.</summary>
    public required IReadOnlyList<RecordingLink> Recordings { get; init; }

    /// <summary>Tasks that the session already has, by kind and purpose: a date once given stays, and what was made may have to be closed.</summary>
    public IReadOnlyDictionary<(string Kind, string Purpose), Wanted> Earlier { get; init; } = new Dictionary<(string, string), Wanted>();

    /// <summary>Tasks that were sent to the CRM and whose answer is not known (yet): they may have to be closed, too.</summary>
    public IReadOnlyDictionary<(string Kind, string Purpose), Wanted> Unsure { get; init; } = new Dictionary<(string, string), Wanted>();

    /// <summary>Purposes of the questions who talked that were asked, or cannot be.</summary>
    public IReadOnlySet<string> TalkersAsked { get; init; } = new HashSet<string>();

    /// <summary>The client was reached by a later call.</summary>
    public bool ReachedSince { get; init; }

    public required bool CallCreatedByEmployee { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Working hours of the owner's region.</summary>
    public required Func<CabinetKey?, WorkingTime> WorkingTimeOf { get; init; }
}

public sealed record RecordingLink(SessionKey Session, CallRecording Recording, string Url);

public sealed record PlannedTask(string Kind, string Purpose, Wanted Wanted);

/// <summary>The wanted state after a call.</summary>
/// <param name="Rule">Null for calls no rule is for.</param>
/// <param name="NotExpected">Why no Call record is expected; null when one is.</param>
public sealed record CallPlan(CallRule? Rule, CallOwner Owner, IReadOnlyList<PlannedTask> Tasks, string? NotExpected);

/// <summary>Call, rules and directory → the wanted state in the CRM. Pure: the same facts give the same plan.</summary>
public static class CallPlanner
{
    /// <summary>An older call makes no card, and its due dates count from now.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    private const string Main = "";

    public static CallPlan Plan(PlanFacts facts)
    {
        var call = facts.Call;
        var owner = CallOwnership.Of(facts.Ownership);
        if (facts.Internal)
        {
            return new CallPlan(null, owner, [], "internal");
        }

        if (call.StartedAt < facts.Cabinet.SyncFrom)
        {
            return new CallPlan(null, owner, [], "before go-live");
        }

        var client = facts.Ownership.Client;
        var conversation = facts.Conversation;
        var rule = CallRules.For(call.Direction, client is not null, conversation.Answered);
        var notExpected = rule.CallRecord ? null : "rule";
        var tasks = new List<PlannedTask>();
        foreach (var session in conversation.Others.Prepend(call).Where(c => c.TalkerUnknown && !facts.TalkersAsked.Contains(PurposeOf(conversation, c.Key))))
        {
            tasks.Add(new PlannedTask(SyncKinds.Talker, PurposeOf(conversation, session.Key), new WantedTalker()));
        }

        if (tasks.Count > 0 && facts.Ownership.Managers.Responsible(client?.OwnerContactId) is null)
        {
            // Whose the contact and the deal become depends on who talked: first ask, then write.
            return new CallPlan(rule, owner, tasks, notExpected);
        }

        AddContact(tasks, facts, rule, owner);
        AddDeal(tasks, facts, rule, owner);
        AddActivity(tasks, facts, rule, owner);
        if (rule.CallRecord)
        {
            tasks.AddRange(conversation.Others.Prepend(call).Select(c => new PlannedTask(SyncKinds.Call, PurposeOf(conversation, c.Key), CallRecord(facts, c))));
        }

        AddLinks(tasks, facts, rule);
        return new CallPlan(rule, owner, tasks, notExpected);
    }

    /// <summary>Tells a second session's records from the first one's.</summary>
    private static string PurposeOf(Conversation conversation, SessionKey session) => session == conversation.First.Key ? Main : session.IntegrationId;

    private static void AddContact(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwner owner)
    {
        // Hidden or unparsable: no contact, no deal. Otherwise it is always looked for: whether the client is known is decided live, right before writing.
        if (facts.Call.ClientPhone is { } number)
        {
            tasks.Add(new PlannedTask(SyncKinds.Contact, Main, new WantedContact(
                rule.Contact == ContactAction.FindOrCreate,
                number.E164,
                string.IsNullOrWhiteSpace(facts.Call.ClientName) ? number.Display : facts.Call.ClientName.Trim(),
                owner.ContactId)));
        }
    }

    private static void AddDeal(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwner owner)
    {
        if (rule.Deal == DealAction.IfNoneOpen && facts.Call.ClientPhone is { } number)
        {
            var place = facts.Region?.Name ?? facts.Cabinet.Name;
            tasks.Add(new PlannedTask(SyncKinds.Deal, Main, new WantedDeal($"Звонок {ClientName(facts)}, {place}", ClientName(facts), number.E164, owner.ContactId)));
        }
    }

    private static void AddActivity(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwner owner)
    {
        var earlierCallBack = facts.Earlier.GetValueOrDefault((SyncKinds.CallBack, Main)) as WantedActivity;
        if (rule.Task == TaskAction.CallBack && !facts.ReachedSince)
        {
            tasks.Add(new PlannedTask(SyncKinds.CallBack, Main, Activity(facts, owner, earlierCallBack, "Перезвонить клиенту", CallBackTimes)));
            return;
        }

        if ((earlierCallBack ?? facts.Unsure.GetValueOrDefault((SyncKinds.CallBack, Main)) as WantedActivity) is { } callBack)
        {
            tasks.Add(new PlannedTask(SyncKinds.CallBack, Main, callBack with { Open = false }));
        }

        if (rule.Task == TaskAction.FollowUp)
        {
            var earlier = facts.Earlier.GetValueOrDefault((SyncKinds.FollowUp, Main)) as WantedActivity;
            tasks.Add(new PlannedTask(SyncKinds.FollowUp, Main, Activity(facts, owner, earlier, "Связаться с клиентом после звонка", FollowUpTimes)));
        }
    }

    private static WantedActivity Activity(
        PlanFacts facts,
        CallOwner owner,
        WantedActivity? earlier,
        string title,
        Func<WorkingTime, DateTimeOffset, (DateTimeOffset Start, DateTimeOffset Due)> times)
    {
        if (earlier is not null)
        {
            // Promised dates and the person they were promised for stay.
            return earlier with { OwnerId = earlier.OwnerId ?? owner.ContactId };
        }

        var ended = facts.Conversation.EndedAt ?? facts.Call.StartedAt;
        var from = facts.Now - ended > LateAfter ? facts.Now : ended;
        var (start, due) = times(facts.WorkingTimeOf(owner.Manager?.HomeCabinet ?? facts.Region?.Key), from);
        return new WantedActivity(Open: true, $"{title}: {ClientName(facts)}", owner.ContactId, start, due);
    }

    private static (DateTimeOffset Start, DateTimeOffset Due) CallBackTimes(WorkingTime hours, DateTimeOffset from) => (from, hours.Add(from, TimeSpan.FromHours(1)));

    private static (DateTimeOffset Start, DateTimeOffset Due) FollowUpTimes(WorkingTime hours, DateTimeOffset from) => hours.NextWorkingDay(from);

    private static void AddLinks(List<PlannedTask> tasks, PlanFacts facts, CallRule rule)
    {
        foreach (var (session, recording, url) in facts.Recordings)
        {
            // A voice mail is linked like a recording, also where the call itself was missed and there is no deal.
            string[] parents = facts.Conversation.Answered && rule.Deal != DealAction.None ? ["call", "contact", "deal"] : ["call", "contact"];
            var other = session == facts.Call.Key ? null : session.IntegrationId;
            tasks.AddRange(parents
                .Where(p => p == "call" || facts.Call.ClientPhone is not null)
                .Select(p => new PlannedTask(SyncKinds.RecordingLink, $"{p}:{recording.Hash}", new WantedLink(p, recording.Hash, url, other))));
        }
    }

    /// <param name="facts">Of the conversation.</param>
    /// <param name="call">One of its sessions; all show the client that the first one had.</param>
    private static WantedCall CallRecord(PlanFacts facts, Call call)
    {
        var conversation = facts.Conversation;
        var incoming = call.Direction == CallDirection.In;
        var client = facts.Call.ClientPhone?.E164 ?? Clean(facts.Call.ClientPhoneRaw);
        var own = PhoneNumber.TryParse(call.VirtualNumber)?.E164 ?? Clean(call.VirtualNumber);
        var talked = facts.TalkedIn.GetValueOrDefault(call.Key);
        var rung = call == facts.Call ? facts.Ownership.Rung.LastOrDefault(m => m is not null)?.Name : null;
        var employee = talked?.Name ?? conversation.LastPersonIn(call)?.Name ?? (call.Answered ? null : rung ?? call.Rung.LastOrDefault()?.Name);
        return new WantedCall
        {
            IntegrationId = call.Key.IntegrationId,
            ParentCallId = conversation.ParentOf.TryGetValue(call.Key, out var parent) ? parent.IntegrationId : null,
            LinkageId = conversation.Others.Count > 0 ? facts.Call.Key.IntegrationId : null,
            Incoming = incoming,
            NoAnswer = call == facts.Call ? !conversation.Answered : !call.Answered,
            CallerId = incoming ? client : own,
            CalledId = incoming ? own : client,
            Start = call.StartedAt,
            End = call.EndedAt ?? call.StartedAt,
            Duration = call.TotalSeconds ?? 0,
            BeforeConnection = call.WaitSeconds ?? 0,
            Talk = call.TalkSeconds ?? 0,
            Hold = call.HoldSeconds,
            Caption = Caption(call, facts.Call),
            Notes = string.IsNullOrWhiteSpace(employee) ? null : $"Employee: {employee}",
            CreatedById = facts.CallCreatedByEmployee ? talked?.ContactId : null,
        };
    }

    private static string Caption(Call call, Call first)
    {
        var number = first.ClientPhone?.Display ?? (Clean(first.ClientPhoneRaw) is { Length: > 0 } raw ? raw : "номер скрыт");
        var text = (call.Direction, call.Answered) switch
        {
            (CallDirection.In, true) => $"Входящий звонок от {number}",
            (CallDirection.In, false) => $"Пропущенный звонок от {number}",
            (_, true) => $"Исходящий звонок на {number}",
            _ => $"Недозвон на {number}",
        };
        return text.Length > 250 ? text[..250] : text;
    }

    private static string ClientName(PlanFacts facts)
    {
        var call = facts.Call;
        var name = facts.Ownership.Client?.Name ?? (string.IsNullOrWhiteSpace(call.ClientName) ? null : call.ClientName.Trim());
        var number = call.ClientPhone?.Display ?? (Clean(call.ClientPhoneRaw) is { Length: > 0 } raw ? raw : "номер скрыт");
        return name is null || name == number ? number : $"{name} ({number})";
    }

    private static string Clean(string? raw)
    {
        var text = raw?.Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";
        return text.Length > 250 ? text[..250] : text;
    }
}
