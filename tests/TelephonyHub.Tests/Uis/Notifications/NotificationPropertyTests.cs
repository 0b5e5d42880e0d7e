using System.Text;
using System.Text.Json;
using CsCheck;
using TelephonyHub.Uis.Notifications;

namespace TelephonyHub.Tests.Uis.Notifications;

public sealed class NotificationPropertyTests
{
    private static readonly string[] Bodies =
    [
        .. DefaultTemplates.All.Keys.Select(name => DefaultTemplates.Post(name)),
        .. DefaultTemplates.All.Keys.Select(name => DefaultTemplates.Get(name, quoted: true)),
    ];

    private static readonly string[] Splinters =
    [
        "\"", "\"\"", "\"\"\"", "{", "}", "[", "]", "{{", "}}", ",", ":", "&", "=", "%", "%7B", "%00", "\0", "\\", "\\u", "\\ud800", "\\u0000", "null",
        "1e999", "99999999999999999999", "-", "\uFEFF", "[[[[[[[[[[", "{\"a\":{\"a\":", "call_session_id", "\"call_session_id\":[1]", "+", "\r\n",
    ];

    [Fact]
    public void Parse_RandomBytes_AlwaysOneOfTheTwoResults() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.String[0, 60]).Sample((body, query) =>
            NotificationParser.Parse(new NotificationRequest("POST", query, null, body)) is NotificationResult.Understood or NotificationResult.NotUnderstood);

    [Fact]
    public void Parse_MutatedRealBodies_AlwaysOneOfTheTwoResultsAndSafeText() =>
        Gen.Select(Gen.Int[0, Bodies.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 40], Gen.Int[0, Splinters.Length - 1]).Array[1, 6])
            .Sample((index, mutations) =>
            {
                var body = Bodies[index];
                foreach (var (at, cut, splinter) in mutations)
                {
                    var start = at % (body.Length + 1);
                    body = body[..start] + Splinters[splinter] + body[Math.Min(body.Length, start + cut)..];
                }

                var result = NotificationParser.Parse(new NotificationRequest("POST", body, null, Encoding.UTF8.GetBytes(body)));
                return result switch
                {
                    NotificationResult.Understood { Notification: var understood } =>
                        (!understood.IsCallEvent || understood.CallSessionId > 0)
                        && understood.ContentKey.Length == 64
                        && understood.Fields.All(field => IsSafe(field.Key) && IsSafe(field.Value!)),
                    NotificationResult.NotUnderstood { Reason: var reason } => IsSafe(reason),
                    _ => false,
                };
            });

    [Fact]
    public void Parse_ValidJson_ReadAsTheStandardSays() =>
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 8].Select(name => "x_" + name), // no variable is called so by chance
                Gen.OneOf<object?>(
                Gen.String[0, 20].Select(text => (object?)text.ToWellFormed()), Gen.Long.Select(number => (object?)number), Gen.Bool.Select(flag => (object?)flag)))[1, 8]
            .Sample(values =>
            {
                values["call_session_id"] = 5L;
                var body = JsonSerializer.Serialize(values);
                var fields = ((NotificationResult.Understood)Notify.Post(body, "event=in_call")).Notification.Fields;
                return values.All(value => value.Value switch
                {
                    string text when text.Trim() is "null" || text.Trim() == value.Key || text.Trim() is ['{', '{', .., '}', '}'] or ['[', .., ']'] => true,
                    string text => fields[value.Key] == text.Trim(),
                    bool flag => fields[value.Key] == (flag ? "true" : "false"),
                    var number => fields[value.Key] == FormattableString.Invariant($"{number}"),
                });
            });

    [Fact]
    public void ContentKey_OrderSpaceAndQuotes_ChangeNothing() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 1000]).Sample((spaced, quotedNumbers, seed) =>
        {
            var shuffled = DefaultTemplates.Values.ToArray();
            new Random(seed).Shuffle(shuffled);
            var separator = spaced ? " ,\n  " : ",";
            var body = "{" + string.Join(separator, shuffled.Select(value =>
                $"\"{value.Key}\":{(quotedNumbers && char.IsDigit(value.Value[0]) ? $"\"{value.Value}\"" : value.Value)}")) + "}";
            return Key(body) == Key("{" + string.Join(",", DefaultTemplates.Values.Select(value => $"\"{value.Key}\":{value.Value}")) + "}");
        });

    [Fact]
    public void ContentKey_AnyOtherValue_DiffersUnlessTheFreeName()
    {
        var original = DefaultTemplates.Values.ToDictionary(StringComparer.Ordinal);
        foreach (var name in original.Keys.Where(name => name is not "call_session_id"))
        {
            var changed = new Dictionary<string, string>(original, StringComparer.Ordinal) { [name] = "\"other\"" };
            var same = name is "notification_name";
            (Key(Body(changed)) == Key(Body(original))).Should().Be(same, "of {0}", name);
        }
    }

    [Fact]
    public void ContentKey_LegUnknown_FreeNameTellsEventsApart()
    {
        var connected = Notify.Post(DefaultTemplates.Post("call_connected", name => name is "notification_name" ? "\"A\"" : DefaultTemplates.Value(name)));
        var proceeding = Notify.Post(DefaultTemplates.Post("call_connected", name => name is "notification_name" ? "\"B\"" : DefaultTemplates.Value(name)));

        connected.Event().ContentKey.Should().NotBe(proceeding.Event().ContentKey);
    }

    [Fact]
    public void ContentKey_KindInBodyOrUrl_Same() =>
        Notify.Post("""{"notification_mnemonic":"in_call","call_session_id":5}""").Event().ContentKey
            .Should().Be(Notify.Post("""{"call_session_id":5.0}""", "event=in_call").Event().ContentKey)
            .And.NotBe(Notify.Post("""{"call_session_id":5}""", "event=out_call").Event().ContentKey);

    private static string Key(string body) => Notify.Post(body, "event=in_call").Event().ContentKey;

    private static string Body(Dictionary<string, string> values) => "{" + string.Join(",", values.Select(value => $"\"{value.Key}\":{value.Value}")) + "}";

    private static bool IsSafe(string text) => !text.Contains('\0') && text == text.ToWellFormed();
}

internal static class WellFormed
{
    internal static string ToWellFormed(this string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
