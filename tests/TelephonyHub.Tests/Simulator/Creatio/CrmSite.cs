using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

/// <summary>A started stand-in with a client that can sign in; the clock stands still until a test moves it.</summary>
internal sealed class CrmSite : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 9, 0, 0, TimeSpan.Zero);

    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private CrmSite(CreatioSimulatorOptions options)
    {
        Simulator = new CreatioSimulator(options, Clock);
        Http = new HttpClient(_handler) { Timeout = TimeSpan.FromSeconds(20) };
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public CreatioSimulator Simulator { get; }

    public CreatioStore Store => Simulator.Store;

    public HttpClient Http { get; }

    public string? Token { get; set; }

    public bool SendCsrf { get; set; } = true;

    public string Root => Simulator.BaseUrl.ToString().TrimEnd('/') + (Simulator.Options.Flavor == CrmFlavor.Framework ? "/0" : "");

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Started and signed in.</summary>
    public static async Task<CrmSite> SignedInAsync(Action<CreatioSimulatorOptions>? change = null)
    {
        var site = await StartedAsync(change);
        (await site.LoginAsync()).RootElement.GetProperty("Code").GetInt32().Should().Be(0);
        return site;
    }

    public static async Task<CrmSite> StartedAsync(Action<CreatioSimulatorOptions>? change = null)
    {
        var options = new CreatioSimulatorOptions();
        change?.Invoke(options);
        var site = new CrmSite(options);
        await site.Simulator.StartAsync(CancellationToken.None);
        return site;
    }

    public async Task<JsonDocument> LoginAsync(string? password = null, string? user = null)
    {
        var body = JsonSerializer.Serialize(new { UserName = user ?? Simulator.Options.UserName, UserPassword = password ?? Simulator.Options.Password });
        using var response = await SendAsync(HttpMethod.Post, new Uri(Simulator.BaseUrl, "ServiceModel/AuthService.svc/Login").ToString(), body);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var pair in cookies.Select(cookie => cookie.Split(';')[0].Split('=', 2)))
            {
                _cookies[pair[0]] = pair[1];
            }
        }

        return await response.JsonAsync();
    }

    public async Task<HttpResponseMessage> RequestTokenAsync(string? secret = null)
    {
        var response = await Http.PostAsync(Simulator.TokenUrl, new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Simulator.Options.ClientId,
            ["client_secret"] = secret ?? Simulator.Options.ClientSecret,
        }));
        if (response.IsSuccessStatusCode)
        {
            Token = (await response.JsonAsync()).RootElement.GetProperty("access_token").GetString();
        }

        return response;
    }

    /// <summary>Sends to an absolute address, or to a path below the application root.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string url, string? body = null, Action<HttpRequestMessage>? change = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(method, url.StartsWith("http", StringComparison.Ordinal) ? url : Root + url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        }

        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }
        else if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            request.Headers.Add("ForceUseSession", "true");
            if (SendCsrf && _cookies.TryGetValue(Simulator.Options.CsrfName, out var csrf))
            {
                request.Headers.Add(Simulator.Options.CsrfName, csrf);
            }
        }

        change?.Invoke(request);
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, "/odata/" + path);

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).RootElement;
    }

    /// <summary>Ids of a filtered read.</summary>
    public async Task<Guid[]> FilterAsync(string entity, string filter)
    {
        var json = await GetJsonAsync($"{entity}?$filter={Uri.EscapeDataString(filter)}&$select=Id");
        return [.. json.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetGuid())];
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, "/odata/" + path, JsonSerializer.Serialize(body));

    public Task<HttpResponseMessage> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, "/odata/" + path, JsonSerializer.Serialize(body));

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, "/odata/" + path);

    public Task<HttpResponseMessage> BatchAsync(IEnumerable<object> requests, bool continueOnError = false) => SendAsync(
        HttpMethod.Post,
        "/odata/$batch",
        JsonSerializer.Serialize(new { requests }),
        request =>
        {
            if (continueOnError)
            {
                request.Headers.Add("Prefer", "continue-on-error");
            }
        });

    /// <summary>Posts and gives the id of the created row.</summary>
    public async Task<Guid> CreateAsync(string entity, object body)
    {
        using var response = await PostAsync(entity, body);
        response.StatusCode.Should().Be(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).RootElement.GetProperty("Id").GetGuid();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await Simulator.DisposeAsync();
    }
}

internal static class CrmResponses
{
    public static async Task<JsonDocument> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>The message of whichever error form it is.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage response)
    {
        var root = (await response.JsonAsync()).RootElement;
        return root.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString()!
            : root.TryGetProperty("ExceptionMessage", out var exception) ? exception.GetString()!
            : root.GetProperty("Message").GetString()!;
    }
}
