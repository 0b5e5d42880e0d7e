using System.Globalization;
using System.Text;

namespace TelephonyHub.Uis.Wire;

/// <summary>Strings, and the quotes that templates put around literals which have their own.</summary>
internal sealed partial class TolerantJson
{
    // Set when a search reached the end in vain: later ones would, too, and many make hostile bodies quadratic.
    private bool _noClosingQuoteAhead;
    private bool _noClosingBracketAhead;

    private WireNode? Text(bool inObject, int depth)
    {
        var start = _at;
        var end = QuoteEnd(start + 1);
        if (end >= 0 && IsValueEnd(end + 1, inObject))
        {
            _at = end + 1;
            return new WireNode.Scalar(Unescape(_text.AsSpan(start + 1, end - start - 1)), IsLiteral: false);
        }

        if ((QuotedArray(start, inObject, depth) ?? DoubleQuoted(start, inObject)) is { } repaired)
        {
            _repaired = true;
            return repaired;
        }

        if (end < 0)
        {
            return null;
        }

        _at = end + 1;
        return new WireNode.Scalar(Unescape(_text.AsSpan(start + 1, end - start - 1)), IsLiteral: false);
    }

    // "{{tag_names}}" becomes "["a","b"]"
    private WireNode? QuotedArray(int start, bool inObject, int depth)
    {
        if (_noClosingBracketAhead || start + 1 >= _text.Length || _text[start + 1] != '[')
        {
            return null;
        }

        for (var at = _text.IndexOf("]\"", start, StringComparison.Ordinal); at >= 0; at = _text.IndexOf("]\"", at + 1, StringComparison.Ordinal))
        {
            if (!IsValueEnd(at + 2, inObject))
            {
                continue;
            }

            var inner = new TolerantJson(_text[(start + 1)..(at + 1)]);
            if (inner.Value(inObject: false, depth + 1) is not WireNode.Items items)
            {
                _noClosingBracketAhead = true; // one try a text: many would make hostile bodies quadratic
                return null;
            }

            _at = at + 2;
            return items;
        }

        _noClosingBracketAhead = true;
        return null;
    }

    // "{{direction}}" becomes ""in""; "" before a comma or bracket is an empty string and never comes here.
    private WireNode.Scalar? DoubleQuoted(int start, bool inObject)
    {
        if (_noClosingQuoteAhead)
        {
            return null;
        }

        var content = start;
        while (content < _text.Length && _text[content] == '"')
        {
            content++;
        }

        var opening = content - start;
        if (IsValueEnd(content, inObject) && opening > 1)
        {
            _at = content;
            return new WireNode.Scalar(string.Empty, IsLiteral: false);
        }

        for (var quote = QuoteEnd(content); quote >= 0;)
        {
            var after = quote;
            while (after < _text.Length && _text[after] == '"')
            {
                after++;
            }

            if (IsValueEnd(after, inObject))
            {
                var closing = Math.Min(opening, after - quote);
                _at = after;
                return new WireNode.Scalar(Unescape(_text.AsSpan(content, after - closing - content)), IsLiteral: false);
            }

            quote = QuoteEnd(after);
        }

        _noClosingQuoteAhead = true;
        return null;
    }

    private int QuoteEnd(int from)
    {
        for (var at = from; at < _text.Length; at++)
        {
            if (_text[at] == '\\')
            {
                at++;
            }
            else if (_text[at] == '"')
            {
                return at;
            }
        }

        return -1;
    }

    // A quote closes a value only if the structure goes on behind it: `,` with the next name, or the end of a block.
    private bool IsValueEnd(int at, bool inObject)
    {
        at = AfterBlank(at);
        if (at >= _text.Length)
        {
            return true;
        }

        if (_text[at] is not (',' or '}' or ']'))
        {
            return false;
        }

        var next = AfterBlank(at + 1);
        if (next >= _text.Length)
        {
            return true;
        }

        return _text[at] == ','
            ? !inObject || _text[next] is '"' or '}'
            : _text[next] is ',' or '}' or ']' or '=' or '&' or '"';
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        if (raw.IndexOf('\\') < 0)
        {
            return SafeText.Harmless(raw.ToString());
        }

        var result = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 == raw.Length)
            {
                result.Append(raw[at]);
                continue;
            }

            at++;
            switch (raw[at])
            {
                case 'n': result.Append('\n'); break;
                case 'r': result.Append('\r'); break;
                case 't': result.Append('\t'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'u' when at + 4 < raw.Length && ushort.TryParse(
                    raw.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    result.Append((char)code);
                    at += 4;
                    break;
                case '"' or '\\' or '/': result.Append(raw[at]); break;
                default: result.Append('\\').Append(raw[at]); break;
            }
        }

        return SafeText.Harmless(result.ToString());
    }
}
