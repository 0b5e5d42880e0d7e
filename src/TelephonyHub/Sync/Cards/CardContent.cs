using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Rules;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync.Cards;

/// <summary>
/// What a card says (row E, contract section 2, and more as far as it is known). From memory and the hub's own calls; of the CRM one read, for a ringing
/// card only.
/// </summary>
internal sealed class CardContent(HubDatabase database, DirectoryService directory, ICreatioClient crm, CardDeals deals, ICardRules rules, HubSettings settings)
{
    private const int MostCalls = 20;
    private const int MostRemembered = 2_000;
    private static readonly EarlierCalls None = new(null, null);

    // One read for all cards of a call, as of the deal: what ended before it rang is what counts.
    private readonly ConcurrentDictionary<(SessionKey Session, PhoneNumber Client), EarlierCalls> _earlier = new();

    public async Task<JsonObject> OfAsync(CardJob job, CancellationToken ct)
    {
        var number = PhoneNumber.TryParse(job.ClientPhone);
        var client = number is { } n ? directory.Find(n) : null;
        var earlier = number is null || job.Event == CardEvent.Ended ? None : await EarlierAsync(job, number.Value, ct);
        var entity = rules.DealEntityOf(job.Session.Cabinet, client is not null, PhoneNumber.TryParse(job.DialledNumber)) ?? settings.Sync.DealEntity;
        var deal = client is null ? null : job.Event == CardEvent.Ringing ? await deals.OfAsync(job.Session, client, entity, ct) : deals.Known(job.Session);
        var (dealId, dealEntity) = client is null ? (null, entity) : deal is not null ? (deal.Id, deal.Entity) : await DealOfAsync(earlier.WithDeal, entity, ct);
        var card = new JsonObject
        {
            ["event"] = CardSender.NameOf(job.Event),
            ["seq"] = (int)job.Event,
            ["callId"] = job.Session.IntegrationId,
            ["cabinet"] = job.Session.Cabinet.Value,
            ["phone"] = job.ClientPhone,
            ["name"] = client?.Name ?? job.ClientName,
            ["contactId"] = client?.ContactId?.ToString(),
            ["dealId"] = dealId?.ToString(),
            ["region"] = job.Region is { } region ? settings.Cabinets[region].Name : null,
            ["dialledNumber"] = PhoneNumber.TryParse(job.DialledNumber)?.E164 ?? job.DialledNumber,
            ["url"] = (client is null ? null : LinkOf(client.ContactId, client.AccountId)) ?? crm.NewContactLink(job.ClientPhone ?? "").ToString(),
            ["dealEntity"] = dealEntity.ToString(),
            ["deal"] = deal is null ? null : new JsonObject { ["id"] = deal.Id.ToString(), ["title"] = deal.Title, ["stage"] = deal.Stage, ["open"] = deal.Open },
            ["lastCall"] = earlier.Last is { } last ? LastCall(last) : null,
        };
        if (client is not null && number is { } known)
        {
            AddClient(card, client, known, deal);
        }
        else if (number is { } stranger)
        {
            card["newContactUrl"] = crm.NewContactLink(stranger.E164).ToString();
        }

        return card;
    }

    /// <summary>The CRM did not name a deal: that of the last call which has one. What it was made as, its rule says.</summary>
    private async Task<(Guid?, DealEntity)> DealOfAsync(EarlierCall? call, DealEntity otherwise, CancellationToken ct)
    {
        if (call is not { RuleId: { } rule, RuleVersion: { } version })
        {
            return (call?.DealId, otherwise);
        }

        await using var context = database.CreateContext();
        return (call.DealId, await rules.DealEntityOfAsync(context, rule, version, ct) ?? settings.Sync.DealEntity);
    }

