using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>
/// Recursive descent over the part of the grammar that is known to work (reference 1.4); what is known to fail, fails in the same way.
/// </summary>
internal sealed class FilterParser
{
    private readonly CrmSchema _schema;
    private readonly EntitySchema _entity;
    private readonly string _text;
    private readonly List<FilterToken> _tokens;
    private int _at;

    private FilterParser(CrmSchema schema, EntitySchema entity, string text)
    {
        _schema = schema;
        _entity = entity;
        _text = text;
        _tokens = FilterLexer.Read(text);
    }

    private FilterToken Current => _tokens[_at];

    public static FilterNode Parse(CrmSchema schema, EntitySchema entity, string text)
    {
        var parser = new FilterParser(schema, entity, text);
        var node = parser.Or();
        return parser.Current.Kind == TokenKind.End ? node : throw parser.Syntax();
    }

    private FilterNode Or()
    {
        var left = And();
        while (TakeWord("or"))
        {
            left = new OrNode(left, And());
        }

        return left;
    }

    private FilterNode And()
    {
        var left = Unary();
        while (TakeWord("and"))
        {
            left = new AndNode(left, Unary());
        }

        return left;
    }

    private FilterNode Unary()
    {
        if (TakeWord("not"))
        {
            return new NotNode(Unary());
        }

        if (Current.Kind == TokenKind.Open)
        {
            _at++;
            var inner = Or();
            Expect(TokenKind.Close);
            return inner;
        }

        return Comparison();
    }

    private FilterNode Comparison()
    {
        if (Current.Kind != TokenKind.Word)
        {
            throw Syntax();
        }

        if (_tokens[_at + 1].Kind == TokenKind.Open)
        {
            var call = Function();
            return Operator() is not { } compare ? call
                : Literal() is { Value: bool flag } && compare is CompareOperator.Equal or CompareOperator.NotEqual
                    ? flag == (compare == CompareOperator.Equal) ? call : new NotNode(call)
                    : throw Syntax();
        }

        var path = Path();
        if (Operator() is not { } comparison)
        {
            return path.Final.Kind == ColumnKind.Boolean
                ? new CompareNode(path, CompareOperator.Equal, true)
                : throw Syntax();
        }

        var literal = Literal();
        CheckTypes(path, comparison, literal);
        if (path.Final.IsLookup)
        {
            var column = string.Join('.', [.. path.Steps.Select(step => step.Name), path.Final.Property]);
            throw CrmException.Failed($"Column by path {column} not found in schema {_entity.Name}.", "Terrasoft.Common.ItemNotFoundException");
        }

        return new CompareNode(path, comparison, literal.Value);
    }

    private TextNode Function()
    {
        var name = Current.Text;
        TextFunction function = name switch
        {
            "contains" => TextFunction.Contains,
            "startswith" => TextFunction.StartsWith,
            "endswith" => TextFunction.EndsWith,
            _ => throw CrmException.BadRequest($"The query specified in the URI is not valid. An unknown function with name '{name}' was found."),
        };
        _at += 2;
        var path = Path();
        Expect(TokenKind.Comma);
        var text = Literal();
        Expect(TokenKind.Close);
        return path.Final.Kind == ColumnKind.Text && text.Value is string value
            ? new TextNode(function, path, value)
            : throw CrmException.BadRequest(
                "The query specified in the URI is not valid. No function signature for the function with name "
                + $"'{name}' matches the specified arguments ({path.Final.EdmType}, {text.EdmType}).");
    }

    private PropertyPath Path()
    {
        var names = new List<string>();
        do
        {
            if (Current.Kind != TokenKind.Word || Current.Text is "any" or "all")
            {
                throw Syntax();
            }

            names.Add(Current.Text);
            _at++;
        }
        while (Take(TokenKind.Slash));
        return PropertyPath.Parse(_schema, _entity, names);
    }

    private FilterToken Literal()
    {
        var token = Current;
        if (token.Kind != TokenKind.Literal)
        {
            throw Syntax();
        }

        _at++;
        return token;
    }

    private CompareOperator? Operator()
    {
        if (Current.Kind != TokenKind.Word)
        {
            return null;
        }

        CompareOperator? found = Current.Text switch
        {
            "eq" => CompareOperator.Equal,
            "ne" => CompareOperator.NotEqual,
            "gt" => CompareOperator.Greater,
            "ge" => CompareOperator.GreaterOrEqual,
            "lt" => CompareOperator.Less,
            "le" => CompareOperator.LessOrEqual,
            _ => null,
        };
        if (found is not null)
        {
            _at++;
        }

        return found;
    }

    private static void CheckTypes(PropertyPath path, CompareOperator comparison, FilterToken literal)
    {
        var type = path.Final.EdmType;
        var fits = literal.EdmType == "null"
            || literal.EdmType == type
            || (literal.Value is decimal && type is "Edm.Int32" or "Edm.Decimal");
        if (!fits)
        {
            throw CrmException.BadRequest(
                "The query specified in the URI is not valid. A binary operator with incompatible types was detected. "
                + $"Found operand types '{type}' and '{literal.EdmType}' for operator kind '{comparison}'.");
        }
    }

    private bool Take(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (Current.Kind != TokenKind.Word || Current.Text != word)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Take(kind))
        {
            throw Syntax();
        }
    }

    private CrmException Syntax() => FilterLexer.Syntax(_text, Current.Position);
}
