using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>The start methods (sections 1.6 and 1.7): each allows exactly the parameters of its own table.</summary>
internal static class StartMethods
{
    private const string Scenario = "callapi_scenario_call";
    private const string Informer = "callapi_informer_call";

    private static readonly ParamSpec[] Common =
    [
        CallApi.Token,
        ParamSpec.Text("virtual_phone_number", required: true, SimPhone.IsE164),
        ParamSpec.OneOf("virtual_phone_usage_rule", required: false, "fixed", "fixed_for_numa", "random", "regional_random", "regional_fixed_for_numa"),
        ParamSpec.Text("contact", required: true, contact => SimPhone.IsE164(contact) || SimPhone.IsSipNumber(contact)),
        ParamSpec.Text("external_id"),
        ParamSpec.Text("dtmf_string", accepts: tones => tones.All(tone => "0123456789*#.".Contains(tone, StringComparison.Ordinal))),
        ParamSpec.OneOf("direction", required: false, "in", "out"),
    ];

    private static readonly ParamSpec[] TwoSided =
    [
        .. Common, ParamSpec.Flag("switch_at_once"), ParamSpec.Flag("early_switching"), CallApi.Message("contact_message"),
    ];

    private static readonly ParamSpec[] WithMusic = [.. TwoSided, ParamSpec.Number("media_file_id"), ParamSpec.Flag("show_virtual_phone_number")];

    private static readonly ParamSpec FirstEmployee = ParamSpec.OneOf("first_call", required: true, "contact", "employee");

    private static readonly ParamSpec[] EmployeeCall =
    [
        .. WithMusic,
        FirstEmployee,
        new("employee", ParamType.Object, Required: true)
        {
            Members = [ParamSpec.Number("id", required: true, id => id == decimal.Truncate(id)), ParamSpec.Text("phone_number", accepts: SimPhone.IsDialable)],
        },
        CallApi.Message("employee_message"),
    ];

    private static readonly ParamSpec[] SimpleCall =
    [
        .. WithMusic,
        ParamSpec.OneOf("first_call", required: true, "contact", "operator"),
        ParamSpec.Text("operator", required: true, SimPhone.IsE164),
        ParamSpec.OneOf("operator_confirmation", required: false, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "any"),
        CallApi.Message("operator_message"),
    ];

    private static readonly ParamSpec[] ScenarioCall =
    [
        .. TwoSided, FirstEmployee, ParamSpec.Number("scenario_id", required: true), CallApi.Message("employee_message"),
    ];

    private static readonly ParamSpec[] InformerCall =
    [
        .. Common, CallApi.Message("contact_message", required: true),
        ParamSpec.Number("dialing_timeout", accepts: seconds => seconds is >= 1 and <= 120 && seconds == decimal.Truncate(seconds)),
    ];

    public static IEnumerable<RpcMethod> All =>
    [
        new("start.employee_call", [CallApi.Base], EmployeeCall, StartEmployeeCall),
        new("start.simple_call", [CallApi.Base], SimpleCall, StartSimpleCall),
        new("start.vnumber_call", [CallApi.Base], [.. TwoSided, FirstEmployee], StartVirtualNumberCall),
        new("start.scenario_call", [Scenario], ScenarioCall, StartScenarioCall),
        new("start.informer_call", [Informer], InformerCall, StartInformerCall),
    ];

    private static RpcResult StartEmployeeCall(RpcCall call)
    {
        Check(call);
        var wanted = call.Params["employee"]!.AsObject();
        var id = (long)wanted["id"]!.GetValue<decimal>();
        var employee = call.Cabinet.Employees.FirstOrDefault(candidate => candidate.Id == id) ?? throw RpcErrors.EmployeeNotFound(id);
        var phone = (string?)wanted["phone_number"];
        var phones = phone is null ? [.. employee.PhoneNumbers.Where(employee.IsActive)] : new[] { phone };
        if (phones.Length == 0 || (phone is not null && !IsActiveNumber(call.Cabinet, employee, phone)))
        {
            throw RpcErrors.NoActivePhone;
        }

        CheckContact(call, blacklistCode: -32002);
        var plan = new ApiCall(employee, phones, call.Text("first_call") == "employee", call.Cabinet.ApiCalls);
        return Play(call, "callapi", (player, ct) => player.PlayAsync(plan, ct), start => start with
        {
            Caller = call.Text("direction") == "out" ? employee : null,
            ShowVirtualNumber = call.Flag("show_virtual_phone_number", otherwise: true),
        });
    }

    private static RpcResult StartSimpleCall(RpcCall call)
    {
        Check(call);
        CheckContact(call, blacklistCode: -32002);

        // An operator is "not an employee and never appears as one in reports".
        var plan = new ApiCall(Employee: null, [call.Text("operator")!], call.Text("first_call") == "operator", call.Cabinet.ApiCalls);
        return Play(call, "callapi", (player, ct) => player.PlayAsync(plan, ct), start => start with
        {
            ShowVirtualNumber = call.Flag("show_virtual_phone_number", otherwise: true),
        });
    }

