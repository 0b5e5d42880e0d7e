using System.Text.Json;
using System.Text.RegularExpressions;
using TelephonyHub.Intake;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Tests.Intake;

/// <summary>The console's page and the README tell the same, and what they tell is JSON once UIS has set the values.</summary>
public sealed partial class UisTemplatesTests
{
    public static TheoryData<string> Kinds => [.. UisTemplates.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Template_OfEveryEvent_IsJsonWithTheEventsOwnFields(string kind)
    {
        var filled = Placeholder().Replace(UisTemplates.TextOf(kind), "\"x\"");

        using var json = JsonDocument.Parse(filled);
        json.RootElement.TryGetProperty("call_session_id", out _).Should().BeTrue();
    }

    [Fact]
    public void Templates_AreThoseOfTheReadme()
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        var lines = readme.Split('\n').Select(l => l.Trim()).ToHashSet(StringComparer.Ordinal);

        foreach (var line in (UisTemplates.Common + "}").Split('\n').Select(l => l.Trim()))
        {
            lines.Should().Contain(line);
        }

        foreach (var (kind, added) in UisTemplates.Additions)
        {
            readme.Should().Contain($"`{kind}`");
            if (added is not null)
            {
                readme.Should().Contain(added);
            }
        }
    }

    [GeneratedRegex(@"\{\{\w+\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
