namespace TelephonyHub.Recordings;

/// <summary>Why a file did not come. The closed set; <see cref="Archive.ArchivePolicy"/> alone decides what follows.</summary>
public enum MediaFaultKind
{
    /// <summary>404: not ready yet, or no longer there; the PBX does not tell which.</summary>
    Missing,

    /// <summary>410: there was one.</summary>
    Gone,

    /// <summary>The link leads to a host that is not in <c>Uis:MediaHosts</c>.</summary>
    HostNotAllowed,

    /// <summary>The PBX pointed elsewhere. Its host was checked, the other was not.</summary>
    Redirected,

    /// <summary>No answer, 429 or 5xx.</summary>
    Unreachable,

    /// <summary>Any other refusal.</summary>
    Refused,

    /// <summary>What came is no audio: a sign-in page, a message.</summary>
    NotAudio,

    /// <summary>Fewer bytes than announced.</summary>
    Incomplete,

    TooLarge,

    /// <summary>The hub's own disk.</summary>
    Disk,
}

/// <param name="Kind">What kind of failure.</param>
/// <param name="Words">For people; without the PBX's link, which is open to anybody who knows it.</param>
/// <param name="RetryAfter">Asked for by the PBX.</param>
public sealed record MediaFault(MediaFaultKind Kind, string Words, TimeSpan? RetryAfter = null);

/// <summary>Ends the fetching of one file.</summary>
public sealed class MediaFaultException(MediaFault fault, Exception? inner = null) : Exception(fault.Words, inner)
{
    public MediaFault Fault { get; } = fault;
}
