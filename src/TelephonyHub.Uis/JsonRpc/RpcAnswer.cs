using System.Text.Json;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>Parsed JSON-RPC answer: a result or an error, each perhaps with metadata (reference 1.4, 1.5, 2.1).</summary>
internal sealed record RpcAnswer(JsonElement? Result, RpcError? Error, RpcPoints? Points, int? TotalItems)
{
    /// <summary><c>result.data ?? result</c>: create and update answer directly under <c>result</c>.</summary>
    internal JsonElement Data { get; } = Result is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("data", out var data)
        ? data
        : Result ?? default;

    /// <returns><see langword="null"/> if the body is no JSON-RPC answer.</returns>
    internal static RpcAnswer? Parse(byte[] body)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // a proxy's page: judged by the HTTP status
        }

        var row = new UisRow(root);
        if (row.Object("error") is { } error)
        {
            var data = error.Object("data");
            return new RpcAnswer(null, RpcError.Read(error, data), RpcPoints.Read(data?.Object("metadata") ?? row.Object("metadata")), null);
        }

        if (row.Member("result") is not { } result)
        {
            return null;
        }

        var content = new UisRow(result);
        var metadata = content.Object("metadata") ?? content.Object("meta_data"); // the second spelling: get.account
        return new RpcAnswer(result, null, RpcPoints.Read(metadata), metadata?.Int("total_items"));
    }
}

/// <summary>Error object (reference 1.5); the value that was sent is left out on purpose.</summary>
internal sealed record RpcError(string? Mnemonic, int Code, string? Field, string? Message, string? LimitType)
{
    internal static RpcError Read(UisRow error, UisRow? data) => new(
        data?.Text("mnemonic"), error.Int("code") ?? 0, data?.Text("field"), error.Text("message"),
        data?.Object("params")?.Text("limit_type"));
}

/// <summary>Limits block of the metadata; resets in seconds.</summary>
internal sealed record RpcPoints(int? DayLimit, int? DayRemaining, int? DayReset, int? MinuteLimit, int? MinuteRemaining, int? MinuteReset)
{
    internal static RpcPoints? Read(UisRow? metadata) => metadata?.Object("limits") is { } limits
        ? new RpcPoints(
            limits.Int("day_limit"), limits.Int("day_remaining"), limits.Int("day_reset"),
            limits.Int("minute_limit"), limits.Int("minute_remaining"), limits.Int("minute_reset"))
        : null;
}
