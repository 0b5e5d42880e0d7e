using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Reads the notation of appendix A: an unindented <c>Entity uid DisplayColumn</c> line, then indented columns separated by semicolons.</summary>
internal static partial class SchemaText
{
    private const string BaseColumns =
        "Id:Guid; CreatedOn:DateTime (def now); CreatedBy→Contact (def current user contact); ModifiedOn:DateTime (def now); "
        + "ModifiedBy→Contact (def current user contact); ProcessListeners:Integer";

    public static List<EntitySchema> Parse(IEnumerable<string> texts, IReadOnlySet<string> removed)
    {
        var entities = new List<EntitySchema>();
        foreach (var text in texts)
        {
            string[]? head = null;
            var columns = "";
            foreach (var line in text.Split('\n').Append("end none none"))
            {
                if (line.StartsWith(' '))
                {
                    columns += line;
                    continue;
                }

                if (head is not null)
                {
                    entities.Add(Entity(head, columns, removed));
                }

                head = line.Split(' ');
                columns = "";
            }
        }

        return entities;
    }

    public static EntitySchema SimpleLookup(string name) => name switch
    {
        "SysImage" => Entity([name, "none", "Name"], "Name:MediumText; Data:Binary; MimeType:MediumText", EmptySet),
        _ => Entity([name, "none", "Name"], "Name:MediumText*; Description:MediumText", EmptySet),
    };

    private static IReadOnlySet<string> EmptySet => new HashSet<string>(StringComparer.Ordinal);

    private static EntitySchema Entity(string[] head, string columns, IReadOnlySet<string> removed)
    {
        var name = head[0];
        var parsed = (BaseColumns + ";" + columns)
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (Text: text, Match: ColumnPattern().Match(text)))
            .Select(column => column.Match.Success ? column.Match : throw new FormatException($"{name}: cannot read column \"{column.Text}\"."))
            .Where(match => !removed.Contains(name + "." + match.Groups["name"].Value))
            .Select((match, ordinal) => Column(ordinal, match))
            .ToArray();
        return new EntitySchema(
            name, Guid.TryParse(head[1], out var uid) ? uid : null, string.Equals(head[2], "none", StringComparison.Ordinal) ? null : head[2], parsed);
    }

    private static ColumnSchema Column(int ordinal, Match match)
    {
        var name = match.Groups["name"].Value;
        var type = match.Groups["type"].Value;
        var target = match.Groups["target"] is { Success: true } group ? group.Value : null;
        var (kind, size) = target is not null ? (ColumnKind.Lookup, 0) : Kind(type);
        return new ColumnSchema(
            ordinal,
            name,
            target is null ? name : name + "Id",
            kind,
            size,
            match.Groups["required"].Success,
            match.Groups["default"] is { Success: true } value ? value.Value : null,
            target);
    }

    // Sizes: reference 1.2 (50, 250, 500 are the platform's standard sizes; those of phone, e-mail, web and plain text are not stated).
    private static (ColumnKind Kind, int Size) Kind(string type) => type switch
    {
        "Guid" => (ColumnKind.Guid, 0),
        "ShortText" or "Color" => (ColumnKind.Text, 50),
        "MediumText" or "Text" or "PhoneText" or "EmailText" or "WebText" or "HashText" or "SecureText" => (ColumnKind.Text, 250),
        "LongText" => (ColumnKind.Text, 500),
        "MaxSizeText" => (ColumnKind.Text, 0),
        "Integer" => (ColumnKind.Integer, 0),
        "Money" or "Float1" or "Float2" or "Float4" or "Float8" => (ColumnKind.Decimal, 0),
        "Boolean" => (ColumnKind.Boolean, 0),
        "DateTime" or "Time" => (ColumnKind.DateTime, 0),
        "Date" => (ColumnKind.Date, 0),
        "Binary" or "Image" or "File" => (ColumnKind.Binary, 0),
        _ => throw new FormatException($"Unknown column type {type}."),
    };

    [GeneratedRegex(
        @"^(?<name>\w+)(?:→(?<target>\w+)|:(?<type>\w+))(?<required>\*)?(?: \(def (?<default>[^)]*)\))?(?: idx)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColumnPattern();
}
