using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using TelephonyHub.Uis.Interactive;

namespace TelephonyHub.Tests.Uis.Interactive;

public sealed class InteractiveTests
{
    [Fact]
    public void Parse_DocumentedGet_AllParameters() =>
        InteractiveRequest.Parse("GET", "cdr_id=123&start_time=1200&input_result=None&numa=74952345678&numb=74951234567", null, default)
            .Should().Be(new InteractiveRequest("123", "74952345678", "74951234567", "1200", null, null));

    [Theory]
    [InlineData("""{"call_session_id":123,"numa":"74952345678","input_result":"1","direction":"in"}""")]
    [InlineData("call_session_id=123&numa=74952345678&input_result=1&direction=in")]
    [InlineData("%7B%22call_session_id%22%3A123%2C%22numa%22%3A%2274952345678%22%2C%22input_result%22%3A1%2C%22direction%22%3A%22in%22%7D=")]
    public void Parse_PostInAnyEncoding_Same(string body)
    {
        foreach (var contentType in new[] { "application/json", "application/x-www-form-urlencoded", null })
        {
            InteractiveRequest.Parse("POST", "token=T", contentType, Encoding.UTF8.GetBytes(body))
                .Should().Be(new InteractiveRequest("123", "74952345678", null, null, "1", "in"));
        }
    }

    [Theory]
    [InlineData("None")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("%20")]
    [InlineData("input_result")]
    public void Parse_NothingPressed_Null(string value) =>
        InteractiveRequest.Parse("GET", "call_session_id=1&input_result=" + value, null, default).InputResult.Should().BeNull();

    [Theory]
    [InlineData("0")]
    [InlineData("%23")]
    [InlineData("*12")]
    public void Parse_SomethingPressed_Kept(string value) =>
        InteractiveRequest.Parse("GET", "input_result=" + value, null, default).InputResult.Should().Be(Uri.UnescapeDataString(value));

    [Fact]
    public void Parse_BothIds_SessionWins() =>
        InteractiveRequest.Parse("GET", "cdr_id=1&call_session_id=2", null, default).CallSessionId.Should().Be("2");

    [Fact]
    public void Parse_RandomBytes_NeverThrows() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.String[0, 60]).Sample((body, query) => InteractiveRequest.Parse("POST", query, null, body) is not null);

    public static TheoryData<InteractiveAnswer, string> Documented => new()
    {
        { new InteractiveAnswer { Phones = ["74959876543", "79031505050", "74951234567"], MessageName = "10sec.mp3" }, """{"phones":["74959876543","79031505050","74951234567"],"message_name":"10sec.mp3"}""" },
        { new InteractiveAnswer { Text = "Приветствую", Phones = ["79031204040", "79651234567"] }, """{"text":"Приветствую","phones":["79031204040","79651234567"]}""" },
        { new InteractiveAnswer { Phones = ["79037897878", "74951234567"] }, """{"phones":["79037897878","74951234567"]}""" },
        { new InteractiveAnswer { Phones = ["74959876543", "79031505050", "74951234567"], MessageName = "10sec.mp3", OperatorMessage = "op_hint.mp3" }, """{"phones":["74959876543","79031505050","74951234567"],"message_name":"10sec.mp3","operator_message":"op_hint.mp3"}""" },
        { new InteractiveAnswer { MessageName = "10sec.mp3" }, """{"message_name":"10sec.mp3"}""" },
        { new InteractiveAnswer { Text = "Привет" }, """{"text":"Привет"}""" },
        { new InteractiveAnswer { ReturnedCode = 1 }, """{"returned_code": 1}""" },
    };

    [Theory]
    [MemberData(nameof(Documented))]
    public void ToJson_DocumentedAnswer_Same(InteractiveAnswer answer, string json) =>
        JsonNode.DeepEquals(JsonNode.Parse(answer.ToJson()), JsonNode.Parse(json)).Should().BeTrue("{0} should be {1}", answer.ToJson(), json);

    [Fact]
    public void ToJson_DocumentedKeys_OnlyWhatIsSet()
    {
        new InteractiveAnswer { Phones = ["79161234567", "083506"], OperatorText = "Клиент «Ромашка»" }.ToJson()
            .Should().Be("""{"phones":["79161234567","083506"],"operator_text":"Клиент «Ромашка»"}""");
        new InteractiveAnswer { Text = "Привет", MessageName = "10sec.mp3" }.ToJson().Should().Be("""{"text":"Привет","message_name":"10sec.mp3"}""");
        Encoding.UTF8.GetString(new InteractiveAnswer { ReturnedCode = 0 }.ToUtf8Json()).Should().Be("""{"returned_code":0}""");
    }
}
