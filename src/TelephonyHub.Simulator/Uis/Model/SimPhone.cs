using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Uis;

/// <summary>The number formats of the wire: digits without plus, possibly with a post-dial tail (`74955140578...2345`).</summary>
internal static partial class SimPhone
{
    public static string WithoutTail(string number)
    {
        var tail = number.IndexOf("...", StringComparison.Ordinal);
        return tail < 0 ? number : number[..tail];
    }

    /// <summary>E.164 digits as the API methods want them; +7, 8… and ten digits are refused (section 1.6).</summary>
    public static bool IsE164(string number) => E164().IsMatch(number);

    /// <summary>What `phones` of the routing answer may hold: E.164, SIP number or extension, digits only.</summary>
    public static bool IsDialable(string number) => Dialable().IsMatch(number);

    /// <summary>6–7 digits (section 7).</summary>
    public static bool IsSipNumber(string number) => SipNumber().IsMatch(number);

    public static bool IsPublic(string number) => WithoutTail(number).Length >= 10;

    [GeneratedRegex(@"\A(7\d{10}|[1-69]\d{10,14}|8\d{11,14})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex E164();

    [GeneratedRegex(@"\A\d{2,15}(\.\.\.[\d.*#]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dialable();

    [GeneratedRegex(@"\A\d{6,7}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SipNumber();
}
