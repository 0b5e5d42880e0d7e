using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Routing;
using TelephonyHub.Rules;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.Hosting;

/// <summary>Puts together what the slices know of one call. It stands here because only the host may know them all.</summary>
internal sealed class CallDetails(PublicAddress address, RuleBook rules) : ICallDetails
{
    public async Task<DecisionItem?> DecisionAsync(HubDbContext context, Call call, CancellationToken ct) =>
        (await DecisionLog.FindAsync(context, [call], ct)).GetValueOrDefault(call.Key) is { } row
            ? new DecisionItem(row.DecidedAt, row.ElapsedMs, row.Caller, row.Dialled, row.Digit, JsonNode.Parse(row.Answer), JsonNode.Parse(row.Explanation), OutcomeOf(row))
            : null;

    private static DecisionOutcome? OutcomeOf(DecisionRow row) =>
        row.Outcome is { } state ? new DecisionOutcome(state, row.PredictedName ?? row.PredictedPhone, row.AnsweredBy, row.AnsweredContactId, row.WaitSeconds) : null;

    public async Task<IReadOnlyList<SyncTaskItem>> TasksAsync(HubDbContext context, SessionKey session, SessionKey conversation, CancellationToken ct)
    {
        var own = await SyncTaskStore.OfSessionAsync(context, session, ct);
        return conversation == session ? own.ConvertAll(SyncTaskItem.Of) : [.. (await SyncTaskStore.OfSessionAsync(context, conversation, ct)).Concat(own).Select(SyncTaskItem.Of)];
    }

    public async Task<ActedRule?> RuleAsync(HubDbContext context, string? ruleId, int? version, CancellationToken ct)
    {
        if (ruleId is null || version is not { } number)
        {
            return null;
        }

        var table = await rules.OfVersionAsync(context, number, ct);
        return new ActedRule(ruleId, table.Rules.FirstOrDefault(r => r.Id == ruleId)?.Name, number);
    }

    public async Task<IReadOnlyList<RecordingItem>> RecordingsAsync(HubDbContext context, SessionKey session, CancellationToken ct)
    {
        var (cabinet, id) = (session.Cabinet.Value, session.Id);
        var rows = await context.Recordings.AsNoTracking().Where(r => r.Cabinet == cabinet && r.SessionId == id).OrderBy(r => r.CreatedAt).ToListAsync(ct);
        return rows.ConvertAll(r => new RecordingItem(address.Recording(r.Code), r.Kind, r.Seconds, r.RevokedAt is not null));
    }

    public async Task<IReadOnlyList<CardItem>> CardsAsync(HubDbContext context, Call call, CancellationToken ct)
    {
        var rows = await CardRow.Of(context.Cards.AsNoTracking(), context.Sessions, call.Key.Cabinet.Value, call.Key.Id, call.Legs.Select(l => l.Id)).OrderBy(c => c.CreatedAt).ThenBy(c => c.Seq).ToListAsync(ct);
        return rows.ConvertAll(c => new CardItem(c.Recipient, c.Event, c.Seq, c.CreatedAt, c.DeliveredAt, c.DeliveryMs, c.Outcome));
    }
}