    private static RpcResult StartVirtualNumberCall(RpcCall call)
    {
        Check(call);
        var scenario = call.Cabinet.ScenarioOf(call.Text("virtual_phone_number")!)
            ?? throw new RpcException(-32007, "scenario_not_found", "Virtual phone number does not have a scenario") { Field = "virtual_phone_number" };
        CheckContact(call, blacklistCode: -32602);
        return PlayScenario(call, "callapi", scenario);
    }

    private static RpcResult StartScenarioCall(RpcCall call)
    {
        Check(call);
        var id = call.Number("scenario_id");
        var scenario = call.Cabinet.Scenarios.FirstOrDefault(candidate => candidate.Id == id) ?? throw RpcErrors.ScenarioNotFound(id);
        CheckContact(call, blacklistCode: -32602);
        return PlayScenario(call, "callapi_scenario_call", scenario);
    }

    private static RpcResult StartInformerCall(RpcCall call)
    {
        Check(call);
        CheckContact(call, blacklistCode: -32602);
        var timeout = TimeSpan.FromSeconds((double)(call.Params["dialing_timeout"]?.GetValue<decimal>() ?? 30));
        return Play(call, "callapi_informer_call", (player, ct) => player.PlayInformerAsync(call.Cabinet.ApiCalls, timeout, ct), start => start);
    }

    private static RpcResult PlayScenario(RpcCall call, string source, SimScenario scenario)
    {
        var plan = new ApiCall(Employee: null, [], call.Text("first_call") == "employee", call.Cabinet.ApiCalls);
        return Play(call, source, (player, ct) => player.PlayScenarioAsync(plan, ct), start => start with { Scenario = scenario });
    }

    private static RpcResult Play(
        RpcCall call, string source, Func<CallPlayer, CancellationToken, Task> play, Func<SessionStart, SessionStart> change)
    {
        call.Charge();
        var cabinet = call.Cabinet;
        var session = cabinet.Add(change(new SessionStart(
            call.Text("direction") ?? "in", source, call.Text("virtual_phone_number")!, call.Text("contact"), call.Simulator.Time.GetUtcNow())
        {
            IsFromPhone = false,
            ExternalId = call.Text("external_id"),
            ApiRequestId = call.Simulator.NextLegId(),
            Recorded = cabinet.ApiCalls.Recorded,
        }));
        session.Begin();
        call.Simulator.Background.Run(ct => play(new CallPlayer(session, call.Simulator), ct));
        return new RpcResult(new JsonObject { ["call_session_id"] = session.Id });
    }

    private static bool IsActiveNumber(SimCabinet cabinet, SimEmployee employee, string phone) =>
        cabinet.FindEmployee(phone)?.Id == employee.Id && employee.IsActive(phone)
        && cabinet.SipLines.All(line => line.Active || !string.Equals(line.PhoneNumber, phone, StringComparison.Ordinal));

    /// <summary>Rules that all start methods share, as far as they have the parameter.</summary>
    private static void Check(RpcCall call)
    {
        if (call.Flag("early_switching") && (call.Text("first_call") == "contact" || !call.Flag("switch_at_once")))
        {
            throw RpcErrors.InvalidCombination("early_switching");
        }

        if (call.Text("virtual_phone_usage_rule") is { } rule && rule != "fixed" && !call.Cabinet.Options.Components.Contains("number_capacity_auto_usage"))
        {
            throw RpcErrors.ComponentDisabled("number_capacity_auto_usage");
        }

        foreach (var message in new[] { "contact_message", "employee_message", "operator_message" })
        {
            CallApi.CheckMessage(call, message);
        }

        if (call.Params["media_file_id"] is { } file)
        {
            CallApi.CheckFile(call, "media_file_id", file.GetValue<decimal>().ToString(CultureInfo.InvariantCulture));
        }

        var number = call.Text("virtual_phone_number")!;
        if (!call.Cabinet.OwnsNumber(number))
        {
            throw RpcErrors.NumberNotFound(number);
        }
    }

    /// <param name="call">the request</param>
    /// <param name="blacklistCode">the same mnemonic has another code in another method (section 1.5)</param>
    private static void CheckContact(RpcCall call, int blacklistCode)
    {
        var contact = call.Text("contact")!;
        if (call.Cabinet.OwnsNumber(contact))
        {
            throw RpcErrors.OwnNumber(contact);
        }

        if (call.Cabinet.Blocked.Contains(contact))
        {
            throw RpcErrors.Blacklisted(contact, blacklistCode);
        }
    }
}
