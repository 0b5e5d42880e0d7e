using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Rules;

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

    /// <summary>All numbers of the client, E.164: from any of them he may call, on any he may be reached.</summary>
    public IReadOnlyList<string> ClientPhones { get; init; } = [];

    /// <summary>The version of the rules that this call is planned with, first and every later time.</summary>
    public RuleTable Rules { get; init; } = RuleTable.BuiltIn;

    /// <summary>The CRM knew him before this call: a contact that the call itself made does not make him known.</summary>
    public bool? KnownBefore { get; init; }

    /// <summary>The missed calls that this one belongs to.</summary>
    public MissedSeries Series { get; init; } = MissedSeries.Alone;

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
public sealed record CallPlan(CallRule? Rule, CallOwners Owners, IReadOnlyList<PlannedTask> Tasks, string? NotExpected)
{
    public CallOwner Owner => Owners.Owner;
}

/// <summary>Call, rules and directory → the wanted state in the CRM. Pure: the same facts give the same plan.</summary>
public static class CallPlanner
{
    /// <summary>An older call makes no card, and its due dates count from now.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    private const string Main = "";

    public static CallPlan Plan(PlanFacts facts)
    {
        var call = facts.Call;
        if (NoRuleBecause(facts) is { } reason)
        {
            return new CallPlan(null, CallOwnership.Of(facts.Ownership), [], reason);
        }

        var conversation = facts.Conversation;
        var rule = RuleOf(facts);
        var owners = CallOwnership.Of(facts.Ownership, rule.Task);
        var notExpected = rule.CallRecord ? null : "rule";
        var tasks = new List<PlannedTask>();
        foreach (var session in conversation.Others.Prepend(call).Where(c => c.TalkerUnknown && !facts.TalkersAsked.Contains(PurposeOf(conversation, c.Key))))
        {
            tasks.Add(new PlannedTask(SyncKinds.Talker, PurposeOf(conversation, session.Key), new WantedTalker()));
        }

        if (tasks.Count > 0 && facts.Ownership.Managers.Responsible(facts.Ownership.Client?.OwnerContactId) is null)
        {
            // Whose the contact and the deal become depends on who talked: first ask, then write.
            return new CallPlan(rule, owners, tasks, notExpected);
        }

        AddContact(tasks, facts, rule, owners.Owner);
        AddDeal(tasks, facts, rule, owners.Owner);
        AddActivity(tasks, facts, rule, owners);
        if (rule.CallRecord)
        {
            tasks.AddRange(conversation.Others.Prepend(call).Select(c => new PlannedTask(SyncKinds.Call, PurposeOf(conversation, c.Key), CallRecord(facts, c))));
        }

        AddLinks(tasks, facts, rule);
        return new CallPlan(rule, owners, tasks, notExpected);
    }

    /// <summary>The rule that acts on the call, by the version it is planned with.</summary>
    public static CallRule RuleOf(PlanFacts facts)
    {
        var (call, conversation) = (facts.Call, facts.Conversation);
        return facts.Rules.For(new RuleQuestion(call.Key.Cabinet, call.Direction, facts.KnownBefore ?? facts.Ownership.Client is not null, conversation.Answered)
        {
            Dialled = PhoneNumber.TryParse(call.VirtualNumber),
            TalkSeconds = conversation.Others.Prepend(call).Max(c => c.TalkSeconds ?? 0),
            WaitSeconds = call.WaitSeconds ?? 0,
            Tags = [.. conversation.Others.Prepend(call).SelectMany(c => c.Tags)],
        });
    }

    /// <summary>Why nothing is written of a call; null when a rule decides.</summary>
    public static string? NoRuleBecause(PlanFacts facts) => facts.Internal ? "internal" : facts.Call.StartedAt < facts.Cabinet.SyncFrom ? "before go-live" : null;

    /// <summary>The client was not reached and is to be called back, by this call's task or by that of an earlier one.</summary>
    public static bool WantsCallBack(PlanFacts facts) =>
        NoRuleBecause(facts) is null && facts.Call.Direction == CallDirection.In && !facts.Conversation.Answered && RuleOf(facts).Task.Action == TaskAction.Create;

