using System.Text.RegularExpressions;

namespace TelephonyHub.Rules;

/// <summary>What a title may name.</summary>
/// <param name="Client">Name and number, or the number alone.</param>
/// <param name="Talked">Who talked last with the client.</param>
public sealed record TextFacts(string Client, string Name, string Phone, string Region, string Cabinet, string Dialled, string Talked);

/// <summary>Titles of deals and tasks: text with <c>{client} {name} {phone} {region} {cabinet} {dialled} {talked}</c>.</summary>
public static partial class TextTemplate
{
    public static readonly IReadOnlyList<string> Names = ["client", "name", "phone", "region", "cabinet", "dialled", "talked"];

    public static string Render(string template, TextFacts facts) => Placeholder().Replace(template, match => match.Groups["name"].Value switch
    {
        "client" => facts.Client,
        "name" => facts.Name,
        "phone" => facts.Phone,
        "region" => facts.Region,
        "cabinet" => facts.Cabinet,
        "dialled" => facts.Dialled,
        "talked" => facts.Talked,
        _ => match.Value,
    });

    /// <returns>What is in braces and means nothing.</returns>
    public static IReadOnlyList<string> Unknown(string template) =>
        [.. Placeholder().Matches(template).Select(m => m.Groups["name"].Value).Where(n => !Names.Contains(n, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Placeholder();
}
