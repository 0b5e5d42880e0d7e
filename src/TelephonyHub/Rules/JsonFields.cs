using System.Text.Json;

namespace TelephonyHub.Rules;

/// <summary>
/// Reads an object of a request field by field and collects what is wrong, by field: the framework's binder would answer the first fault without
/// naming where it is.
/// </summary>
internal sealed class JsonFields(JsonElement json, Dictionary<string, string[]> faults, string path = "")
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public JsonFields Object(string name) =>
        new(Find(name, JsonValueKind.Object, "must be an object.") is { } found ? found : JsonDocument.Parse("{}").RootElement, faults, At(name));

    public bool Has(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name, int most, string? fallback = null)
    {
        var text = Find(name, JsonValueKind.String, "must be text.")?.GetString()?.Trim();
        if (text is { Length: > 0 } && (text.Length > most || text.Contains('\0', StringComparison.Ordinal) || !IsWhole(text)))
        {
            Fault(name, $"must have at most {most} characters, and none that cannot be stored.");
            return fallback;
        }

        return string.IsNullOrEmpty(text) ? fallback : text;
    }

    /// <summary>One of the words that stand for the values; null and a fault otherwise. Without fallback it is required.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> words, T? fallback = null)
        where T : struct
    {
        if (!Has(name) && fallback is { } value)
        {
            _asked.Add(name);
            return value;
        }

        if (Find(name, JsonValueKind.String, null)?.GetString() is { } word && words.TryGetValue(word, out var chosen))
        {
            return chosen;
        }

        Fault(name, $"must be one of {string.Join(", ", words.Keys)}.");
        return default;
    }

    public int? Number(string name, int least, int most)
    {
        if (!Has(name))
        {
            _asked.Add(name);
            return null;
        }

        if (Find(name, JsonValueKind.Number, null) is { } number && number.TryGetInt32(out var value) && value >= least && value <= most)
        {
            return value;
        }

        Fault(name, $"must be a whole number from {least} to {most}.");
        return null;
    }

    public bool Flag(string name, bool fallback)
    {
        _asked.Add(name);
        if (!Has(name))
        {
            return fallback;
        }

        var kind = json.GetProperty(name).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(name, "must be true or false.");
        }

        return kind == JsonValueKind.True;
    }

    public Guid? Id(string name)
    {
        if (Find(name, JsonValueKind.String, "must be a GUID.") is not { } text)
        {
            return null;
        }

        if (text.TryGetGuid(out var id) && id != Guid.Empty)
        {
            return id;
        }

        Fault(name, "must be a GUID.");
        return null;
    }

    /// <summary>Several different words; null when the field is not there.</summary>
    public IReadOnlyList<T>? Choices<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Find(name, JsonValueKind.Array, "must be a list.") is not { } list)
        {
            return null;
        }

        var chosen = new List<T>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && words.TryGetValue(item.GetString()!, out var value) && !chosen.Contains(value))
            {
                chosen.Add(value);
            }
            else
            {
                Fault(name, $"may hold each of {string.Join(", ", words.Keys)} once.");
            }
        }

        return chosen;
    }

    /// <summary>A field that nobody asked for is a slip of the pen: the caller would believe it acts.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> ignored)
    {
        foreach (var field in json.EnumerateObject())
        {
            if (!_asked.Contains(field.Name) && !ignored.Contains(field.Name))
            {
                Fault(field.Name, "is no field of a rule here.");
            }
        }
    }

    public void Fault(string name, string reason) => faults.TryAdd(At(name), [reason]);

    private JsonElement? Find(string name, JsonValueKind kind, string? reason)
    {
        _asked.Add(name);
        if (!Has(name))
        {
            return null;
        }

        var value = json.GetProperty(name);
        if (value.ValueKind == kind)
        {
            return value;
        }

        if (reason is not null)
        {
            Fault(name, reason);
        }

        return null;
    }

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Half a surrogate pair cannot be stored.</summary>
    private static bool IsWhole(string text) => text.EnumerateRunes().All(r => r != System.Text.Rune.ReplacementChar);
}
