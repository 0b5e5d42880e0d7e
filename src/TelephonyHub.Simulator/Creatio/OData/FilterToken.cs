using System.Globalization;
using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Creatio.OData;

internal enum TokenKind
{
    Word,
    Literal,
    Open,
    Close,
    Comma,
    Slash,
    End,
}

/// <summary>A piece of a filter; for literals with its value and the type that messages name.</summary>
internal sealed record FilterToken(TokenKind Kind, string Text, int Position, object? Value = null, string? EdmType = null);

/// <summary>Cuts a filter into tokens.</summary>
internal static partial class FilterLexer
{
    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            switch (text[at])
            {
                case ' ':
                    at++;
                    continue;
                case '(':
                    tokens.Add(new FilterToken(TokenKind.Open, "(", at++));
                    continue;
                case ')':
                    tokens.Add(new FilterToken(TokenKind.Close, ")", at++));
                    continue;
                case ',':
                    tokens.Add(new FilterToken(TokenKind.Comma, ",", at++));
                    continue;
                case '/':
                    tokens.Add(new FilterToken(TokenKind.Slash, "/", at++));
                    continue;
                case '\'':
                    var value = Quoted(text, ref at);
                    tokens.Add(new FilterToken(TokenKind.Literal, text[start..at], start, value, "Edm.String"));
                    continue;
            }

            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or ':' or '.' or '+' or '$' or '@'))
            {
                at++;
            }

            if (at == start)
            {
                throw Syntax(text, start);
            }

            tokens.Add(Word(text, text[start..at], start));
        }

        tokens.Add(new FilterToken(TokenKind.End, "", text.Length));
        return tokens;
    }

    public static CrmException Syntax(string text, int position) =>
        CrmException.BadRequest($"The query specified in the URI is not valid. Syntax error at position {position} in '{text}'.");

    private static string Quoted(string text, ref int at)
    {
        var start = at++;
        var value = "";
        while (true)
        {
            var end = text.IndexOf('\'', at);
            if (end < 0)
            {
                throw CrmException.BadRequest(
                    $"The query specified in the URI is not valid. There is an unterminated string literal at position {start} in '{text}'.");
            }

            value += text[at..end];
            at = end + 1;
            if (at >= text.Length || text[at] != '\'')
            {
                return value;
            }

            // A doubled apostrophe stands for one.
            value += '\'';
            at++;
        }
    }

    private static FilterToken Word(string text, string word, int start)
    {
        FilterToken Literal(object? value, string type) => new(TokenKind.Literal, word, start, value, type);
        if (word is "true" or "false")
        {
            return Literal(word == "true", "Edm.Boolean");
        }

        if (word == "null")
        {
            return Literal(null, "null");
        }

        if (Guid.TryParseExact(word, "D", out var guid))
        {
            return Literal(guid, "Edm.Guid");
        }

        if (Time().IsMatch(word) && DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return Literal(time.ToUniversalTime(), "Edm.DateTimeOffset");
        }

        if (Number().IsMatch(word))
        {
            return Literal(
                decimal.Parse(word, NumberStyles.Number, CultureInfo.InvariantCulture), word.Contains('.', StringComparison.Ordinal) ? "Edm.Decimal" : "Edm.Int32");
        }

        return char.IsLetter(word[0]) || word[0] is '_' or '$'
            ? new FilterToken(TokenKind.Word, word, start)
            : throw Syntax(text, start);
    }

    // With a time a zone is compulsory; a bare date is its midnight in UTC.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"^-?\d+(\.\d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
