using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Live calls (section 1.8).</summary>
internal static class CallControl
{
    private static readonly ParamSpec SessionId = ParamSpec.Number("call_session_id", required: true);

    public static IEnumerable<RpcMethod> Methods =>
    [
        Manage("release.call", CallApi.Base, [], (call, session) =>
        {
            call.Charge();
            session.Finish("operator_disconnects");
        }),
        Manage("hold.call", CallApi.Control, [CallApi.Message("contact_message", required: true)], (call, session) =>
        {
            CallApi.CheckMessage(call, "contact_message");
            Step(call, session, SessionState.Talk, session.Hold);
        }),
        Manage("unhold.call", CallApi.Control, [], (call, session) => Step(call, session, SessionState.Hold, session.Unhold)),
        Manage("make.call", CallApi.Control, [ParamSpec.Text("to", required: true, SimPhone.IsDialable), CallApi.Message("to_message")], Make),
        Manage("transfer.talk", CallApi.Control, [], (call, session) => Step(call, session, SessionState.Dialing, session.Transfer)),
        Manage("restore.talk", CallApi.Control, [], (call, session) => Step(call, session, SessionState.Dialing, session.Restore)),
        Manage("disconnect.leg", CallApi.Control, [ParamSpec.Number("leg_id", required: true)], DisconnectLeg),
        Manage("tag.call", CallApi.Control, [ParamSpec.Number("tag_id", required: true)], TagCall),
        Manage("record.call", CallApi.Control, [ParamSpec.OneOf("action", required: true, "on", "off")], RecordCall),
        new("list.calls", [CallApi.Control],
        [
            CallApi.Token,
            ParamSpec.OneOf("direction", required: false, "in", "out"),
            ParamSpec.Text("virtual_phone_number", accepts: SimPhone.IsE164),
        ], ListCalls),
    ];

    internal static RpcMethod Manage(string name, string component, ParamSpec[] own, Action<RpcCall, CallSession> work) =>
        new(name, [component], [CallApi.Token, SessionId, .. own], call =>
        {
            var session = call.Cabinet.FindSession(call.Number("call_session_id"));
            if (session is null || session.IsFinished)
            {
                throw RpcErrors.SessionNotFound;
            }

            session.CatchUp(call.Simulator.Time.GetUtcNow());
            work(call, session);

            // A string, as the vendor writes it.
            return new RpcResult(new JsonObject { ["success"] = "true" });
        });

    private static void Step(RpcCall call, CallSession session, SessionState needed, Func<bool> step)
    {
        lock (session.Gate)
        {
            if (session.State != needed && !(needed == SessionState.Dialing && session.State == SessionState.OperatorTalk))
            {
                throw RpcErrors.InvalidState;
            }

            call.Charge();
            if (!step())
            {
                throw RpcErrors.InvalidState;
            }
        }
    }

    private static void Make(RpcCall call, CallSession session)
    {
        CallApi.CheckMessage(call, "to_message");
        var to = call.Text("to")!;
        var cabinet = call.Cabinet;
        lock (session.Gate)
        {
            if (session.State != SessionState.Hold)
            {
                throw RpcErrors.InvalidState;
            }

            if (cabinet.FindEmployee(to) is { } employee ? !employee.IsActive(to) : !SimPhone.IsPublic(to))
            {
                throw RpcErrors.NoActivePhone;
            }

            call.Charge();
            session.Make(to, out var third);
            if (third is not null && cabinet.ApiCalls.ThirdPartyAnswers is { } answers)
            {
                call.Simulator.Background.Run(ct => new CallPlayer(session, call.Simulator).PlayThirdAsync(third, answers, cabinet.ApiCalls.Ring, ct));
            }
        }
    }

    private static void DisconnectLeg(RpcCall call, CallSession session)
    {
        var legId = call.Number("leg_id");
        lock (session.Gate)
        {
            if (!session.Legs.Any(leg => leg.Id == legId && leg.IsOpen))
            {
                throw RpcErrors.LegNotFound;
            }

            call.Charge();
            session.Disconnect(legId);
        }
    }

    private static void TagCall(RpcCall call, CallSession session)
    {
        var tagId = call.Number("tag_id");
        lock (session.Gate)
        {
            var tag = call.Cabinet.Options.Tags.FirstOrDefault(candidate => candidate.Id == tagId)
                ?? throw new RpcException(-32602, "tag_not_found", "The tag not found") { Field = "tag_id" };
            if (session.Tags.Contains(tag))
            {
                throw new RpcException(-32602, "duplicate_tag", "The tag already exists") { Field = "tag_id" };
            }

            call.Charge();
            session.SetTag(tag);
        }
    }

    private static void RecordCall(RpcCall call, CallSession session)
    {
        var on = call.Text("action") == "on";
        lock (session.Gate)
        {
            if (session.WhyNoRecording(on) is { } refusal)
            {
                throw refusal switch
                {
                    "invalid_state" => RpcErrors.InvalidState,
                    "forbidden" => RpcErrors.Forbidden,
                    _ => new RpcException(-32602, refusal, on ? "The record already started" : "The record already stopped"),
                };
            }

            call.Charge();
            session.SetRecording(on);
        }
    }

    private static RpcResult ListCalls(RpcCall call)
    {
        var direction = call.Text("direction");
        var number = call.Text("virtual_phone_number");
        var live = call.Cabinet.Sessions.Where(session => !session.IsFinished
            && (direction is null || direction == session.Start.Direction)
            && (number is null || number == session.Start.VirtualNumber));
        return new RpcResult(new JsonArray([.. live.Select(Row)]));
    }

    private static JsonNode Row(CallSession session)
    {
        lock (session.Gate)
        {
            return new JsonObject
            {
                ["call_session_id"] = session.Id,
                ["direction"] = session.Start.Direction,

                // The sample has T and milliseconds although the table says otherwise (section 1.1).
                ["start_time"] = session.Cabinet.WireTime(session.StartedAt, milliseconds: true).Replace(' ', 'T'),
                ["virtual_phone_number"] = session.Start.VirtualNumber,
                ["contact_phone_number"] = session.Start.Contact,
                ["external_id"] = session.Start.ExternalId,
                ["tags"] = new JsonArray([.. session.Tags.Select(tag => new JsonObject { ["tag_id"] = tag.Id, ["tag_name"] = tag.Name })]),
                ["legs"] = new JsonArray([.. session.Legs.Where(leg => leg.IsOpen).Select(leg => new JsonObject
                {
                    ["leg_id"] = leg.Id,
                    ["calling_phone_number"] = leg.Calling,
                    ["called_phone_number"] = leg.Called,
                    ["is_operator"] = leg is { IsOperator: true, IsCoach: false },
                    ["employee_id"] = leg.Employee?.Id,
                    ["employee_full_name"] = leg.Employee?.FullName,
                    ["record_call_enabled"] = leg.Recording,
                    ["state"] = session.StateText(leg),
                })]),
            };
        }
    }
}
