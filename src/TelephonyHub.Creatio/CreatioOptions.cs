namespace TelephonyHub.Creatio;

/// <summary>Hosting flavour; decides the application prefix (reference 1.1). It cannot be guessed from the address.</summary>
public enum CreatioFlavor
{
    /// <summary>.NET Framework on IIS: the application lives under <c>/0</c>.</summary>
    Framework,

    /// <summary>.NET Core, .NET 6, .NET 8: no prefix.</summary>
    Core,
}

/// <summary>How the client proves who it is (reference 2).</summary>
public enum CreatioAuthMode
{
    /// <summary>User name and password; cookies and a CSRF header (reference 2.1).</summary>
    Forms,

    /// <summary>OAuth 2.0 client credentials; a bearer token (reference 2.2).</summary>
    OAuth,
}

/// <summary>Whose pages a link opens that cannot leave the choice to Creatio (reference 7).</summary>
public enum CreatioUi
{
    /// <summary>Classic UI.</summary>
    Classic,

    /// <summary>Freedom UI.</summary>
    Freedom,
}

/// <summary>Where Creatio is and who the client is there.</summary>
public sealed record CreatioOptions
{
    /// <summary>Address of the site, without <c>/0</c>; a <c>/0</c> at the end is understood and taken off.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Hosting flavour. Default: <see cref="CreatioFlavor.Framework"/>.</summary>
    public CreatioFlavor Flavor { get; init; } = CreatioFlavor.Framework;

    /// <summary>Whose page of a new contact is linked. Default: <see cref="CreatioUi.Classic"/>.</summary>
    public CreatioUi Ui { get; init; } = CreatioUi.Classic;

    /// <summary>Schema of the page of a new contact, where it is not the shipped one (<c>ContactPageV2</c>, <c>Contacts_FormPage</c>).</summary>
    public string? NewContactPage { get; init; }

    /// <summary>Kind of authentication. Default: <see cref="CreatioAuthMode.Forms"/>.</summary>
    public CreatioAuthMode AuthMode { get; init; } = CreatioAuthMode.Forms;

    /// <summary>Login of the API user; required with <see cref="CreatioAuthMode.Forms"/>.</summary>
    public string? UserName { get; init; }

    /// <summary>Password of the API user; required with <see cref="CreatioAuthMode.Forms"/>.</summary>
    public string? Password { get; init; }

    /// <summary>OAuth client; required with <see cref="CreatioAuthMode.OAuth"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the OAuth client; required with <see cref="CreatioAuthMode.OAuth"/>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// Token endpoint of the identity service, usually <c>…/connect/token</c> on its own host; required with <see cref="CreatioAuthMode.OAuth"/>.
    /// The bare address of the identity service is completed with <c>/connect/token</c>.
    /// </summary>
    public Uri? TokenUrl { get; init; }

    /// <summary>Longest time one HTTP exchange may take, body included. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Names address, flavour and mode only: options end up in logs, credentials must not.</summary>
    public override string ToString() => $"Creatio {BaseUrl} ({Flavor}, {AuthMode})";
}
