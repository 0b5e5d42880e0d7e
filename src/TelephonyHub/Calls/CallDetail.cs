using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.Calls;

/// <summary>One call with everything that explains it.</summary>
public sealed record CallDetail
{
    public required CallItem Call { get; init; }

    public required IReadOnlyList<LegItem> Legs { get; init; }

    /// <summary>All that was received of it, in the order in which it happened.</summary>
    public required IReadOnlyList<EventItem> Events { get; init; }

    /// <summary>What routing answered and why; null when UIS did not ask.</summary>
    public DecisionItem? Decision { get; init; }

    /// <summary>What is wanted in the CRM, and how far it is.</summary>
    public required IReadOnlyList<SyncTaskItem> Tasks { get; init; }

    public required IReadOnlyList<RecordingItem> Recordings { get; init; }

    public required IReadOnlyList<CardItem> Cards { get; init; }

    /// <summary>The rule that acted, and the version of the table it is of; null until the call is planned, and where none acts.</summary>
    public ActedRule? Rule { get; init; }

    /// <summary>Rule, version and owner of the plan, with reasons; null until the call is over.</summary>
    public JsonNode? Plan { get; init; }

    /// <summary>Why the call could not be put together; null when all is well.</summary>
    public string? FoldError { get; init; }
}

/// <param name="Id">Of the employee in this cabinet; null for a number that is nobody's here.</param>
public sealed record LegEmployee(string? Id, string? Name, string? Number);

/// <summary>A leg of a call.</summary>
public sealed record LegItem(
    string LegId, bool IsClientLeg, string? CallingNumber, string? CalledNumber, LegEmployee? Employee, DateTimeOffset FirstSeenAt, DateTimeOffset? RangAt, DateTimeOffset? ConnectedAt,
    DateTimeOffset? TalkedAt, DateTimeOffset? EndedAt)
{
    internal static LegItem Of(CallLeg leg) => new(
        leg.Id.ToString(CultureInfo.InvariantCulture),
        leg.IsClientLeg,
        leg.CallingNumber,
        leg.CalledNumber,
        leg.Participant is { } p ? new LegEmployee(p.EmployeeId?.ToString(CultureInfo.InvariantCulture), p.Name, p.Number) : null,
        leg.FirstSeenAt,
        leg.RangAt,
        leg.ConnectedAt,
        leg.TalkedAt,
        leg.EndedAt);
}

/// <param name="Version">Of the table; <c>/api/v1/rules/versions/{version}</c> shows it whole.</param>
public sealed record ActedRule(string Id, string? Name, int Version);

/// <param name="Source"><c>webhook | report</c></param>
/// <param name="Facts">What was understood of it.</param>
public sealed record EventItem(long Id, string Kind, string Source, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, JsonNode? Facts);

/// <param name="Answer">As sent to UIS.</param>
/// <param name="Explanation">Region, client, chain and who was left out, each with a reason in English and Russian.</param>
/// <param name="Outcome">What came of it; null while that is not told.</param>
public sealed record DecisionItem(
    DateTimeOffset DecidedAt, int ElapsedMs, string? Caller, string? Dialled, string? Digit, JsonNode? Answer, JsonNode? Explanation, DecisionOutcome? Outcome);

/// <param name="State"><c>predicted | other | missed | noCall</c></param>
/// <param name="Predicted">Name of who stood first, else his phone; null for a return code.</param>
/// <param name="WaitSeconds">From the call's begin to the talk; of a missed call the whole.</param>
public sealed record DecisionOutcome(string State, string? Predicted, string? AnsweredBy, Guid? AnsweredContactId, int? WaitSeconds);

/// <param name="Url">The hub's own link.</param>
/// <param name="Kind"><c>talk | voiceMail</c></param>
public sealed record RecordingItem(string Url, string Kind, int? Seconds, bool Revoked);

/// <param name="Recipient">The manager's contact in the CRM.</param>
/// <param name="Event"><c>ringing | answered | ended</c></param>
/// <param name="Outcome"><c>card</c>, <c>reminding</c>, <c>no browser</c>, <c>no package</c>, or what failed.</param>
/// <param name="DeliveredAt">When card or notification was taken; null when nothing reached the manager.</param>
/// <param name="DeliveryMs">Milliseconds from the webhook's arrival to the delivery.</param>
public sealed record CardItem(Guid Recipient, string Event, int Seq, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, int? DeliveryMs, string? Outcome);

/// <summary>What other slices tell of a call.</summary>
public interface ICallDetails
{
    Task<DecisionItem?> DecisionAsync(HubDbContext context, Call call, CancellationToken ct);

    /// <summary>Tasks of a session; those of a second session stand with the conversation's first.</summary>
    Task<IReadOnlyList<SyncTaskItem>> TasksAsync(HubDbContext context, SessionKey session, SessionKey conversation, CancellationToken ct);

    Task<ActedRule?> RuleAsync(HubDbContext context, string? ruleId, int? version, CancellationToken ct);

    Task<IReadOnlyList<RecordingItem>> RecordingsAsync(HubDbContext context, SessionKey session, CancellationToken ct);

    Task<IReadOnlyList<CardItem>> CardsAsync(HubDbContext context, Call call, CancellationToken ct);
}
