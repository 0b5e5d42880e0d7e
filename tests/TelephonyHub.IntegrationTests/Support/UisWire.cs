using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>An answer of the hub, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>What an accepted or quarantined event is told.</summary>
    public string? Outcome => Status == HttpStatusCode.OK ? Json["status"]?.GetValue<string>() : null;
}

/// <summary>Speaks to the hub as UIS does, without the stand-in's own templates: tests say byte for byte what arrives.</summary>
public static class UisWire
{
    public static Uri EventsUrl(string cabinet, string? token = null, string query = "") =>
        new($"/uis/{cabinet}/events?token={token ?? HubWorld.TokenOf(cabinet.ToLowerInvariant())}{query}", UriKind.Relative);

    public static Task<Answer> PostEventAsync(this HubWorld world, string cabinet, string body, string query = "", string? contentType = "application/json") =>
        world.PostAsync(EventsUrl(cabinet, query: query), Encoding.UTF8.GetBytes(body), contentType);

    public static async Task<Answer> PostAsync(this HubWorld world, Uri url, byte[] body, string? contentType = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await world.Http.AnswerAsync(request);
    }

    public static async Task<Answer> AnswerAsync(this HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public static async Task<Answer> GetAnswerAsync(this HttpClient http, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await http.AnswerAsync(request);
    }

    public static async Task<Answer> PostJsonAsync(this HttpClient http, string url, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await http.AnswerAsync(request);
    }

    /// <summary>A body of the recommended template, in the account's zone.</summary>
    public static string Body(string mnemonic, long session, DateTimeOffset at, string from, string to, string more = "", int offsetHours = 3) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"notification_mnemonic":"{{mnemonic}}","call_session_id":{{session}},"notification_time":"{{at.ToOffset(TimeSpan.FromHours(offsetHours)):yyyy-MM-dd HH:mm:ss.fff}}","direction":"in","contact_phone_number":"{{from}}","virtual_phone_number":"{{to}}"{{more}}}""");

    /// <summary>The hub's database as it is now.</summary>
    public static async Task<T> InDatabaseAsync<T>(this HubWorld world, Func<HubDbContext, Task<T>> read)
    {
        await using var context = world.Services.GetRequiredService<HubDatabase>().CreateContext();
        return await read(context);
    }

    public static Task<int> EventRowsAsync(this HubWorld world, string cabinet, long session) =>
        world.InDatabaseAsync(c => c.Events.CountAsync(e => e.Cabinet == cabinet && e.SessionId == session));
}
