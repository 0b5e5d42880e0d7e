using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>One request that UIS, or somebody with its token, might send.</summary>
/// <param name="Query">With a leading <c>&amp;</c>; holds a marker that is nobody else's.</param>
public sealed record FuzzedRequest(int Number, string Method, string Query, byte[] Body, string? ContentType);

/// <summary>Knows how requests of UIS are built and breaks them one by one: shapes, encodings, names, values, bytes. The seed decides everything.</summary>
public abstract class RequestFuzz(int seed)
{
    private static readonly string[] Values =
    [
        "", "null", "None", "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e400", "NaN", "3.999", "true", "FALSE", "[]", "[1,2,3]", "[\"a\",null]",
        "[[[[]]]]", "{}", "{\"a\":{\"b\":[1]}}", "\"\"in\"\"", "79035550001", "+7 (903) 555-00-01", "8-800-555-35-35", "anonymous", "100#2", "2026-01-10 12:00:00.123",
        "2026-01-10 12:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999", "2026-13-45 99:99:99", "2026-03-29T02:30:00Z", "1768035600", "https://app.uiscom.ru/r/1.mp3",
        "javascript:alert(1)", "file:///etc/passwd", "'; DROP TABLE events; --", "<script>alert(1)</script>", "%00%ff%", "&=&=?#", "\u0000", "\ud800", "\udfff\ud800", "\u202Ertl", "😀😀", "\r\n\t\v",
        "{{contact_phone_number}}", "\\u0000\\ud800", "\"", "\\", "}", "]",
    ];

    private static readonly string?[] Types =
    [
        null, "application/json", "application/x-www-form-urlencoded", "text/plain; charset=windows-1251", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "garbage", "text/html",
    ];

    private readonly Random _random = new(seed);

    protected Random Random => _random;

    public FuzzedRequest Next(int number)
    {
        var fields = FieldsOf();
        var marker = string.Create(CultureInfo.InvariantCulture, $"&fuzz={seed}-{number}");
        if (_random.Next(4) == 0)
        {
            return new FuzzedRequest(number, "GET", marker + "&" + Form(fields), [], null);
        }

        return new FuzzedRequest(number, "POST", marker + MoreQuery(), Broken(Encode(fields)), Pick(Types));
    }

    /// <summary>Names and values before they are broken.</summary>
    protected abstract IReadOnlyList<(string Name, string Value)> FieldsOf();

    /// <summary>Of a POST, beside its body.</summary>
    protected virtual string MoreQuery() => "";

    protected string Value() => _random.Next(20) switch
    {
        0 => new string((char)_random.Next(1, 0xD7FF), _random.Next(1, 20_000)),
        1 => "x" + string.Concat(Enumerable.Repeat("😀", _random.Next(40, 2000))),
        2 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        3 => Pick(Values) + Pick(Values),
        _ => Pick(Values),
    };

    private byte[] Encode(IReadOnlyList<(string Name, string Value)> fields) => _random.Next(6) switch
    {
        0 => Encoding.UTF8.GetBytes(Form(fields)),
        1 => Encoding.UTF8.GetBytes(Uri.EscapeDataString(Printable(Json(fields, 0))) + "="),
        2 => Encoding.Unicode.GetBytes(Json(fields, 0)),
        3 => Encoding.UTF8.GetBytes(Json(fields, _random.Next(1, 60))),
        4 => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Printable(Json(fields, 1)))),
        _ => Encoding.UTF8.GetBytes(Json(fields, _random.Next(3))),
    };

    /// <summary>Values stand as a template puts them: quoted, bare (placeholders without quotes) or quoted twice.</summary>
    private string Json(IReadOnlyList<(string Name, string Value)> fields, int depth)
    {
        var text = new StringBuilder();
        text.Insert(0, "{\"block\":", depth).Append('{');
        for (var i = 0; i < fields.Count; i++)
        {
            var quoted = JsonSerializer.Serialize(Printable(fields[i].Value));
            text.Append(i == 0 ? "" : ",").Append(JsonSerializer.Serialize(Printable(fields[i].Name))).Append(':').Append(_random.Next(5) switch
            {
                0 => fields[i].Value,
                1 => $"\"{quoted}\"",
                _ => quoted,
            });
        }

        return text.Append('}', depth + 1).ToString();
    }

    private string Form(IReadOnlyList<(string Name, string Value)> fields) =>
        string.Concat(fields.Select(f => $"{Uri.EscapeDataString(Printable(f.Name))}={Uri.EscapeDataString(Printable(f.Value))}{(_random.Next(15) == 0 ? "" : "&")}"));

    private byte[] Broken(byte[] body)
    {
        if (body.Length == 0)
        {
            return body;
        }

        switch (_random.Next(8))
        {
            case 0:
                return body[..^_random.Next(1, body.Length + 1)];
            case 1:
                foreach (var _ in Enumerable.Range(0, _random.Next(1, 20)))
                {
                    body[_random.Next(body.Length)] = (byte)_random.Next(256);
                }

                return body;
            case 2:
                var garbage = new byte[_random.Next(1, 3000)];
                _random.NextBytes(garbage);
                return garbage;
            default:
                return body;
        }
    }

    /// <summary>Lone surrogates cannot be escaped into a URL or a JSON text; they go raw into other shapes.</summary>
    protected static string Printable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    protected T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
