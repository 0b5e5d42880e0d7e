using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>A method of either API: who may call it, with what, and what it does.</summary>
/// <param name="Components">one of these must be bought; empty = none needed</param>
internal sealed record RpcMethod(string Name, IReadOnlyList<string> Components, IReadOnlyList<ParamSpec> Params, Func<RpcCall, RpcResult> Run)
{
    /// <summary>login.user brings no token.</summary>
    public bool WithoutToken { get; init; }

    /// <summary>Costs a point of the hour instead of minute and day (the new reports, section 2.9).</summary>
    public bool Hourly { get; init; }
}

/// <summary>One admitted request.</summary>
internal sealed record RpcCall(UisSimulator Simulator, SimCabinet Cabinet, JsonObject Params, IPoints Points)
{
    private bool _charged;

    /// <summary>Takes the point. Methods with an effect call it after their business rules and before the effect.</summary>
    public void Charge()
    {
        if (!_charged)
        {
            Points.Spend();
            _charged = true;
        }
    }

    public string? Text(string name) => (string?)Params[name];

    public long Number(string name) => (long)Params[name]!.GetValue<decimal>();

    public bool Flag(string name, bool otherwise = false) => Params[name]?.GetValue<bool>() ?? otherwise;
}

/// <param name="TotalItems">rows that match, of get.* methods</param>
internal sealed record RpcResult(JsonNode Data, int? TotalItems = null)
{
    /// <summary>The sample of get.account spells the key `meta_data`.</summary>
    public string MetadataKey { get; init; } = "metadata";

    /// <summary>create.*, update.* and delete.* answer directly under `result`.</summary>
    public bool WithoutData { get; init; }
}
