using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Routing;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>Gathers what a plan depends on, lets <see cref="CallPlanner"/> decide, and stores the tasks, all in the caller's transaction.</summary>
public sealed class CallPlanning(HubSettings settings, DirectoryService directory, RegionResolver regions, PublicAddress address, TimeProvider time) : ICallPlanning
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>An earlier call that was never seen to end does not go on for ever.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(4);

    public async Task<CallContext> ContextOfAsync(HubDbContext context, Call call, CallPlace place, CancellationToken ct)
    {
        var decision = await DecisionLog.FindAsync(context, call, ct);
        var region = decision?.Region is { } stored
            ? settings.TryCabinet(stored, out var named) ? named.Key : (CabinetKey?)null
            : regions.Resolve(decision?.Digit, PhoneNumber.TryParse(call.VirtualNumber), call.ClientPhone).Cabinet;
        return new CallContext(region, place.Parent is null ? IsInternal(call) : place.InternalByParent, place);
    }

    public async Task PlanAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, CancellationToken ct)
    {
        var existing = await SyncTaskStore.OfSessionAsync(context, call.Key, ct);
        if (callContext.Place.Parent is not null)
        {
            await LeaveToConversationAsync(context, call, row, existing, ct);
            return;
        }

        var conversation = await CallRows.ConversationOfAsync(context, call, ct);
        row.PossiblySameAs ??= await OverlappingAsync(context, call, callContext, row, ct);
        var facts = await FactsAsync(context, conversation, callContext, row, existing, ct);
        var plan = CallPlanner.Plan(facts);
        await SyncTaskStore.ApplyAsync(context, call, plan.Tasks, existing, facts.Now, ct);
        if (conversation.Answered && call.ClientPhone is { } reached && !facts.Internal)
        {
            await SyncTaskStore.ReplanCallBacksAsync(context, call.Key, reached, call.StartedAt, ct);
        }

        var talked = facts.Ownership.Talked;
        row.Owner = plan.Owner.Name;
        row.OwnerContactId = plan.Owner.ContactId;
        row.TalkedContactId = talked?.ContactId ?? row.TalkedContactId;
        row.PlannedClient = FingerprintOf(facts.Ownership.Client);
        row.CrmExpected = plan.NotExpected is null;
        row.NotExpectedReason = plan.NotExpected;
        row.PlanReason = JsonSerializer.Serialize(
            new
            {
                rule = plan.Rule?.Name,
                ruleVersion = CallRules.Version,
                owner = plan.Owner.Reason,
                mode = facts.Cabinet.Mode.ToString(),
                knownClient = facts.Ownership.Client is not null,
                talkedWithoutCrmUser = conversation.Answered && talked?.ContactId is null,
                sessions = conversation.Others.Count > 0 ? conversation.Others.Select(c => c.Key.IntegrationId).Prepend(call.Key.IntegrationId) : null,
            },
            Json);
        foreach (var other in conversation.Others)
        {
            await PassOnAsync(context, other.Key, plan, ct);
        }
    }

    /// <summary>
    /// A second session has no plan of its own: its Call and its recordings stand in the plan of the conversation's first session, with which it has one
    /// contact, one deal and one task. What it had got of its own before it was recognised stays, but nobody is asked twice to do the same.
    /// </summary>
    private async Task LeaveToConversationAsync(HubDbContext context, Call call, CallRow row, IReadOnlyList<SyncTaskRow> existing, CancellationToken ct)
    {
        var closed = existing
            .Where(t => SyncTaskStore.MayBeWritten(t) && t.Kind is SyncKinds.FollowUp or SyncKinds.CallBack)
            .Select(t => new PlannedTask(t.Kind, t.Purpose, (WantedActivity)Wanted.Read(t.Wanted) with { Open = false }));
        await SyncTaskStore.ApplyAsync(context, call, [.. closed], existing, time.GetUtcNow(), ct);
        row.TalkedContactId = ManagerOf(call.Key, call.LastTalked)?.ContactId ?? row.TalkedContactId;
        row.PlanReason = JsonSerializer.Serialize(new { partOf = row.ConversationId }, Json);
    }

    private static Task PassOnAsync(HubDbContext context, SessionKey session, CallPlan plan, CancellationToken ct)
    {
        var (cabinet, id) = (session.Cabinet.Value, session.Id);
        return context.Calls.Where(c => c.Cabinet == cabinet && c.SessionId == id).ExecuteUpdateAsync(
            s => s
                .SetProperty(c => c.Owner, plan.Owner.Name)
                .SetProperty(c => c.OwnerContactId, plan.Owner.ContactId)
                .SetProperty(c => c.CrmExpected, plan.NotExpected == null)
                .SetProperty(c => c.NotExpectedReason, plan.NotExpected),
            ct);
    }

    /// <summary>
    /// A call that nothing joins, while another of the same client goes on (or, where only the company's own number is shown, another of that
    /// number): possibly one conversation, transferred on the phone. Said, never acted on.
    /// </summary>
    private async Task<string?> OverlappingAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, CancellationToken ct)
    {
        if (call.Direction != CallDirection.In || PhoneNumber.TryParse(call.VirtualNumber) is null || call.ClientPhone is not { } caller || (callContext.Internal && !regions.IsOwnNumber(caller)))
        {
            return null;
        }

        var (number, conversation, start, since) = (caller.E164, row.ConversationId, call.StartedAt, call.StartedAt - LongestCall);
        var others = context.Calls.AsNoTracking().Where(c => c.ConversationId != conversation && c.StartedAt >= since && c.StartedAt < start && c.Answered && (c.EndedAt == null || c.EndedAt > start));
        others = callContext.Internal ? others.Where(c => c.DialledNumber == number) : others.Where(c => c.ClientPhone == number);
        var other = await others.OrderByDescending(c => c.StartedAt).Select(c => new { c.Cabinet, c.SessionId }).FirstOrDefaultAsync(ct);
        return other is null ? null : new SessionKey(CabinetKey.Parse(other.Cabinet), other.SessionId).IntegrationId;
    }

    /// <summary>What of a client a plan depends on.</summary>
    internal static string FingerprintOf(Client? client) => client is null ? "" : $"{client.ContactId}|{client.AccountId}|{client.OwnerContactId}";

    private async Task<PlanFacts> FactsAsync(
        HubDbContext context, Conversation conversation, CallContext callContext, CallRow row, IReadOnlyList<SyncTaskRow> existing, CancellationToken ct)
    {
        var call = conversation.First;
        var managers = directory.Managers;
        var cabinet = settings.Cabinets[call.Key.Cabinet];
        var region = callContext.Region is { } key ? settings.Cabinets[key] : null;
        var (phone, own) = (row.ClientPhone, row.ConversationId);
        Guid? earlier = null;
        var reachedSince = false;
        if (call.ClientPhone is not null)
        {
            earlier = await context.Calls.AsNoTracking()
                .Where(c => c.ClientPhone == phone && c.TalkedContactId != null && c.StartedAt < call.StartedAt)
                .OrderByDescending(c => c.StartedAt)
                .Select(c => c.TalkedContactId)
                .FirstOrDefaultAsync(ct);
            reachedSince = await context.Calls.AsNoTracking()
                .AnyAsync(c => c.ClientPhone == phone && c.Answered && c.Direction != "internal" && c.StartedAt > call.StartedAt && c.ConversationId != own, ct);
        }

        return new PlanFacts
        {
            Conversation = conversation,
            Cabinet = cabinet,
            Region = region,
            Internal = callContext.Internal,
            Ownership = new OwnershipFacts
            {
                Managers = managers,
                Client = call.ClientPhone is { } number ? directory.Find(number) : null,
                Talked = conversation.Talker is { } talker ? ManagerOf(talker.Session, talker.Who) : null,
                LastTalkedEarlier = earlier,
                Rung = [.. conversation.Rung.Select(r => ManagerOf(r.Session, r.Who))],
                Duty = [.. (region ?? cabinet).DutyPhones.Select(p => managers.ByNumber((region ?? cabinet).Key, p))],
                DefaultOwnerId = settings.Sync.DefaultOwnerId,
            },
            TalkedIn = conversation.Others.Prepend(call).ToDictionary(c => c.Key, c => ManagerOf(c.Key, conversation.LastPersonIn(c))),
            Recordings = [.. await RecordingsAsync(context, call, ct), .. await OfOthersAsync(context, conversation, ct)],
            Earlier = existing.Where(t => t.Written is not null).ToDictionary(t => (t.Kind, t.Purpose), t => Wanted.Read(t.Wanted)),
            Unsure = existing.Where(t => t.Written is null && SyncTaskStore.MayBeWritten(t)).ToDictionary(t => (t.Kind, t.Purpose), t => Wanted.Read(t.Wanted)),
            TalkersAsked = existing.Where(t => t.Kind == SyncKinds.Talker && t.State is "done" or "dead").Select(t => t.Purpose).ToHashSet(StringComparer.Ordinal),
            ReachedSince = reachedSince,
            CallCreatedByEmployee = settings.Sync.CallCreatedByEmployee,
            Now = time.GetUtcNow(),
            WorkingTimeOf = region => new WorkingTime((region is { } r && settings.Cabinets.TryGetValue(r, out var home) ? home : cabinet).RegionTimeZone),
        };
    }

    private async Task<List<RecordingLink>> OfOthersAsync(HubDbContext context, Conversation conversation, CancellationToken ct)
    {
        var links = new List<RecordingLink>();
        foreach (var other in conversation.Others)
        {
            links.AddRange(await RecordingsAsync(context, other, ct));
        }

        return links;
    }

    private async Task<IEnumerable<RecordingLink>> RecordingsAsync(HubDbContext context, Call call, CancellationToken ct)
    {
        if (call.Recordings.Count == 0)
        {
            return [];
        }

        var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
        var codes = await context.Recordings.AsNoTracking().Where(r => r.Cabinet == cabinet && r.SessionId == id).ToDictionaryAsync(r => r.Hash, r => r.Code, StringComparer.Ordinal, ct);
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
}
