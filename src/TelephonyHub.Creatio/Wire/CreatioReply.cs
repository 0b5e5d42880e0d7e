using System.Text.Json;
using TelephonyHub.Creatio.Auth;

namespace TelephonyHub.Creatio.Wire;

/// <summary>An answer, read to its end.</summary>
internal sealed record CreatioReply(int Status, byte[] Body)
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    public string? MediaType { get; init; }

    public Uri? Location { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<string> SetCookies { get; init; } = [];

    /// <summary>The session that the request went out with.</summary>
    public CreatioSession? Session { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsEmpty => Text.IsEmpty;

    /// <summary>A page for people. The login shell of the .NET Core flavour is told by its script name, whatever its content type (reference 2.3).</summary>
    public bool IsHtml =>
        MediaType is "text/html" or "application/xhtml+xml"
        || (Text.StartsWith("<"u8) && !Text.StartsWith("<?xml"u8) && !Text.StartsWith("<edmx"u8))
        || (!LooksLikeJson && Text.IndexOf("bootstrap.login"u8) >= 0);

    public bool LooksLikeJson => !Text.IsEmpty && Text[0] is (byte)'{' or (byte)'[';

    /// <summary>
    /// The session is over: 401, the way to the login page, the login page itself instead of data, or the exception's name in whatever status
    /// (reference 2.3).
    /// </summary>
    public bool SaysSessionEnded =>
        Status == 401
        || Status is 302 or 303
        || (Status is 301 or 307 or 308 && Location?.OriginalString.Contains("login", StringComparison.OrdinalIgnoreCase) == true)
        || (IsSuccess && IsHtml)
        || (Status >= 400 && Text.IndexOf("System.Security.Authentication.AuthenticationException"u8) >= 0);

    private ReadOnlySpan<byte> Text
    {
        get
        {
            var text = Body.AsSpan();
            if (text.StartsWith(Utf8Mark))
            {
                text = text[Utf8Mark.Length..];
            }

            return text.TrimStart(" \t\r\n"u8);
        }
    }

    /// <summary>The body as JSON; false for anything else, a cut-off body included.</summary>
    public bool TryJson(out JsonElement json)
    {
        json = default;
        if (!LooksLikeJson)
        {
            return false;
        }

        try
        {
            json = JsonElement.Parse(Text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
