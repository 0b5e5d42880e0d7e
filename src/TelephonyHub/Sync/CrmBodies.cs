using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>Records of the call that others refer to, as far as they exist.</summary>
public sealed record CrmReferences(Guid? ContactId, Guid? AccountId, Guid? DealId, Guid? ActivityId);

/// <summary>Wanted records → columns of Creatio (contract, section 2; reference, sections 3 and 10). The one place that knows column names.</summary>
public static class CrmBodies
{
    /// <summary>Lookup columns by which records of a call say whose they are.</summary>
    public static readonly IReadOnlyList<string> ClientColumns =
        ["ContactId", "AccountId", "QualifiedContactId", "QualifiedAccountId", .. Enum.GetValues<DealEntity>().Select(DealColumn)];

    public static string DealEntityName(DealEntity entity) => entity.ToString();

    /// <summary>Lookup column by which other records refer to the deal.</summary>
    public static string DealColumn(DealEntity entity) => $"{entity}Id";

    public static string StageColumn(DealEntity entity) => entity switch
    {
        DealEntity.Lead => "QualifyStatusId",
        DealEntity.Order => "StatusId",
        _ => "StageId",
    };

    /// <param name="wanted">The record.</param>
    /// <param name="dealEntity">What the deal of this call is.</param>
    public static string EntityOf(Wanted wanted, DealEntity dealEntity) => wanted switch
    {
        WantedContact => "Contact",
        WantedDeal deal => DealEntityName(deal.Entity ?? dealEntity),
        WantedActivity => "Activity",
        WantedCall => "Call",
        WantedLink { Parent: "call" } => "CallFile",
        WantedLink { Parent: "contact" } => "ContactFile",
        WantedLink => dealEntity == DealEntity.Lead ? "FileLead" : $"{dealEntity}File",
        _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
    };

    /// <summary>All columns but the Id.</summary>
    public static JsonObject Of(Wanted wanted, CrmReferences refs, Guid callId, DealEntity dealEntity) => wanted switch
    {
        WantedContact contact => Contact(contact),
        WantedDeal deal => Deal(deal, refs, deal.Entity ?? dealEntity),
        WantedActivity activity => Activity(activity, refs, dealEntity),
        WantedCall call => Call(call, refs, dealEntity),
        WantedLink link => Link(link, refs, callId, dealEntity),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
    };

    /// <summary>All columns that the hub may write, by entity: taken from records that have everything.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Columns(DealEntity dealEntity)
    {
        var (id, at) = (Guid.Empty, DateTimeOffset.UnixEpoch);
        Wanted[] full =
        [
            new WantedContact(true, "+79161234567", "", id),
            new WantedContact(true, "+74951234567", "", id),
            new WantedDeal("", "", "", id, dealEntity, id, id),
            new WantedActivity(true, "", id, at, at),
            new WantedCall { IntegrationId = "", ParentCallId = "", LinkageId = "", Incoming = true, NoAnswer = true, CallerId = "", CalledId = "", Start = at, End = at, Caption = "", Notes = "", CreatedById = id },
            new WantedLink("call", "", ""),
            new WantedLink("contact", "", ""),
            new WantedLink("deal", "", ""),
        ];
        return full
            .Select(w => (Entity: EntityOf(w, dealEntity), Body: Of(w, new CrmReferences(id, id, id, id), id, dealEntity)))
            .GroupBy(w => w.Entity, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.SelectMany(w => w.Body.Select(c => c.Key)).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);
    }

    private static JsonObject Contact(WantedContact contact)
    {
        // Only one column: the server makes the communication row of it; writing both would double the number (reference 3.3).
        var column = PhoneNumber.TryParse(contact.Phone)?.Town() is null ? "MobilePhone" : "Phone";
        var body = new JsonObject { ["Name"] = Cut(contact.Name, 250), [column] = contact.Phone, ["TypeId"] = CreatioIds.ContactType.ContactPerson.ToString() };
        Put(body, "OwnerId", contact.OwnerId);
        return body;
    }

    private static JsonObject Deal(WantedDeal deal, CrmReferences refs, DealEntity entity)
    {
        var body = new JsonObject();
        var stage = deal.StageId ?? (deal.Closed ? ClosedStage(entity) : entity == DealEntity.Opportunity ? CreatioIds.OpportunityStage.Qualification : null);
        Put(body, StageColumn(entity), stage);
        switch (entity)
        {
            case DealEntity.Lead:
                body["Contact"] = Cut(deal.ClientName, 250);
                body["MobilePhone"] = deal.Phone ?? "";
                body["LeadTypeId"] = (deal.TypeId ?? CreatioIds.LeadType.NeedForOurProducts).ToString();
                body["RegisterMethodId"] = CreatioIds.LeadRegisterMethod.IncomingCall.ToString();
                Put(body, "QualifiedContactId", refs.ContactId);
                Put(body, "QualifiedAccountId", refs.AccountId);
                break;
            case DealEntity.Order:
                body["Comment"] = Cut(deal.Title, 500);
                Put(body, "ContactId", refs.ContactId);
                Put(body, "AccountId", refs.AccountId);
                break;
            default:
                body["Title"] = Cut(deal.Title, 500);
                body["TypeId"] = (deal.TypeId ?? CreatioIds.OpportunityType.DirectSale).ToString();
                Put(body, "ContactId", refs.ContactId);
                Put(body, "AccountId", refs.AccountId);
                break;
        }

        Put(body, "OwnerId", deal.OwnerId);
        return body;
    }

