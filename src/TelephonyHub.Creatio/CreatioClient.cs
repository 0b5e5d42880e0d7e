using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TelephonyHub.Creatio.Auth;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Creatio;

/// <summary>
/// Creatio over HTTP (reference 1, 2, 5). Holds the session and the locked-account guard, so make one for each set of options and share it; a change
/// of options means a new client. Safe for concurrent use. Nothing is retried except once after a new login.
/// </summary>
public sealed class CreatioClient : ICreatioClient, IDisposable
{
    private readonly CreatioEndpoints _endpoints;
    private readonly CreatioPipeline _pipeline;
    private readonly BatchSender _batches;
    private readonly EntityColumns _columns;
    private readonly OwnContact _ownContact;
    private readonly string _newContact;
    private Guid? _ownContactId;

    /// <summary>Makes the client; nothing is sent before the first request.</summary>
    /// <param name="http">Client over <see cref="CreateHandler"/>: it must neither follow redirects nor keep cookies.</param>
    /// <param name="options">Where and who.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">One line for each failure, without bodies, values and credentials.</param>
    /// <exception cref="ArgumentException">The options lack what their mode needs.</exception>
    public CreatioClient(HttpClient http, CreatioOptions options, TimeProvider time, ILogger<CreatioClient> logger)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _endpoints = new CreatioEndpoints(options);
        var exchange = new HttpExchange(http, options.Timeout, time);
        _pipeline = new CreatioPipeline(exchange, new CreatioAuthenticator(LoginOf(exchange, _endpoints, options, time), time, logger), time, logger);
        _batches = new BatchSender(_pipeline, _endpoints);
        _columns = new EntityColumns(_pipeline, _endpoints, time);
        _ownContact = new OwnContact(_pipeline, _endpoints, options, this);
        _newContact = options.Ui == CreatioUi.Freedom
            ? $"Shell/#Card/{ODataNames.EntitySet(options.NewContactPage ?? "Contacts_FormPage")}/add"
            : $"Nui/ViewModule.aspx#CardModuleV2/{ODataNames.EntitySet(options.NewContactPage ?? "ContactPageV2")}/add";
    }

    /// <inheritdoc/>
    public CreatioAuthState AuthState => _pipeline.AuthState;

    /// <inheritdoc/>
    public Task<CreatioAuthState> LoginAgainAsync(CancellationToken ct) => _pipeline.LoginAgainAsync(ct);

    /// <inheritdoc/>
    public Uri Root => _endpoints.Root;

    /// <summary>
    /// Handler for the client's <see cref="HttpClient"/>. Redirects stay visible, for one to the login page means an expired session; cookies belong to
    /// the session and not to the connection; connections are renewed every few minutes so that a moved host is found.
    /// </summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CreatioRow>> QueryAsync(ODataQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        return (await ReadPageAsync(query.EntitySet, _endpoints.Entity(query.ToRelativeUrl()), ct).ConfigureAwait(false)).Rows;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CreatioRow> QueryAllAsync(ODataQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        var seen = new HashSet<Uri>();
        for (var address = _endpoints.Entity(query.ToRelativeUrl()); address is not null;)
        {
            if (!seen.Add(address))
            {
                throw new CreatioException(CreatioFailure.Permanent, $"Creatio leads in a circle through the pages of {query.EntitySet}.");
            }

            var (rows, body) = await ReadPageAsync(query.EntitySet, address, ct).ConfigureAwait(false);
            foreach (var row in rows)
            {
                yield return row;
            }

            address = ODataPage.NextLink(body) is { } next ? _endpoints.Page(next) : null;
        }
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(ODataQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);

        // One row with $count=true: $top=0 and a filtered /$count are not in the documented subset.
        var counting = new ODataQuery(query.EntitySet) { Filter = query.Filter, Select = ["Id"], Top = 1, Count = true };
        var (_, body) = await ReadPageAsync(query.EntitySet, _endpoints.Entity(counting.ToRelativeUrl()), ct).ConfigureAwait(false);
        return ODataPage.Count(body) ?? throw new CreatioException(CreatioFailure.Transient, $"Creatio did not count the rows of {query.EntitySet}.");
    }

    /// <inheritdoc/>
    public async Task<CreatioRow?> FindAsync(string entity, Guid id, IReadOnlyList<string> select, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(select);
        var columns = select.Count == 0 ? string.Empty : "?$select=" + string.Join(',', select.Select(ODataNames.Column));
        var request = new CreatioRequest(HttpMethod.Get, _endpoints.Entity(ODataNames.Record(entity, id) + columns), entity) { IsRecord = true, IsLookup = true };
        var reply = await _pipeline.SendAsync(request, ct).ConfigureAwait(false);
        if (reply.Status == 404)
        {
            return null;
        }

        return reply.TryJson(out var json) ? new CreatioRow(json) : throw FailureRules.Garbled(request, reply);
    }

    /// <inheritdoc/>
    public Task CreateAsync(string entity, JsonObject values, CancellationToken ct)
    {
        WriteValues.RequireId(values);
        return WriteAsync(HttpMethod.Post, entity, ODataNames.EntitySet(entity), values, isRecord: false, ct);
    }

    /// <inheritdoc/>
    public Task UpdateAsync(string entity, Guid id, JsonObject values, CancellationToken ct) =>
        WriteAsync(HttpMethod.Patch, entity, ODataNames.Record(entity, id), values, isRecord: true, ct);

    /// <inheritdoc/>
    public Task<BatchAnswer> BatchAsync(IReadOnlyList<BatchPart> parts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return _batches.SendAsync(parts, ct);
    }

    /// <inheritdoc/>
    public async Task<NotifyAnswer> NotifyAsync(IReadOnlyList<Guid> userIds, string payload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var body = new JsonObject { ["userIds"] = new JsonArray([.. userIds.Select(id => JsonValue.Create(id.ToString("D")))]), ["payload"] = payload };
        var request = new CreatioRequest(HttpMethod.Post, _endpoints.Notify, "UsrTelephonyHubService")
        {
            Body = JsonBody.Of(body),
            IsWrite = true,
            IsLookup = true,
        };
        var reply = await _pipeline.SendAsync(request, ct).ConfigureAwait(false);
        if (reply.Status == 404)
        {
            return new NotifyAnswer(0, Running: false, PackageAbsent: true);
        }

        if (!reply.TryJson(out var json))
        {
            throw FailureRules.Garbled(request, reply);
        }

        var answer = new CreatioRow(json);
        answer = answer.GetRow("NotifyResult") ?? answer;
        return new NotifyAnswer(answer.GetInt("delivered") ?? 0, answer.GetFlag("running"), PackageAbsent: false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>?> GetColumnsAsync(string entity, CancellationToken ct) => _columns.OfAsync(ODataNames.EntitySet(entity), ct);

    /// <inheritdoc/>
    public async Task<Guid?> GetOwnContactIdAsync(CancellationToken ct) => _ownContactId ??= await _ownContact.FindAsync(ct).ConfigureAwait(false);

    /// <inheritdoc/>
    public Uri RecordLink(string schemaName, Guid id) => new(_endpoints.Site, $"Navigation/Navigation.aspx?schemaName={ODataNames.EntitySet(schemaName)}&recordId={id:D}");

    /// <inheritdoc/>
    public Uri NewContactLink(string phone)
    {
        ArgumentNullException.ThrowIfNull(phone);

        // Behind '#': the number does not travel to servers and their logs. A build that ignores the pair opens an empty page, which is of use, too.
        var values = phone.Length == 0 ? string.Empty : $"/MobilePhone/{Uri.EscapeDataString(phone)}";
        return new Uri(_endpoints.Root, _newContact + values);
    }

    /// <summary>Frees what the client holds; the <see cref="HttpClient"/> stays the caller's.</summary>
    public void Dispose() => _columns.Dispose();

    private static ICreatioLogin LoginOf(HttpExchange exchange, CreatioEndpoints endpoints, CreatioOptions options, TimeProvider time)
    {
        if (options.AuthMode == CreatioAuthMode.Forms)
        {
            return string.IsNullOrEmpty(options.UserName) || string.IsNullOrEmpty(options.Password)
                ? throw new ArgumentException("Forms authentication needs a user name and a password.", nameof(options))
                : new FormsLogin(exchange, endpoints, options, time);
        }

        return string.IsNullOrEmpty(options.ClientId) || string.IsNullOrEmpty(options.ClientSecret) || options.TokenUrl is not { IsAbsoluteUri: true }
            ? throw new ArgumentException("OAuth needs a client id, a client secret and an absolute token address.", nameof(options))
            : new OAuthLogin(exchange, options, time);
    }

    private async Task<(IReadOnlyList<CreatioRow> Rows, JsonElement Body)> ReadPageAsync(string entity, Uri address, CancellationToken ct)
    {
        var request = new CreatioRequest(HttpMethod.Get, address, entity);
        var reply = await _pipeline.SendAsync(request, ct).ConfigureAwait(false);
        return reply.TryJson(out var json) && ODataPage.Rows(json) is { } rows ? (rows, json) : throw FailureRules.Garbled(request, reply);
    }

    private Task WriteAsync(HttpMethod method, string entity, string url, JsonObject values, bool isRecord, CancellationToken ct)
    {
        WriteValues.RequireFlat(values);
        var request = new CreatioRequest(method, _endpoints.Entity(url), entity)
        {
            Body = JsonBody.Of(values),
            ContentType = CreatioRequest.WriteType,
            IsWrite = true,
            IsRecord = isRecord,
            IsCreate = !isRecord,
            NeedsJson = false,
        };
        return _pipeline.SendAsync(request, ct);
    }
}
