namespace TelephonyHub.Simulator.Creatio;

/// <summary>What a request was for.</summary>
public enum CrmRequestKind
{
    Other,
    Login,
    Token,
    ODataRead,
    ODataWrite,
    Batch,
    Metadata,
    Notify,
    File,
    Service,
}

/// <summary>
/// One operation on an entity set: a plain OData request has one, a batch one for each part. The URL is relative to the OData root and as received
/// (escaped); the part id is null outside a batch; the status is null when the operation was never reached (the batch stopped before it).
/// </summary>
public sealed record CrmOperation(string Method, string Entity, Guid? Key, string Url, string? PartId = null, int? Status = null)
{
    public bool IsRead => Method is "GET" or "HEAD";

    /// <summary>The URL with its escapes resolved.</summary>
    public string DecodedUrl => Uri.UnescapeDataString(Url);
}

/// <summary>
/// One HTTP request as it arrived: numbered from 1, timed by the stand-in's clock, path and query as received (escaped). The status is null while
/// unanswered, 0 when the connection was cut instead.
/// </summary>
public sealed record CrmRequest(
    int Number,
    DateTimeOffset Time,
    string Method,
    string PathAndQuery,
    CrmRequestKind Kind,
    IReadOnlyList<CrmOperation> Operations,
    bool Bearer,
    int? Status = null)
{
    /// <summary>True if any operation is on the entity.</summary>
    public bool Touches(string entity) => Operations.Any(operation => string.Equals(operation.Entity, entity, StringComparison.Ordinal));

    /// <summary>True for requests that count as work of the hub: not login, token or metadata.</summary>
    public bool IsWork => Kind is CrmRequestKind.ODataRead or CrmRequestKind.ODataWrite or CrmRequestKind.Batch or CrmRequestKind.Notify
        or CrmRequestKind.File or CrmRequestKind.Service;
}

/// <summary>How a card or message came to a browser.</summary>
public enum PopupSource
{
    /// <summary>Through the package's service: the card opens by itself.</summary>
    Notify,

    /// <summary>Through a <c>Reminding</c> row: a desktop notification.</summary>
    Reminding,
}

/// <summary>
/// Something a user (SysAdminUnit, not the contact) saw in an open browser. The payload is Notify's payload text, or for a reminder the websocket
/// body of reference 5.2.
/// </summary>
public sealed record DeliveredPopup(
    PopupSource Source,
    Guid UserId,
    string Payload,
    DateTimeOffset Time,
    string Title = "",
    string Body = "",
    Guid? EntityId = null,
    Guid? RemindingId = null);

/// <summary>A business process started through <c>RunProcess</c>.</summary>
public sealed record ProcessRun(Guid Id, string SchemaName, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset Time);

/// <summary>A user and the contact that stands for the person: owners and authors are contacts, pop-ups go to users (reference 3.1).</summary>
public sealed record SimUser(Guid ContactId, Guid UserId, string Name, string Login);
