using System.Text;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class CreatioReplyTests
{
    [Theory]
    [InlineData(401, "", null, null, true)]
    [InlineData(302, "", null, "/Login/NuiLogin.aspx?ReturnUrl=%2f0", true)]
    [InlineData(307, "", null, "/Login/Login.html", true)]
    [InlineData(301, "", null, "https://crm.example.com/odata/Contact", false)]
    [InlineData(200, "<!DOCTYPE html><html></html>", "text/html", null, true)]
    [InlineData(200, "\ufeff  <html></html>", "application/json", null, true)]
    [InlineData(200, "require('bootstrap.login')", "application/javascript", null, true)]
    [InlineData(200, "{\"value\":[{\"Notes\":\"bootstrap.login\"}]}", "application/json", null, false)]
    [InlineData(200, "<?xml version=\"1.0\"?><edmx:Edmx/>", "application/xml", null, false)]
    [InlineData(502, "<html></html>", "text/html", null, false)]
    [InlineData(403, "", null, null, false)]
    [InlineData(500, "{\"ExceptionType\":\"System.Security.Authentication.AuthenticationException\"}", "application/json", null, true)]
    public void SaysSessionEnded_SymptomsOfReference23_AreTold(int status, string body, string? mediaType, string? location, bool expected) =>
        new CreatioReply(status, Encoding.UTF8.GetBytes(body)) { MediaType = mediaType, Location = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute) }
            .SaysSessionEnded.Should().Be(expected);

    [Theory]
    [InlineData("{\"value\":[")]
    [InlineData("plain")]
    [InlineData("")]
    public void TryJson_CutOffOrNone_IsFalse(string body) => new CreatioReply(200, Encoding.UTF8.GetBytes(body)).TryJson(out _).Should().BeFalse();
}
