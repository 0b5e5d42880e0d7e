using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TelephonyHub.Hosting;

/// <summary>What faults have in common that differ only in ids, numbers and times: a thousand rows with one cause are one line for a person.</summary>
public static partial class Fingerprint
{
    /// <summary>The message with its particulars taken out.</summary>
    public static string Words(string? message) => string.IsNullOrWhiteSpace(message) ? "" : Particulars().Replace(message, "#").Trim();

    /// <summary>Short, stable, fit for an URL.</summary>
    public static string Of(params ReadOnlySpan<string?> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', parts))))[..12];

    // GUIDs, then quoted texts, then numbers.
    [GeneratedRegex("""[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|"[^"]*"|'[^']*'|\d+""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Particulars();
}
