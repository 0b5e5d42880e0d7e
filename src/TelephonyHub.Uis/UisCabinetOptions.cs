namespace TelephonyHub.Uis;

/// <summary>How to reach one account of the PBX. Either <see cref="AccessToken"/>, or <see cref="Login"/> with <see cref="Password"/>.</summary>
public sealed record UisCabinetOptions
{
    /// <summary>Our key of the cabinet; only for logs and messages.</summary>
    public required string Cabinet { get; init; }

    /// <summary>Call API v4.0 with the version in the path, e.g. <c>https://callapi.uiscom.ru/v4.0</c>.</summary>
    public required Uri CallApiUrl { get; init; }

    /// <summary>Data API v2.0 with the version in the path, e.g. <c>https://dataapi.uiscom.ru/v2.0</c>.</summary>
    public required Uri DataApiUrl { get; init; }

    /// <summary>Permanent key; wins over login and password. Never logged.</summary>
    public string? AccessToken { get; init; }

    /// <summary>User for <c>login.user</c> (session tokens live one hour).</summary>
    public string? Login { get; init; }

    /// <summary>Password for <c>login.user</c>. Never logged.</summary>
    public string? Password { get; init; }

    /// <summary>Time of one attempt, waiting for points not included. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(UisCabinetOptions)} {{ Cabinet = {Cabinet} }}";
}
