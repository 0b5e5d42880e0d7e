using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>JSON-RPC 2.0 as the vendor does it: HTTP 200 for refusals, checks in the order of section 7.</summary>
internal sealed class RpcEndpoint(UisSimulator simulator, IEnumerable<RpcMethod> methods, bool isCallApi)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };
    private readonly FrozenDictionary<string, RpcMethod> _methods = methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);
    private readonly RpcBreakage _breakage = new(simulator);
    private readonly ConcurrentQueue<ReceivedApiCall> _log = new();

    public IEnumerable<ReceivedApiCall> Log => _log;

    public async Task HandleAsync(HttpContext context)
    {
        if (simulator.Options.RequireContentLength && context.Request.ContentLength is null)
        {
            context.Response.StatusCode = StatusCodes.Status411LengthRequired;
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var request = Parse(body, out var refusal);
        var method = (request?["method"] as JsonValue)?.TryGetValue<string>(out var name) == true ? name : string.Empty;
        var faults = _breakage.Active(method);
        if (faults is not null && await _breakage.BreakAsync(context, faults))
        {
            return;
        }

        var answer = Answer(request, refusal, method, context.Connection.RemoteIpAddress, faults?.InternalError == true);
        if (faults?.LoseAnswer == true)
        {
            context.Abort();
            return;
        }

        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(answer.ToJsonString(Plain), context.RequestAborted);
    }

    private static JsonNode? Parse(string body, out RpcException? refusal)
    {
        try
        {
            var node = JsonNode.Parse(body, documentOptions: NoDuplicates);
            refusal = node is JsonArray ? RpcErrors.Batch : node is JsonObject ? null : RpcErrors.InvalidRequest;
            return node as JsonObject;
        }
        catch (JsonException)
        {
            refusal = RpcErrors.ParseError;
            return null;
        }
    }

    private static RpcException? EnvelopeFault(JsonNode request)
    {
        if (request is not JsonObject envelope)
        {
            return RpcErrors.InvalidRequest;
        }

        if (!envelope.ContainsKey("id"))
        {
            return RpcErrors.Notification;
        }

        var ok = envelope["id"]?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
            && envelope["jsonrpc"] is JsonValue version && version.TryGetValue<string>(out var text) && text == "2.0"
            && envelope["method"]?.GetValueKind() == JsonValueKind.String
            && envelope["params"] is JsonObject;
        return ok ? null : RpcErrors.InvalidRequest;
    }

    private JsonObject Answer(JsonNode? request, RpcException? refusal, string name, IPAddress? ip, bool broken)
    {
        var parameters = request?["params"] as JsonObject ?? [];
        SimCabinet? cabinet = null;
        IPoints? points = null;
        RpcException? error = null;
        JsonObject? result = null;
        try
        {
            var method = Admit(request, refusal, name);
            cabinet = Cabinet(method, parameters);
            AccessTokens.CheckAccess(cabinet, ip);
            if (broken)
            {
                throw RpcErrors.InternalError;
            }

            CheckComponent(method, cabinet);
            ParamSpec.Check(parameters, method.Params);
            points = method.Hourly ? cabinet.ReportPoints : Points(cabinet);
            var call = new RpcCall(simulator, cabinet, parameters, points);
            var outcome = method.Run(call);
            call.Charge();
            result = Success(outcome, points);
        }
        catch (RpcException fault)
        {
            error = fault;
        }

        var given = (JsonObject)parameters.DeepClone();
        given.Remove("access_token");
        given.Remove("password");
        var id = (request as JsonObject)?["id"] is JsonValue known ? known.DeepClone() : null;
        _log.Enqueue(new ReceivedApiCall(
            simulator.NextApiSequence(), isCallApi ? "call" : "data", cabinet?.Key, name, given, simulator.Time.GetUtcNow(), error?.Mnemonic)
        {
            ErrorCode = error?.Code,
            RequestId = RpcErrors.Text(id),
            Ip = ip?.ToString(),
            InReport = error is null or { HasMetadata: true },
        });
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id };
        answer[error is null ? "result" : "error"] = error is null ? result : Error(error, points ?? (cabinet is null ? null : Points(cabinet)));
        return answer;
    }

    private RpcMethod Admit(JsonNode? request, RpcException? refusal, string name)
    {
        if ((refusal ?? EnvelopeFault(request!)) is { } fault)
        {
            throw fault;
        }

        return _methods.GetValueOrDefault(name) ?? throw RpcErrors.MethodNotFound;
    }

    private SimCabinet Cabinet(RpcMethod method, JsonObject parameters)
    {
        if (method.WithoutToken)
        {
            ParamSpec.Check(parameters, method.Params);
            return simulator.Tokens.FindByLogin((string)parameters["login"]!, (string)parameters["password"]!);
        }

        if (!parameters.TryGetPropertyValue("access_token", out var token))
        {
            throw RpcErrors.Missing("access_token");
        }

        // The value is not repeated in the answer: it is a secret.
        return simulator.Tokens.Find(
            token is JsonValue text && text.TryGetValue<string>(out var value) ? value : throw RpcErrors.WrongType("access_token", null));
    }

    private void CheckComponent(RpcMethod method, SimCabinet cabinet)
    {
        if (method.Components.Count > 0 && !method.Components.Any(cabinet.Options.Components.Contains))
        {
            throw isCallApi ? RpcErrors.ComponentDisabled(method.Components[0]) : RpcErrors.MethodComponentDisabled(string.Join(", ", method.Components));
        }
    }

    private IPoints Points(SimCabinet cabinet) => isCallApi ? cabinet.CallPoints : cabinet.DataPoints;

    private JsonObject Success(RpcResult outcome, IPoints points)
    {
        var metadata = new JsonObject();
        if (!isCallApi)
        {
            metadata["api_version"] = null;
        }

        metadata["limits"] = points.Limits();
        if (outcome.TotalItems is { } total)
        {
            metadata["total_items"] = total;
        }

        var result = outcome.WithoutData ? (JsonObject)outcome.Data : new JsonObject { ["data"] = outcome.Data };
        result[outcome.MetadataKey] = metadata;
        return result;
    }

    private static JsonObject Error(RpcException error, IPoints? points)
    {
        var data = new JsonObject { ["mnemonic"] = error.Mnemonic };
        if (error.Field is not null)
        {
            data["field"] = error.Field;
        }

        if (error.Value is not null)
        {
            data["value"] = error.Value;
        }

        if (error.Params is not null)
        {
            data["params"] = error.Params;
        }

        if (error.HasMetadata && points is not null)
        {
            data["metadata"] = new JsonObject { ["limits"] = points.Limits() };
        }

        return new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["data"] = data };
    }
}
