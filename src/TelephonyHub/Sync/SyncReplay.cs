using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Sends failed tasks again, or counts them; audited.</summary>
public sealed class SyncReplay(HubDatabase database, SyncSignal signal, Audit audit, TimeProvider time)
{
    /// <summary>What is wrong with a filter, by field; null when nothing is.</summary>
    public static Dictionary<string, string[]>? FaultsOf(SyncReplayFilter filter)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (filter.State is not (null or "dead" or "retry"))
        {
            faults["filter.state"] = ["must be dead or retry: the others need no replay."];
        }

        if (filter.SessionId is { } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            faults["filter.sessionId"] = ["must be a call session id."];
        }

        return faults.Count == 0 ? null : faults;
    }

    /// <param name="filter">Without <see cref="FaultsOf"/>.</param>
    /// <param name="dryRun">Only count.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ReplayAnswer> RunAsync(SyncReplayFilter filter, bool dryRun, ClaimsPrincipal who, CancellationToken ct)
    {
        var state = filter.State ?? "dead";
        long? session = filter.SessionId is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
        var answer = await database.WriteAsync(
            async (context, token) =>
            {
                var tasks = context.SyncTasks.Where(t => t.State == state);
                var (cabinet, kind, category) = (DbText.Of(filter.Cabinet?.ToLowerInvariant()), DbText.Of(filter.Kind), DbText.Of(filter.Category));
                tasks = cabinet is null ? tasks : tasks.Where(t => t.Cabinet == cabinet);
                tasks = session is null ? tasks : tasks.Where(t => t.SessionId == session);
                tasks = kind is null ? tasks : tasks.Where(t => t.Kind == kind);
                tasks = category is null ? tasks : tasks.Where(t => t.Category == category);
                if (filter.Fingerprint is { } fingerprint)
                {
                    var cause = await DeadLetters.CauseAsync(context, state, fingerprint, token);
                    tasks = tasks.Where(t => t.Kind == cause.Kind && t.Category == cause.Category && cause.Messages.Contains(t.Error));
                }

                var matched = await tasks.CountAsync(token);
                if (dryRun)
                {
                    return new ReplayAnswer(matched, 0);
                }

                var now = time.GetUtcNow();
                var replayed = await tasks.ExecuteUpdateAsync(
                    s => s.SetProperty(t => t.State, "pending").SetProperty(t => t.Attempts, 0).SetProperty(t => t.FailingSince, (DateTimeOffset?)null)
                        .SetProperty(t => t.NextAttemptAt, now).SetProperty(t => t.UpdatedAt, now),
                    token);
                await audit.WriteAsync(context, who, "sync.replay", new { filter, matched, replayed }, token);
                await database.TellReplicasAsync(context, WakeUp.Sync, token);
                return new ReplayAnswer(matched, replayed);
            },
            ct);
        signal.Raise();
        return answer;
    }
}
