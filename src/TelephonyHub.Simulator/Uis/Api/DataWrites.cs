using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Methods of the Data API that change something (section 2.6). Answers stand directly under `result`, except where noted.</summary>
internal static class DataWrites
{
    private static readonly ParamSpec User = ParamSpec.Number("user_id");
    private static readonly ParamSpec Id = ParamSpec.Number("id", required: true);
    private static readonly ParamSpec[] Tagging =
    [
        CallApi.Token, User, ParamSpec.Number("communication_id"), ParamSpec.Text("communication_ext_id"),
        ParamSpec.OneOf("communication_type", required: true, "chat", "call", "goal", "offline_message"), ParamSpec.Number("tag_id", required: true),
    ];

    public static IEnumerable<RpcMethod> Methods =>
    [
        new("create.sip_lines", ["va"],
        [
            CallApi.Token, User, ParamSpec.Number("employee_id", required: true), ParamSpec.Text("virtual_phone_number", accepts: SimPhone.IsE164),
        ], CreateSipLine),
        new("update.sip_line_password", ["va"], [CallApi.Token, User, Id], NewSipPassword),
        new("create.contacts", [], [CallApi.Token, User, .. Contact(creating: true)], CreateContact),
        new("update.contacts", [], [CallApi.Token, User, Id, .. Contact(creating: false)], UpdateContact),
        new("create.phone_number_to_blacklist", [],
            [CallApi.Token, User, ParamSpec.Text("phone_number", required: true, SimPhone.IsE164), ParamSpec.Text("add_comment")], Block),
        new("delete.phone_number_from_blacklist", [], [CallApi.Token, User, Id], Unblock),
        new("set.tag_communications", [], Tagging, call => Tag(call, set: true)),
        new("unset.tag_communications", [], Tagging, call => Tag(call, set: false)),
    ];

    private static ParamSpec[] Contact(bool creating) =>
    [
        ParamSpec.Text("last_name", required: creating),
        ParamSpec.Text("first_name") with { Nullable = !creating },
        ParamSpec.Text("patronymic") with { Nullable = !creating },
        ParamSpec.Texts("phone_numbers", required: creating, SimPhone.IsE164, atMost: 10),
        ParamSpec.Texts("emails", required: false, email => email.Contains('@', StringComparison.Ordinal), atMost: 10) with { Nullable = !creating },
        ParamSpec.Number("personal_manager_id") with { Nullable = !creating },
    ];

    private static RpcResult CreateSipLine(RpcCall call)
    {
        var employeeId = call.Number("employee_id");
        var employee = call.Cabinet.Employees.FirstOrDefault(candidate => candidate.Id == employeeId)
            ?? throw RpcErrors.EntityNotFound("employee_id");
        var number = call.Text("virtual_phone_number");
        if (number is not null && !call.Cabinet.OwnsNumber(number))
        {
            throw RpcErrors.NumberNotFound(number);
        }

        call.Charge();
        var lines = call.Cabinet.SipLines;
        var id = lines.Count == 0 ? 50_001 : lines.Max(line => line.Id) + 1;
        var line = new SimSipLine(id, id.ToString("D7", CultureInfo.InvariantCulture), number, employee.Id)
        {
            Registered = false,
            Password = Guid.CreateVersion7().ToString("N")[^12..],
        };
        call.Cabinet.SetSipLine(line);
        call.Cabinet.SetEmployee(employee with { PhoneNumbers = [.. employee.PhoneNumbers, line.PhoneNumber] });
        return new RpcResult(new JsonObject
        {
            ["phone_number"] = line.PhoneNumber,
            ["password"] = line.Password,
            ["server"] = "sip.uiscom.ru:5060",
            ["id"] = line.Id,
        })
        {
            WithoutData = true,
        };
    }

    private static RpcResult NewSipPassword(RpcCall call)
    {
        var id = call.Number("id");
        var line = call.Cabinet.SipLines.FirstOrDefault(candidate => candidate.Id == id)
            ?? throw RpcErrors.EntityNotFound("id");
        call.Charge();
        var changed = line with { Password = Guid.CreateVersion7().ToString("N")[^12..], Registered = false };
        call.Cabinet.SetSipLine(changed);
        return new RpcResult(new JsonObject { ["password"] = changed.Password }) { WithoutData = true };
    }

    private static RpcResult CreateContact(RpcCall call)
    {
        var draft = Changed(call, new SimContact(0, string.Empty, []));
        call.Charge();
        return Under(new JsonObject { ["id"] = call.Cabinet.Book.Add(draft).Id });
    }

