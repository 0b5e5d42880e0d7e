using System.Collections.Frozen;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;

namespace TelephonyHub.Presence;

/// <summary>
/// Who is on a call, in memory: routing asks for each call, and a read of the board for each would be the first thing to fail when it counts. Renewed each
/// second; a board that could not be renewed for a while tells nothing.
/// </summary>
public sealed partial class BusyBoard(PresenceService presence, LiveCalls live, DirectoryService directory, HubDatabase database, TimeProvider time, ILogger<BusyBoard> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    private volatile Seen _seen = Seen.Nobody;

    /// <summary>Whether he talks now, and how old that is.</summary>
    public (bool OnCall, TimeSpan? Age) IsOnCall(Manager manager)
    {
        var seen = _seen;
        var age = time.GetUtcNow() - seen.At;
        return age > Believed ? (false, null)
            : ((manager.ContactId is { } contact && seen.Contacts.Contains(contact)) || manager.Employees.Any(e => seen.Employees.Contains((e.Cabinet, e.Id))), age);
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
        var talking = calls.Where(m => m.Any(c => c.State is LiveParty.Talking or LiveParty.OnHold)).Select(m => m.Key).ToList();
        return new Seen(
            now,
            talking.Where(m => m.ContactId is not null).Select(m => m.ContactId!.Value).ToFrozenSet(),
            talking.SelectMany(m => m.Employees).Select(e => (e.Cabinet, e.Id)).ToFrozenSet());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is on a call could not be read; routing goes on without it.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private sealed record Seen(DateTimeOffset At, FrozenSet<Guid> Contacts, FrozenSet<(CabinetKey, long)> Employees)
    {
        public static readonly Seen Nobody = new(DateTimeOffset.MinValue, FrozenSet<Guid>.Empty, FrozenSet<(CabinetKey, long)>.Empty);
    }
}
