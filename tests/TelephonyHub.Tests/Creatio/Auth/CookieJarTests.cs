using TelephonyHub.Creatio.Auth;

namespace TelephonyHub.Tests.Creatio.Auth;

public sealed class CookieJarTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Take_CookiesOfALogin_GoBackExactlyAsTheyCame()
    {
        var jar = new CookieJar();
        jar.Take(["BPMLOADER=a%2Bb; path=/0; HttpOnly", ".ASPXAUTH=AB=CD==; path=/0; HttpOnly", "UserName=72|117; path=/; expires=Fri, 10 Jan 2036 09:00:00 GMT; HttpOnly"], Now);

        jar.ToHeader().Should().Be("BPMLOADER=a%2Bb; .ASPXAUTH=AB=CD==; UserName=72|117");
    }

    [Theory]
    [InlineData("BPMCSRF=; path=/")]
    [InlineData("BPMCSRF=x; Max-Age=0")]
    [InlineData("BPMCSRF=x; expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    public void Take_EmptyOrExpired_Removes(string removal)
    {
        var jar = new CookieJar();
        jar.Take(["BPMCSRF=1"], Now);

        jar.Take([removal], Now);

        jar.Get("BPMCSRF").Should().BeNull();
    }
}