    /// <summary>Tells a second session's records from the first one's.</summary>
    private static string PurposeOf(Conversation conversation, SessionKey session) => session == conversation.First.Key ? Main : session.IntegrationId;

    private static void AddContact(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwner owner)
    {
        // Hidden or unparsable: no contact, no deal. Otherwise it is always looked for: whether the client is known is decided live, right before writing.
        if (facts.Call.ClientPhone is { } number)
        {
            // Until it is written, nothing but this says that an owner who did not talk is the hub's own choice.
            var unsaid = !owner.ByTalk && !facts.Earlier.ContainsKey((SyncKinds.Contact, Main));
            List<Guid> before = [.. facts.Ownership.GivenHere.Where(o => unsaid || o != owner.ContactId).Order()];
            tasks.Add(new PlannedTask(SyncKinds.Contact, Main, new WantedContact(
                rule.Contact == ContactAction.FindOrCreate,
                number.E164,
                string.IsNullOrWhiteSpace(facts.Call.ClientName) ? number.Display : facts.Call.ClientName.Trim(),
                owner.ContactId,
                Unlinked: rule.Contact == ContactAction.None,
                before.Count > 0 ? before : null)
            { ByTalk = owner.ByTalk }));
        }
    }

    private static void AddDeal(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwner owner)
    {
        var made = facts.Earlier.GetValueOrDefault((SyncKinds.Deal, Main)) as WantedDeal;
        if (rule.Deal.Action == DealAction.Close)
        {
            if ((made ?? facts.Unsure.GetValueOrDefault((SyncKinds.Deal, Main))) is WantedDeal needless)
            {
                // A stage of leads closes no opportunity.
                var stage = needless.Closed ? needless.StageId : needless.Entity == rule.Deal.Entity ? rule.Deal.StageId : null;
                tasks.Add(new PlannedTask(SyncKinds.Deal, Main, needless with { Closed = true, StageId = stage }));
            }
        }
        else if (rule.Deal.Makes && facts.Call.ClientPhone is { } number)
        {
            tasks.Add(new PlannedTask(SyncKinds.Deal, Main, new WantedDeal(
                TextTemplate.Render(rule.Deal.Title, TextFactsOf(facts)),
                ClientName(facts),
                number.E164,
                owner.ContactId,
                // What was made as a lead stays one, also where another rule of the table acts on what the call turned out to be.
                made is null ? rule.Deal.Entity : made.Entity,
                made is null or { Closed: true } ? rule.Deal.StageId : made.StageId,
                made is null ? rule.Deal.TypeId : made.TypeId,
                rule.Deal.Action == DealAction.Always)
            { ByTalk = owner.ByTalk }));
        }
    }

    private static void AddActivity(List<PlannedTask> tasks, PlanFacts facts, CallRule rule, CallOwners owners)
    {
        var create = rule.Task.Action == TaskAction.Create;
        var callBack = facts.Call.Direction == CallDirection.In && !facts.Conversation.Answered;
        if (callBack && create && !facts.ReachedSince && facts.Series.IsHead)
        {
            var earlier = Promised(facts, SyncKinds.CallBack);
            var wanted = Activity(facts, rule.Task, owners.Task, earlier, rule.Task.Text);

            // A person ended the task: what it says is his word. Who tries again has got a new one.
            tasks.Add(new PlannedTask(SyncKinds.CallBack, Main, facts.Series.Closed ? earlier ?? wanted : wanted with { Calls = facts.Series.Attempts > 1 ? facts.Series.Attempts : 0 }));
        }
        else
        {
            Close(tasks, facts, SyncKinds.CallBack);
        }

        if (!callBack && create)
        {
            var earlier = Promised(facts, SyncKinds.FollowUp);
            tasks.Add(new PlannedTask(SyncKinds.FollowUp, Main, Activity(facts, rule.Task, owners.Task, earlier, owners.Review ? rule.Task.ReviewText : rule.Task.Text)));
        }
        else
        {
            Close(tasks, facts, SyncKinds.FollowUp);
        }
    }

