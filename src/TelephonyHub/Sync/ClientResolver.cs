using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <param name="Client">Whom the CRM has under the number right now; null: nobody.</param>
/// <param name="OpenDealId">An open deal of the contact or of his account.</param>
internal sealed record ResolvedClient(Client? Client, Guid? OpenDealId);

/// <summary>The reads before writing: who has the number, and is a deal open; one batch in the steady state.</summary>
internal sealed class ClientResolver(ICreatioClient crm, DirectoryService directory, ClientChoices choices, CrmColumns columns, HubSettings settings)
{
    // A number that more contacts bear is a switchboard's; the newest deals are enough to tell whose it is.
    private const int MostRivals = 10;
    private const int MostDeals = 50;

    /// <param name="number">The client's.</param>
    /// <param name="deal">What an open deal is looked for among; null: none is looked for.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ResolvedClient> ResolveAsync(PhoneNumber number, DealEntity? deal, CancellationToken ct)
    {
        var entity = deal ?? settings.Sync.DealEntity;
        var refers = References.Of(entity, await columns.OfAsync([CrmBodies.DealEntityName(entity)], ct));

        // The replica's word goes into the same batch as the question that checks it.
        var expected = directory.Find(number);
        var asked = Parties(expected, directory.RivalsFor(number), deal, refers);
        var (contacts, accounts) = (CrmQueries.ContactsByNumber(number), CrmQueries.AccountsByNumber(number));
        List<BatchPart> reads = [BatchPart.Query(contacts), BatchPart.Query(accounts)];
        if (asked.Count > 0)
        {
            reads.Add(BatchPart.Query(OpenDeals(asked, entity, refers)));
        }

        var answer = await crm.BatchAsync(reads, ct);
        directory.Take(number, await directory.AllOfAsync(contacts, answer.Parts[0].OrThrow(), ct), await directory.AllOfAsync(accounts, answer.Parts[1].OrThrow(), ct));
        var deals = asked.Count > 0 ? Deals(answer.Parts[2].OrThrow().Rows) : [];
        var needed = Parties(directory.Find(number), directory.RivalsFor(number), deal, refers);
        if (!needed.IsSubsetOf(asked))
        {
            deals = Deals(await crm.QueryAsync(OpenDeals(needed, entity, refers), ct));
        }

        await choices.DecideAsync(number, rivals => deals.Select(d => rivals.FirstOrDefault(d.IsOf)?.ContactId).FirstOrDefault(c => c is not null), ct);
        var client = directory.Find(number);
        return new ResolvedClient(client, deal is not null && client is not null ? deals.FirstOrDefault(d => d.IsOf(client.ContactId, client.AccountId))?.Id : null);
    }

    /// <summary>
    /// The id of a new contact is taken. It counts as this client's only if it still bears the number; else the next id is tried.
    /// </summary>
    public async Task TakeOrMoveAsync(PlannedPart part, WantedContact wanted, CancellationToken ct)
    {
        var number = PhoneNumber.Parse(wanted.Phone);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var id = HubIds.Contact(number, attempt);
            if (await crm.FindAsync("Contact", id, ["Id"], ct) is null)
            {
                part.Task.NextId = id;
                return;
            }

            var numbers = await crm.QueryAsync(new ODataQuery("ContactCommunication").Where(ODataFilter.Equal("Contact/Id", id)).Selecting("Id", "Number").Taking(100), ct);
            if (numbers.Any(n => PhoneNumber.TryParse(n.GetText("Number")) == number))
            {
                part.Task.Finish(id, part.Body);
                return;
            }
        }

        part.Task.Fail(new SyncFailure(FailureCategory.Conflict, "Twenty contacts made for this number bear other numbers now."));
    }

    /// <summary>Whose open deals matter: the client's, if a deal is to be made; and those of contacts that only a deal can tell apart.</summary>
    private static HashSet<Party> Parties(Client? client, IReadOnlyList<ClientCandidate> rivals, DealEntity? deal, References refers)
    {
        HashSet<Party> parties = rivals.Count > 1 ? [.. rivals.Take(MostRivals).SelectMany(r => PartiesOf(r.ContactId, r.AccountId))] : [];
        if (deal is not null && client is not null)
        {
            parties.UnionWith(PartiesOf(client.ContactId, client.AccountId));
        }

        parties.RemoveWhere(p => (p.IsContact ? refers.Contact : refers.Account) is null);
        return parties;
    }

    private static IEnumerable<Party> PartiesOf(Guid? contact, Guid? account) =>
        new[] { (IsContact: true, Id: contact), (IsContact: false, Id: account) }.Where(p => p.Id is not null).Select(p => new Party(p.IsContact, p.Id!.Value));

    private static ODataQuery OpenDeals(IReadOnlyCollection<Party> parties, DealEntity entity, References refers)
    {
        var isFinal = entity switch
        {
            DealEntity.Lead => ODataFilter.Equal("QualifyStatus/IsFinal", value: false),
            DealEntity.Order => ODataFilter.And(
                ODataFilter.Equal("Status/FinalStatus", value: false),
                ODataFilter.NotEqual("Status/Id", CreatioIds.OrderStatus.Canceled)), // shipped as not final, but nobody sells in it
            _ => ODataFilter.Equal("Stage/End", value: false),
        };
        var whose = parties.OrderByDescending(p => p.IsContact).Select(p => ODataFilter.Equal($"{(p.IsContact ? refers.Contact : refers.Account)}/Id", p.Id)).ToArray();
        return new ODataQuery(CrmBodies.DealEntityName(entity))
            .Where(ODataFilter.And(whose.Length == 1 ? whose[0] : ODataFilter.Or(whose), isFinal))
            .Selecting(["Id", "OwnerId", "CreatedOn", .. new[] { refers.Contact, refers.Account }.Where(r => r is not null).Select(r => $"{r}Id")])
            .OrderedByDescending("CreatedOn")
            .Taking(parties.Count > 2 ? MostDeals : 1);
    }

    private static List<OpenDeal> Deals(IReadOnlyList<CreatioRow> rows) =>
        [.. rows.Select(r => new OpenDeal(r.Id, r.GetGuid("ContactId") ?? r.GetGuid("QualifiedContactId"), r.GetGuid("AccountId") ?? r.GetGuid("QualifiedAccountId")))];

    /// <summary>Lookups by which a deal says whose it is; null where this CRM has none.</summary>
    private sealed record References(string? Contact, string? Account)
    {
        public static References Of(DealEntity entity, KnownColumns known)
        {
            var (contact, account) = entity == DealEntity.Lead ? ("QualifiedContact", "QualifiedAccount") : ("Contact", "Account");
            var name = CrmBodies.DealEntityName(entity);
            return new References(known.Has(name, $"{contact}Id") ? contact : null, known.Has(name, $"{account}Id") ? account : null);
        }
    }

    private readonly record struct Party(bool IsContact, Guid Id);

    private sealed record OpenDeal(Guid Id, Guid? ContactId, Guid? AccountId)
    {
        public bool IsOf(ClientCandidate candidate) => IsOf(candidate.ContactId, candidate.AccountId);

        public bool IsOf(Guid? contact, Guid? account) => (contact is not null && ContactId == contact) || (account is not null && AccountId == account);
    }
}