    private void AddClient(JsonObject card, Client client, PhoneNumber number, CardDeal? deal)
    {
        var candidates = directory.Clients.Find(number);
        card["accountId"] = client.AccountId?.ToString();
        card["accountName"] = client.AccountId is not { } account ? null
            : deal?.AccountId == account ? deal.AccountName
            : candidates.FirstOrDefault(c => c.ContactId is null && c.AccountId == account)?.Name;
        card["contactType"] = TypeName(candidates.FirstOrDefault(c => c.ContactId is not null && c.ContactId == client.ContactId)?.ContactTypeId);
        card["ownerName"] = OwnerName(client.OwnerContactId);

        // The company of a person who is named already is no other client, and an outdated number nobody's any more.
        var people = client.Others.Where(o => !o.NonActual && o.ContactId is not null).ToList();
        var companies = people.Select(o => o.AccountId).Append(client.AccountId).ToList();
        var others = people.Concat(client.Others.Where(o => !o.NonActual && o.ContactId is null && !companies.Contains(o.AccountId))).ToList();
        if (others.Count > 0)
        {
            card["choices"] = new JsonArray(
            [
                Choice(client.ContactId, client.AccountId, client.Name, client.OwnerContactId),
                .. others.Select(o => Choice(o.ContactId, o.AccountId, o.Name, o.OwnerContactId)),
            ]);
        }
    }

    private JsonObject Choice(Guid? contact, Guid? account, string? name, Guid? owner) => new()
    {
        ["contactId"] = contact?.ToString(),
        ["accountId"] = account?.ToString(),
        ["name"] = name,
        ["ownerName"] = OwnerName(owner),
        ["url"] = LinkOf(contact, account),
    };

    private string? LinkOf(Guid? contact, Guid? account) =>
        contact is { } id ? crm.RecordLink("Contact", id).ToString() : account is { } other ? crm.RecordLink("Account", other).ToString() : null;

    /// <summary>The hub's own user owns what nobody owns.</summary>
    private string? OwnerName(Guid? owner) => owner == directory.Managers.OwnContactId ? null : directory.Managers.ByContact(owner)?.Name;

    private static JsonObject LastCall(EarlierCall call) => new()
    {
        ["at"] = call.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["direction"] = call.Direction,
        ["state"] = call.State,
        ["managerName"] = call.Owner,
    };

    /// <summary>Shipped types by name. A customer's own type is not named: it would cost another read.</summary>
    private static string? TypeName(Guid? type) => type switch
    {
        { } id when id == CreatioIds.ContactType.Customer => "Клиент",
        { } id when id == CreatioIds.ContactType.ContactPerson => "Контактное лицо",
        { } id when id == CreatioIds.ContactType.Supplier => "Поставщик",
        _ => null,
    };

    /// <summary>Calls with this number in any cabinet, the newest first; the second session of a conversation is no call of its own.</summary>
    private async Task<EarlierCalls> EarlierAsync(CardJob job, PhoneNumber number, CancellationToken ct)
    {
        if (_earlier.TryGetValue((job.Session, number), out var known))
        {
            return known;
        }

        var (phone, cabinet, id) = (number.E164, job.Session.Cabinet.Value, job.Session.Id);
        await using var context = database.CreateContext();
        var calls = await context.Calls.AsNoTracking()
            .Where(c => c.ClientPhone == phone && c.Ended && c.Direction != "internal" && c.ParentCabinet == null && !(c.Cabinet == cabinet && c.SessionId == id))
            .OrderByDescending(c => c.StartedAt)
            .Take(MostCalls)
            .Select(c => new EarlierCall(c.StartedAt, c.Direction, c.State, c.Owner, c.DealId, c.RuleId, c.RuleVersion))
            .ToListAsync(ct);
        if (_earlier.Count >= MostRemembered)
        {
            _earlier.Clear();
        }

        return _earlier[(job.Session, number)] = new EarlierCalls(calls.FirstOrDefault(), calls.Find(c => c.DealId is not null));
    }

    private sealed record EarlierCall(DateTimeOffset StartedAt, string Direction, string State, string? Owner, Guid? DealId, string? RuleId, int? RuleVersion);

    private sealed record EarlierCalls(EarlierCall? Last, EarlierCall? WithDeal);
}
