using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Asks the routing handler (sections 4.3 and 4.4) and judges its answer strictly.</summary>
internal sealed class InteractiveClient(HttpClient http, UisSimulatorOptions options, TimeProvider time)
{
    private const string Failed = "http_request_failed";

    public async Task<InteractiveExchange> AskAsync(CallSession session, string? digit, CancellationToken ct)
    {
        var cabinet = session.Cabinet.Options;
        if (cabinet.RouteUrl is not { } handler)
        {
            return new InteractiveExchange(new Uri("about:blank"), cabinet.RouteMethod, null, null, null, TimeSpan.Zero, Failed) { Problem = "no URL" };
        }

        using var request = Request(handler, cabinet, session, digit, out var body);
        var exchange = new InteractiveExchange(request.RequestUri!, request.Method.Method, body, null, null, TimeSpan.Zero, Failed);
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.InteractiveTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            using var response = await http.SendAsync(request, linked.Token);
            var answer = await response.Content.ReadAsStringAsync(linked.Token);
            return Judge(session, exchange with { Status = (int)response.StatusCode, Body = answer, Elapsed = time.GetElapsedTime(started) });
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && timeout.IsCancellationRequested))
        {
            // The handler's absence is a branch of the scenario.
            var problem = fault is OperationCanceledException ? "timeout" : fault.GetType().Name;
            return exchange with { Elapsed = time.GetElapsedTime(started), Problem = problem };
        }
    }

    private static HttpRequestMessage Request(Uri handler, SimCabinetOptions cabinet, CallSession session, string? digit, out string? body)
    {
        var values = cabinet.RouteParameters.Select(name => KeyValuePair.Create(name, Parameter(session, name, digit))).ToList();
        if (string.Equals(cabinet.RouteMethod, "POST", StringComparison.OrdinalIgnoreCase))
        {
            body = new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString();
            return new HttpRequestMessage(HttpMethod.Post, handler) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }

        body = null;
        var query = values.Select(pair => pair.Key + "=" + Uri.EscapeDataString(pair.Value)).ToList();
        return new HttpRequestMessage(HttpMethod.Get, UrlParts.Append(handler, query));
    }

    private static string Parameter(CallSession session, string name, string? digit) => name switch
    {
        "call_session_id" or "cdr_id" => session.Id.ToString(CultureInfo.InvariantCulture),
        "numa" => session.Start.Contact ?? string.Empty,
        "numb" => session.Start.VirtualNumber,
        "start_time" => session.Cabinet.Skewed(session.StartedAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        // The literal text, as a Python program writes it (section 4.3).
        "input_result" => digit ?? "None",
        "direction" => session.Start.Direction,
        _ => throw new InvalidOperationException($"Unknown parameter {name} of the interactive request."),
    };

    private static InteractiveExchange Judge(CallSession session, InteractiveExchange exchange)
    {
        if (exchange.Status != 200)
        {
            return exchange with { Problem = "status " + exchange.Status?.ToString(CultureInfo.InvariantCulture) };
        }

        JsonObject? answer;
        try
        {
            answer = JsonNode.Parse(exchange.Body!) as JsonObject;
        }
        catch (JsonException)
        {
            return exchange with { Problem = "no JSON" };
        }

        return answer is null ? exchange with { Problem = "no JSON object" } : Read(session, exchange, answer);
    }

    private static InteractiveExchange Read(CallSession session, InteractiveExchange exchange, JsonObject answer)
    {
        foreach (var key in new[] { "message_name", "text", "operator_message", "operator_media", "operator_text" })
        {
            if (answer.TryGetPropertyValue(key, out var node) && node?.GetValueKind() != JsonValueKind.String)
            {
                return exchange with { Problem = key + " is no string" };
            }
        }

        exchange = exchange with
        {
            Text = (string?)answer["text"],
            MessageName = (string?)answer["message_name"],
            OperatorText = (string?)answer["operator_text"],
        };

        if (answer.TryGetPropertyValue("phones", out var phones))
        {
            return ReadPhones(session, exchange, phones);
        }

        if (answer.TryGetPropertyValue("returned_code", out var code))
        {
            if (code?.GetValueKind() != JsonValueKind.Number || !code.AsValue().TryGetValue<int>(out var number) || number < 0)
            {
                return exchange with { Problem = "returned_code is no number" };
            }

            return exchange with { ReturnedCode = number, Branch = number.ToString(CultureInfo.InvariantCulture) };
        }

        return exchange.Text is not null || exchange.MessageName is not null
            ? exchange with { Branch = "play_done" }
            : exchange with { Problem = "no instruction" };
    }

    private static InteractiveExchange ReadPhones(CallSession session, InteractiveExchange exchange, JsonNode? node)
    {
        if (node is not JsonArray array || array.Any(item => item?.GetValueKind() != JsonValueKind.String))
        {
            return exchange with { Problem = "phones is no array of strings" };
        }

        var phones = array.Select(item => (string)item!).ToList();
        if (phones.Find(phone => !SimPhone.IsDialable(phone)) is not null)
        {
            return exchange with { Problem = "phones hold something that is not digits" };
        }

        var warnings = new List<string>();
        if (phones.Count == 0)
        {
            warnings.Add("phones is empty");
        }

        if (phones.Distinct(StringComparer.Ordinal).Count() != phones.Count)
        {
            warnings.Add("a phone twice");
        }

        if (session.Start.Contact is { } caller && phones.Contains(caller, StringComparer.Ordinal))
        {
            warnings.Add("the caller's own number");
        }

        // An empty list dials nobody, which is the failed forwarding, not a failed request.
        return exchange with { Phones = phones, Branch = phones.Count == 0 ? "dial_failed" : "phones", Warnings = warnings };
    }
}
