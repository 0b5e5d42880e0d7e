using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>What a URL below the OData root points to: <c>Contact</c>, <c>Contact(id)</c>, <c>Contact(id)/Data</c>, <c>Contact/$count</c>.</summary>
/// <remarks><c>KeyText</c> is kept as written, so that a key that is no bare GUID can be refused.</remarks>
internal sealed partial record ODataTarget(string Set, string? KeyText, IReadOnlyList<string> Rest, string Query)
{
    public Guid? Key => Guid.TryParseExact(KeyText, "D", out var key) ? key : null;

    /// <summary>The key-as-segment style (<c>Contact/id</c>) is known from batch samples only (reference 1.6).</summary>
    public static ODataTarget Parse(string url, bool inBatch)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : url[(mark + 1)..];
        var segments = (mark < 0 ? url : url[..mark])
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(Uri.UnescapeDataString)
            .ToList();
        if (segments.Count == 0)
        {
            return new ODataTarget("", null, [], query);
        }

        if (KeyPattern().Match(segments[0]) is { Success: true } match)
        {
            return new ODataTarget(match.Groups["set"].Value, match.Groups["key"].Value, segments[1..], query);
        }

        return inBatch && segments.Count > 1 && Guid.TryParseExact(segments[1], "D", out _)
            ? new ODataTarget(segments[0], segments[1], segments[2..], query)
            : new ODataTarget(segments[0], null, segments[1..], query);
    }

    [GeneratedRegex(@"^(?<set>[^()]+)\((?<key>.*)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyPattern();
}
