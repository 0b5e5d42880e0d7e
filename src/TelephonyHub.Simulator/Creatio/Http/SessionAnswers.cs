namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>What a request without a valid session or token gets (reference 2.3).</summary>
internal static class SessionAnswers
{
    public static CrmAnswer Unauthorized() => CrmAnswer.Json(
        401,
        new { Message = "Authentication failed.", StackTrace = (string?)null, ExceptionType = "System.Security.Authentication.AuthenticationException" });

    public static CrmAnswer BadToken() => CrmAnswer.Empty(401).With("WWW-Authenticate", "Bearer error=\"invalid_token\"");

    public static CrmAnswer ToLogin(string pathAndQuery) =>
        CrmAnswer.Empty(302).With("Location", "/Login/NuiLogin.aspx?ReturnUrl=" + Uri.EscapeDataString(pathAndQuery));

    public static CrmAnswer LoginPage() => CrmAnswer.Text(
        200,
        """
        <!DOCTYPE html>
        <html><head><title>Login</title></head>
        <body><script>require(["bootstrap.login"]);</script><form action="/Login/NuiLogin.aspx" method="post"></form></body></html>
        """,
        "text/html; charset=utf-8");

    /// <summary>The answer to a request whose cookie session is gone, by the endpoint and the hosting.</summary>
    public static CrmAnswer Expired(CreatioSimulatorOptions options, string path, string pathAndQuery) => options.ExpiredSession switch
    {
        ExpiredSessionAnswer.Redirect => ToLogin(pathAndQuery),
        ExpiredSessionAnswer.LoginPage => LoginPage(),
        ExpiredSessionAnswer.Unauthorized => Unauthorized(),
        _ => options.Flavor == CrmFlavor.Core || path.Contains(".svc", StringComparison.OrdinalIgnoreCase) ? Unauthorized() : ToLogin(pathAndQuery),
    };
}
