using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Creatio;

/// <summary>Creatio over HTTP. Holds the session and the locked-account guard: make one and share it.</summary>
/// <param name="http">Client over <see cref="CreateHandler"/>.</param>
/// <param name="options">Where and who.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">One line for each failure.</param>
public sealed class CreatioClient(HttpClient http, CreatioOptions options, TimeProvider time, ILogger<CreatioClient> logger) : ICreatioClient
{
    /// <inheritdoc/>
    public CreatioAuthState AuthState => throw new NotImplementedException($"{http} {time} {logger}");

    /// <inheritdoc/>
    public Uri Root => throw new NotImplementedException();

    /// <summary>Handler for the client's <see cref="HttpClient"/>.</summary>
    public static HttpMessageHandler CreateHandler() => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<CreatioRow>> QueryAsync(ODataQuery query, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<CreatioRow> QueryAllAsync(ODataQuery query, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<long> CountAsync(ODataQuery query, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<CreatioRow?> FindAsync(string entity, Guid id, IReadOnlyList<string> select, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task CreateAsync(string entity, JsonObject values, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task UpdateAsync(string entity, Guid id, JsonObject values, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<BatchAnswer> BatchAsync(IReadOnlyList<BatchPart> parts, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<NotifyAnswer> NotifyAsync(IReadOnlyList<Guid> userIds, string payload, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>?> GetColumnsAsync(string entity, CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<Guid?> GetOwnContactIdAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Uri RecordLink(string schemaName, Guid id) => throw new NotImplementedException(options.ToString());

    /// <inheritdoc/>
    public Uri NewContactLink(string phone) => throw new NotImplementedException();
}
