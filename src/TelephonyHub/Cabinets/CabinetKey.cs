using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TelephonyHub.Cabinets;

/// <summary>The key of one UIS account in settings, URLs and ids: <c>[a-z0-9-]</c>, compared without case, kept in lower case.</summary>
public readonly partial record struct CabinetKey
{
    private CabinetKey(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out CabinetKey key)
    {
        if (text is { Length: > 0 and <= 40 } && Allowed().IsMatch(text))
        {
            key = new CabinetKey(text.ToLowerInvariant());
            return true;
        }

        key = default;
        return false;
    }

    public static CabinetKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a cabinet key: only a-z, 0-9 and '-' are allowed.");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Allowed();
}
