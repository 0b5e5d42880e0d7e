using TelephonyHub.Cabinets;
using TelephonyHub.Calls;

namespace TelephonyHub.Presence;

/// <summary>A status of the PBX and what it lets through.</summary>
/// <param name="Mnemonic">Such as <c>available</c>; a status of the cabinet's own may have none.</param>
/// <param name="Name">As people see it.</param>
/// <param name="TakesExternalCalls">Calls of clients reach him; null where the flags are not known.</param>
/// <param name="TakesInternalCalls">Calls of colleagues reach him.</param>
/// <param name="MayCallOut">He may call clients.</param>
/// <param name="IsWorkTime">Counts as working time.</param>
/// <param name="PhoneProtocols">Kinds of phone that ring: <c>PSTN, SIP, SIP_TRUNK, FMC</c>; empty where the flags are not known.</param>
public sealed record PbxStatus(
    string? Id, string? Mnemonic, string? Name, bool? TakesExternalCalls, bool? TakesInternalCalls, bool? MayCallOut, bool? IsWorkTime, IReadOnlyList<string> PhoneProtocols);

/// <summary>A SIP line and whether a phone is registered on it.</summary>
/// <param name="Registered">Null where UIS's text is a new one.</param>
/// <param name="Active">Neither switched off nor locked.</param>
public sealed record SipLinePresence(string? Number, bool? Registered, bool Active);

/// <summary>A call he is in.</summary>
/// <param name="State"><c>ringing | talking | onHold</c></param>
public sealed record PresenceCall(string Cabinet, string SessionId, string State);

/// <summary>One employee record: what its cabinet says of him.</summary>
public sealed record EmployeePresence
{
    public required string Cabinet { get; init; }

    public required string EmployeeId { get; init; }

    /// <summary>Null where the record names none.</summary>
    public PbxStatus? Status { get; init; }

    public required IReadOnlyList<SipLinePresence> SipLines { get; init; }

    /// <summary>A phone of his can ring: a full number, or a registered line. Null where that is not known.</summary>
    public bool? Reachable { get; init; }

    public string? Schedule { get; init; }

    /// <summary>Within his schedule; null without one, or where its form does not tell.</summary>
    public bool? InSchedule { get; init; }

    public Words? ScheduleNote { get; init; }

    /// <summary>How old status and lines are: UIS has no event for them.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>A manager over all his records.</summary>
/// <param name="State"><c>onCall | ringing | available | away | offHours | offline | unknown</c></param>
/// <param name="Calls">Of this moment.</param>
/// <param name="Records">What each cabinet says.</param>
public sealed record ManagerPresence(string State, IReadOnlyList<PresenceCall> Calls, IReadOnlyList<EmployeePresence> Records)
{
    public bool OnCall => Calls.Any(c => c.State is LiveParty.Talking or LiveParty.OnHold);
}
