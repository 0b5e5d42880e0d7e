using System.Text.Json;
using System.Text.Json.Serialization;
using TelephonyHub.Storage;

namespace TelephonyHub.Staffing;

/// <summary>What is wrong with a document, by field.</summary>
internal sealed class FieldFaults
{
    private static readonly JsonSerializerOptions Strict = new(HubJson.Stored)
    {
        // A field that nobody reads is a slip of the pen: the caller would believe it acts.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, string[]> _faults = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string[]> All => _faults;

    public IResult? Problem => _faults.Count == 0 ? null : Results.ValidationProblem(_faults, title: "The document has faults.");

    public void Add(string field, string reason) => _faults.TryAdd(field, [reason]);

    public void Refuse(bool wrong, string field, string reason)
    {
        if (wrong)
        {
            Add(field, reason);
        }
    }

    public void Range(int? value, string field, int least, int most) =>
        Refuse(value < least || value > most, field, $"must be a whole number from {least} to {most}.");

    public void Text(string? text, string field, int most) =>
        Refuse(text is not null && (text.Length > most || DbText.Of(text) != text), field, $"must have at most {most} characters, and none that cannot be stored.");

    public T? Parse<T>(JsonElement body)
        where T : class
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Add("$", "must be a JSON object.");
            return null;
        }

        FindNulls(body, "", inList: false);
        if (_faults.Count > 0)
        {
            return null;
        }

        try
        {
            return body.Deserialize<T>(Strict);
        }
        catch (JsonException e)
        {
            var path = e.Path is { Length: > 2 } p ? p[2..] : "$";
            Add(path, path == "$" ? "has a field that is unknown here, or lacks one that is required." : "has a value of the wrong form, an unknown field, or lacks one that is required.");
            return null;
        }
    }

    /// <summary>The serializer lets them through, and no list of a document may hold them.</summary>
    private void FindNulls(JsonElement element, string path, bool inList)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null when inList:
                Add(path, "must not be null.");
                break;
            case JsonValueKind.Array:
                foreach (var (item, i) in element.EnumerateArray().Select((e, i) => (e, i)))
                {
                    FindNulls(item, $"{path}[{i}]", inList: true);
                }

                break;
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                {
                    FindNulls(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}", inList: path == "digits");
                }

                break;
            default:
                break;
        }
    }
}
