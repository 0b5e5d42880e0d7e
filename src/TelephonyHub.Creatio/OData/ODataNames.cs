using System.Text.RegularExpressions;

namespace TelephonyHub.Creatio.OData;

/// <summary>Names that go into addresses unquoted: they are checked, so that no value can slip in as one.</summary>
internal static partial class ODataNames
{
    /// <summary>
    /// Columns that end in "Id" and yet are no lookups (reference, Appendix A): texts and bare GUIDs that may stand in a filter as they are.
    /// </summary>
    private static readonly HashSet<string> PlainIdColumns = new(StringComparer.Ordinal)
    {
        "Id", "UId", "IntegrationId", "ParentCallId", "GloballyUniqueCallLinkageId", "CallerId", "CalledId", "RedirectingId", "RedirectionId",
        "SubjectId", "SenderId", "ProcessElementId", "ProcessId", "QualificationProcessId", "BpmSessionId", "SocialMediaId", "FacebookId",
        "LinkedInId", "TwitterId", "TimeZoneId", "LDAPEntryId",
    };

    public static string EntitySet(string name) =>
        name is not null && NamePattern().IsMatch(name) ? name : throw new ArgumentException("Not the name of an entity set.", nameof(name));

    public static string Column(string name) =>
        name is not null && NamePattern().IsMatch(name) ? name : throw new ArgumentException("Not the name of a column.", nameof(name));

    public static string Path(string path) =>
        path is not null && path.Split('/').All(step => NamePattern().IsMatch(step)) ? path : throw new ArgumentException("Not a column path.", nameof(path));

    public static string Record(string entity, Guid id) => $"{EntitySet(entity)}({id:D})";

    /// <summary>Path of a filter. Creatio has no column <c>ContactId</c> to filter on, only the way through the lookup (reference 1.4, rule 2).</summary>
    public static string FilterPath(string path, bool valueIsGuid)
    {
        var steps = Path(path).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            if (steps[i].EndsWith("Id", StringComparison.Ordinal) && !PlainIdColumns.Contains(steps[i]) && (!isLast || valueIsGuid))
            {
                var right = string.Join('/', steps[..i].Append(steps[i][..^2]).Append("Id"));
                throw new ArgumentException($"Creatio cannot filter on '{path}'; use '{right}'.", nameof(path));
            }
        }

        return path;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
