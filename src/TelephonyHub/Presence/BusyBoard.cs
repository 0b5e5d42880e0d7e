using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;

namespace TelephonyHub.Presence;

/// <summary>
/// Who is on a call, in memory: routing asks for each call, and a read of the board for each would be the first thing to fail when it counts. Renewed each
/// second; a board that could not be renewed for a while tells nothing. Before somebody is left out for it, the journal is asked whether his call is over.
/// </summary>
public sealed partial class BusyBoard(PresenceService presence, LiveCalls live, DirectoryService directory, HubDatabase database, TimeProvider time, ILogger<BusyBoard> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>After a read that failed or was too slow, none for a while.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private volatile Seen _seen = Seen.Nobody;
    private long _closedUntil;

    /// <summary>Calls he talks in, and how old that news is.</summary>
    public (IReadOnlyList<SessionKey> Calls, TimeSpan? Age) CallsOf(Manager manager)
    {
        var seen = _seen;
        var age = time.GetUtcNow() - seen.At;
        return age > Believed ? ([], null) : ([.. manager.Employees.SelectMany(e => seen.ByEmployee[(e.Cabinet, e.Id)]).Concat(manager.ContactId is { } contact ? seen.ByContact[contact] : []).Distinct()], age);
    }

    /// <summary>
    /// Which of these calls are over by the journal, or have news that nobody has understood yet. One quick read; none of them when it is not answered in time.
    /// </summary>
    public async Task<IReadOnlySet<SessionKey>> OverAsync(IReadOnlyCollection<SessionKey> calls, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (calls.Count == 0 || !database.IsReady || now.UtcTicks < Interlocked.Read(ref _closedUntil))
        {
            return FrozenSet<SessionKey>.Empty;
        }

        try
        {
            var ids = calls.Select(c => c.Id).ToList();
            var rows = await database.QuickReadAsync(
                Patience,
                (context, token) => context.Sessions.AsNoTracking()
                    .Where(s => ids.Contains(s.SessionId))
                    .Select(s => new
                    {
                        s.Cabinet,
                        s.SessionId,
                        Over = s.DirtyVersion > s.FoldedVersion || context.Calls.Any(c => c.Cabinet == s.Cabinet && c.SessionId == s.SessionId && c.Ended),
                    })
                    .ToListAsync(token),
                ct);
            return rows.Where(r => r.Over).Select(r => new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId)).ToHashSet();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _closedUntil, (now + Pause).UtcTicks);
            LogFailed(logger, e);
            return FrozenSet<SessionKey>.Empty;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _seen = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task<Seen> LookAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();

        // Without calls in the journal nobody is asked: points of UIS are few.
        if ((await live.BusyCabinetsAsync(ct)).Count == 0)
        {
            return Seen.Nobody with { At = now };
        }

        var calls = await presence.CallsAsync(directory.Managers, looking: false, ct);
        var talking = calls
            .SelectMany(m => m.Where(c => c.State is LiveParty.Talking or LiveParty.OnHold).Select(c => (Manager: m.Key, Call: SessionKey.Parse($"{c.Cabinet}:{c.SessionId}"))))
            .ToList();
        return new Seen(
            now,
            talking.Where(t => t.Manager.ContactId is not null).ToLookup(t => t.Manager.ContactId!.Value, t => t.Call),
            talking.SelectMany(t => t.Manager.Employees.Select(e => (Key: (e.Cabinet, e.Id), t.Call))).ToLookup(t => t.Key, t => t.Call));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is on a call could not be read; routing goes on with what is known.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private sealed record Seen(DateTimeOffset At, ILookup<Guid, SessionKey> ByContact, ILookup<(CabinetKey, long), SessionKey> ByEmployee)
    {
        public static readonly Seen Nobody =
            new(DateTimeOffset.MinValue, Enumerable.Empty<SessionKey>().ToLookup(_ => Guid.Empty), Enumerable.Empty<SessionKey>().ToLookup(_ => (default(CabinetKey), 0L)));
    }
}
