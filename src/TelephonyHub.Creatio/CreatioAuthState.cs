namespace TelephonyHub.Creatio;

/// <summary>Whether Creatio lets the client in.</summary>
public enum CreatioAuthStatus
{
    /// <summary>Nothing was asked yet, or Creatio could not be reached.</summary>
    Unknown,

    /// <summary>The last login was accepted.</summary>
    Ok,

    /// <summary>The last login, or a request right after a login, was refused.</summary>
    Refused,
}

/// <summary>State of the client's login, for health pages.</summary>
/// <param name="Status">In or not.</param>
/// <param name="Reason">Plain words for an operator; empty when all is well.</param>
/// <param name="NoLoginBefore">Set while the locked-account guard holds logins back (reference 2.4): none earlier, unless <see cref="ICreatioClient.LoginAgainAsync"/> asks for it.</param>
public sealed record CreatioAuthState(CreatioAuthStatus Status, string Reason, DateTimeOffset? NoLoginBefore = null);
