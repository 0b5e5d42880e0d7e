using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Routing;
using TelephonyHub.Rules;
using TelephonyHub.Staffing;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>Gathers what a plan depends on, lets <see cref="CallPlanner"/> decide, and stores the tasks, all in the caller's transaction.</summary>
public sealed class CallPlanning(
    HubSettings settings, DirectoryService directory, RegionResolver regions, PublicAddress address, RuleBook rules, StaffingBook staffing, MissedCalls missed, TimeProvider time) : ICallPlanning
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task<IReadOnlyList<CallContext>> ContextsAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var decisions = await DecisionLog.FindAsync(context, calls, ct);
        return [.. calls.Select(call => new CallContext(RegionOf(call, decisions.GetValueOrDefault(call.Key)), IsInternal(call), CallPlace.Alone(call)) { People = PeopleOf(call) })];
    }

    public CallContext At(CallContext found, Call call, CallPlace place) => found with { Internal = place.Parent is null ? IsInternal(call) : place.InternalByParent, Place = place };

    public Task PlanAsync(HubDbContext context, IReadOnlyList<(Call Call, CallContext Context, CallRow Row)> calls, CancellationToken ct) => PlanAsync(context, calls, heldBy: null, ct);

    /// <param name="context">In whose transaction.</param>
    /// <param name="calls">Folded and stored.</param>
    /// <param name="heldBy">Whoever plans anew what he is about to write: what he holds is written by nobody else, and may be dropped.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task PlanAsync(HubDbContext context, IReadOnlyList<(Call Call, CallContext Context, CallRow Row)> calls, string? heldBy, CancellationToken ct)
    {
        // Asked once: the directory may learn meanwhile that two numbers are one client's, and locks, rounds and plans must mean the same.
        var all = calls.Select(c => new Due(c.Call, c.Context, c.Row, missed.PhonesOf(c.Call.ClientPhone), missed.PhonesOf(FormerClientOf(c.Call, c.Context)), heldBy)).ToList();
        await missed.LockAsync(context, all.SelectMany(c => c.Phones.Concat(c.FormerPhones)), ct);

        // Second sessions first: what they hand over to the first one belongs to its plan.
        foreach (var one in all.Where(c => c.Context.Place.Parent is not null))
        {
            context.Calls.Attach(one.Row);
            await missed.LeaveAsync(context, one.Call.Key, one.Row, ct);
            await LeaveToConversationAsync(context, one, await SyncTaskStore.OfSessionAsync(context, one.Call.Key, ct), ct);
            await SaveAsync(context, ct);
        }

        var first = all.FindAll(c => c.Context.Place.Parent is null);
        var latest = first.Exists(c => IsFirstPlan(c.Row)) ? await rules.LatestAsync(context, ct) : null;
        foreach (var round in RoundsOf(first))
        {
            var reads = await PlanReads.OfAsync(context, round.ConvertAll(c => (c.Call, c.Row, c.Phones)), ct);
            context.Calls.AttachRange(round.Select(c => c.Row));
            foreach (var one in round)
            {
                await PlanAsync(context, one, reads, latest, ct);
            }

            await SaveAsync(context, ct);
        }
    }

    /// <summary>Whom the call was taken to come from before its number was corrected; null where it was not.</summary>
    private static PhoneNumber? FormerClientOf(Call call, CallContext context) =>
        context.Place.Before.ClientPhone is { } before && before != call.ClientPhone?.E164 ? PhoneNumber.TryParse(before) : null;

    private static async Task SaveAsync(HubDbContext context, CancellationToken ct)
    {
        await context.SaveChangesAsync(ct);

        // Whoever looks for changes need not look at what is written.
        context.ChangeTracker.Clear();
    }

    /// <summary>
    /// The calls in their order, each client at most once in a round: a plan sees what the one before it changed of the same client. So do the calls of a series of
    /// missed calls, whatever number each of them has by now.
    /// </summary>
    private static List<List<Due>> RoundsOf(IEnumerable<Due> calls)
    {
        var (rounds, next) = (new List<List<Due>>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var one in calls)
        {
            List<string> names = [.. one.Phones, .. one.FormerPhones, one.Call.Key.IntegrationId];
            if (one.Row.MissedSeries is { } series)
            {
                names.Add(series);
            }

            var round = names.Max(n => next.GetValueOrDefault(n));
            if (round == rounds.Count)
            {
                rounds.Add([]);
            }

            rounds[round].Add(one);
            names.ForEach(n => next[n] = round + 1);
        }

        return rounds;
    }

    private CabinetKey? RegionOf(Call call, DecisionRow? decision) => decision?.Region is { } stored
        ? settings.TryCabinet(stored, out var named) ? named.Key : null
        : regions.Resolve(decision?.Digit, PhoneNumber.TryParse(call.VirtualNumber), call.ClientPhone, call.Key.Cabinet).Cabinet;

    private HashSet<Guid> PeopleOf(Call call) => [.. call.Rung
        .Concat(call.Talks.Select(t => t.Who))
        .Concat(call.Legs.Select(l => l.Participant).OfType<Participant>())
        .Select(p => ManagerOf(call.Key, p)?.ContactId)
        .OfType<Guid>()];

    private async Task PlanAsync(HubDbContext context, Due due, PlanReads reads, RuleTable? latest, CancellationToken ct)
    {
        var (call, callContext, row) = (due.Call, due.Context, due.Row);
        var existing = reads.TasksOf(call.Key);
        var table = row.RuleVersion is { } pinned ? await rules.OfVersionAsync(context, pinned, ct) : IsFirstPlan(row) ? latest! : RuleTable.BuiltIn;
        var conversation = reads.ConversationOf(call);
        var past = reads.PastOf(call.Key);
        row.PossiblySameAs ??= (await OverlappingAsync(context, call, callContext, row, reads, ct))?.IntegrationId;
        var client = await StandingOfAsync(context, due, existing.FirstOrDefault(t => t.Kind == SyncKinds.Contact), ct);
        var facts = Facts(conversation, due, existing, past, reads, client) with { Rules = table };
        facts = facts with { Series = await missed.PlaceAsync(context, facts, row, ct) };
        var plan = CallPlanner.Plan(facts);
        await SyncTaskStore.ApplyAsync(context, call, plan.Tasks, existing, due.HeldBy, facts.Now, ct);
        if (conversation.Answered && facts.ClientPhones.Count > 0 && !facts.Internal && past.HasMissed)
        {
            await SyncTaskStore.ReplanCallBacksAsync(context, call.Key, facts.ClientPhones, call.StartedAt, ct);
            await missed.ReachedAsync(context, call, facts.ClientPhones, facts.Ownership.Talked?.ContactId ?? row.TalkedContactId, ct);
        }

        await missed.StoreAsync(context, facts, plan, row, ct);
        var talked = facts.Ownership.Talked;
        row.Owner = plan.Owner.Name;
        row.OwnerContactId = plan.Owner.ContactId;
        row.TalkedContactId = talked?.ContactId ?? row.TalkedContactId;
        row.PlannedClient = FingerprintOf(client.IsBeingMade ? null : client.Client);
        row.CrmExpected = plan.NotExpected is null;
        row.NotExpectedReason = plan.NotExpected;
        (row.RuleId, row.RuleVersion) = (plan.Rule?.Id, plan.Rule is null ? null : table.Version);
        row.UnmappedEmployee = facts.Internal ? null : DbText.Of(UnmappedIn(conversation), 100);
        row.PlanReason = JsonSerializer.Serialize(
            new
            {
                rule = plan.Rule?.Name,
                ruleId = plan.Rule?.Id,
                ruleVersion = table.Version,
                owner = plan.Owner.Reason,
                task = plan.Owners.Task == plan.Owner ? null : new { plan.Owners.Task.Name, plan.Owners.Task.Reason },
                review = plan.Owners.Review ? true : (bool?)null,
                missedSeries = row.MissedSeries,
                mode = facts.Cabinet.Mode.ToString(),
                knownClient = facts.KnownBefore,
                talkedWithoutCrmUser = conversation.Answered && talked?.ContactId is null,
                sessions = conversation.Others.Count > 0 ? conversation.Others.Select(c => c.Key.IntegrationId).Prepend(call.Key.IntegrationId) : null,
            },
            Json);
        foreach (var other in conversation.Others)
        {
            await PassOnAsync(context, other.Key, plan, row.RuleVersion, ct);
        }
    }

    /// <summary>
    /// The version of the rules is chosen by the first plan and kept by all later ones: what comes late, or is repaired, is not judged by rules made after the call. A
    /// call planned by a release that did not say so was planned with the built-in table.
    /// </summary>
    private static bool IsFirstPlan(CallRow row) => row.RuleVersion is null && row is not { PlanReason: not null, CrmExpected: true };

    /// <summary>
    /// A second session has no plan of its own: its Call and its recordings stand in the plan of the conversation's first session, with which it has one
    /// contact, one deal and one task. The task that it had got of its own before it was recognised becomes the first one's; where that has one already, it is
    /// closed: nobody is asked twice to do the same.
    /// </summary>
    private async Task LeaveToConversationAsync(HubDbContext context, Due due, IReadOnlyList<SyncTaskRow> existing, CancellationToken ct)
    {
        var (call, row) = (due.Call, due.Row);
        var (closed, left) = (new List<PlannedTask>(), existing.ToList());
        foreach (var task in existing.Where(t => SyncTaskStore.MayBeWritten(t) && t.Kind is SyncKinds.FollowUp or SyncKinds.CallBack))
        {
            if (await SyncTaskStore.HandOverAsync(context, task, SessionKey.Parse(row.ConversationId), ct))
            {
                left.Remove(task);
            }
            else
            {
                closed.Add(new PlannedTask(task.Kind, task.Purpose, (WantedActivity)Wanted.Read(task.Wanted) with { Open = false }));
            }
        }

        await SyncTaskStore.ApplyAsync(context, call, closed, left, due.HeldBy, time.GetUtcNow(), ct);
        row.TalkedContactId = ManagerOf(call.Key, call.LastTalked)?.ContactId ?? row.TalkedContactId;
        row.PlanReason = JsonSerializer.Serialize(new { partOf = row.ConversationId }, Json);
    }

    private static Task PassOnAsync(HubDbContext context, SessionKey session, CallPlan plan, int? version, CancellationToken ct)
    {
        var (cabinet, id, ruleId) = (session.Cabinet.Value, session.Id, plan.Rule?.Id);
        return context.Calls.Where(c => c.Cabinet == cabinet && c.SessionId == id).ExecuteUpdateAsync(
            s => s
                .SetProperty(c => c.Owner, plan.Owner.Name)
                .SetProperty(c => c.OwnerContactId, plan.Owner.ContactId)
                .SetProperty(c => c.CrmExpected, plan.NotExpected == null)
                .SetProperty(c => c.NotExpectedReason, plan.NotExpected)
                .SetProperty(c => c.RuleId, ruleId)
                .SetProperty(c => c.RuleVersion, version),
            ct);
    }

    /// <summary>
    /// A call that nothing joins, while another of the same client goes on (or, where only the company's own number is shown, another of that
    /// number): possibly one conversation, transferred on the phone. Said, never acted on.
    /// </summary>
    private async Task<SessionKey?> OverlappingAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, PlanReads reads, CancellationToken ct)
    {
        if (call.Direction != CallDirection.In || PhoneNumber.TryParse(call.VirtualNumber) is null || call.ClientPhone is not { } caller)
        {
            return null;
        }

        return !callContext.Internal ? reads.OverlappingWith(call.Key) : regions.IsOwnNumber(caller) ? await PlanReads.OverlappingAsync(context, call, row, caller.E164, ct) : null;
    }

    /// <summary>What of a client a plan depends on.</summary>
    internal static string FingerprintOf(Client? client) => client is null ? "" : $"{client.ContactId}|{client.AccountId}|{client.OwnerContactId}";

    private PlanFacts Facts(Conversation conversation, Due due, IReadOnlyList<SyncTaskRow> existing, ClientsPast past, PlanReads reads, ClientStanding client)
    {
        var call = conversation.First;
        var managers = directory.Managers;
        var cabinet = settings.Cabinets[call.Key.Cabinet];
        var region = due.Context.Region is { } key ? settings.Cabinets[key] : null;
        return new PlanFacts
        {
            Conversation = conversation,
            Cabinet = cabinet,
            Region = region,
            Internal = due.Context.Internal,
            ClientPhones = due.Phones,
            KnownBefore = client.Client is not null && !client.MadeHere,
            Ownership = new OwnershipFacts
            {
                Managers = managers,
                Client = client.Client,
                GivenHere = client.GivenHere,
                Talked = conversation.Talker is { } talker ? ManagerOf(talker.Session, talker.Who) : null,
                LastTalkedEarlier = past.TalkedEarlier,
                Rung = [.. conversation.Rung.Select(r => ManagerOf(r.Session, r.Who))],
                Duty = [.. staffing.Current.DutyManagers(region ?? cabinet, call.StartedAt, managers)],
                DefaultOwnerId = settings.Sync.DefaultOwnerId,
            },
            TalkedIn = conversation.Others.Prepend(call).ToDictionary(c => c.Key, c => ManagerOf(c.Key, conversation.LastPersonIn(c))),
            Recordings = [.. conversation.Others.Prepend(call).SelectMany(c => RecordingsOf(c, reads))],
            Earlier = existing.Where(t => t.Written is not null).ToDictionary(t => (t.Kind, t.Purpose), PromisedBy),
            Unsure = existing.Where(t => t.Written is null && SyncTaskStore.MayBeWritten(t)).ToDictionary(t => (t.Kind, t.Purpose), t => Wanted.Read(t.Wanted)),
            TalkersAsked = existing.Where(t => t.Kind == SyncKinds.Talker && t.State is "done" or "dead").Select(t => t.Purpose).ToHashSet(StringComparer.Ordinal),
            ReachedSince = past.ReachedSince,
            CallCreatedByEmployee = settings.Sync.CallCreatedByEmployee,
            Now = time.GetUtcNow(),
            WorkingTimeOf = region => staffing.Current.WorkingTimeOf(region is { } r && settings.Cabinets.TryGetValue(r, out var home) ? home : cabinet),
        };
    }

    /// <summary>
    /// What a written task is by now: a task for somebody is his as it was written. Whom a later plan wanted instead, and was not written yet, is no promise: the plan may have been
    /// that of a replica that has not heard of the client.
    /// </summary>
    private static Wanted PromisedBy(SyncTaskRow task)
    {
        var wanted = Wanted.Read(task.Wanted);
        return wanted is WantedActivity activity && WrittenOwnerOf(task) is { } owner && owner != activity.OwnerId
            ? activity with { OwnerId = owner, ByTalk = false }
            : wanted;
    }

    /// <param name="context">Of the plan.</param>
    /// <param name="due">The call.</param>
    /// <param name="contact">Its task of the client's contact.</param>
    /// <param name="ct">Cancels.</param>
    private async Task<ClientStanding> StandingOfAsync(HubDbContext context, Due due, SyncTaskRow? contact, CancellationToken ct)
    {
        var number = due.Call.ClientPhone;
        var client = number is { } phone ? directory.Find(phone) : null;
        if (contact is null || ((WantedContact)Wanted.Read(contact.Wanted)).Phone != number?.E164)
        {
            return new ClientStanding(client, MadeHere: false, IsBeingMade: false, new HashSet<Guid>());
        }

        var given = OwnersGivenBy(contact, due.Row.PlannedClient);
        if (client is null)
        {
            // Kept also by a replica that has not heard of him yet: else the next one would take the hub's own word for a person's.
            return new ClientStanding(null, MadeHere: false, IsBeingMade: false, SyncTaskStore.MayBeWritten(contact) ? given : new HashSet<Guid>());
        }

        var made = MadeBy(contact, client, due.Call);
        var isBeingMade = !made && IsMadeElsewhere(contact, due, client, given);
        if ((made || isBeingMade) && contact.Written is null && await SyncTaskStore.WasMadeByAnotherAsync(context, contact, client.ContactId!.Value, ct))
        {
            (made, isBeingMade) = (false, false);
        }

        return new ClientStanding(client, made || isBeingMade, isBeingMade, made || isBeingMade ? given : new HashSet<Guid>());
    }

    /// <summary>Another worker has the task in hand, and the contact is one that it may just have made.</summary>
    private static bool IsMadeElsewhere(SyncTaskRow contact, Due due, Client client, HashSet<Guid> given) =>
        contact is { Written: null, State: "running" } && contact.LeaseOwner != due.HeldBy
        && client is { ContactId: { } id, OwnerContactId: { } owner } && HasIdOfHub(due.Call.ClientPhone!.Value, id) && given.Contains(owner);

    /// <summary>
    /// The client is in the CRM because this very call put him there: written, or sent by an attempt whose answer is not known. For its rule he stays the
    /// stranger who called; else a recording that comes later would be judged by the rule for known clients.
    /// </summary>
    private static bool MadeBy(SyncTaskRow task, Client client, Call call)
    {
        if (client.ContactId is not { } contact)
        {
            return false;
        }

        if (task.Written is not null)
        {
            return task.CrmId == contact && !WasFound(task);
        }

        return call.ClientPhone is { } number && MayHaveMade(task, number, contact);
    }

    /// <summary>An attempt of this task whose answer is not known may have made that contact.</summary>
    internal static bool MayHaveMade(SyncTaskRow task, PhoneNumber number, Guid contact)
    {
        // Whoever has it in hand right now for the first time asks before he sends.
        var sentBefore = task.Claims > (task.State == "running" ? 1 : 0);
        return sentBefore && HasIdOfHub(number, contact);
    }

    private static bool HasIdOfHub(PhoneNumber number, Guid contact) => Enumerable.Range(0, 3).Any(attempt => HubIds.Contact(number, attempt) == contact);

    /// <summary>
    /// Whom a contact's task made its owner, now or before. The directory may show any of them: it reads late what was corrected, or early what is being written at this
    /// moment, or what an attempt wrote whose answer was lost.
    /// </summary>
    /// <param name="task">Means something only where it was written, or may have been.</param>
    /// <param name="plannedFor">The client whom the last plan was made for (<see cref="FingerprintOf"/>): of a stranger, the owner is the hub's own choice.</param>
    private static HashSet<Guid> OwnersGivenBy(SyncTaskRow task, string? plannedFor)
    {
        if (WasFound(task))
        {
            return [];
        }

        var wanted = (WantedContact)Wanted.Read(task.Wanted);
        var chosen = wanted.ByTalk || (task.Written is null && string.IsNullOrEmpty(plannedFor));
        return [.. new[] { chosen ? wanted.OwnerId : null, WrittenOwnerOf(task) }.OfType<Guid>(), .. wanted.OwnedBefore ?? []];
    }

    /// <summary>Its record was there already: found, not made.</summary>
    private static bool WasFound(SyncTaskRow task) => WrittenOf(task)?.ContainsKey("Found") == true;

    private static Guid? WrittenOwnerOf(SyncTaskRow task) => Guid.TryParse(WrittenOf(task)?["OwnerId"]?.GetValue<string>(), out var owner) ? owner : null;

    /// <summary>The columns of its record as they were written; null where nothing was.</summary>
    private static JsonObject? WrittenOf(SyncTaskRow task) => task.Written is { } written ? JsonNode.Parse(written)!.AsObject() : null;

    /// <summary>
    /// An employee who talked, or whom a lost call rang, and who can own nothing; or the phone that somebody talked on whom no cabinet and no user of the CRM has: somebody
    /// has to map it.
    /// </summary>
    private string? UnmappedIn(Conversation conversation)
    {
        var people = conversation.Answered ? conversation.Talker is { } talker ? [talker] : [] : conversation.Rung.Where(r => r.Who?.EmployeeId is not null);
        return people
            .Where(p => p.Who is { IsKnown: true } who && directory.Managers.Of(p.Session.Cabinet, who.EmployeeId, who.Number) is not { CanOwn: true })
            .Select(p => UnmappedEmployees.Written(p.Session.Cabinet, p.Who!))
            .FirstOrDefault();
    }

    private IEnumerable<RecordingLink> RecordingsOf(Call call, PlanReads reads)
    {
        var codes = reads.CodesOf(call.Key);
        return call.Recordings.Where(r => codes.ContainsKey(r.Hash)).Select(r => new RecordingLink(call.Key, r, address.Recording(codes[r.Hash])));
    }

    /// <summary>An employee whom the directory lacks is still somebody: his name goes into the notes, and he owns nothing.</summary>
    private Manager? ManagerOf(SessionKey session, Participant? who) =>
        who is null
            ? null
            : directory.Managers.Of(session.Cabinet, who.EmployeeId, who.Number) ?? (who.EmployeeId is not null ? new Manager { Name = who.Name ?? "" } : null);

    private bool IsInternal(Call call)
    {
        if (call.InternalByPbx)
        {
            return true;
        }

        return call.ClientPhone is { } number
            ? regions.IsOwnNumber(number) || directory.Managers.IsEmployeeNumber(call.ClientPhoneRaw)
            : directory.Managers.IsEmployeeNumber(call.ClientPhoneRaw);
    }

    /// <summary>What the directory has under the client's number, and what of it is this call's own work.</summary>
    /// <param name="Client">Null: nobody.</param>
    /// <param name="MadeHere">By this very call, or just being made by it: for its rule he stays a stranger.</param>
    /// <param name="IsBeingMade">
    /// Somebody has this call in hand for the first time, and the directory was quicker: the contact is most likely this call's. Planned as its own, and as for a stranger: where it is
    /// another's after all, whoever has it in hand plans anew.
    /// </param>
    /// <param name="GivenHere">Owners that are no person's word.</param>
    private sealed record ClientStanding(Client? Client, bool MadeHere, bool IsBeingMade, IReadOnlySet<Guid> GivenHere);

    /// <summary>A call to be planned.</summary>
    /// <param name="Phones">All numbers of its client.</param>
    /// <param name="FormerPhones">Of whom it was taken for before its number was corrected.</param>
    /// <param name="HeldBy">The work that plans it anew; null: nobody who holds tasks of it.</param>
    private sealed record Due(Call Call, CallContext Context, CallRow Row, IReadOnlyList<string> Phones, IReadOnlyList<string> FormerPhones, string? HeldBy);
}
