using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Directory;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>
/// Tells a call while it goes on: what UIS asked and reported (journal of the stand-in), what the hub answered and why (its API), whose screen
/// showed a card (journal of the CRM).
/// </summary>
public sealed class CallSteps(DemoWorld world, DemoOutput output, DemoCall call, Func<SimCall?> find)
{
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();
    private int _notifications;
    private int _popups;
    private int _questions;
    private readonly HashSet<long> _rung = [];

    public async Task PrintNewAsync(CancellationToken ct)
    {
        if (find() is not { } pbx)
        {
            return;
        }

        var steps = new List<(DateTimeOffset At, string Subject, string Text)>(call.Chaos ? Storm(pbx) : Notifications(pbx));
        if (_notifications == 0 && !call.Chaos)
        {
            // The first webhook is still under way: a story begins with "who calls", not with "who gets it".
            return;
        }

        steps.AddRange(await QuestionsAsync(pbx, ct));
        steps.AddRange(Cards(pbx));
        foreach (var (at, subject, text) in steps.OrderBy(s => s.At))
        {
            output.Step(at, call.Cabinet, subject, text);
        }
    }

    internal static string Phone(string? number) => PhoneNumber.TryParse(number)?.Display ?? number ?? "a hidden number";

    private async Task<List<(DateTimeOffset, string, string)>> QuestionsAsync(SimCall pbx, CancellationToken ct)
    {
        var steps = new List<(DateTimeOffset, string, string)>();
        foreach (var exchange in pbx.Interactions.Skip(_questions).ToList())
        {
            _questions++;
            var detail = await world.Api.WhenAsync(
                string.Create(CultureInfo.InvariantCulture, $"api/v1/calls/{call.Cabinet}/{pbx.SessionId}"), answer => answer["decision"] is not null, ct);
            var decision = detail["decision"]!;
            var at = decision["decidedAt"]!.GetValue<DateTimeOffset>();
            var digit = decision["digit"]?.GetValue<string>() is { } d ? $"pressed {d}" : "pressed nothing";
            steps.Add((Asked(pbx, at - exchange.Elapsed), "UIS asks", $"who gets the call of {Phone(pbx.ContactPhone)} to {Phone(pbx.VirtualNumber)}? ({digit})"));
            steps.Add((at, "hub says", string.Create(CultureInfo.InvariantCulture, $"{Instruction(exchange)}   [HTTP {exchange.Status}, {exchange.Elapsed.TotalMilliseconds:0} ms]")));
            steps.AddRange(DecisionText.Lines(decision["explanation"]!).Select(line => (at, "because", line)));
        }

        return steps;
    }

    /// <summary>The stand-in keeps no time of its question: the hub's less the time it took, but after the call began.</summary>
    private DateTimeOffset Asked(SimCall pbx, DateTimeOffset reckoned)
    {
        var began = world.Uis.Notifications.FirstOrDefault(n => n.SessionId == pbx.SessionId)?.SentAt ?? _started;
        return reckoned > began ? reckoned : began;
    }

    private static string Instruction(InteractiveExchange exchange)
    {
        var text = exchange.OperatorText is { } say ? $", tell the manager «{say}»" : "";
        return exchange.Phones.Count > 0 ? $"ring {string.Join(", ", exchange.Phones)}{text}" : $"return code {exchange.ReturnedCode}";
    }

    private IEnumerable<(DateTimeOffset, string, string)> Notifications(SimCall pbx)
    {
        var sent = world.Uis.Notifications.Where(n => n.SessionId == pbx.SessionId && n.Status is not null).ToList();
        foreach (var notification in sent.Skip(_notifications).ToList())
        {
            _notifications++;
            if (Text(notification, pbx) is { } text)
            {
                var answer = notification.Status == 200 ? "" : string.Create(CultureInfo.InvariantCulture, $"   [HTTP {notification.Status}]");
                yield return (notification.SentAt, "UIS tells", text + answer);
            }
        }
    }

