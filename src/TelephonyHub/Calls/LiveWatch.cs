using System.Collections.Concurrent;
using TelephonyHub.Cabinets;
using TelephonyHub.Intake;
using TelephonyHub.Uis;

namespace TelephonyHub.Calls;

/// <summary>What a cabinet's <c>list.calls</c> said.</summary>
/// <param name="Polls">The last two answers, newest first; empty when none came.</param>
/// <param name="NextAt">When UIS may be asked again.</param>
/// <param name="Note">Why the board rests on events alone; null when the list was read.</param>
public sealed record LiveListing(IReadOnlyList<LivePoll> Polls, DateTimeOffset? NextAt, Words? Note);

/// <summary>
/// Asks <c>list.calls</c> while somebody looks or calls go on, as often as the Call API's points allow. Each replica asks for itself when it is asked,
/// one request a cabinet at a time.
/// </summary>
public sealed partial class LiveWatch(UisCabinets cabinets, CabinetState state, TimeProvider time, ILogger<LiveWatch> logger)
{
    /// <summary>Longer than this nobody waits for UIS: the events are there at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A component that was not bought does not come by asking; a look an hour finds out when it was.</summary>
    private static readonly TimeSpan WithoutComponent = TimeSpan.FromHours(1);

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
        }
    }

    /// <summary>The adapter marks what the wire says to be UTC; all else is the account's clock.</summary>
    private static DateTimeOffset? ToInstant(DateTime? local, TimeZoneInfo zone) =>
        local is { Kind: DateTimeKind.Utc } utc ? new DateTimeOffset(utc) : WireTime.ToUtc(local, zone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live calls of cabinet {Cabinet} could not be listed: {Mnemonic}.")]
    private static partial void LogFailed(ILogger logger, string cabinet, string mnemonic);

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
