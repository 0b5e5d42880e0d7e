namespace TelephonyHub.Storage.Model;

/// <summary>
/// A number of the company that one session dialled: a transfer asked of the hub, a leg of the call, or a number that routing gave. A second session
/// arises there, and this row is what it is recognised by.
/// </summary>
public sealed class HandoverRow
{
    public Guid Id { get; set; }

    public required string FromCabinet { get; set; }

    /// <summary>Of a route as UIS asked with it: a session or one of its legs; 0 where it named neither, which is never stored.</summary>
    public long FromSession { get; set; }

    /// <summary><c>transfer | leg | route</c></summary>
    public required string Source { get; set; }

    /// <summary>Of the leg that dialled; null where no leg event named the number.</summary>
    public long? LegId { get; set; }

    /// <summary>Dialled, E.164.</summary>
    public required string ToNumber { get; set; }

    /// <summary>Cabinet whose number it is; null for a common number.</summary>
    public string? ToCabinet { get; set; }

    /// <summary>Calling number of the leg, where an event named it: what the second session must show.</summary>
    public string? Shown { get; set; }

    /// <summary>The client of the first session, E.164.</summary>
    public string? ClientPhone { get; set; }

    /// <summary>The first session's own number, E.164: what the second one shows when the caller's number is not passed on.</summary>
    public string? FromNumber { get; set; }

    /// <summary>By the cabinet's clock; of a transfer and a route by the hub's.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When the hub took note of it, by its clock.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Of a leg: when its first event arrived, by the hub's clock. Events may have to wait before they are folded.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>Of a transfer: to whom; null for a bare number.</summary>
    public Guid? ManagerContactId { get; set; }

    public string? ManagerName { get; set; }

    /// <summary>Of a transfer: <c>blind | attended</c>.</summary>
    public string? Mode { get; set; }

    /// <summary>Of a transfer: who asked for it.</summary>
    public string? RequestedBy { get; set; }

    /// <summary>The session that arose.</summary>
    public string? JoinedCabinet { get; set; }

    public long? JoinedSession { get; set; }
}