    /// <summary>Told at once when the session is over: line by line it would only be read backwards.</summary>
    private IEnumerable<(DateTimeOffset, string, string)> Storm(SimCall pbx)
    {
        var sent = world.Uis.Notifications.Where(n => n.SessionId == pbx.SessionId).ToList();
        if (_notifications > 0 || sent.Count == 0 || sent[^1].Mnemonic != "in_call_session" || sent.Count % 2 != 0)
        {
            yield break;
        }

        _notifications = sent.Count;
        var good = sent.Count(n => n.Status == 200);
        yield return (sent[^1].SentAt, "UIS tells", string.Create(
            CultureInfo.InvariantCulture,
            $"{sent.Count} webhooks, each of {sent.Count / 2} twice, from «{sent[0].Mnemonic}» back to «{sent[^1].Mnemonic}»; {good} answered 200 (waited {pbx.Wait.TotalSeconds:0} s, talked {pbx.Talk.TotalSeconds:0} s)"));
    }

    private string? Text(SentNotification notification, SimCall pbx) => notification.Mnemonic switch
    {
        "in_call_session" => $"{Phone(pbx.ContactPhone)} calls {Phone(pbx.VirtualNumber)}",
        "out_call_session" => $"{Employee(pbx.Legs.FirstOrDefault()?.EmployeeId) ?? "somebody"} calls {Phone(pbx.ContactPhone)} from {Phone(pbx.VirtualNumber)}",
        "call_proceeding" => Ringing(notification, pbx),
        "talk_started" when pbx.Direction == "out" => $"{Employee(pbx.Legs.FirstOrDefault()?.EmployeeId) ?? "somebody"} and {Phone(pbx.ContactPhone)} talk",
        "talk_started" => $"{Who(pbx.Legs.LastOrDefault(l => l is { IsOperator: true, ConnectedAt: not null }))} and {Phone(pbx.ContactPhone)} talk",
        "lost_call_session" => "the call is lost: nobody answered",
        "call_session_finished" => string.Create(CultureInfo.InvariantCulture, $"the call is over: waited {pbx.Wait.TotalSeconds:0} s, talked {pbx.Talk.TotalSeconds:0} s"),
        "talk_record_file" => "the recording is ready",
        _ => null,
    };

    private string? Ringing(SentNotification notification, SimCall pbx)
    {
        var id = notification.Body is { } body ? Find(JsonNode.Parse(body), "leg_id") : null;
        var leg = pbx.Legs.FirstOrDefault(l => l.Id == id);
        return leg is not null && _rung.Add(leg.Id) ? $"{Who(leg)} rings" : null;
    }

    private string Who(SimLeg? leg)
    {
        var phone = Phone(leg?.IsOperator == true ? leg.Called ?? leg.Calling : leg?.Called);
        return leg is null ? "somebody" : Employee(leg.EmployeeId) is { } name ? $"{phone} ({name})" : phone;
    }

    private string? Employee(long? id) => world.Uis.Cabinets[call.Cabinet].Employees.FirstOrDefault(e => e.Id == id)?.FullName;

    private IEnumerable<(DateTimeOffset, string, string)> Cards(SimCall pbx)
    {
        foreach (var popup in world.Crm.Popups.Skip(_popups).ToList())
        {
            _popups++;
            var card = popup.Source == PopupSource.Notify ? JsonNode.Parse(popup.Payload) : null;
            if (card?["callId"]?.GetValue<string>() != string.Create(CultureInfo.InvariantCulture, $"{call.Cabinet}:{pbx.SessionId}"))
            {
                continue;
            }

            var name = world.Company.NameOf(popup.UserId);
            yield return (popup.Time, "card", card["event"]!.GetValue<string>() switch
            {
                "ringing" => $"{name} sees: {card["name"]?.GetValue<string>() ?? "new client"}, {Phone(card["phone"]?.GetValue<string>())}, {card["region"]?.GetValue<string>() ?? "region unknown"}",
                "answered" => $"{name}'s card: answered",
                _ => $"gone from {name}'s screen",
            });
        }
    }

    private static long? Find(JsonNode? node, string key) => node switch
    {
        JsonObject o => o[key] is JsonValue value && value.TryGetValue<long>(out var id) ? id : o.Select(p => Find(p.Value, key)).FirstOrDefault(v => v is not null),
        JsonArray a => a.Select(v => Find(v, key)).FirstOrDefault(v => v is not null),
        _ => null,
    };
}
