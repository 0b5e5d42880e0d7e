namespace TelephonyHub.Uis.Wire;

/// <summary>
/// Reads a request of the PBX, whatever its Content-Type says, because that is documented nowhere (reference 3.2, 4.3): JSON, JSON as one form
/// key, form fields, query fields. Never throws.
/// </summary>
internal static class WireReader
{
    internal static WireFields Read(string? queryString, ReadOnlyMemory<byte> body)
    {
        var fields = new WireFields();
        var text = SafeText.Decode(body.Span);
        if (!string.IsNullOrWhiteSpace(text))
        {
            fields.IsBroken = !ReadBody(text, fields);
        }

        if (!string.IsNullOrEmpty(queryString))
        {
            FormReader.Read(queryString.TrimStart('?'), isQuery: true, fields);
        }

        return fields;
    }

    /// <summary>Dissolves nested blocks: only the leaves are fields.</summary>
    internal static void Flatten(WireNode.Block block, WireFields fields)
    {
        foreach (var (name, value) in block.Members)
        {
            switch (value)
            {
                case WireNode.Scalar scalar:
                    fields.Add(name, Normalized(scalar.Text));
                    break;
                case WireNode.Items items:
                    fields.Add(name, items.ToJson());
                    break;
                case WireNode.Block inner:
                    fields.AddBlock(name);
                    Flatten(inner, fields);
                    break;
            }
        }
    }

    /// <summary>Arrays that come as JSON text get the same text as arrays.</summary>
    internal static string? Normalized(string? text) =>
        text is ['[', .., ']'] && TolerantJson.ReadStrict(text) is WireNode.Items items ? items.ToJson() : text;

    private static bool ReadBody(string text, WireFields fields)
    {
        var trimmed = text.TrimStart();
        if (trimmed[0] == '"' && TolerantJson.ReadQuoted(trimmed) is { } quoted && quoted.AsSpan().TrimStart() is ['{', ..])
        {
            return ReadBlock(quoted, fields); // JSON text inside a JSON string
        }

        if (trimmed[0] is '{' or '[')
        {
            // Un-encoded JSON first; a form key may also be encoded behind its first brace.
            return ReadBlock(trimmed, fields) || ReadBlock(FormReader.Decode(trimmed), fields);
        }

        return FormReader.Read(trimmed, isQuery: false, fields);
    }

    internal static bool ReadBlock(string text, WireFields fields)
    {
        var block = TolerantJson.Read(text) switch
        {
            WireNode.Block only => only,
            WireNode.Items { Values: [WireNode.Block single] } => single,
            _ => null,
        };
        if (block is null)
        {
            return false;
        }

        Flatten(block, fields);
        return true;
    }
}
