using System.Net;
using System.Text.RegularExpressions;

namespace TelephonyHub.Uis.Wire;

/// <summary>Form bodies and queries, with the vendor's faults (reference 3.2, 3.4).</summary>
internal static partial class FormReader
{
    internal static string Decode(string raw) => SafeText.Harmless(WebUtility.UrlDecode(raw));

    /// <returns>Whether anything was a field.</returns>
    internal static bool Read(string raw, bool isQuery, WireFields fields)
    {
        var lists = new Dictionary<string, List<WireNode>>(StringComparer.Ordinal);
        var found = false;
        var jsonTried = false;
        for (var start = 0; start <= raw.Length;)
        {
            var end = raw.IndexOf('&', start);
            end = end < 0 ? raw.Length : end;
            var pair = raw[start..end];
            if (!jsonTried && BeginsJson(pair))
            {
                // The whole JSON is one key; '=' and '&' inside its strings do not part it.
                jsonTried = true;
                if (WireReader.ReadBlock(Decode(raw[start..]), fields))
                {
                    return true;
                }

                if (!isQuery)
                {
                    return false;
                }
            }

            found |= ReadPair(pair, isQuery, fields, lists);
            start = end + 1;
        }

        foreach (var (name, values) in lists)
        {
            fields.Add(name, new WireNode.Items(values).ToJson());
        }

        return found;
    }

    // communication_number=3employee_full_name=… : the GET template of event 1 lacks an ampersand.
    [GeneratedRegex(
        "^(?<value>\"?[0-9]*\"?|null|%22[0-9]*%22|\\{\\{[a-z_]+\\}\\}|%7[Bb]%7[Bb][a-z_]+%7[Dd]%7[Dd])(?<next>employee_full_name=.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MissingAmpersand();

    [GeneratedRegex(
        @"^(?<outer>[A-Za-z_][A-Za-z0-9_.\-]*)(\[(?<inner>[A-Za-z0-9_]*)\])?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FieldName();

    private static bool BeginsJson(string pair)
    {
        var text = pair.AsSpan().TrimStart(" +");
        return text is ['{', ..] || text.StartsWith("%7B", StringComparison.OrdinalIgnoreCase);
    }

    private static bool ReadPair(string pair, bool isQuery, WireFields fields, Dictionary<string, List<WireNode>> lists)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return false;
        }

        var name = FieldName().Match(Decode(pair[..equals]).Trim());
        if (!name.Success)
        {
            return false;
        }

        var key = name.Groups["outer"].Value;
        var raw = pair[(equals + 1)..];
        if (isQuery && (key.Equals("token", StringComparison.OrdinalIgnoreCase) || key.Equals("event", StringComparison.OrdinalIgnoreCase)))
        {
            return ReadOwnParameter(key, raw, fields, lists);
        }

        if (key is "communication_number" && MissingAmpersand().Match(raw) is { Success: true } fault)
        {
            AddValue(fields, key, fault.Groups["value"].Value);
            return ReadPair(fault.Groups["next"].Value, isQuery, fields, lists);
        }

        if (!name.Groups["inner"].Success)
        {
            AddValue(fields, key, raw);
            return true;
        }

        var inner = name.Groups["inner"].Value;
        if (inner.Length > 0 && !char.IsAsciiDigit(inner[0]))
        {
            fields.AddBlock(key); // contact_info[contact_phone_number]=…
            AddValue(fields, inner, raw);
            return true;
        }

        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(new WireNode.Scalar(Unquoted(Decode(raw)), IsLiteral: false));
        return true;
    }

    // The hub's URL ends in ?token=…&event=…; a sender that appends the template with '?' instead of '&' is understood, too.
    private static bool ReadOwnParameter(string key, string raw, WireFields fields, Dictionary<string, List<WireNode>> lists)
    {
        var next = raw.IndexOf('?', StringComparison.Ordinal);
        if (key.Equals("event", StringComparison.OrdinalIgnoreCase))
        {
            var value = Unquoted(Decode(next < 0 ? raw : raw[..next]));
            if (!value.StartsWith("{{", StringComparison.Ordinal))
            {
                fields.SetUrlEvent(value);
            }
        }

        return next >= 0 && ReadPair(raw[(next + 1)..], isQuery: true, fields, lists);
    }

    private static void AddValue(WireFields fields, string name, string raw)
    {
        var text = Unquoted(Decode(raw));
        if (text.AsSpan().TrimStart() is ['{', ..] && TolerantJson.ReadStrict(text) is WireNode.Block block)
        {
            fields.AddBlock(name);
            WireReader.Flatten(block, fields);
            return;
        }

        fields.Add(name, WireReader.Normalized(text));
    }

    private static string Unquoted(string text)
    {
        var trimmed = text.Trim();
        return trimmed is ['"', .., '"'] ? TolerantJson.ReadQuoted(trimmed) ?? trimmed : trimmed;
    }
}
