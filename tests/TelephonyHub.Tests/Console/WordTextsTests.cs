using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TelephonyHub.Console.Texts;
using TelephonyHub.Creatio;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Tests.Console;

/// <summary>What other slices store by a word of their own has words for people on the console.</summary>
public sealed class WordTextsTests
{
    /// <summary>What takes a kind as its first argument.</summary>
    private static readonly string[] Takers = ["AddPerson", "AddPhones", "AddGroup", "AddDesk", "Leave", "LeftOut", "ChainEntry"];

    [Fact]
    public void Chain_EveryKindOfRouting_HasWords()
    {
        var kinds = Kinds().ToHashSet(StringComparer.Ordinal);

        kinds.Should().Contain(["transfer", "substitute", "duty", "caller"]).And.BeEquivalentTo(WordTexts.Chain.Keys);
    }

    [Fact]
    public void CardFailures_EveryCategoryOfCreatio_HasWords() =>
        WordTexts.CardFailures.Keys.Should().Contain(Enum.GetNames<CreatioFailure>().Select(f => $"failed: {f}"));

    [Fact]
    public void Actions_EveryActionOfTheAudit_BeginsWithOneThatHasWords()
    {
        var actions = Actions().ToHashSet(StringComparer.Ordinal);

        actions.Should().Contain(["user.unlock", "sign-in.failed", "call.", "routing.holidays.import"]);
        actions.Where(a => !WordTexts.Actions.Keys.Any(b => a.StartsWith(b, StringComparison.Ordinal))).Should().BeEmpty("each can be filtered by");
        WordTexts.Actions.Keys.Where(b => !actions.Any(a => a.StartsWith(b, StringComparison.Ordinal))).Should().BeEmpty("what nobody does needs no words");
    }

    /// <summary>What is given to the audit, or to who passes it on: a first word, a dot and the rest, which may be put in.</summary>
    private static IEnumerable<string> Actions() =>
        from file in System.IO.Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", "TelephonyHub"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from call in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where NameOf(call.Expression) is "WriteAsync" or "ChangeAsync"
        from argument in call.ArgumentList.Arguments
        from text in TextsOf(argument.Expression)
        where text.IndexOf('.', StringComparison.Ordinal) > 0 && text.All(c => char.IsAsciiLetter(c) || c is '.' or '-')
        select text;

    /// <summary>Of an interpolated text what it begins with.</summary>
    private static IEnumerable<string> TextsOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax first, ..] } => [first.TextToken.ValueText],
        ConditionalExpressionSyntax either => TextsOf(either.WhenTrue).Concat(TextsOf(either.WhenFalse)),
        _ => [],
    };

    private static IEnumerable<string> Kinds() =>
        from file in System.IO.Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", "TelephonyHub", "Routing"), "*.cs")
        let root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()
        from node in root.DescendantNodes()
        let kind = node switch
        {
            InvocationExpressionSyntax { Expression: var called } call when Takers.Contains(NameOf(called)) => FirstOf(call.ArgumentList),
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax type } made when Takers.Contains(type.Identifier.Text) => FirstOf(made.ArgumentList),
            _ => null,
        }
        where kind is not null
        select kind;

    private static string NameOf(ExpressionSyntax called) => called is MemberAccessExpressionSyntax member ? member.Name.Identifier.Text : called.ToString();

    private static string? FirstOf(ArgumentListSyntax? arguments) =>
        arguments?.Arguments is [{ Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal }, ..] ? literal.Token.ValueText : null;
}
