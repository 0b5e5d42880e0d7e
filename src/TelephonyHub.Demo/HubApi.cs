using System.Diagnostics;
using System.Text.Json.Nodes;

namespace TelephonyHub.Demo;

/// <summary>The hub's own API, as any program would use it. The demo knows of the hub only what this tells.</summary>
public sealed class HubApi : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private readonly HttpClient _http;

    public HubApi(Uri address, string apiKey)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    /// <returns>Null when there is no such thing (yet).</returns>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken ct)
    {
        using var answer = await _http.GetAsync(path, ct);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) : null;
    }

    public Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonNode> PutAsync(string path, JsonNode body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    /// <summary>Asks until the answer is as wanted.</summary>
    /// <exception cref="TimeoutException">It was not within a minute.</exception>
    public async Task<JsonNode> WhenAsync(string path, Func<JsonNode, bool> wanted, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await FindAsync(path, ct);
            if (answer is not null && wanted(answer))
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"{path} did not become as expected within {Patience.TotalSeconds} s; last: {answer?.ToJsonString() ?? "no answer"}");
            }

            await Task.Delay(Pause, ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }
}
