using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Routing;
using TelephonyHub.Rules;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync.Cards;

/// <summary>What one manager is told.</summary>
/// <param name="Since">When the webhook arrived that gave occasion to it: from here on its delivery is timed.</param>
internal sealed record CardJob(SessionKey Session, Manager Manager, CardEvent Event, string? ClientPhone, string? ClientName, string? DialledNumber, CabinetKey? Region, DateTimeOffset Since);

/// <summary>
/// Cards: at most once per manager and event, never later than the ring, in order within a call. Told by routing answers (the first phone's manager
/// at once) and by folded calls (which correct it).
/// </summary>
internal sealed partial class CardSender(
    HubDatabase database,
    DirectoryService directory,
    ICreatioClient crm,
    CardContent content,
    ICardRules rules,
    CabinetState cabinets,
    HubMetrics metrics,
    HubSettings settings,
    TimeProvider time,
    ILogger<CardSender> logger) : BackgroundService, ICallListener, IRouteListener
{
    private const int Lanes = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(2);

    private readonly Channel<CardJob>[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<CardJob>(10_000))];

    // What this process already passed on: a call is folded at each of its events, the card goes out once.
    private readonly ConcurrentDictionary<(SessionKey, Guid, CardEvent), DateTimeOffset> _passed = new();

    // Calls whose ringing is over: a routing answer's card must not come after the answer.
    private readonly ConcurrentDictionary<SessionKey, DateTimeOffset> _over = new();

    public void OnAnswered(AnsweredRoute route)
    {
        var (question, decision) = (route.Question, route.Decision);
        if (question.CallId is not { } id || decision.Phones.Count == 0 || rules.TimingOf(question.Cabinet, decision.Client is not null, question.Dialled) != CardTiming.OnRing)
        {
            return;
        }

        var first = directory.Managers.ByNumber(question.Cabinet, decision.Phones[0]) ?? directory.Managers.ByContact(decision.Chain.FirstOrDefault(e => e.Phone == decision.Phones[0])?.ContactId);
        if (first is { UserId: not null, CanOwn: true })
        {
            Pass(new CardJob(
                new SessionKey(question.Cabinet, id), first, CardEvent.Ringing, decision.ClientPhone?.E164 ?? question.CallerRaw, decision.Client?.Name, question.Dialled?.E164 ?? question.DialledRaw,
                decision.Region.Cabinet, route.At - route.Elapsed));
        }
    }

    public void OnFolded(Call call, CallContext context)
    {
        if (context.Internal || time.GetUtcNow() - call.StartedAt > CallPlanner.LateAfter)
        {
            return;
        }

        if (call.Answered || call.Ended)
        {
            _over[call.Key] = time.GetUtcNow();
        }

        var (client, phone) = (context.Place.Client, context.Place.Client?.E164 ?? call.ClientPhoneRaw);
        var known = client is { } number ? directory.Find(number) : null;
        var (name, timing) = (known?.Name, rules.TimingOf(call.Key.Cabinet, known is not null, PhoneNumber.TryParse(call.VirtualNumber)));
        foreach (var (manager, cardEvent) in CardRules.For(call, p => directory.Managers.Of(call.Key.Cabinet, p.EmployeeId, p.Number)).Where(c => IsWanted(c.Event, timing)))
        {
            Pass(new CardJob(call.Key, manager, cardEvent, phone, name ?? call.ClientName, call.VirtualNumber, context.Region, context.ReceivedAt));
        }

        if (call.Ended)
        {
            // Also those who only a routing answer told.
            foreach (var ((_, contact, _), _) in _passed.Where(p => p.Key.Item1 == call.Key && p.Key.Item3 != CardEvent.Ended))
            {
                if (directory.Managers.ByContact(contact) is { } told)
                {
                    Pass(new CardJob(call.Key, told, CardEvent.Ended, phone, name ?? call.ClientName, call.VirtualNumber, context.Region, context.ReceivedAt));
                }
            }

            ForgetOld();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(l => RunAsync(l.Reader, stoppingToken)));

    /// <summary>An end always goes out: it is told to those only who were told before, perhaps by a rule that was changed since.</summary>
    private static bool IsWanted(CardEvent cardEvent, CardTiming timing) => cardEvent switch
    {
        CardEvent.Ringing => timing == CardTiming.OnRing,
        CardEvent.Answered => timing != CardTiming.None,
        _ => true,
    };

    private void Pass(CardJob job)
    {
        // Another account's session under the same key would be taken for the old one's.
        if (settings.Cabinets[job.Session.Cabinet].Mode != CabinetMode.On || cabinets.Of(job.Session.Cabinet).SyncStopped || job.Manager.ContactId is not { } contact
            || !_passed.TryAdd((job.Session, contact, job.Event), time.GetUtcNow()))
        {
            return;
        }

        if (!_lanes[(uint)job.Session.GetHashCode() % Lanes].Writer.TryWrite(job))
        {
            LogDropped(logger, job.Session.IntegrationId);
        }
    }

    private async Task RunAsync(ChannelReader<CardJob> jobs, CancellationToken ct)
    {
        await database.WhenReadyAsync(ct);
        await foreach (var job in jobs.ReadAllAsync(ct))
        {
            try
            {
                await SendAsync(job, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                LogFailed(logger, job.Session.IntegrationId, job.Event, e);
            }
        }
    }

    private async Task SendAsync(CardJob job, CancellationToken ct)
    {
        if (job.Event == CardEvent.Ringing && _over.ContainsKey(job.Session))
        {
            return;
        }

        if (!await ReserveAsync(job, ct))
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var (outcome, reminding) = ("", (Guid?)null);
        try
        {
            var payload = await content.OfAsync(job, patience.Token);
            var answer = await NotifyAsync(job, payload, patience.Token);
            outcome = answer.PackageAbsent ? "no package" : answer.Delivered > 0 ? "card" : "no browser";
            if (job.Event == CardEvent.Ringing && answer is { PackageAbsent: true } or { Delivered: 0 })
            {
                reminding = await RemindAsync(job, payload, patience.Token);
                outcome = "reminding";
            }
        }
        catch (Exception e) when (e is CreatioException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // Not sent again: at most once, and a late card is worse than none.
            outcome = e is CreatioException c ? $"failed: {c.Failure}" : "failed: too slow";
            LogFailed(logger, job.Session.IntegrationId, job.Event, e);
        }

        await StoreAsync(job, outcome, reminding, ct);
        if (job.Event == CardEvent.Ended)
        {
            await MarkReadAsync(job, ct);
        }
    }

    /// <summary>A refusal for good (the service lets the hub's user in only with its operation) is as if there were no service.</summary>
    private async Task<NotifyAnswer> NotifyAsync(CardJob job, JsonObject card, CancellationToken ct)
    {
        try
        {
            return await crm.NotifyAsync([job.Manager.UserId!.Value], card.ToJsonString(HubJson.Compact), ct);
        }
        catch (CreatioException e) when (e.Failure == CreatioFailure.Permanent)
        {
            LogFailed(logger, job.Session.IntegrationId, job.Event, e);
            return new NotifyAnswer(0, Running: false, PackageAbsent: true);
        }
    }

    /// <returns>
    /// False when this event went to this manager before, an end is to be told to somebody who never had a card, or the ringing is over: what another
    /// replica folded, or this process before its restart, stands only in the call's row.
    /// </returns>
    private Task<bool> ReserveAsync(CardJob job, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var (cabinet, id, contact) = (job.Session.Cabinet.Value, job.Session.Id, job.Manager.ContactId!.Value);
            if (job.Event == CardEvent.Ended && !await context.Cards.AnyAsync(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.Event != "ended", token))
            {
                return false;
            }

            if (job.Event == CardEvent.Ringing && await context.Calls.AnyAsync(c => c.Cabinet == cabinet && c.SessionId == id && (c.Answered || c.Ended), token))
            {
                return false;
            }

            await using var command = HubDatabase.Command(context, """
                INSERT INTO cards (cabinet, session_id, recipient, event, seq, created_at) VALUES (@c, @s, @r, @e, @q, @t)
                ON CONFLICT (cabinet, session_id, recipient, event) DO NOTHING
                """)
                .With("@c", cabinet)
                .With("@s", id)
                .With("@r", database.IsPostgres ? contact : contact.ToString().ToUpperInvariant())
                .With("@e", NameOf(job.Event))
                .With("@q", (int)job.Event)
                .With("@t", database.Instant(time.GetUtcNow()));
            return await command.ExecuteNonQueryAsync(token) == 1;
        },
        ct);

    private async Task<Guid> RemindAsync(CardJob job, JsonObject card, CancellationToken ct)
    {
        var id = HubIds.Reminding(job.Session, job.Manager.ContactId!.Value);
        var caption = string.Join(", ", new[] { card["name"]?.GetValue<string>(), PhoneNumber.TryParse(job.ClientPhone)?.Display ?? job.ClientPhone }.Where(t => !string.IsNullOrWhiteSpace(t)));
        var body = new JsonObject
        {
            ["Id"] = id.ToString(),
            ["ContactId"] = job.Manager.ContactId.ToString(),
            ["SourceId"] = CreatioIds.RemindingSource.Author.ToString(),
            ["RemindTime"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["PopupTitle"] = "Входящий звонок",
            ["SubjectCaption"] = caption.Length == 0 ? "Номер скрыт" : caption,
            ["Description"] = "Входящий звонок",
            ["TypeCaption"] = "Звонок",
            ["SysEntitySchemaId"] = CreatioIds.Schema.Contact.ToString(),
            ["NotificationTypeId"] = CreatioIds.NotificationType.Notification.ToString(),
            ["IsRead"] = false,
        };
        if (card["contactId"] is { } contact)
        {
            body["SubjectId"] = contact.DeepClone();
        }

        if (directory.Managers.OwnContactId is { } author)
        {
            body["AuthorId"] = author.ToString();
        }

        await crm.CreateAsync("Reminding", body, ct);
        return id;
    }

    private Task StoreAsync(CardJob job, string outcome, Guid? reminding, CancellationToken ct)
    {
        var (cabinet, id, contact, name, now) = (job.Session.Cabinet.Value, job.Session.Id, job.Manager.ContactId!.Value, NameOf(job.Event), time.GetUtcNow());
        var elapsed = now - job.Since;
        metrics.Card(cabinet, name, outcome, elapsed);
        var delivered = outcome is "card" or "reminding";
        var (at, milliseconds) = (delivered ? now : (DateTimeOffset?)null, delivered ? (int?)Math.Clamp(elapsed.TotalMilliseconds, 0, int.MaxValue) : null);
        return database.WriteAsync(
            (context, token) => context.Cards
                .Where(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.Event == name)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(c => c.Outcome, outcome).SetProperty(c => c.DeliveredAt, at).SetProperty(c => c.DeliveryMs, milliseconds).SetProperty(c => c.RemindingId, reminding),
                    token),
            ct);
    }

    /// <summary>The stand-in for a card would stay in the bell's list.</summary>
    private async Task MarkReadAsync(CardJob job, CancellationToken ct)
    {
        var (cabinet, id, contact) = (job.Session.Cabinet.Value, job.Session.Id, job.Manager.ContactId!.Value);
        Guid? reminding;
        await using (var context = database.CreateContext())
        {
            reminding = await context.Cards.AsNoTracking().Where(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.RemindingId != null).Select(c => c.RemindingId).FirstOrDefaultAsync(ct);
        }

        if (reminding is { } row)
        {
            await crm.UpdateAsync("Reminding", row, new JsonObject { ["IsRead"] = true }, ct);
        }
    }

    private void ForgetOld()
    {
        if (_passed.Count < 5_000 && _over.Count < 5_000)
        {
            return;
        }

        var limit = time.GetUtcNow() - Remembered;
        foreach (var old in _passed.Where(p => p.Value < limit).ToList())
        {
            _passed.TryRemove(old.Key, out _);
        }

        foreach (var old in _over.Where(p => p.Value < limit).ToList())
        {
            _over.TryRemove(old.Key, out _);
        }
    }

    internal static string NameOf(CardEvent cardEvent) => cardEvent.ToString().ToLowerInvariant();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Card of call {Session} ({CardEvent}) failed.")]
    private static partial void LogFailed(ILogger logger, string session, CardEvent cardEvent, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many cards wait; that of call {Session} was dropped.")]
    private static partial void LogDropped(ILogger logger, string session);
}
