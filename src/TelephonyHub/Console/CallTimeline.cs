using System.Text.Json;
using TelephonyHub.Calls;
using TelephonyHub.Console.Texts;
using TelephonyHub.Routing;

namespace TelephonyHub.Console;

/// <summary>One line of a call's story.</summary>
/// <param name="Style"><c>event | decision | card-step | crm | bad</c></param>
/// <param name="EventId">Of the notification, whose raw text can be shown.</param>
public sealed record CallStep(DateTimeOffset At, string Style, string Title, string? Note, long? EventId = null);

/// <summary>Everything that is known of a call, in the order in which it happened.</summary>
internal static class CallTimeline
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static IReadOnlyList<CallStep> Of(CallDetail call, ConsoleText text, Func<Guid, string?> nameOf)
    {
        var steps = new List<CallStep>();
        steps.AddRange(call.Events.Select(e => Event(e, text)));
        if (call.Decision is { } decision)
        {
            steps.Add(new CallStep(decision.DecidedAt, "decision", text.Of(CallTexts.Decided, decision.ElapsedMs), First(decision, text)));
        }

        steps.AddRange(call.Cards.Select(c => Card(c, text, nameOf)));
        steps.AddRange(call.Tasks.Where(t => t.State == "done").GroupBy(t => t.ChangedAt.ToUnixTimeSeconds()).Select(g => new CallStep(
            g.Max(t => t.ChangedAt), "crm", text.Of(CallTexts.Written), string.Join(", ", g.Select(t => text.Word(WordTexts.Tasks, t.Kind)).Distinct(StringComparer.Ordinal)))));
        steps.AddRange(call.Tasks.Where(t => t.State == "dead").Select(t => new CallStep(
            t.ChangedAt, "bad", $"{text.Word(WordTexts.Tasks, t.Kind)}: {text.Word(WordTexts.TaskStates, t.State)}", t.Error)));
        // Where the PBX's notifications come late (or its clock is another), what the hub did stands beside the events that caused it.
        var late = call.Events.Where(e => e.Source == "webhook").Select(e => e.ReceivedAt - e.OccurredAt).DefaultIfEmpty().Min();
        return [.. steps.OrderBy(s => s.EventId is null && late > Noticeable ? s.At - late : s.At)];
    }

    public static IReadOnlyList<ChainEntry> ChainOf(DecisionItem decision) => decision.Explanation?["chain"].Deserialize<List<ChainEntry>>(Json) ?? [];

    public static IReadOnlyList<LeftOut> LeftOutOf(DecisionItem decision) => decision.Explanation?["leftOut"].Deserialize<List<LeftOut>>(Json) ?? [];

    public static Reason? RegionReasonOf(DecisionItem decision) => decision.Explanation?["regionReason"].Deserialize<Reason>(Json);

    public static string? RegionOf(DecisionItem decision) => decision.Explanation?["region"]?.GetValue<string>();

    /// <summary>The code that UIS was given instead of phones; null where it was given some.</summary>
    public static int? CodeOf(DecisionItem decision) => decision.Answer?["returned_code"]?.GetValue<int>();

    public static Reason? CodeReasonOf(DecisionItem decision) => decision.Explanation?["codeReason"].Deserialize<Reason>(Json);

    private static string? First(DecisionItem decision, ConsoleText text) =>
        ChainOf(decision) is [var first, ..] ? $"{first.Name ?? text.Word(WordTexts.Chain, first.Kind)}: {text.Of(first.Reason)}" : null;

    private static CallStep Event(EventItem e, ConsoleText text)
    {
        var who = e.Facts?["employeeName"]?.GetValue<string>();
        var phone = e.Facts?["calledNumber"]?.GetValue<string>();
        var notes = new[]
        {
            e.Kind is "in_call_session" or "out_call_session" ? null : who ?? (e.Kind == "call_proceeding" ? ConsoleText.Phone(phone) : null),
            e.Source == "report" ? text.Of(CallTexts.FromReport) : null,
        };
        return new CallStep(e.OccurredAt, e.Kind == "lost_call_session" ? "bad" : "event", text.Word(WordTexts.Events, e.Kind), string.Join(" · ", notes.Where(n => !string.IsNullOrEmpty(n))), e.Id);
    }

    private static CallStep Card(CardItem card, ConsoleText text, Func<Guid, string?> nameOf)
    {
        var name = nameOf(card.Recipient) ?? text.Of(CallTexts.SomebodyElse);
        var title = WordTexts.CardEvents.TryGetValue(card.Event, out var words) ? text.Of(words, name) : card.Event;
        return card.DeliveredAt is null && card.Outcome is not null and not "card" and not "reminding"
            ? new CallStep(card.CreatedAt, "bad", title, text.Of(CallTexts.CardFailed, text.Word(WordTexts.CardFailures, card.Outcome)))
            : new CallStep(card.DeliveredAt ?? card.CreatedAt, "card-step", title, card.DeliveryMs is { } ms ? text.Of(CallTexts.CardIn, ms) : null);
    }
}
