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

    // Nothing in it can be read in two ways, so it needs no engine without backtracking, which is interpreted and locks.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
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
}
