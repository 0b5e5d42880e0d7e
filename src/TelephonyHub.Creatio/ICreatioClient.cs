using System.Text.Json.Nodes;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Creatio;

/// <summary>
/// Creatio as the hub needs it: OData 4, cards, identity. Every method throws <see cref="CreatioException"/> for a failed exchange,
/// <see cref="ArgumentException"/> for a request that Creatio is known not to understand, and <see cref="OperationCanceledException"/> only for the
/// caller's own cancellation. Nothing is repeated except once after a session has ended (reference 2.3).
/// </summary>
public interface ICreatioClient
{
    /// <summary>Whether Creatio lets the client in.</summary>
    CreatioAuthState AuthState { get; }

    /// <summary>
    /// Logs in at once where the locked-account guard holds logins back: somebody says that the credentials are mended. One login, however it ends. Never throws
    /// for a refusal; the state tells it.
    /// </summary>
    Task<CreatioAuthState> LoginAgainAsync(CancellationToken ct);

    /// <summary>Application root, with the prefix of the flavour, ending in a slash (reference 1.1).</summary>
    Uri Root { get; }

    /// <summary>Reads one page: at most <see cref="ODataQuery.Top"/> rows and at most the server's cap (20 000, reference 1.7).</summary>
    Task<IReadOnlyList<CreatioRow>> QueryAsync(ODataQuery query, CancellationToken ct);

    /// <summary>Reads all pages, following <c>@odata.nextLink</c>. The next page is asked when the rows before it are consumed.</summary>
    IAsyncEnumerable<CreatioRow> QueryAllAsync(ODataQuery query, CancellationToken ct);

    /// <summary>Number of rows that match the query's filter (<c>$count=true</c>).</summary>
    Task<long> CountAsync(ODataQuery query, CancellationToken ct);

    /// <summary>Reads one record; null when the record is not there. An unknown entity set is <see cref="CreatioFailure.Permanent"/>.</summary>
    Task<CreatioRow?> FindAsync(string entity, Guid id, IReadOnlyList<string> select, CancellationToken ct);

    /// <summary>Creates a record under the chosen <c>Id</c> in <paramref name="values"/>; <see cref="CreatioFailure.Conflict"/> if it is there already.</summary>
    Task CreateAsync(string entity, JsonObject values, CancellationToken ct);

    /// <summary>Changes the given columns of a record. Some builds answer success for a record that is not there (reference 1.5).</summary>
    Task UpdateAsync(string entity, Guid id, JsonObject values, CancellationToken ct);

    /// <summary>
    /// Sends the parts in order, 100 to a request. The server stops at the first failure; what follows comes back as not answered. Throws only if a
    /// request as a whole failed.
    /// </summary>
    Task<BatchAnswer> BatchAsync(IReadOnlyList<BatchPart> parts, CancellationToken ct);

    /// <summary>Shows a card in the open browsers of the users (reference 5.3).</summary>
    /// <param name="userIds"><c>SysAdminUnit</c> ids, not contacts.</param>
    /// <param name="payload">JSON text for the browser.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<NotifyAnswer> NotifyAsync(IReadOnlyList<Guid> userIds, string payload, CancellationToken ct);

    /// <summary>
    /// Columns of an entity from <c>$metadata</c> as they are selected and written (<c>OwnerId</c>, <c>Name</c>), kept for an hour. Null when the
    /// metadata cannot be read; an empty set when this Creatio has no such entity.
    /// </summary>
    Task<IReadOnlySet<string>?> GetColumnsAsync(string entity, CancellationToken ct);

    /// <summary>Contact of the API user, which counts as no responsible. Null when Creatio does not tell.</summary>
    Task<Guid?> GetOwnContactIdAsync(CancellationToken ct);

    /// <summary>Address that opens a record in whichever UI the reader has (reference 7).</summary>
    Uri RecordLink(string schemaName, Guid id);

    /// <summary>Address that opens the page of a new contact with the phone filled in (reference 7); with an empty phone, an empty page.</summary>
    Uri NewContactLink(string phone);
}
