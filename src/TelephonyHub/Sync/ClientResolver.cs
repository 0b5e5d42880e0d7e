using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <param name="Client">Whom the CRM has under the number right now; null: nobody.</param>
/// <param name="OpenDealId">An open deal of the contact or of his account.</param>
internal sealed record ResolvedClient(Client? Client, Guid? OpenDealId);

/// <summary>The reads before writing: who has the number, and is a deal open; one batch in the steady state.</summary>
internal sealed class ClientResolver(ICreatioClient crm, DirectoryService directory)
{
    /// <param name="number">The client's.</param>
    /// <param name="deal">What an open deal is looked for among; null: none is looked for.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ResolvedClient> ResolveAsync(PhoneNumber number, DealEntity? deal, CancellationToken ct)
    {
        // The replica's word goes into the same batch as the question that checks it.
        var expected = directory.Find(number);
        List<BatchPart> reads = [BatchPart.Query(CrmQueries.ContactsByNumber(number)), BatchPart.Query(CrmQueries.AccountsByNumber(number))];
        var asksDeal = deal is not null && expected is not null;
        if (asksDeal)
        {
            reads.Add(BatchPart.Query(OpenDeals(expected!, deal!.Value)));
        }

        var answer = await crm.BatchAsync(reads, ct);
        var candidates = Rows(answer.Parts[0]).Concat(Rows(answer.Parts[1])).Select(CrmQueries.ToCandidate).Where(c => c?.Number == number).Select(c => c!).ToList();
        directory.Clients.Replace(number, candidates);
        var client = directory.Find(number);
        if (deal is not { } entity || client is null)
        {
            return new ResolvedClient(client, null);
        }

        var sameClient = expected is not null && expected.ContactId == client.ContactId && expected.AccountId == client.AccountId;
        var deals = sameClient ? Rows(answer.Parts[2]) : await crm.QueryAsync(OpenDeals(client, entity), ct);
        return new ResolvedClient(client, deals.Count > 0 ? deals[0].Id : null);
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

    private static ODataQuery OpenDeals(Client client, DealEntity entity)
    {
        var (contact, account, isFinal) = entity switch
        {
            DealEntity.Lead => ("QualifiedContact/Id", "QualifiedAccount/Id", ODataFilter.Equal("QualifyStatus/IsFinal", value: false)),
            DealEntity.Order => ("Contact/Id", "Account/Id", ODataFilter.And(
                ODataFilter.Equal("Status/FinalStatus", value: false),
                ODataFilter.NotEqual("Status/Id", CreatioIds.OrderStatus.Canceled))), // shipped as not final, but nobody sells in it
            _ => ("Contact/Id", "Account/Id", ODataFilter.Equal("Stage/End", value: false)),
        };
        var whose = new[] { (contact, client.ContactId), (account, client.AccountId) }
            .Where(p => p.Item2 is not null)
            .Select(p => ODataFilter.Equal(p.Item1, p.Item2!.Value))
            .ToArray();
        return new ODataQuery(CrmBodies.DealEntityName(entity))
            .Where(ODataFilter.And(whose.Length == 1 ? whose[0] : ODataFilter.Or(whose), isFinal))
            .Selecting("Id", "OwnerId", "CreatedOn")
            .OrderedByDescending("CreatedOn")
            .Taking(1);
    }

    private static IReadOnlyList<CreatioRow> Rows(BatchPartAnswer part) =>
        part is { WasAnswered: true, Failure: null }
            ? part.Rows
            : throw new CreatioException(part.Failure ?? CreatioFailure.Transient, part.Error ?? "A read of the batch was not answered.") { Status = part.Status };
}
