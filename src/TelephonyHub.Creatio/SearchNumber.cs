namespace TelephonyHub.Creatio;

/// <summary>The indexed search form of a phone number: its digits in reverse, so that "ends with" becomes "starts with" (reference 4.2).</summary>
public static class SearchNumber
{
    /// <summary>Digits that tell two subscribers apart; Russian 7 and 8 in front of them mean the same.</summary>
    private const int SignificantDigits = 10;

    /// <summary>Digits of any spelling, reversed; null when there is none.</summary>
    public static string? Of(string digitsOrFormatted)
    {
        ArgumentNullException.ThrowIfNull(digitsOrFormatted);
        Span<char> reversed = digitsOrFormatted.Length <= 64 ? stackalloc char[digitsOrFormatted.Length] : new char[digitsOrFormatted.Length];
        var length = 0;
        for (var i = digitsOrFormatted.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(digitsOrFormatted[i]))
            {
                reversed[length++] = digitsOrFormatted[i];
            }
        }

        return length == 0 ? null : new string(reversed[..length]);
    }

    /// <summary>The last ten digits, reversed, for <c>startswith(SearchNumber, …)</c>; null for anything shorter, such as an extension.</summary>
    public static string? LastTenReversed(string e164) => Of(e164) is { Length: >= SignificantDigits } reversed ? reversed[..SignificantDigits] : null;
}