    /// <summary>"We did not want it": rejected, disqualified, cancelled.</summary>
    private static Guid ClosedStage(DealEntity entity) => entity switch
    {
        DealEntity.Lead => CreatioIds.QualifyStatus.Disqualified,
        DealEntity.Order => CreatioIds.OrderStatus.Canceled,
        _ => CreatioIds.OpportunityStage.ClosedRejected,
    };

    private static JsonObject Activity(WantedActivity activity, CrmReferences refs, DealEntity dealEntity)
    {
        var body = new JsonObject
        {
            ["Title"] = TitleOf(activity),
            ["StartDate"] = Instant(activity.Start),
            ["DueDate"] = Instant(activity.Due),
            ["TypeId"] = CreatioIds.ActivityType.Task.ToString(),
            ["ActivityCategoryId"] = CreatioIds.ActivityCategory.ToDo.ToString(),
            ["StatusId"] = (activity.Open ? CreatioIds.ActivityStatus.NotStarted : CreatioIds.ActivityStatus.Completed).ToString(),
            ["PriorityId"] = CreatioIds.ActivityPriority.Medium.ToString(),
            ["ShowInScheduler"] = true,
        };
        Put(body, "OwnerId", activity.OwnerId);
        if (activity.Open)
        {
            // The server makes participants and reminders of these (reference 3.8): the hub must not.
            body["RemindToOwner"] = true;
            body["RemindToOwnerDate"] = Instant(activity.Start);
        }

        Put(body, "ContactId", refs.ContactId);
        Put(body, "AccountId", refs.AccountId);
        Put(body, DealColumn(dealEntity), refs.DealId);
        return body;
    }

    /// <summary>A client who tries again makes no second task; the one he has says so.</summary>
    private static string TitleOf(WantedActivity activity) =>
        activity.Calls > 1 ? $"{Cut(activity.Title, 470)} (звонков: {activity.Calls.ToString(CultureInfo.InvariantCulture)})" : Cut(activity.Title, 500);

    private static JsonObject Call(WantedCall call, CrmReferences refs, DealEntity dealEntity)
    {
        var body = new JsonObject
        {
            ["IntegrationId"] = call.IntegrationId,
            ["Caption"] = Cut(call.Caption, 250),
            ["DirectionId"] = (call.Incoming ? CreatioIds.CallDirection.Incoming : CreatioIds.CallDirection.Outgoing).ToString(),
            ["CallerId"] = Cut(call.CallerId, 250),
            ["CalledId"] = Cut(call.CalledId, 250),
            ["StartDate"] = Instant(call.Start),
            ["EndDate"] = Instant(call.End),
            ["Duration"] = call.Duration,
            ["BeforeConnectionTime"] = call.BeforeConnection,
            ["TalkTime"] = call.Talk,
            ["HoldTime"] = call.Hold,
        };
        if (call.ParentCallId is { } parent)
        {
            body["ParentCallId"] = parent;
        }

        if (call.LinkageId is { } linkage)
        {
            body["GloballyUniqueCallLinkageId"] = linkage;
        }

        if (call.Notes is { } notes)
        {
            body["Notes"] = notes;
        }

        if (call.NoAnswer)
        {
            body["ResultId"] = CreatioIds.ActivityResult.NoAnswer.ToString();
        }

        Put(body, "ContactId", refs.ContactId);
        Put(body, "AccountId", refs.AccountId);
        Put(body, DealColumn(dealEntity), refs.DealId);
        Put(body, "ActivityId", refs.ActivityId);
        Put(body, "CreatedById", call.CreatedById);
        return body;
    }

    private static JsonObject Link(WantedLink link, CrmReferences refs, Guid callId, DealEntity dealEntity)
    {
        var body = new JsonObject { ["Name"] = link.Url, ["TypeId"] = CreatioIds.FileType.Link.ToString() };
        switch (link.Parent)
        {
            case "call":
                body["CallId"] = callId.ToString();
                break;
            case "contact":
                Put(body, "ContactId", refs.ContactId);
                break;
            default:
                Put(body, DealColumn(dealEntity), refs.DealId);
                break;
        }

        return body;
    }

    private static void Put(JsonObject body, string column, Guid? id)
    {
        if (id is { } value)
        {
            body[column] = value.ToString();
        }
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;
}
