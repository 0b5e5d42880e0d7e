using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TelephonyHub.Hosting;

namespace TelephonyHub.Tests.Hosting;

/// <summary>Bad input of a list names the field and is never an error of the server.</summary>
public sealed class ApiQueryTests
{
    [Fact]
    public void Query_NothingGiven_DefaultsAndNoProblem()
    {
        var query = Query("");

        (query.Limit(), query.Instant("from"), query.Choice("state", "missed"), query.Cursor(2), query.Text("phone")).Should().Be((50, null, null, null, null));
        query.Problem.Should().BeNull();
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("200", 200)]
    public void Limit_InRange_Taken(string text, int expected) => Query($"?limit={text}").Limit().Should().Be(expected);

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("99999999999999")]
    public void Limit_Wrong_FaultNamesIt(string text)
    {
        var query = Query($"?limit={text}");

        query.Limit();

        Faults(query).Should().ContainKey("limit");
    }

    [Theory]
    [InlineData("a b c d", "c d")]
    [InlineData("new a b c d", "c d")]
    [InlineData("b c d", "c d")]
    [InlineData("a c d", "c d")]
    [InlineData("", "")]
    public void Page_AfterAnother_BeginsAfterItsLastRow_OrWhereThatStood(string listNow, string expected)
    {
        Query("?limit=2").TryPage(["a", "b", "c", "d"], k => k, out _, out var cursor).Should().BeTrue();

        Query($"?limit=2&cursor={Uri.EscapeDataString(cursor!)}").TryPage(listNow.Split(' ', StringSplitOptions.RemoveEmptyEntries), k => k, out var page, out var next).Should().BeTrue();

        string.Join(' ', page).Should().Be(expected);
        next.Should().BeNull();
    }

    [Theory]
    [InlineData("2026-03-01T00:00:00%2B03:00", "2026-02-28T21:00:00Z")]
    [InlineData("2026-03-01T00:00:00+03:00", "2026-02-28T21:00:00Z")]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T00:00:00-05:00", "2026-03-01T05:00:00Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    public void Instant_IsoTime_InUtcEvenIfThePlusWasNotEncoded(string text, string expected) =>
        Query($"?from={text}").Instant("from").Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Fact]
    public void Instant_NoTime_FaultNamesIt()
    {
        var query = Query("?from=yesterday");

        query.Instant("from").Should().BeNull();
        Faults(query).Should().ContainKey("from");
    }

    [Fact]
    public void Choice_AnyCase_CanonicalSpelling() => Query("?state=NOTREACHED").Choice("state", "missed", "notReached").Should().Be("notReached");

    [Fact]
    public void Choice_Unknown_FaultListsWhatIsAllowed()
    {
        var query = Query("?state=lost");

        query.Choice("state", "missed", "notReached").Should().BeNull();
        Faults(query)["state"].Should().ContainSingle().Which.Should().Contain("missed").And.Contain("notReached");
    }

    [Fact]
    public void Cursor_OwnCursor_ComesBack() => Query($"?cursor={ApiQuery.CursorOf("2026-03-01T00:00:00Z", "msk", "187020303")}").Cursor(3).Should().Equal("2026-03-01T00:00:00Z", "msk", "187020303");

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("%00")]
    public void Cursor_Strange_FaultNamesIt(string text)
    {
        var query = Query($"?cursor={Uri.EscapeDataString(text)}");

        query.Cursor(3).Should().BeNull();
        Faults(query).Should().ContainKey("cursor");
    }

    [Fact]
    public void Number_OfAForgedCursor_Fault()
    {
        var query = Query("");

        query.Number("x", "cursor").Should().Be(0);
        Faults(query).Should().ContainKey("cursor");
    }

    [Fact]
    public void Text_Nul_TakenOut() => Query("?phone=7%000").Text("phone").Should().Be("70");

    [Fact]
    public void Problem_SeveralFaults_AllNamed()
    {
        var query = Query("?limit=0&from=x&state=y");
        query.Limit();
        query.Instant("from");
        query.Choice("state", "missed");

        Faults(query).Keys.Should().BeEquivalentTo("limit", "from", "state");
    }

    private static ApiQuery Query(string query) => new(new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request);

    private static IDictionary<string, string[]> Faults(ApiQuery query)
    {
        var problem = query.Problem.Should().BeOfType<ProblemHttpResult>().Subject;
        problem.StatusCode.Should().Be(400);
        return problem.ProblemDetails.Should().BeOfType<HttpValidationProblemDetails>().Subject.Errors;
    }
}
