using System.Collections.Concurrent;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync.Cards;

/// <param name="Stage">Name of the stage, in the language of the CRM.</param>
/// <param name="AccountName">Of the deal's account.</param>
internal sealed record CardDeal(DealEntity Entity, Guid Id, string? Title, string? Stage, bool Open, Guid? AccountId, string? AccountName);

/// <summary>
/// The only thing on a card that the hub does not know itself: the client's deal. One read for all cards of a call, within the time that a ring has for
/// the CRM; without an answer the card goes without it.
/// </summary>
internal sealed partial class CardDeals(ICreatioClient crm, CrmColumns columns, HubSettings settings, ILogger<CardDeals> logger)
{
    private const int MostRemembered = 2_000;
    private readonly ConcurrentDictionary<SessionKey, CardDeal?> _read = new();

    /// <summary>As read for an earlier card of this call.</summary>
    public CardDeal? Known(SessionKey session) => _read.GetValueOrDefault(session);

    /// <param name="entity">As what the call's rule makes deals.</param>
    public async Task<CardDeal?> OfAsync(SessionKey session, Client client, DealEntity entity, CancellationToken ct)
    {
        if (_read.TryGetValue(session, out var read))
        {
            return read;
        }

        using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
        budget.CancelAfter(settings.Routing.CrmBudget);
        try
        {
            // The newest that is open, else the newest.
            var query = Query(client, entity, await columns.OfAsync([entity.ToString()], budget.Token));
            var deals = query is null ? [] : (await crm.QueryAsync(query, budget.Token)).Select(r => Read(r, entity)).ToList();
            var deal = deals.Find(d => d.Open) ?? deals.FirstOrDefault();
            if (_read.Count >= MostRemembered)
            {
                _read.Clear();
            }

            return _read[session] = deal;
        }
        catch (Exception e) when (e is CreatioException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogWithout(logger, session.IntegrationId, e is CreatioException c ? c.Failure.ToString() : "too slow");
            return null;
        }
    }

    /// <returns>Null when this CRM has no column that says whose a deal is.</returns>
    private static ODataQuery? Query(Client client, DealEntity deal, KnownColumns known)
    {
        var (title, contact, account, stage, final) = ColumnsOf(deal);
        var entity = deal.ToString();
        var whose = new[] { (contact, client.ContactId), (account, client.AccountId) }
            .Where(p => p.Item2 is not null && known.Has(entity, $"{p.Item1}Id"))
            .Select(p => ODataFilter.Equal($"{p.Item1}/Id", p.Item2!.Value))
            .ToArray();
        if (whose.Length == 0)
        {
            return null;
        }

        var query = new ODataQuery(entity)
            .Where(whose.Length == 1 ? whose[0] : ODataFilter.Or(whose))
            .Selecting([.. new[] { "Id", title, "CreatedOn" }.Where(c => known.Has(entity, c))])
            .Expanding(stage, "Id", "Name", final)
            .OrderedByDescending("CreatedOn")
            .Taking(5);
        return known.Has(entity, $"{account}Id") ? query.Expanding(account, "Id", "Name") : query;
    }

    private static CardDeal Read(CreatioRow row, DealEntity entity)
    {
        var (title, _, account, stage, final) = ColumnsOf(entity);
        var cancelled = row.GetRow(stage)?.GetGuid("Id") == CreatioIds.OrderStatus.Canceled; // shipped as not final, but nobody sells in it
        return new CardDeal(
            entity, row.Id, row.GetText(title), row.GetRow(stage)?.GetText("Name"), row.GetRow(stage)?.GetFlag(final) == false && !cancelled,
            row.GetRow(account)?.GetGuid("Id"), row.GetRow(account)?.GetText("Name"));
    }

    private static (string Title, string Contact, string Account, string Stage, string Final) ColumnsOf(DealEntity entity) => entity switch
    {
        DealEntity.Lead => ("LeadName", "QualifiedContact", "QualifiedAccount", "QualifyStatus", "IsFinal"),
        DealEntity.Order => ("Number", "Contact", "Account", "Status", "FinalStatus"),
        _ => ("Title", "Contact", "Account", "Stage", "End"),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card of call {Session} goes without the deal: {Reason}.")]
    private static partial void LogWithout(ILogger logger, string session, string reason);
}
