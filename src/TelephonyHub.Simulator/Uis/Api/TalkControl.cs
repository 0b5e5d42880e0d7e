using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>What may be done during a talk (section 1.8): tones, coach, blacklist, talk options.</summary>
internal static class TalkControl
{
    /// <summary>In outgoing calls the keys mean something only after this time.</summary>
    private static readonly TimeSpan KeysOfOutgoing = TimeSpan.FromSeconds(30);

    public static IEnumerable<RpcMethod> Methods =>
    [
        CallControl.Manage("send.dtmf", CallApi.Control, [ParamSpec.Text("dtmf_string", required: true, IsKey)], SendDtmf),
        CallControl.Manage("add.coach", CallApi.Control, [ParamSpec.Text("phone_number", accepts: SimPhone.IsDialable)], AddCoach),
        CallControl.Manage("block.contact", CallApi.Control, [], BlockContact),
        CallControl.Manage("call.talk_option", CallApi.Control, [ParamSpec.Text("button", required: true, IsKey)], CallOption),
        new("list.talk_options", [CallApi.Control], [CallApi.Token], call => new RpcResult(
            new JsonArray([.. call.Cabinet.Options.TalkOptions.Select(Row)]))),
    ];

    private static bool IsKey(string keys) => keys.Length == 1 && "0123456789*#".Contains(keys, StringComparison.Ordinal);

    private static JsonNode Row(SimTalkOption option)
    {
        var row = new JsonObject { ["button"] = option.Button, ["mnemonic"] = option.Mnemonic, ["name"] = option.Name };
        if (option.ValueId is not null || option.Value is not null)
        {
            row["button_value"] = new JsonObject { ["id"] = option.ValueId, ["value"] = option.Value };
        }

        return row;
    }

    private static void SendDtmf(RpcCall call, CallSession session)
    {
        lock (session.Gate)
        {
            var key = call.Text("dtmf_string");
            call.Charge();
            var option = call.Cabinet.Options.TalkOptions.FirstOrDefault(candidate => candidate.Button == key);
            if (option is not null && session is { State: SessionState.Talk, OpenTalk: { } talk }
                && (session.Start.IsIncoming || session.Now - talk.StartedAt >= KeysOfOutgoing)
                && Refusal(call, session, option) is null)
            {
                Run(call, session, option);
            }
        }
    }

    private static void CallOption(RpcCall call, CallSession session)
    {
        lock (session.Gate)
        {
            var button = call.Text("button");
            var option = call.Cabinet.Options.TalkOptions.FirstOrDefault(candidate => candidate.Button == button)
                ?? throw new RpcException(-32602, "talk_option_not_found", "The talk option not found") { Field = "button", Value = button };
            if (session.State != SessionState.Talk)
            {
                throw RpcErrors.InvalidState;
            }

            if (Refusal(call, session, option) is { } refusal)
            {
                throw refusal;
            }

            call.Charge();
            Run(call, session, option);
        }
    }

    private static RpcException? Refusal(RpcCall call, CallSession session, SimTalkOption option) => option.Mnemonic switch
    {
        "tag_call" => call.Cabinet.Options.Tags.Any(tag => tag.Id == option.ValueId) ? null : RpcErrors.Forbidden,
        "record_talk" => IsRecording(session) && session.WhyNoRecording(on: false) is not null ? RpcErrors.Forbidden : null,
        "transfer_call" => option.Value is not null ? null : RpcErrors.Forbidden,
        "call_coach" => CoachPhone(call, session) is null ? RpcErrors.Forbidden : null,
        "save_numa" => session.Start.Contact is null ? RpcErrors.Forbidden : null,
        "finish_conversation" => null,

        // Faxes and scenarios in mid-talk are not played here.
        _ => RpcErrors.Forbidden,
    };

    /// <summary>"Calling some options again switches them off": tag, recording and coach.</summary>
    private static void Run(RpcCall call, CallSession session, SimTalkOption option)
    {
        switch (option.Mnemonic)
        {
            case "tag_call":
                var tag = call.Cabinet.Options.Tags.First(candidate => candidate.Id == option.ValueId);
                if (session.Tags.Contains(tag))
                {
                    session.UnsetTag(tag);
                }
                else
                {
                    session.SetTag(tag);
                }

                break;

            case "record_talk":
                session.SetRecording(!IsRecording(session));
                break;

            case "transfer_call":
                if (session.TransferByPhone(option.Value!, out var third) && third is not null && call.Cabinet.ApiCalls.ThirdPartyAnswers is { } answers)
                {
                    call.Simulator.Background.Run(ct => new CallPlayer(session, call.Simulator).PlayThirdAsync(third, answers, call.Cabinet.ApiCalls.Ring, ct));
                }

                break;

            case "call_coach":
                if (session.Legs.FirstOrDefault(leg => leg is { IsCoach: true, IsOpen: true }) is { } coach)
                {
                    session.EndLeg(coach, "operator_disconnects");
                }
                else
                {
                    RingCoach(call, session, CoachPhone(call, session)!);
                }

                break;

            case "save_numa":
                if (call.Cabinet.Book.Find(session.Start.Contact!) is null)
                {
                    call.Cabinet.Book.Add(new SimContact(0, session.Start.Contact!, [session.Start.Contact!]));
                }

                break;

            default:
                session.Finish("operator_disconnects");
                break;
        }
    }

    private static void AddCoach(RpcCall call, CallSession session)
    {
        lock (session.Gate)
        {
            if (session.State != SessionState.Talk)
            {
                throw RpcErrors.InvalidState;
            }

            var phone = call.Text("phone_number");
            if (phone is not null && (call.Cabinet.FindEmployee(phone) is { } owner ? !owner.IsActive(phone) : !SimPhone.IsPublic(phone)))
            {
                throw RpcErrors.NoActivePhone;
            }

            phone ??= CoachPhone(call, session) ?? throw new RpcException(-32602, "coach_not_found", "The coach not found");
            call.Charge();
            RingCoach(call, session, phone);
        }
    }

    private static void RingCoach(RpcCall call, CallSession session, string phone)
    {
        if (session.Ring(phone, isCoach: true) is { } coach)
        {
            call.Simulator.Background.Run(ct => new CallPlayer(session, call.Simulator).PlayCoachAsync(coach, call.Cabinet.ApiCalls, ct));
        }
    }

    /// <summary>The coach of the employee who talks, by that employee's settings.</summary>
    private static string? CoachPhone(RpcCall call, CallSession session)
    {
        // By today's settings, not by those of the moment when the phone rang.
        var employees = call.Cabinet.Employees;
        var talking = session.OpenTalk?.Operator.Employee?.Id;
        var coachId = employees.FirstOrDefault(employee => employee.Id == talking)?.CoachId;
        var coach = employees.FirstOrDefault(employee => employee.Id == coachId);
        return coach?.PhoneNumbers.FirstOrDefault(coach.IsActive);
    }

    private static void BlockContact(RpcCall call, CallSession session)
    {
        lock (session.Gate)
        {
            if (session.State != SessionState.Talk || session.Start.Contact is not { } contact)
            {
                throw RpcErrors.InvalidState;
            }

            if (call.Cabinet.Blocked.Contains(contact))
            {
                throw RpcErrors.DuplicateContact(contact);
            }

            call.Charge();
            call.Cabinet.Blocked.Add(contact, comment: null, call.Simulator.Time.GetUtcNow());
        }
    }

    private static bool IsRecording(CallSession session) => session.OpenTalk?.First.Recording == true;
}
