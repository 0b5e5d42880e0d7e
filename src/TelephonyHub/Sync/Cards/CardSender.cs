using System.Collections.Concurrent;
using System.Threading.Channels;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Routing;
using TelephonyHub.Rules;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync.Cards;

/// <summary>What one manager is told.</summary>
/// <param name="Since">When the webhook arrived that gave occasion to it: from here on its delivery is timed.</param>
internal sealed record CardJob(SessionKey Session, Manager Manager, CardEvent Event, string? ClientPhone, string? ClientName, string? DialledNumber, CabinetKey? Region, DateTimeOffset Since);

/// <summary>
/// Cards: at most once per manager and event, never later than the ring, in order within a call. Told by routing answers (the first phone's manager
/// at once) and by folded calls (which correct it). Whose card is over is read from the table: another replica, or this one before a restart, may have told him.
/// </summary>
internal sealed partial class CardSender(
    HubDatabase database,
    DirectoryService directory,
    CardBook book,
    CardDelivery delivery,
    ICardRules rules,
    CabinetState cabinets,
    HubSettings settings,
    TimeProvider time,
    ILogger<CardSender> logger) : BackgroundService, ICallListener, IRouteListener
{
    /// <summary>A card is five short waits, one after the other: with four lanes cards waited for each other at fifty calls a second (p95 290 ms instead of 253).</summary>
    private const int Lanes = 16;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(2);

    /// <summary>Of a call that was answered or is over little comes that concerns cards: seen anew, it finds in the table what was told.</summary>
    private static readonly TimeSpan RememberedWhenOver = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromSeconds(30);

    /// <summary>An end that is heard of later takes no card away: no browser shows it any more.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Within it the first phone of an answer rings, whatever the order of events.</summary>
    private static readonly TimeSpan RingsWithin = TimeSpan.FromSeconds(2);

    /// <summary>How long outcomes, and what is looked at later, wait for others.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly Channel<(SessionKey Session, Func<CancellationToken, Task> Work)>[] _lanes =
        [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<(SessionKey, Func<CancellationToken, Task>)>(10_000))];

    // A call is folded at each of its events; its cards are looked at when something changed for them.
    private readonly ConcurrentDictionary<SessionKey, (string State, DateTimeOffset At)> _seen = new();

    // Calls whose ringing is over: a routing answer's card must not come after the answer.
    private readonly ConcurrentDictionary<SessionKey, DateTimeOffset> _over = new();

    // Told of by a routing answer: the answer to the call may have been folded elsewhere at the same moment.
    private readonly ConcurrentDictionary<SessionKey, string?> _toldFirst = new();

    private readonly ConcurrentDictionary<(SessionKey Session, string What), (DateTimeOffset Due, Action Work)> _later = new();

    public void OnAnswered(AnsweredRoute route)
    {
        var (question, decision) = (route.Question, route.Decision);
        if (question.CallId is not { } id || decision.Phones.Count == 0 || rules.TimingOf(question.Cabinet, decision.Client is not null, question.Dialled) != CardTiming.OnRing)
        {
            return;
        }

        var first = directory.Managers.ByNumber(question.Cabinet, decision.Phones[0]) ?? directory.Managers.ByContact(decision.Chain.FirstOrDefault(e => e.Phone == decision.Phones[0])?.ContactId);
        if (first is { UserId: not null, CanOwn: true, ContactId: not null })
        {
            var job = new CardJob(
                new SessionKey(question.Cabinet, id), first, CardEvent.Ringing, decision.ClientPhone?.E164 ?? question.CallerRaw, decision.Client?.Name, question.Dialled?.E164 ?? question.DialledRaw,
                decision.Region.Cabinet, route.At - route.Elapsed);
            Pass(job.Session, job.ClientPhone, ct => TellFirstAsync(job, ct));
        }
    }

    public void OnFolded(Call call, CallContext context)
    {
        var now = time.GetUtcNow();
        if (now - call.EndedAt > Forgotten || (call.Direction == CallDirection.Out && !context.Internal))
        {
            return;
        }

        if (call.Answered || call.Ended)
        {
            _over[call.Key] = now;
        }

        var state = StateOf(call);
        if (_seen.TryGetValue(call.Key, out var before) && before.State == state)
        {
            return;
        }

        _seen[call.Key] = (state, now);
        if (CardRules.Concerns(call))
        {
            var phone = context.Place.Client?.E164 ?? call.ClientPhoneRaw;
            var seen = new CardCall(call, phone, context.Region, context.ReceivedAt, Shows: !context.Internal && now - call.StartedAt <= CallPlanner.LateAfter);
            Pass(call.Key, phone, ct => FollowAsync(seen, patient: false, ct));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DrainFor);
        await WriteOutcomesAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal static string NameOf(CardEvent cardEvent) => cardEvent.ToString().ToLowerInvariant();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. _lanes.Select(l => RunAsync(l.Reader, stoppingToken)), LookLaterAsync(stoppingToken), TakeUpAsync(stoppingToken)]);

    private static bool IsWanted(CardEvent cardEvent, CardTiming timing) => timing switch
    {
        CardTiming.OnRing => true,
        CardTiming.OnAnswer => cardEvent == CardEvent.Answered,
        _ => false,
    };

    /// <summary>What of a call concerns its cards.</summary>
    private static string StateOf(Call call) => string.Join(
        '|',
        call.Legs.Where(l => l.RangAt is not null).Select(l => $"{l.Id}:{l.EndedAt is null}").Append($"{call.Answered}:{call.Ended}:{call.LastTalked}").Concat(call.RingingNow.Select(p => p.ToString())));

    /// <summary>One lane for all of a client: a question that names a leg and the events of its session must not overtake each other.</summary>
    private void Pass(SessionKey session, string? phone, Func<CancellationToken, Task> work)
    {
        // Another account's session under the same key would be taken for the old one's.
        if (!settings.TryCabinet(session.Cabinet.Value, out var cabinet) || cabinet.Mode != CabinetMode.On || cabinets.Of(session.Cabinet).SyncStopped)
        {
            return;
        }

        if (!_lanes[(uint)HashCode.Combine(session.Cabinet, phone) % Lanes].Writer.TryWrite((session, work)))
        {
            LogDropped(logger, session.IntegrationId);
        }
    }

    private async Task RunAsync(ChannelReader<(SessionKey Session, Func<CancellationToken, Task> Work)> lane, CancellationToken ct)
    {
        await database.WhenReadyAsync(ct);
        await foreach (var (session, work) in lane.ReadAllAsync(ct))
        {
            try
            {
                await work(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                LogFailed(logger, session.IntegrationId, e);
            }
        }
    }

    private async Task TellFirstAsync(CardJob asked, CancellationToken ct)
    {
        var job = asked with { Session = await book.SessionOfAsync(asked.Session, asked.ClientPhone, ct) };
        if (await SendAsync(job, mayRemind: false, ct))
        {
            _toldFirst[job.Session] = job.ClientPhone;
        }
    }

    /// <summary>
    /// Another replica may have folded the answer while this one told of the ringing, and looked for cards a moment too early: whoever commits later sees the other
    /// one's row. One look for all who were told since the last.
    /// </summary>
    private async Task FollowFirstAsync(CancellationToken ct)
    {
        var told = _toldFirst.ToArray();
        if (told.Length == 0)
        {
            return;
        }

        var phones = new Dictionary<SessionKey, string?>(told);
        foreach (var one in told)
        {
            _toldFirst.TryRemove(one);
        }

        try
        {
            foreach (var seen in (await book.PastRingingAsync(phones.Keys, ct)).Select(Stored))
            {
                Pass(seen.Call.Key, phones[seen.Call.Key], token => FollowAsync(seen, patient: false, token));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            foreach (var (session, phone) in told)
            {
                _toldFirst[session] = phone;
            }

            LogNotFollowed(logger, e);
        }
    }

    /// <summary>What fails is tried again at the next pace.</summary>
    private async Task WriteOutcomesAsync(CancellationToken ct)
    {
        try
        {
            await book.WriteOutcomesAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogNotFollowed(logger, e);
        }
    }

    private async Task FollowAsync(CardCall seen, bool patient, CancellationToken ct)
    {
        var call = seen.Call;
        var told = await book.OfAsync(call, ct);
        if (seen.Shows)
        {
            var number = PhoneNumber.TryParse(seen.ClientPhone);
            var timing = rules.TimingOf(call.Key.Cabinet, number is { } known && directory.Find(known) is not null, PhoneNumber.TryParse(call.VirtualNumber));
            foreach (var (manager, cardEvent) in CardRules.For(call, ManagerOf).Where(c => IsWanted(c.Event, timing)))
            {
                // His browser knows the card by the id it came with.
                var under = told.FirstOrDefault(t => t.Recipient == manager.ContactId)?.Session ?? call.Key;
                if (!told.Any(t => t.Session == under && t.Recipient == manager.ContactId && t.Event == NameOf(cardEvent)))
                {
                    await SendAsync(seen.Job(under, manager, cardEvent), mayRemind: false, ct);
                }
            }
        }

        var held = told.GroupBy(t => (t.Session, t.Recipient)).Where(g => g.All(t => t.Event != NameOf(CardEvent.Ended))).Select(g => g.Key).ToList();
        var over = CardRules.Over(call, held.Select(h => h.Recipient), ManagerOf, patient);
        foreach (var (session, contact) in held.Where(h => over.Contains(h.Recipient)))
        {
            if (directory.Managers.ByContact(contact) is { UserId: not null } manager)
            {
                await SendAsync(seen.Job(session, manager, CardEvent.Ended), told.Any(t => t.MayRemind && (t.Session, t.Recipient) == (session, contact)), ct);
            }
        }

        if (!patient && CardRules.Over(call, held.Select(h => h.Recipient), ManagerOf, patient: true).Count > over.Count)
        {
            Later(call.Key, "rings", RingsWithin, () => Pass(call.Key, seen.ClientPhone, async token =>
            {
                if (await book.CallAsync(call.Key, token) is { } row)
                {
                    await FollowAsync(Stored(row), patient: true, token);
                }
            }));
        }

        Manager? ManagerOf(Participant p) => directory.Managers.Of(call.Key.Cabinet, p.EmployeeId, p.Number);
    }

    /// <param name="job">What to tell whom.</param>
    /// <param name="mayRemind">A notification may stand in for the card that ends.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there was nothing to tell him.</returns>
    private async Task<bool> SendAsync(CardJob job, bool mayRemind, CancellationToken ct)
    {
        if ((job.Event == CardEvent.Ringing && _over.ContainsKey(job.Session)) || !await book.ReserveAsync(job, ct))
        {
            return false;
        }

        await delivery.DeliverAsync(job, ct);
        if (job.Event == CardEvent.Ended && mayRemind)
        {
            await MarkReadAsync(new ToldCard(job.Session, job.Manager.ContactId!.Value, NameOf(job.Event)), FirstRetry, ct);
        }

        return true;
    }

    /// <summary>The stand-in for a card would stay in the bell's list: what fails is tried again.</summary>
    private async Task MarkReadAsync(ToldCard card, TimeSpan pause, CancellationToken ct)
    {
        if (!await delivery.MarkReadAsync(card, ct))
        {
            var next = pause * 2 < LongestRetry ? pause * 2 : LongestRetry;
            Later(card.Session, $"read {card.Recipient}", pause, () => Pass(card.Session, null, token => MarkReadAsync(card, next, token)));
        }
    }

    /// <summary>After a start: ends that were stored and not told of, notifications that could not be marked read.</summary>
    private async Task TakeUpAsync(CancellationToken ct)
    {
        await database.WhenReadyAsync(ct);
        while (directory.Managers.Managers.Count == 0)
        {
            await Task.Delay(RingsWithin, time, ct); // nobody is known yet to whom it could be told
        }

        try
        {
            var since = time.GetUtcNow() - Forgotten;
            foreach (var row in await book.LeftOverAsync(since, ct))
            {
                var seen = Stored(row);
                Pass(seen.Call.Key, seen.ClientPhone, token => FollowAsync(seen, patient: false, token));
            }

            foreach (var card in await book.UnreadAsync(since, ct))
            {
                Pass(card.Session, null, token => MarkReadAsync(card, FirstRetry, token));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogNotTakenUp(logger, e);
        }
    }

    /// <summary>As it is stored: only to take cards away.</summary>
    private CardCall Stored(CallRow row) =>
        new(CallRows.Read(row), row.ClientPhone, row.Region is { } region && settings.TryCabinet(region, out var named) ? named.Key : null, time.GetUtcNow(), Shows: false);

    private void Later(SessionKey session, string what, TimeSpan pause, Action work) => _later[(session, what)] = (time.GetUtcNow() + pause, work);

    private async Task LookLaterAsync(CancellationToken ct)
    {
        using var pace = new PeriodicTimer(Pace, time);
        var forgot = time.GetUtcNow();
        while (await pace.WaitForNextTickAsync(ct))
        {
            if (time.GetUtcNow() - forgot >= ForgetEvery)
            {
                forgot = time.GetUtcNow();
                ForgetOld(forgot);
            }

            foreach (var (key, _) in _later.Where(l => l.Value.Due <= time.GetUtcNow()))
            {
                if (_later.TryRemove(key, out var later))
                {
                    later.Work();
                }
            }

            await FollowFirstAsync(ct);
            await WriteOutcomesAsync(ct);
        }
    }

    /// <summary>What is forgotten stands in the table still: a look there says the same, only later.</summary>
    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, seen) in _seen)
        {
            if (now - seen.At > (_over.TryGetValue(key, out var over) && now - over > RememberedWhenOver ? RememberedWhenOver : Remembered))
            {
                _seen.TryRemove(key, out _);
            }
        }

        foreach (var (key, over) in _over)
        {
            if (now - over > RememberedWhenOver && !_seen.ContainsKey(key))
            {
                _over.TryRemove(key, out _);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A card of call {Session} failed.")]
    private static partial void LogFailed(ILogger logger, string session, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many cards wait; that of call {Session} was dropped.")]
    private static partial void LogDropped(ILogger logger, string session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cards that were told could not be followed; tried again.")]
    private static partial void LogNotFollowed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cards left over from before the start could not be looked for.")]
    private static partial void LogNotTakenUp(ILogger logger, Exception exception);

    /// <summary>A call as its cards see it.</summary>
    /// <param name="Shows">New cards may come; those that are over go in any case.</param>
    private sealed record CardCall(Call Call, string? ClientPhone, CabinetKey? Region, DateTimeOffset Since, bool Shows)
    {
        public CardJob Job(SessionKey under, Manager manager, CardEvent cardEvent) =>
            new(under, manager, cardEvent, ClientPhone, Call.ClientName, Call.VirtualNumber, Region, Since);
    }
}
