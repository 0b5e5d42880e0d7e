using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Routing;

/// <summary>
/// What came of each decision: who answered, was it the one who stood first, how long the client waited. Told by the calls that ended, and told anew when a late event
/// changes one. Every replica may do it: the same call gives the same outcome.
/// </summary>
internal sealed partial class DecisionOutcomes(HubDatabase database, DirectoryService directory, TimeProvider time, ILogger<DecisionOutcomes> logger) : BackgroundService
{
    private const int Page = 200;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longer than another replica's clock is off, and than no replica ran.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(6);

    /// <summary>Calls that were written while the last look went on.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>No report names a call of yesterday for the first time.</summary>
    private static readonly TimeSpan WithoutCall = TimeSpan.FromDays(1);

    /// <summary>A call may be rebuilt from the report hours after it was; the start only spares the calls whose decisions are given up.</summary>
    private static readonly TimeSpan Oldest = WithoutCall + TimeSpan.FromHours(1);

    private DateTimeOffset _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        _seen = time.GetUtcNow() - LookBack;
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var begun = time.GetUtcNow();
        var (since, changed) = (begun - Oldest, _seen - Overlap);
        List<CallRow> calls;
        await using (var context = database.CreateContext())
        {
            calls = await context.Calls.AsNoTracking().Where(c => c.StartedAt >= since && c.Ended && c.Direction == "in" && c.UpdatedAt >= changed).OrderBy(c => c.UpdatedAt).Take(Page).ToListAsync(ct);
        }

        foreach (var row in calls)
        {
            await SettleAsync(CallRows.Read(row), row, ct);
        }

        _seen = calls.Count == Page ? calls[^1].UpdatedAt + Overlap : begun;
        await GiveUpAsync(begun, ct);
    }

    private async Task SettleAsync(Call call, CallRow row, CancellationToken ct)
    {
        await using var look = database.CreateContext();
        if (!await DecisionLog.Of(look, call).AnyAsync(ct))
        {
            return;
        }

        var answered = call.FirstTalked is { } who ? directory.Managers.Of(call.Key.Cabinet, who.EmployeeId, who.Number) : null;
        await database.WriteAsync(
            async (context, token) =>
            {
                foreach (var decision in await DecisionLog.Of(context, call).ToListAsync(token))
                {
                    decision.SessionId = call.Key.Id;
                    decision.AnsweredContactId = call.Answered ? answered?.ContactId : null;
                    decision.AnsweredBy = call.Answered ? DbText.Of(answered?.Name ?? call.FirstTalked?.Name ?? call.FirstTalked?.Number, 200) : null;
                    decision.WaitSeconds = row.WaitSeconds;
                    decision.Outcome = !call.Answered ? "missed" : IsPredicted(decision, answered, call.FirstTalked) ? "predicted" : "other";
                }

                await context.SaveChangesAsync(token);
            },
            ct);
    }

    private static bool IsPredicted(DecisionRow decision, Manager? answered, Participant? who) =>
        (decision.PredictedContactId is { } contact && contact == answered?.ContactId)
        || (decision.PredictedPhone is { } phone && who?.Number is { } number && IsSame(number, phone));

    /// <summary>A leg names the number that was dialled with its tail or without.</summary>
    private static bool IsSame(string number, string phone) => PhoneNumber.TryParse(number) is { } full ? full == PhoneNumber.TryParse(phone) : number == phone;

    private async Task GiveUpAsync(DateTimeOffset now, CancellationToken ct)
    {
        var limit = now - WithoutCall;
        await using var context = database.CreateContext();
        await context.Decisions.Where(d => d.Outcome == null && d.DecidedAt < limit).ExecuteUpdateAsync(s => s.SetProperty(d => d.Outcome, "noCall"), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outcomes of routing decisions could not be told; tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
