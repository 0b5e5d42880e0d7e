using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TelephonyHub.Console.Texts;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Tests.Console;

/// <summary>Whatever the checks behind a form say of a field is said in the language of who fills it in.</summary>
public sealed class FaultTextsTests
{
    /// <summary>The checks behind the forms of the console, and who says why a notification was not understood.</summary>
    private static readonly string[] Checks =
    [
        "Rules/JsonFields.cs", "Rules/RuleReader.cs", "Rules/RuleChecks.cs", "Staffing/FieldFaults.cs", "Staffing/StaffingChecks.cs", "Staffing/ProductionCalendar.cs", "Accounts/AccountRules.cs", "Accounts/AccountEditor.cs", "Accounts/OwnPassword.cs", "Reconciliation/Backfills.cs",
        "Intake/EventReader.cs", "Intake/JournalWriter.cs", "../TelephonyHub.Uis/Notifications/NotificationParser.cs",
    ];

    /// <summary>Titles of whole answers, which the console does not show.</summary>
    private static readonly string[] NotOfAField = ["The document has faults.", "Some fields are wrong.", "Only people with a password of the hub's own can change it."];

    [Fact]
    public void Say_EverySentenceOfTheChecks_IsRussian()
    {
        var sentences = Sentences().Concat(StaffingKinds.All.Select(k => $"must be {k.KeyIs}.")).ToList();

        sentences.Should().HaveCountGreaterThan(50);
        sentences.Where(s => InRussian(s) == s).Should().BeEmpty("each has its Russian");
    }

    [Fact]
    public void Reasons_EachOfThem_IsSaidBySomeCheck()
    {
        var said = Sentences().Concat(StaffingKinds.All.Select(k => $"must be {k.KeyIs}.")).Select(s => InRussian(s)).ToHashSet(StringComparer.Ordinal);

        FaultTexts.Reasons.Values.Where(w => !w.Ru.Contains('{', StringComparison.Ordinal) && !said.Contains(w.Ru)).Should().BeEmpty("what nobody says needs no words");
    }

    [Fact]
    public void Say_WithValues_CarriesThem() =>
        InRussian("must be a whole number from 1 to 200.").Should().Be("должно быть целым числом от 1 до 200.");

    [Fact]
    public void Say_OfASentenceWithinAnother_SaysBothInRussian() =>
        InRussian("is no production calendar: '13.41' is no day of the year; '12.31' is.").Should().Be("это не производственный календарь: «13.41» — не день года; верно, например, «12.31».");

    [Fact]
    public void Say_OfAnUnknownSentence_SaysItAsItIs() => InRussian("is odd.").Should().Be("is odd.");

    [Fact]
    public void Say_InEnglish_SaysItAsItIs() => FaultTexts.Say("is required.", russian: false).Should().Be("is required.");

    private static string InRussian(string sentence) => FaultTexts.Say(sentence, russian: true);

    /// <summary>String literals that are sentences; 7 stands for what is put in.</summary>
    private static IEnumerable<string> Sentences() =>
        from file in Checks
        let root = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(SourceTree.Root, "src", "TelephonyHub", file))).GetRoot()
        from node in root.DescendantNodes()
        let text = TextOf(node)
        where text is not null && text.Contains(' ', StringComparison.Ordinal) && (text.EndsWith('.') || text.EndsWith('+')) && !NotOfAField.Contains(text)
        select text;

    private static string? TextOf(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        // Of a sum of strings the whole.
        { Parent: BinaryExpressionSyntax } => null,

        // Of the log.
        { Parent: AttributeArgumentSyntax } => null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when TextOfPart(sum.Left) is { } left && TextOfPart(sum.Right) is { } right => left + right,
        LiteralExpressionSyntax or InterpolatedStringExpressionSyntax => TextOfPart(node),
        _ => null,
    };

    private static string? TextOfPart(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(c => c is InterpolatedStringTextSyntax words ? words.TextToken.ValueText : "7")),
        _ => null,
    };
}
