using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Call API v4.0, section 1: the session, and what its methods share.</summary>
internal static class CallApi
{
    public const string Base = "callapi";
    public const string Control = "callapi_management_call";

    public static readonly ParamSpec Token = ParamSpec.Text("access_token", required: true);

    public static IEnumerable<RpcMethod> Methods =>
    [
        new("login.user", [], [ParamSpec.Text("login", required: true), ParamSpec.Text("password", required: true)], call => Login(call, withAppId: false))
        {
            WithoutToken = true,
        },
        new("logout.user", [], [Token], Logout),
        .. StartMethods.All,
        .. CallControl.Methods,
        .. TalkControl.Methods,
    ];

    public static ParamSpec Message(string name, bool required = false) => new(name, ParamType.Object, required)
    {
        Members = [ParamSpec.OneOf("type", required: true, "media", "tts"), ParamSpec.Text("value", required: true)],
    };

    public static RpcResult Login(RpcCall call, bool withAppId)
    {
        call.Charge();
        var (token, until) = call.Simulator.Tokens.Open(call.Cabinet);
        var data = new JsonObject { ["access_token"] = token, ["expire_at"] = until.ToUnixTimeSeconds() };
        if (withAppId)
        {
            data["app_id"] = call.Cabinet.Options.AppId;
        }

        return new RpcResult(data);
    }

    public static RpcResult Logout(RpcCall call)
    {
        call.Charge();
        call.Simulator.Tokens.Close(call.Text("access_token")!);

        // A boolean here, a string in the methods that manage calls.
        return new RpcResult(new JsonObject { ["success"] = true });
    }

    /// <summary>Rules of every prompt (section 1.5): readable text, not too long; a file that exists.</summary>
    public static void CheckMessage(RpcCall call, string name)
    {
        if (call.Params[name] is not JsonObject message)
        {
            return;
        }

        var value = (string)message["value"]!;
        if (value.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new RpcException(-32602, "character_encoding_not_allowed", "The character encoding must be UTF-8") { Field = name + ".value" };
        }

        if ((string?)message["type"] == "tts")
        {
            var longest = call.Cabinet.Options.TtsMaxLength;
            if (value.Length > longest)
            {
                throw RpcErrors.TooLong(name + ".value", longest, value.Length);
            }
        }
        else
        {
            CheckFile(call, name + ".value", value);
        }
    }

    public static void CheckFile(RpcCall call, string field, string id)
    {
        if (call.Cabinet.Options.MediaFiles.All(file => file.Id.ToString(CultureInfo.InvariantCulture) != id))
        {
            throw new RpcException(-32602, "media_file_not_found", $"The media file with id {id} not found") { Field = field, Value = id };
        }
    }
}
