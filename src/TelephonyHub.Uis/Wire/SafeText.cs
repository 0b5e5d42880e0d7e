using System.Text;

namespace TelephonyHub.Uis.Wire;

/// <summary>Text that a database and a JSON writer accept: no NUL (PostgreSQL refuses it), no lone surrogates (UTF-8 cannot hold them).</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        return Encoding.UTF8.GetString(bytes);
    }

    internal static string Harmless(string text)
    {
        var first = FirstHarmful(text, 0);
        if (first < 0)
        {
            return text;
        }

        var chars = text.ToCharArray();
        for (var at = first; at >= 0; at = FirstHarmful(text, at + 1))
        {
            chars[at] = Replacement;
        }

        return new string(chars);
    }

    private static int FirstHarmful(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var symbol = text[at];
            if (symbol == '\0')
            {
                return at;
            }

            if (!char.IsSurrogate(symbol))
            {
                continue;
            }

            if (char.IsHighSurrogate(symbol) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else
            {
                return at;
            }
        }

        return -1;
    }
}
