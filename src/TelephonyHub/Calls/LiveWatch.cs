using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Intake;
using TelephonyHub.Storage;
using TelephonyHub.Uis;

namespace TelephonyHub.Calls;

/// <summary>What a cabinet's <c>list.calls</c> said.</summary>
/// <param name="Polls">The last two answers, newest first; empty when none came.</param>
/// <param name="NextAt">When UIS may be asked again.</param>
/// <param name="Note">Why the board rests on events alone; null when the list was read.</param>
public sealed record LiveListing(IReadOnlyList<LivePoll> Polls, DateTimeOffset? NextAt, Words? Note);

/// <summary>
/// Asks <c>list.calls</c> while somebody looks or calls go on, as often as the Call API's points allow, one request a cabinet at a time. Points belong to the
/// account, not to the replica: on PostgreSQL one replica asks and the others take its answer.
/// </summary>
public sealed partial class LiveWatch(UisCabinets cabinets, CabinetState state, HubDatabase database, SnapshotStore snapshots, Alone alone, TimeProvider time, ILogger<LiveWatch> logger)
{
    /// <summary>Longer than this nobody waits for UIS: the events are there at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A component that was not bought does not come by asking; a look an hour finds out when it was.</summary>
    private static readonly TimeSpan WithoutComponent = TimeSpan.FromHours(1);

    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<CabinetKey, Seat> _seats = new();

    /// <summary>The last listing, asked anew if that is due.</summary>
    /// <param name="cabinet">Which.</param>
    /// <param name="looking">Somebody looks: points saved up may be spent.</param>
    /// <param name="ct">Cancels the waiting, not the question.</param>
    public async Task<LiveListing> SeeAsync(CabinetKey cabinet, bool looking, CancellationToken ct)
    {
        var seat = _seats.GetOrAdd(cabinet, _ => new Seat());
        Task asking;
        lock (seat)
        {
            if (seat.Asking.IsCompleted && time.GetUtcNow() >= (looking ? seat.DueForLooking : seat.DueForWatching))
            {
                seat.Asking = AskAsync(cabinet, seat);
            }

            asking = seat.Asking;
        }

        if (looking && !asking.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(asking, Task.Delay(Patience, time, stop.Token));
            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }

        lock (seat)
        {
            return new LiveListing(seat.Polls, seat.DueForLooking, seat.Polls.Count == 0 || seat.Fault is not null ? NoteOf(seat.Fault) : null);
        }
    }

    private static Words NoteOf(CabinetFault? fault) => fault switch
    {
        null => new Words("UIS has not answered yet: events only.", "UIS ещё не ответил: доска только по событиям."),
        { ComponentMissing: true } => new Words(
            "The component 'Call API Управление вызовами' is not connected in this account: events only.",
            "В аккаунте не подключён компонент «Call API Управление вызовами»: доска только по событиям."),
        _ => new Words($"Events only: {fault.Words.En}", $"Только события: {fault.Words.Ru}"),
    };

