using System.Text.Json;
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
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<CallContext> ContextOfAsync(HubDbContext context, Call call, CancellationToken ct)
    {
        var decision = await DecisionLog.FindAsync(context, call, ct);
        var region = decision?.Region is { } stored
            ? settings.TryCabinet(stored, out var named) ? named.Key : (CabinetKey?)null
            : regions.Resolve(decision?.Digit, PhoneNumber.TryParse(call.VirtualNumber), call.ClientPhone).Cabinet;
        return new CallContext(region, IsInternal(call));
    }

    public async Task PlanAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, CancellationToken ct)
    {
        var existing = await SyncTaskStore.OfSessionAsync(context, call.Key, ct);
        var facts = await FactsAsync(context, call, callContext, row, existing, ct);
        var plan = CallPlanner.Plan(facts);
        await SyncTaskStore.ApplyAsync(context, call, plan.Tasks, existing, facts.Now, ct);
        if (call is { Answered: true, ClientPhone: { } reached } && !facts.Internal)
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
                talkedWithoutCrmUser = call.Answered && talked?.ContactId is null,
            },
            Json);
    }

    /// <summary>What of a client a plan depends on.</summary>
    internal static string FingerprintOf(Client? client) => client is null ? "" : $"{client.ContactId}|{client.AccountId}|{client.OwnerContactId}";

    private async Task<PlanFacts> FactsAsync(HubDbContext context, Call call, CallContext callContext, CallRow row, IReadOnlyList<SyncTaskRow> existing, CancellationToken ct)
    {
        var managers = directory.Managers;
        var cabinet = settings.Cabinets[call.Key.Cabinet];
        var region = callContext.Region is { } key ? settings.Cabinets[key] : null;
        var phone = row.ClientPhone;
        Guid? earlier = null;
        var reachedSince = false;
        if (call.ClientPhone is not null)
        {
            earlier = await context.Calls.AsNoTracking()
                .Where(c => c.ClientPhone == phone && c.TalkedContactId != null && c.StartedAt < call.StartedAt)
                .OrderByDescending(c => c.StartedAt)
                .Select(c => c.TalkedContactId)
                .FirstOrDefaultAsync(ct);
            reachedSince = await context.Calls.AsNoTracking().AnyAsync(c => c.ClientPhone == phone && c.Answered && c.Direction != "internal" && c.StartedAt > call.StartedAt, ct);
        }

        var (cabinetKey, id) = (call.Key.Cabinet.Value, call.Key.Id);
        var codes = await context.Recordings.AsNoTracking().Where(r => r.Cabinet == cabinetKey && r.SessionId == id).ToDictionaryAsync(r => r.Hash, r => r.Code, StringComparer.Ordinal, ct);
        return new PlanFacts
        {
            Call = call,
            Cabinet = cabinet,
            Region = region,
            Internal = callContext.Internal,
            Ownership = new OwnershipFacts
            {
                Managers = managers,
                Client = call.ClientPhone is { } number ? directory.Find(number) : null,
                Talked = ManagerOf(call, call.LastTalked),
                LastTalkedEarlier = earlier,
                Rung = [.. call.Rung.Select(p => ManagerOf(call, p))],
                Duty = [.. (region ?? cabinet).DutyPhones.Select(p => managers.ByNumber((region ?? cabinet).Key, p))],
                DefaultOwnerId = settings.Sync.DefaultOwnerId,
            },
            Recordings = [.. call.Recordings.Where(r => codes.ContainsKey(r.Hash)).Select(r => new RecordingLink(r, address.Recording(codes[r.Hash])))],
            Earlier = existing.Where(t => t.Written is not null).ToDictionary(t => (t.Kind, t.Purpose), t => Wanted.Read(t.Wanted)),
            TalkerAsked = existing.Any(t => t.Kind == SyncKinds.Talker && t.State is "done" or "dead"),
            ReachedSince = reachedSince,
            CallCreatedByEmployee = settings.Sync.CallCreatedByEmployee,
            Now = time.GetUtcNow(),
            WorkingTimeOf = region => new WorkingTime((region is { } r && settings.Cabinets.TryGetValue(r, out var home) ? home : cabinet).RegionTimeZone),
        };
    }

    /// <summary>An employee whom the directory lacks is still somebody: his name goes into the notes, and he owns nothing.</summary>
    private Manager? ManagerOf(Call call, Participant? who) =>
        who is null
            ? null
            : directory.Managers.Of(call.Key.Cabinet, who.EmployeeId, who.Number) ?? (who.EmployeeId is not null ? new Manager { Name = who.Name ?? "" } : null);

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
