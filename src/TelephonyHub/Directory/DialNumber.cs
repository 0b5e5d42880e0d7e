namespace TelephonyHub.Directory;

/// <summary>A number as UIS dials it: <c>7XXXXXXXXXX</c>, where it needs one with a post-dial tail, a SIP number or an extension.</summary>
public static class DialNumber
{
    private const int LongestShort = 12;
    private const int LongestTail = 24;
    private const string Pause = "...";

    /// <summary>E.164 and 8… are brought into that form; null for what cannot be dialled.</summary>
    public static string? Of(string text) =>
        PhoneNumber.TryParse(text) is { } number ? number.Digits + TailOf(text)
        : text.Trim() is { Length: > 0 and <= LongestShort } digits && digits.All(char.IsAsciiDigit) ? digits
        : null;

    /// <summary>
    /// <c>...2345</c> or <c>...9.2.3.3</c>, dialled once the number has answered (reference 5.3): without it a switchboard is rung and not the person. Empty where there is none.
    /// </summary>
    public static string TailOf(string text)
    {
        var at = text.IndexOf(Pause, StringComparison.Ordinal);
        var digits = at > 0 ? text[(at + Pause.Length)..].Trim() : "";
        return digits is { Length: > 0 and <= LongestTail } && digits.All(c => char.IsAsciiDigit(c) || c == '.') ? Pause + digits : "";
    }
}