    private static RpcResult UpdateContact(RpcCall call)
    {
        var id = call.Number("id");
        var contact = call.Cabinet.Book.All.FirstOrDefault(known => known.Id == id) ?? throw RpcErrors.EntityNotFound("id");
        var changed = Changed(call, contact);
        call.Charge();
        call.Cabinet.Book.Set(changed);
        return Under([]);
    }

    /// <summary>What is given replaces what stands, arrays as a whole; null clears.</summary>
    private static SimContact Changed(RpcCall call, SimContact contact)
    {
        var given = call.Params;
        var changed = contact with
        {
            LastName = call.Text("last_name") ?? contact.LastName,
            FirstName = given.ContainsKey("first_name") ? call.Text("first_name") : contact.FirstName,
            Patronymic = given.ContainsKey("patronymic") ? call.Text("patronymic") : contact.Patronymic,
            PhoneNumbers = given.ContainsKey("phone_numbers") ? Texts(given["phone_numbers"]) : contact.PhoneNumbers,
            Emails = given.ContainsKey("emails") ? Texts(given["emails"]) : contact.Emails,
            PersonalManagerId = given.ContainsKey("personal_manager_id")
                ? given["personal_manager_id"] is null ? null : call.Number("personal_manager_id")
                : contact.PersonalManagerId,
        };
        if (changed.PhoneNumbers.Count == 0)
        {
            throw RpcErrors.InvalidValue("phone_numbers", given["phone_numbers"]);
        }

        if (changed.PersonalManagerId is { } manager && call.Cabinet.Employees.All(employee => employee.Id != manager))
        {
            throw RpcErrors.EntityNotFound("personal_manager_id");
        }

        return changed.PhoneNumbers.Any(phone => call.Cabinet.Book.Find(phone) is { } other && other.Id != contact.Id)
            ? throw RpcErrors.DuplicateEntity("phone_numbers")
            : changed;
    }

    private static RpcResult Block(RpcCall call)
    {
        var phone = call.Text("phone_number")!;
        if (call.Cabinet.Blocked.Contains(phone))
        {
            throw RpcErrors.DuplicateEntity("phone_number");
        }

        call.Charge();
        var entry = call.Cabinet.Blocked.Add(phone, call.Text("add_comment"), call.Simulator.Time.GetUtcNow());

        // One of the few that answer under `data`.
        return new RpcResult(new JsonObject { ["id"] = entry.Id, ["phone_number"] = entry.PhoneNumber });
    }

    private static RpcResult Unblock(RpcCall call)
    {
        var id = call.Number("id");
        if (call.Cabinet.Blocked.All.All(entry => entry.Id != id))
        {
            throw RpcErrors.EntityNotFound("id");
        }

        call.Charge();
        call.Cabinet.Blocked.Remove(id);
        return Under([]);
    }

    /// <summary>Tags of finished calls; notified as those of live ones.</summary>
    private static RpcResult Tag(RpcCall call, bool set)
    {
        if (!call.Params.ContainsKey("communication_id"))
        {
            // Calls of this stand-in are never uploaded, so none has a foreign id.
            throw call.Params.ContainsKey("communication_ext_id") ? RpcErrors.EntityNotFound("communication_ext_id") : RpcErrors.Missing("communication_id");
        }

        var session = (call.Text("communication_type") == "call" ? call.Cabinet.FindSession(call.Number("communication_id")) : null)
            ?? throw RpcErrors.EntityNotFound("communication_id");
        var id = call.Number("tag_id");
        var tag = call.Cabinet.Options.Tags.FirstOrDefault(known => known.Id == id) ?? throw RpcErrors.EntityNotFound("tag_id");
        lock (session.Gate)
        {
            if (session.Tags.Contains(tag) == set)
            {
                throw set ? RpcErrors.DuplicateEntity("tag_id") : RpcErrors.EntityNotFound("tag_id");
            }

            call.Charge();
            session.CatchUp(call.Simulator.Time.GetUtcNow());
            if (set)
            {
                session.SetTag(tag);
            }
            else
            {
                session.UnsetTag(tag);
            }

            if (session.IsFinished)
            {
                session.Outbox.ReleaseHeld();
            }
        }

        return Under([]);
    }

    private static IReadOnlyList<string> Texts(JsonNode? list) => list is JsonArray items ? [.. items.Select(item => (string)item!)] : [];

    private static RpcResult Under(JsonObject result) => new(result) { WithoutData = true };
}
