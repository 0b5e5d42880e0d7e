using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>What UIS asked.</summary>
/// <param name="Cabinet">The cabinet in the URL.</param>
/// <param name="CallId">Session or leg id as sent; null when absent or no number.</param>
/// <param name="CallerRaw">As received; null or unparsable when hidden.</param>
/// <param name="DialledRaw">The virtual number.</param>
/// <param name="Digit">Null when nothing was pressed.</param>
public sealed record RouteQuestion(CabinetKey Cabinet, long? CallId, string? CallerRaw, string? DialledRaw, string? Digit)
{
    public PhoneNumber? Caller { get; } = PhoneNumber.TryParse(CallerRaw);

    public PhoneNumber? Dialled { get; } = PhoneNumber.TryParse(DialledRaw);
}

/// <summary>Everything the policy may know. It asks nobody: what is not here does not count.</summary>
public sealed record RoutingFacts
{
    public required RouteQuestion Question { get; init; }

    public required CabinetSettings Cabinet { get; init; }

    public required CallRegion Region { get; init; }

    /// <summary>The region's cabinet; null without a region.</summary>
    public CabinetSettings? RegionCabinet { get; init; }

    public required ClientAnswer Client { get; init; }

    /// <summary>The client's owner, if he counts as responsible.</summary>
    public Manager? Responsible { get; init; }

    /// <summary>Who talked last with this number; null when nobody is known to have.</summary>
    public Manager? LastTalked { get; init; }

    /// <summary>Another call of the company dialled this number just now: who is on the line in truth, and whom he is meant for.</summary>
    public Handover? Handover { get; init; }

    /// <summary>Whom a transfer is meant for.</summary>
    public Manager? TransferTo { get; init; }

    public required bool UseExtensions { get; init; }

    /// <summary>The outside party: of a handover its client, whatever number is shown.</summary>
    public PhoneNumber? ClientPhone => Handover?.Client ?? Question.Caller;

    /// <summary>Given in earlier answers of this session, so they did not answer.</summary>
    public IReadOnlySet<string> AlreadyTried { get; init; } = new HashSet<string>();

    /// <summary>Numbers or managers' contact ids that are assumed to be on a call ("what would happen if").</summary>
    public IReadOnlySet<string> AssumedBusy { get; init; } = new HashSet<string>();
}

/// <summary>A reason in the two languages of the console.</summary>
public sealed record Reason(string En, string Ru);

/// <param name="Kind"><c>transfer | responsible | lastTalked | group | duty</c></param>
/// <param name="Phone">As UIS dials it.</param>
/// <param name="Name">The person, where one is known.</param>
/// <param name="ContactId">His contact in the CRM.</param>
public sealed record ChainEntry(string Kind, string Phone, string? Name, Guid? ContactId, Reason Reason);

/// <summary>Who or what could have stood in the chain, and why it does not.</summary>
public sealed record LeftOut(string Kind, string? Phone, string? Name, Reason Reason);

/// <summary>What to do with the call, and why.</summary>
public sealed record RouteDecision
{
    public required IReadOnlyList<ChainEntry> Chain { get; init; }

    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    public required CallRegion Region { get; init; }

    public required Reason RegionReason { get; init; }

    public Client? Client { get; init; }

    /// <summary>The outside party; of a call that another one of the company handed over, that one's client.</summary>
    public PhoneNumber? ClientPhone { get; init; }

    /// <summary>The session that handed the client over.</summary>
    public SessionKey? HandedOverBy { get; init; }

    /// <summary>Numbers to dial, in order; empty: <see cref="ReturnedCode"/> is set.</summary>
    public required IReadOnlyList<string> Phones { get; init; }

    public int? ReturnedCode { get; init; }

    /// <summary>Told to the manager before he is connected.</summary>
    public string? OperatorText { get; init; }
}
