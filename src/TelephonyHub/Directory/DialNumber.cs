namespace TelephonyHub.Directory;

/// <summary>A number as UIS dials it: <c>7XXXXXXXXXX</c>, a SIP number or an extension.</summary>
public static class DialNumber
{
    private const int LongestShort = 12;

    /// <summary>E.164 and 8… are brought into that form; null for what cannot be dialled.</summary>
    public static string? Of(string text) =>
        PhoneNumber.TryParse(text) is { } number ? number.Digits
        : text.Trim() is { Length: > 0 and <= LongestShort } digits && digits.All(char.IsAsciiDigit) ? digits
        : null;
}
