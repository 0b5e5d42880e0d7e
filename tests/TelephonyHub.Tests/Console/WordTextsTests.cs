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