    /// <summary>What an earlier plan made, or may have made, and this one does not want.</summary>
    private static void Close(List<PlannedTask> tasks, PlanFacts facts, string kind)
    {
        if ((facts.Earlier.GetValueOrDefault((kind, Main)) ?? facts.Unsure.GetValueOrDefault((kind, Main))) is WantedActivity made)
        {
            tasks.Add(new PlannedTask(kind, Main, kind == SyncKinds.CallBack && facts.Series.Closed ? made : made with { Open = false }));
        }
    }

    /// <summary>The task that was made, or that a second session made, or may have, before it was known as one.</summary>
    private static WantedActivity? Promised(PlanFacts facts, string kind) =>
        facts.Earlier.GetValueOrDefault((kind, Main)) as WantedActivity ?? (facts.Unsure.GetValueOrDefault((kind, Main)) is WantedActivity { Session: not null } taken ? taken : null);

    private static WantedActivity Activity(PlanFacts facts, TaskRule rule, CallOwner owner, WantedActivity? earlier, string text)
    {
        if (earlier is not null)
        {
            // Promised dates and the person they were promised for stay, unless it was not he who talked last.
            return earlier with { Open = true, OwnerId = owner.ByTalk ? owner.ContactId : earlier.OwnerId ?? owner.ContactId, ByTalk = owner.ByTalk || earlier.ByTalk };
        }

        var ended = facts.Conversation.EndedAt ?? facts.Call.StartedAt;
        var from = facts.Now - ended > LateAfter ? facts.Now : ended;
        var hours = facts.WorkingTimeOf(owner.Manager?.HomeCabinet ?? facts.Region?.Key);
        var (start, due) = rule.Unit switch
        {
            DueUnit.WorkingMinutes => (from, hours.Add(from, TimeSpan.FromMinutes(rule.Amount))),
            DueUnit.WorkingHours => (from, hours.Add(from, TimeSpan.FromHours(rule.Amount))),
            _ => hours.WorkingDay(from, rule.Amount),
        };
        return new WantedActivity(Open: true, TextTemplate.Render(text, TextFactsOf(facts)), owner.ContactId, start, due) { ByTalk = owner.ByTalk };
    }

    private static TextFacts TextFactsOf(PlanFacts facts)
    {
        var number = Number(facts.Call);
        return new TextFacts(
            ClientName(facts),
            facts.Ownership.Client?.Name ?? (string.IsNullOrWhiteSpace(facts.Call.ClientName) ? number : facts.Call.ClientName.Trim()),
            number,
            facts.Region?.Name ?? facts.Cabinet.Name,
            facts.Cabinet.Name,
            PhoneNumber.TryParse(facts.Call.VirtualNumber)?.Display ?? Clean(facts.Call.VirtualNumber),
            facts.Ownership.Talked?.Name ?? facts.Conversation.Talker?.Who?.Name ?? "другой сотрудник");
    }

    private static void AddLinks(List<PlannedTask> tasks, PlanFacts facts, CallRule rule)
    {
        foreach (var (session, recording, url) in facts.Recordings)
        {
            // A voice mail is linked like a recording, also where the call itself was missed.
            var parents = rule.RecordingLinks
                .Where(p => p switch { RecordingParent.Call => rule.CallRecord, RecordingParent.Contact => rule.Contact != ContactAction.None, _ => rule.Deal.Makes })
                .Select(p => p switch { RecordingParent.Call => "call", RecordingParent.Contact => "contact", _ => "deal" });
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
            TaskId = facts.Series.TaskId,
            CreatedById = facts.CallCreatedByEmployee ? talked?.ContactId : null,
        };
    }

    private static string Caption(Call call, Call first)
    {
        var number = Number(first);
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
        var number = Number(call);
        return name is null || name == number ? number : $"{name} ({number})";
    }

    private static string Number(Call call) => call.ClientPhone?.Display ?? (Clean(call.ClientPhoneRaw) is { Length: > 0 } raw ? raw : "номер скрыт");

    private static string Clean(string? raw)
    {
        var text = raw?.Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";
        return text.Length > 250 ? text[..250] : text;
    }
}
