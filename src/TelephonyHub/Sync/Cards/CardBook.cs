using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync.Cards;

/// <summary>What a manager was told of a call.</summary>
/// <param name="Session">The id he was told under: where a routing question named a leg, that leg's.</param>
internal sealed record ToldCard(SessionKey Session, Guid Recipient, string Event);

/// <summary>The table of cards, in which every replica reads whom another one told, and a restarted one whom it told before.</summary>
internal sealed class CardBook(HubDatabase database, TimeProvider time)
{
    private const int MostLeftOver = 500;
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);
    private static readonly string Ended = CardSender.NameOf(CardEvent.Ended);

    /// <summary>
    /// False when this event went to this manager before, an end is to be told to somebody who never had a card, or the ringing is over: what another
    /// replica folded, or this process before its restart, stands only in the call's row.
    /// </summary>
    public Task<bool> ReserveAsync(CardJob job, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var (cabinet, id, contact) = (job.Session.Cabinet.Value, job.Session.Id, job.Manager.ContactId!.Value);
            if (job.Event == CardEvent.Ended && !await context.Cards.AnyAsync(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.Event != Ended, token))
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
                .With("@e", CardSender.NameOf(job.Event))
                .With("@q", (int)job.Event)
                .With("@t", database.Instant(time.GetUtcNow()));
            return await command.ExecuteNonQueryAsync(token) == 1;
        },
        ct);

    public Task StoreAsync(CardJob job, string outcome, DateTimeOffset? deliveredAt, int? milliseconds, Guid? reminding, CancellationToken ct)
    {
        var (cabinet, id, contact, name) = (job.Session.Cabinet.Value, job.Session.Id, job.Manager.ContactId!.Value, CardSender.NameOf(job.Event));
        return database.WriteAsync(
            (context, token) => context.Cards
                .Where(c => c.Cabinet == cabinet && c.SessionId == id && c.Recipient == contact && c.Event == name)
                .ExecuteUpdateAsync(
                    s => s
                        .SetProperty(c => c.Outcome, outcome)
                        .SetProperty(c => c.DeliveredAt, deliveredAt)
                        .SetProperty(c => c.DeliveryMs, milliseconds)
                        .SetProperty(c => c.RemindingId, reminding),
                    token),
            ct);
    }

    /// <summary>All that was told of a call, also under the id of one of its legs.</summary>
    public async Task<IReadOnlyList<ToldCard>> OfAsync(Call call, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await CardRow.Of(context.Cards.AsNoTracking(), context.Sessions, call.Key.Cabinet.Value, call.Key.Id, call.Legs.Select(l => l.Id)).Select(c => new { c.SessionId, c.Recipient, c.Event }).ToListAsync(ct);
        return rows.ConvertAll(r => new ToldCard(new SessionKey(call.Key.Cabinet, r.SessionId), r.Recipient, r.Event));
    }

    /// <summary>A routing question may name a leg (contract, section 1): its session, as far as an event has said so by now.</summary>
    public async Task<SessionKey> SessionOfAsync(SessionKey asked, string? clientPhone, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var (cabinet, id) = (asked.Cabinet.Value, asked.Id);
        if (clientPhone is null || await context.Sessions.AnyAsync(s => s.Cabinet == cabinet && s.SessionId == id, ct))
        {
            return asked;
        }

        var since = time.GetUtcNow() - CallPlanner.LateAfter;
        var calls = await context.Calls.AsNoTracking().Where(c => c.ClientPhone == clientPhone && c.StartedAt >= since && c.Cabinet == cabinet && !c.Ended).ToListAsync(ct);
        return calls.Find(c => CallRows.Read(c).Legs.Any(l => l.Id == id)) is { } call ? new SessionKey(asked.Cabinet, call.SessionId) : asked;
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
}
