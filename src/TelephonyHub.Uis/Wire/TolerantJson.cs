using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TelephonyHub.Uis.Wire;

/// <summary>
/// Reads what UIS templates make of JSON (reference 3.2): placeholders in quotes of their own (<c>""in""</c>), placeholders left in place
/// (<c>{{x}}</c>), bare words. Valid JSON is read as the standard says. Never throws; linear in the text; gives up on text that ends inside a
/// block, because a cut number would be a wrong number.
/// </summary>
internal sealed partial class TolerantJson
{
    private const int MaxDepth = 64;
    private const int MaxPlaceholder = 200;

    private readonly string _text;
    private int _at;
    private bool _repaired;
    private bool _noClosingQuoteAhead;
    private bool _noClosingBracketAhead;

    private TolerantJson(string text) => _text = text;

    /// <summary>The object or array that the text begins with; <see langword="null"/> if there is none. What follows it is ignored.</summary>
    internal static WireNode? Read(string text)
    {
        var reader = new TolerantJson(text);
        return reader.AtContainer() ? reader.Value(inObject: false, depth: 0) : null;
    }

    /// <summary>The object or array that the whole text is, without any repair: a name such as "[VIP]" is no array.</summary>
    internal static WireNode? ReadStrict(string text)
    {
        var reader = new TolerantJson(text);
        if (!reader.AtContainer() || reader.Value(inObject: false, depth: 0) is not { } node || reader._repaired)
        {
            return null;
        }

        reader.SkipBlank();
        return reader._at == text.Length ? node : null;
    }

    /// <summary>The text of a quoted JSON string, with the same repairs; <see langword="null"/> if the whole text is not one.</summary>
    internal static string? ReadQuoted(string text)
    {
        var reader = new TolerantJson(text);
        reader.SkipBlank();
        if (reader.Peek() != '"' || reader.Text(inObject: false, depth: 0) is not WireNode.Scalar { Text: { } value })
        {
            return null;
        }

        reader.SkipBlank();
        return reader._at == text.Length ? value : null;
    }

    internal static bool IsNumber(string text) => Number().IsMatch(text);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    private bool AtContainer()
    {
        SkipBlank();
        return Peek() is '{' or '[';
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipBlank() => _at = AfterBlank(_at);

    private int AfterBlank(int at)
    {
        while (at < _text.Length && (char.IsWhiteSpace(_text[at]) || _text[at] == '\uFEFF'))
        {
            at++;
        }

        return at;
    }

    private WireNode? Value(bool inObject, int depth)
    {
        SkipBlank();
        if (_at >= _text.Length || depth > MaxDepth)
        {
            return null;
        }

        return Peek() switch
        {
            '{' when Peek(1) == '{' => Placeholder(),
            '{' => Block(depth),
            '[' => Items(depth),
            '"' => Text(inObject, depth),
            _ => Bare(),
        };
    }

    private WireNode? Block(int depth)
    {
        _at++;
        var members = new List<KeyValuePair<string, WireNode>>();
        while (true)
        {
            SkipBlank();
            if (Peek() == '}')
            {
                _at++;
                return new WireNode.Block(members);
            }

            if (Name() is not { } name)
            {
                return null;
            }

            SkipBlank();
            if (Peek() != ':')
            {
                return null;
            }

            _at++;
            if (Value(inObject: true, depth + 1) is not { } value)
            {
                return null;
            }

            members.Add(KeyValuePair.Create(name, value));
            SkipBlank();
            if (Peek() == ',')
            {
                _at++;
            }
            else if (Peek() == '"')
            {
                _repaired = true; // a comma is missing
            }
            else if (Peek() != '}')
            {
                return null;
            }
        }
    }

    private string? Name()
    {
        if (Peek() != '"')
        {
            return null;
        }

        var end = QuoteEnd(_at + 1);
        if (end < 0)
        {
            return null;
        }

        var name = Unescape(_text.AsSpan(_at + 1, end - _at - 1));
        _at = end + 1;
        return name;
    }

    private WireNode? Items(int depth)
    {
        _at++;
        var values = new List<WireNode>();
        while (true)
        {
            SkipBlank();
            if (Peek() == ']')
            {
                _at++;
                return new WireNode.Items(values);
            }

            if (Value(inObject: false, depth + 1) is not { } value)
            {
                return null;
            }

            values.Add(value);
            SkipBlank();
            if (Peek() == ',')
            {
                _at++;
            }
            else if (Peek() != ']')
            {
                return null;
            }
        }
    }

    private WireNode.Scalar? Placeholder()
    {
        var length = Math.Min(MaxPlaceholder, _text.Length - _at);
        var end = _text.IndexOf("}}", _at, length, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        _at = end + 2;
        _repaired = true;
        return WireNode.Null;
    }

    private WireNode.Scalar? Bare()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or '\n' or '\r'))
        {
            _at++;
        }

        if (_at >= _text.Length)
        {
            return null;
        }

        var token = _text[start.._at].Trim();
        if (token is "true" or "false" || IsNumber(token))
        {
            return new WireNode.Scalar(token, IsLiteral: true);
        }

        if (token is "null")
        {
            return WireNode.Null;
        }

        _repaired = true;
        return token.Length == 0 || token is "undefined" or "NaN" or "None"
            ? WireNode.Null
            : new WireNode.Scalar(SafeText.Harmless(token), IsLiteral: false);
    }

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