    private async Task AskAsync(CabinetKey cabinet, Seat seat)
    {
        await Task.Yield();
        if (!database.IsPostgres || !database.IsReady)
        {
            await AskUisAsync(cabinet, seat);
            return;
        }

        var name = $"live-{cabinet.Value}";
        try
        {
            var asked = await alone.TryAsync(
                $"telephonyhub-{name}",
                TimeSpan.Zero,
                async token =>
                {
                    if (!await TakeAsync(name, seat, token) && await AskUisAsync(cabinet, seat) is { } poll)
                    {
                        await snapshots.SaveAsync(name, new SharedPoll(poll, cabinets.Client(cabinet).Limits.CallApi), token);
                    }
                },
                CancellationToken.None);
            if (!asked && !await TakeAsync(name, seat, CancellationToken.None))
            {
                lock (seat)
                {
                    // Another replica is asking at this moment; its answer will be there.
                    seat.DueForLooking = seat.DueForWatching = time.GetUtcNow() + Shortly;
                }
            }
        }
        catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException or OperationCanceledException)
        {
            LogNotShared(logger, cabinet.Value, e);
            await AskUisAsync(cabinet, seat);
        }
    }

    /// <summary>Takes what another replica was told.</summary>
    /// <returns>False when that is too old by now.</returns>
    private async Task<bool> TakeAsync(string name, Seat seat, CancellationToken ct)
    {
        if (await snapshots.LoadAsync<SharedPoll>(name, ct) is not { } shared)
        {
            return false;
        }

        lock (seat)
        {
            if (seat.Polls.Count == 0 || seat.Polls[0].AskedAt < shared.Poll.AskedAt)
            {
                seat.Note(shared.Poll, shared.Limits, shared.Poll.AskedAt);
            }

            return seat.DueForLooking > time.GetUtcNow();
        }
    }

    /// <returns>Null when UIS refused.</returns>
    private async Task<LivePoll?> AskUisAsync(CabinetKey cabinet, Seat seat)
    {
        var client = cabinets.Client(cabinet);
        var zone = cabinets.ZoneOf(cabinet);
        var askedAt = time.GetUtcNow();
        try
        {
            var calls = await client.Calls.ListCallsAsync();
            var poll = new LivePoll(askedAt, [.. calls.Select(c => ListedCall.Of(c, local => ToInstant(local, zone)))]);
            lock (seat)
            {
                seat.Note(poll, client.Limits.CallApi, time.GetUtcNow());
            }

            state.Update(cabinet, s => s with { CallFault = null });
            return poll;
        }
        catch (Exception e)
        {
            var fault = CabinetFault.Of(e, time.GetUtcNow());
            lock (seat)
            {
                var pause = fault.ComponentMissing ? WithoutComponent : PollingPlan.AfterFailure(++seat.Failures, (e as UisApiException)?.RetryAfter);
                seat.Fault = fault;
                seat.DueForLooking = seat.DueForWatching = time.GetUtcNow() + pause;
            }

            state.Update(cabinet, s => s with { CallFault = fault });
            LogFailed(logger, cabinet.Value, fault.Mnemonic);
            return null;
        }
    }

    /// <summary>The adapter marks what the wire says to be UTC; all else is the account's clock.</summary>
    private static DateTimeOffset? ToInstant(DateTime? local, TimeZoneInfo zone) =>
        local is { Kind: DateTimeKind.Utc } utc ? new DateTimeOffset(utc) : WireTime.ToUtc(local, zone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live calls of cabinet {Cabinet} could not be listed: {Mnemonic}.")]
    private static partial void LogFailed(ILogger logger, string cabinet, string mnemonic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live calls of cabinet {Cabinet} could not be shared with other replicas; asked by itself.")]
    private static partial void LogNotShared(ILogger logger, string cabinet, Exception exception);

    /// <param name="Poll">The answer.</param>
    /// <param name="Limits">Points left after it.</param>
    private sealed record SharedPoll(LivePoll Poll, UisApiLimits? Limits);

    /// <summary>What is known of one cabinet; guarded by itself.</summary>
    private sealed class Seat
    {
        private int _spent;
        private DateTimeOffset? _dayEnds;

        public Task Asking { get; set; } = Task.CompletedTask;

        public IReadOnlyList<LivePoll> Polls { get; private set; } = [];

        public DateTimeOffset DueForLooking { get; set; }

        public DateTimeOffset DueForWatching { get; set; }

        public CabinetFault? Fault { get; set; }

        public int Failures { get; set; }

        public void Note(LivePoll poll, UisApiLimits? limits, DateTimeOffset now)
        {
            if (_dayEnds <= now)
            {
                _spent = 0;
            }

            _dayEnds = limits?.DayResetAt;
            _spent++;
            (Fault, Failures) = (null, 0);
            Polls = Polls.Count == 0 ? [poll] : [poll, Polls[0]];
            DueForLooking = now + PollingPlan.OnDemand(PollingShare.Live, limits, _spent, now);
            DueForWatching = now + PollingPlan.Interval(PollingShare.Live, limits, now);
        }
    }
}
