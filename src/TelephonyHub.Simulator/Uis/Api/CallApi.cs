using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Call API v4.0, section 1: starting calls and the session. Control of live calls is in <see cref="CallControl"/>.</summary>
internal static class CallApi
{
    public const string Base = "callapi";
    public const string Control = "callapi_management_call";

    public static readonly ParamSpec Token = ParamSpec.Text("access_token", required: true);

    private static readonly ParamSpec[] Start =
    [
        Token,
        ParamSpec.Text("virtual_phone_number", required: true, SimPhone.IsE164),
        ParamSpec.OneOf("virtual_phone_usage_rule", required: false, "fixed", "fixed_for_numa", "random", "regional_random", "regional_fixed_for_numa"),
        ParamSpec.Text("contact", required: true, contact => SimPhone.IsE164(contact) || SimPhone.IsSipNumber(contact)),
        ParamSpec.Text("external_id"),
        ParamSpec.Text("dtmf_string", accepts: tones => tones.All(tone => "0123456789*#.".Contains(tone, StringComparison.Ordinal))),
        ParamSpec.OneOf("direction", required: false, "in", "out"),
        ParamSpec.Flag("switch_at_once"),
        ParamSpec.Flag("early_switching"),
        ParamSpec.Number("media_file_id"),
        ParamSpec.Flag("show_virtual_phone_number"),
        Message("contact_message"),
    ];

    private static readonly ParamSpec[] EmployeeCall =
    [
        .. Start,
        ParamSpec.OneOf("first_call", required: true, "contact", "employee"),
        new("employee", ParamType.Object, Required: true)
        {
            Members = [ParamSpec.Number("id", required: true, id => id == decimal.Truncate(id)), ParamSpec.Text("phone_number", accepts: SimPhone.IsDialable)],
        },
        Message("employee_message"),
    ];

    private static readonly ParamSpec[] SimpleCall =
    [
        .. Start,
        ParamSpec.OneOf("first_call", required: true, "contact", "operator"),
        ParamSpec.Text("operator", required: true, SimPhone.IsE164),
        ParamSpec.OneOf("operator_confirmation", required: false, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "any"),
        Message("operator_message"),
    ];

    public static IEnumerable<RpcMethod> Methods =>
    [
        new("login.user", [], [ParamSpec.Text("login", required: true), ParamSpec.Text("password", required: true)], call => Login(call, withAppId: false))
        {
            WithoutToken = true,
        },
        new("logout.user", [], [Token], Logout),
        new("start.employee_call", [Base], EmployeeCall, StartEmployeeCall),
        new("start.simple_call", [Base], SimpleCall, StartSimpleCall),
        .. CallControl.Methods,
        .. NotPlayed("callapi_informer_call", "start.informer_call"),
        .. NotPlayed("callapi_scenario_call", "start.scenario_call"),
        .. NotPlayed(Base, "start.vnumber_call"),
        .. NotPlayed(Control, "send.dtmf", "add.coach", "block.contact", "list.talk_options", "call.talk_option"),
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

    private static RpcResult StartEmployeeCall(RpcCall call)
    {
        CheckSwitching(call);
        CheckNumber(call);
        var wanted = call.Params["employee"]!.AsObject();
        var id = (long)wanted["id"]!.GetValue<decimal>();
        var employee = call.Cabinet.Employees.FirstOrDefault(candidate => candidate.Id == id) ?? throw RpcErrors.EmployeeNotFound(id);
        var phone = (string?)wanted["phone_number"];
        var phones = phone is null ? [.. employee.PhoneNumbers.Where(employee.IsActive)] : new[] { phone };
        if (phones.Length == 0 || (phone is not null && !IsActiveNumber(call.Cabinet, employee, phone)))
        {
            throw RpcErrors.NoActivePhone;
        }

        CheckContact(call);
        return Play(call, new ApiCall(employee, phones, call.Text("first_call") == "employee", call.Cabinet.ApiCalls));
    }

    private static RpcResult StartSimpleCall(RpcCall call)
    {
        CheckSwitching(call);
        CheckNumber(call);
        CheckContact(call);

        // An operator is "not an employee and never appears as one in reports".
        return Play(call, new ApiCall(Employee: null, [call.Text("operator")!], call.Text("first_call") == "operator", call.Cabinet.ApiCalls));
    }

    private static RpcResult Play(RpcCall call, ApiCall plan)
    {
        call.Charge();
        var cabinet = call.Cabinet;
        var session = cabinet.Add(new SessionStart(
            call.Text("direction") ?? "in", "callapi", call.Text("virtual_phone_number")!, call.Text("contact"), call.Simulator.Time.GetUtcNow())
        {
            IsFromPhone = false,
            ExternalId = call.Text("external_id"),
            Caller = call.Text("direction") == "out" ? plan.Employee : null,
            ApiRequestId = call.Simulator.NextLegId(),
        });
        session.Begin();
        call.Simulator.Background.Run(ct => new CallPlayer(session, call.Simulator).PlayAsync(plan, ct));
        return new RpcResult(new JsonObject { ["call_session_id"] = session.Id });
    }

    private static bool IsActiveNumber(SimCabinet cabinet, SimEmployee employee, string phone) =>
        cabinet.FindEmployee(phone)?.Id == employee.Id && employee.IsActive(phone)
        && cabinet.SipLines.All(line => line.Active || !string.Equals(line.PhoneNumber, phone, StringComparison.Ordinal));

    private static void CheckSwitching(RpcCall call)
    {
        if (call.Flag("early_switching") && (call.Text("first_call") == "contact" || !call.Flag("switch_at_once")))
        {
            throw RpcErrors.InvalidCombination("early_switching");
        }
    }

    private static void CheckNumber(RpcCall call)
    {
        var number = call.Text("virtual_phone_number")!;
        if (!call.Cabinet.OwnsNumber(number))
        {
            throw RpcErrors.NumberNotFound(number);
        }
    }

    private static void CheckContact(RpcCall call)
    {
        var contact = call.Text("contact")!;
        if (call.Cabinet.OwnsNumber(contact))
        {
            throw RpcErrors.OwnNumber(contact);
        }

        if (call.Cabinet.Options.Blacklist.Contains(contact))
        {
            throw RpcErrors.Blacklisted(contact);
        }
    }

    /// <summary>Documented methods that this stand-in does not play: the key has no right to them.</summary>
    private static IEnumerable<RpcMethod> NotPlayed(string component, params string[] names) =>
        names.Select(name => new RpcMethod(name, [component], [], _ => throw RpcErrors.Forbidden) { AnyParams = true });
}
