using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync.Cards;

/// <summary>What a manager was told of a call.</summary>
/// <param name="Session">The id he was told under: where a routing question named a leg, that leg's.</param>
internal sealed record ToldCard(SessionKey Session, Guid Recipient, string Event)
{
    /// <summary>A notification stands in for it, or whether one does is not written yet.</summary>
    public bool MayRemind { get; init; }
}

/// <summary>How a card's delivery went.</summary>
/// <param name="DeliveredAt">Null when nothing reached the manager; so is <paramref name="Milliseconds"/>.</param>
internal sealed record CardOutcome(CardJob Job, string Outcome, DateTimeOffset? DeliveredAt, int? Milliseconds);

/// <summary>The table of cards, in which every replica reads whom another one told, and a restarted one whom it told before.</summary>
internal sealed partial class CardBook(HubDatabase database, TimeProvider time, ILogger<CardBook> logger)
{
    private const int MostLeftOver = 500;
    private const int MostUnwritten = 10_000;
    private const int Batch = 500;
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);
    private static readonly string Ringing = CardSender.NameOf(CardEvent.Ringing);
    private static readonly string Ended = CardSender.NameOf(CardEvent.Ended);

    private readonly ConcurrentQueue<CardOutcome> _outcomes = new();

    /// <summary>
    /// False when this event went to this manager before, an end is to be told to somebody who never had a card, or the ringing is over: what another
    /// replica folded, or this process before its restart, stands only in the call's row.
    /// </summary>
    public async Task<bool> ReserveAsync(CardJob job, CancellationToken ct)
    {
        var provided = job.Event switch
        {
            CardEvent.Ringing => "NOT EXISTS (SELECT 1 FROM calls WHERE cabinet = @c AND session_id = @s AND (answered OR ended))",
            CardEvent.Ended => "EXISTS (SELECT 1 FROM cards WHERE cabinet = @c AND session_id = @s AND recipient = @r AND event <> @e)",
            _ => "1 = 1",
        };
        var reserved = await database.ExecuteAsync(
            $"""
            INSERT INTO cards (cabinet, session_id, recipient, event, seq, created_at) SELECT @c, @s, @r, @e, @q, @t WHERE {provided}
            ON CONFLICT (cabinet, session_id, recipient, event) DO NOTHING
            """,
            c => Name(c, job).With("@q", (int)job.Event).With("@t", database.Instant(time.GetUtcNow())),
            ct);
        return reserved == 1;
    }

    /// <summary>Written soon, with others: only people read it.</summary>
    public void StoreSoon(CardOutcome outcome)
    {
        if (_outcomes.Count < MostUnwritten)
        {
            _outcomes.Enqueue(outcome);
        }
    }

    /// <summary>Writes what waits for it. What fails waits for the next time, except for what the database refuses.</summary>
    public async Task WriteOutcomesAsync(CancellationToken ct)
    {
        while (!_outcomes.IsEmpty)
        {
            var batch = new List<CardOutcome>();
            while (batch.Count < Batch && _outcomes.TryDequeue(out var outcome))
            {
                batch.Add(outcome);
            }

            await WriteOrKeepAsync(batch, ct);
        }
    }

    private async Task WriteOrKeepAsync(List<CardOutcome> batch, CancellationToken ct)
    {
        try
        {
            await WriteAsync(batch, ct);
        }
        catch (Exception e) when (!HubDatabase.IsBadRow(e))
        {
            batch.ForEach(StoreSoon);
            throw;
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is refused: its neighbours must not be lost with it, also where the database goes away meanwhile.
            var waiting = new Queue<CardOutcome>(batch);
            try
            {
                while (waiting.TryDequeue(out var outcome))
                {
                    await WriteOrKeepAsync([outcome], ct);
                }
            }
            finally
            {
                waiting.ToList().ForEach(StoreSoon);
            }
        }
        catch (Exception e)
        {
            LogRefused(logger, batch[0].Job.Session.IntegrationId, e);
        }
    }

    /// <summary>The outcome of a card that a notification stands in for: at once, for its end, on whichever replica, sets it read.</summary>
    public Task StoreAsync(CardOutcome outcome, Guid reminding, CancellationToken ct) => database.ExecuteAsync(
        "UPDATE cards SET outcome = @o, delivered_at = @d, delivery_ms = @m, reminding_id = @i WHERE cabinet = @c AND session_id = @s AND recipient = @r AND event = @e",
        c => SetOutcome(Name(c, outcome.Job), outcome).With("@i", database.Id(reminding)),
        ct);

    /// <summary>All that was told of a call, also under the id of one of its legs.</summary>
    public async Task<IReadOnlyList<ToldCard>> OfAsync(Call call, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await CardRow.Of(context.Cards.AsNoTracking(), context.Sessions, call.Key.Cabinet.Value, call.Key.Id, call.Legs.Select(l => l.Id))
            .Select(c => new { c.SessionId, c.Recipient, c.Event, MayRemind = c.RemindingId != null || (c.Event == Ringing && c.Outcome == null) })
            .ToListAsync(ct);
        return rows.ConvertAll(r => new ToldCard(new SessionKey(call.Key.Cabinet, r.SessionId), r.Recipient, r.Event) { MayRemind = r.MayRemind });
    }

    /// <summary>A routing question may name a leg (contract, section 1): its session, as far as an event has said so by now.</summary>
    public async Task<SessionKey> SessionOfAsync(SessionKey asked, string? clientPhone, CancellationToken ct)
    {
        if (clientPhone is null)
        {
            return asked;
        }

        await using var context = database.CreateContext();
        var (cabinet, id, since) = (asked.Cabinet.Value, asked.Id, time.GetUtcNow() - CallPlanner.LateAfter);
        var calls = await context.Calls.AsNoTracking()
            .Where(c => c.ClientPhone == clientPhone && c.StartedAt >= since && c.Cabinet == cabinet && !c.Ended && !context.Sessions.Any(s => s.Cabinet == cabinet && s.SessionId == id))
            .Select(c => new { c.SessionId, c.Data })
            .ToListAsync(ct);
        return calls.Find(c => CallRows.Read(c.Data).Legs.Any(l => l.Id == id)) is { } call ? new SessionKey(asked.Cabinet, call.SessionId) : asked;
    }

    /// <summary>Which of these calls are answered or over, as any replica folded them last.</summary>
    public async Task<IReadOnlyList<CallRow>> PastRingingAsync(IReadOnlyCollection<SessionKey> sessions, CancellationToken ct)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        await using var context = database.CreateContext();
        var rows = await context.Calls.AsNoTracking().Where(c => ids.Contains(c.SessionId) && (c.Answered || c.Ended)).ToListAsync(ct);
        return rows.FindAll(r => sessions.Contains(new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId)));
    }

    /// <summary>The call as any replica folded it last.</summary>
    public async Task<CallRow?> CallAsync(SessionKey session, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var (cabinet, id) = (session.Cabinet.Value, session.Id);
        return await context.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == cabinet && c.SessionId == id, ct);
    }

    /// <summary>Calls that ended while nobody was there to take their cards away.</summary>
    public async Task<IReadOnlyList<CallRow>> LeftOverAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var left = context.Cards.Where(c => c.CreatedAt >= since && c.Event != Ended
            && !context.Cards.Any(e => e.Cabinet == c.Cabinet && e.SessionId == c.SessionId && e.Recipient == c.Recipient && e.Event == Ended));
        var began = since - LongestCall; // an index finds what can be meant
        return await context.Calls.AsNoTracking().Where(k => k.StartedAt >= began && k.Ended && left.Any(c => c.Cabinet == k.Cabinet && c.SessionId == k.SessionId)).Take(MostLeftOver).ToListAsync(ct);
    }

    /// <summary>Notifications of cards that are over and may still be unread.</summary>
    public async Task<IReadOnlyList<ToldCard>> UnreadAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await context.Cards.AsNoTracking()
            .Where(c => c.CreatedAt >= since && c.RemindingId != null && context.Cards.Any(e => e.Cabinet == c.Cabinet && e.SessionId == c.SessionId && e.Recipient == c.Recipient && e.Event == Ended))
            .Take(MostLeftOver)
            .ToListAsync(ct);
        return rows.ConvertAll(r => new ToldCard(new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId), r.Recipient, r.Event));
    }

    public async Task<Guid?> RemindingAsync(ToldCard card, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await RemindingOf(context, card).Select(c => c.RemindingId).FirstOrDefaultAsync(ct);
    }

    public Task ForgetRemindingAsync(ToldCard card, CancellationToken ct) =>
        database.WriteAsync((context, token) => RemindingOf(context, card).ExecuteUpdateAsync(s => s.SetProperty(c => c.RemindingId, (Guid?)null), token), ct);

    private static IQueryable<CardRow> RemindingOf(HubDbContext context, ToldCard card)
    {
        var (cabinet, id, contact) = (card.Session.Cabinet.Value, card.Session.Id, card.Recipient);
        return context.Cards.Where(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.RemindingId != null);
    }

    /// <summary>Only the process that reserved a card writes its outcome: no two replicas wait for each other here.</summary>
    private async Task WriteAsync(List<CardOutcome> batch, CancellationToken ct)
    {
        if (database.IsPostgres)
        {
            await database.ExecuteAsync(
                """
                UPDATE cards AS c SET outcome = o.outcome, delivered_at = o.at, delivery_ms = o.ms
                FROM unnest(@c, @s, @r, @e, @o, @d::timestamptz[], @m) AS o (cabinet, session_id, recipient, event, outcome, at, ms)
                WHERE c.cabinet = o.cabinet AND c.session_id = o.session_id AND c.recipient = o.recipient AND c.event = o.event
                """,
                c => c.With("@c", batch.ConvertAll(o => o.Job.Session.Cabinet.Value))
                    .With("@s", batch.ConvertAll(o => o.Job.Session.Id))
                    .With("@r", batch.ConvertAll(o => o.Job.Manager.ContactId!.Value))
                    .With("@e", batch.ConvertAll(o => CardSender.NameOf(o.Job.Event)))
                    .With("@o", batch.ConvertAll(o => o.Outcome))
                    .With("@d", batch.ConvertAll(o => o.DeliveredAt?.UtcDateTime))
                    .With("@m", batch.ConvertAll(o => o.Milliseconds)),
                ct);
            return;
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                foreach (var outcome in batch)
                {
                    await using var command = HubDatabase.Command(
                        context, "UPDATE cards SET outcome = @o, delivered_at = @d, delivery_ms = @m WHERE cabinet = @c AND session_id = @s AND recipient = @r AND event = @e");
                    await SetOutcome(Name(command, outcome.Job), outcome).ExecuteNonQueryAsync(token);
                }
            },
            ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of a card of {Session} was refused by the database and is not stored.")]
    private static partial void LogRefused(ILogger logger, string session, Exception exception);

    private DbCommand Name(DbCommand command, CardJob job) => command
        .With("@c", job.Session.Cabinet.Value)
        .With("@s", job.Session.Id)
        .With("@r", database.Id(job.Manager.ContactId!.Value))
        .With("@e", CardSender.NameOf(job.Event));

    private DbCommand SetOutcome(DbCommand command, CardOutcome outcome) => command
        .With("@o", outcome.Outcome)
        .With("@d", outcome.DeliveredAt is { } at ? database.Instant(at) : null)
        .With("@m", outcome.Milliseconds);
}
