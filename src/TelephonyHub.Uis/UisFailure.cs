namespace TelephonyHub.Uis;

/// <summary>Closed set of what can go wrong with a request; decided by the vendor's mnemonic, because codes are not unique (reference 1.5).</summary>
public enum UisFailure
{
    /// <summary>The outcome is unclear or the mnemonic is not in the reference: look the effect up before repeating.</summary>
    Unknown,

    /// <summary>Network, time-out of a reading method, vendor's internal error: repeat later.</summary>
    Transient,

    /// <summary>The request is wrong and stays wrong.</summary>
    Permanent,

    /// <summary>Points of the minute or the day are used up: repeat after <see cref="UisApiException.RetryAfter"/>.</summary>
    Limit,

    /// <summary>Key or login invalid, expired or blocked.</summary>
    Authentication,

    /// <summary>Address not allow-listed, permission, component or account switched off.</summary>
    AccessDenied,

    /// <summary>The state of call or entity does not allow it, or it exists already.</summary>
    Conflict,

    /// <summary>Call, leg, employee, number, tag, … not found.</summary>
    NotFound,
}
