namespace TelephonyHub.Uis.Wire;

/// <summary>Fields of one request by leaf name. The first value that is present wins; so the body is put in before the query.</summary>
internal sealed class WireFields
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocks = new(StringComparer.Ordinal);

    /// <summary>Value of <c>?event=</c>, which is never a field.</summary>
    internal string? UrlEvent { get; private set; }

    /// <summary>The body is there but cannot be read.</summary>
    internal bool IsBroken { get; set; }

    internal bool IsEmpty => _values.Count == 0;

    internal bool Has(string name) => _values.ContainsKey(name);

    internal bool HasBlock(string name) => _blocks.Contains(name);

    internal string? Value(string name) => _values.GetValueOrDefault(name);

    internal Dictionary<string, string?> Present() =>
        _values.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);

    internal void SetUrlEvent(string value) => UrlEvent ??= WireValues.Text(value);

    internal void AddBlock(string name) => _blocks.Add(name);

    internal void Add(string name, string? text)
    {
        name = name switch
        {
            "contact_fullname" => "contact_full_name", // GET template of event 18
            "call_record_duration" => "file_duration", // POST template of event 25 names the variable file_duration so
            _ => name,
        };
        text = IsAbsent(name, text) ? null : text!.Trim();
        if (!_values.TryGetValue(name, out var known) || known is null)
        {
            _values[name] = text;
        }
    }

    // A GET writes JSON's null as text; a placeholder without braces goes out literally; with braces it was never replaced.
    private static bool IsAbsent(string name, string? text)
    {
        if (text is null)
        {
            return true;
        }

        var value = text.AsSpan().Trim();
        return value is "null"
            || (name.Length > 0 && char.IsAsciiLetter(name[0]) && value.SequenceEqual(name))
            || (value.StartsWith("{{", StringComparison.Ordinal) && value.EndsWith("}}", StringComparison.Ordinal));
    }
}
