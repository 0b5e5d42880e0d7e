using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Creatio;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace TelephonyHub.IntegrationTests.Creatio;

/// <summary>A Creatio that answers with the samples of the reference; sessions are numbered by login and can be ended.</summary>
internal sealed partial class CreatioStub : IDisposable
{
    public const string ExpiredPage = "<!DOCTYPE html><html><script>require(['bootstrap.login'])</script></html>";

    public const string Expired401 =
        """{"Message":"Authentication failed.","StackTrace":null,"ExceptionType":"System.Security.Authentication.AuthenticationException"}""";

    private readonly HttpClient _http = new(CreatioClient.CreateHandler());
    private int _logins;

    public CreatioStub(CreatioFlavor flavor = CreatioFlavor.Framework, CreatioAuthMode mode = CreatioAuthMode.Forms)
    {
        Root = flavor == CreatioFlavor.Framework ? "/0" : string.Empty;
        Options = new CreatioOptions
        {
            BaseUrl = new Uri(Server.Url!),
            Flavor = flavor,
            AuthMode = mode,
            UserName = mode == CreatioAuthMode.Forms ? "TelephonyHub" : null,
            Password = mode == CreatioAuthMode.Forms ? "se\"cr\\et" : null,
            ClientId = mode == CreatioAuthMode.OAuth ? "hub" : null,
            ClientSecret = mode == CreatioAuthMode.OAuth ? "a+b&c" : null,
            TokenUrl = mode == CreatioAuthMode.OAuth ? new Uri(Server.Url + "/connect/token") : null,
        };
        Client = new CreatioClient(_http, Options, Time, Log);
    }

    public WireMockServer Server { get; } = WireMockServer.Start();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero));

    public RecordingLogger Log { get; } = new();

    public CreatioOptions Options { get; }

    public CreatioClient Client { get; }

    public string Root { get; }

    public int Logins => Volatile.Read(ref _logins);

    /// <summary>Sessions up to this number are over.</summary>
    public int EndedUpTo { get; set; }

    public IReadOnlyList<IRequestMessage> Requests => [.. Server.LogEntries.Select(entry => entry.RequestMessage!)];

    /// <summary>Login as in reference 2.1, with the CSRF cookie of the given name.</summary>
    public void AcceptsLogin(string? csrf = "BPMCSRF") =>
        On("POST", "/ServiceModel/AuthService.svc/Login", _ =>
        {
            var number = Interlocked.Increment(ref _logins);
            var cookies = new List<string>
            {
                "BPMLOADER=loader; path=/0; HttpOnly", $".ASPXAUTH=session-{number}; path=/0; HttpOnly", "UserName=72%7C117; path=/; expires=Fri, 10 Jan 2036 09:00:00 GMT; HttpOnly",
            };
            if (csrf is not null)
            {
                cookies.Add($"{csrf}=csrf-{number}; path=/");
            }

            return Reply(200, """{"Code":0,"Message":"","Exception":null,"PasswordChangeUrl":null,"RedirectUrl":null}""", cookies: [.. cookies]);
        });

    public void RefusesLogin() =>
        On("POST", "/ServiceModel/AuthService.svc/Login", _ =>
        {
            Interlocked.Increment(ref _logins);
            return Reply(
                200,
                """{"Code":1,"Message":"You entered an incorrect user name or password.","Exception":{"Message":"m","Type":"t"},"PasswordChangeUrl":null,"RedirectUrl":null}""");
        });

    public void On(string method, string path, Func<IRequestMessage, ResponseMessage> answer) => OnAsync(method, path, request => Task.FromResult(answer(request)));

    /// <summary>Later definitions win over earlier ones.</summary>
    public void OnAsync(string method, string path, Func<IRequestMessage, Task<ResponseMessage>> answer) =>
        Server.Given(Request.Create().WithPath(path).UsingMethod(method)).AtPriority(-Server.MappingModels.Count()).RespondWith(Response.Create().WithCallback(async request => (IResponseMessage)await answer(request)));

    /// <summary>Answers only to a session that is not over; to an ended one with the given symptom.</summary>
    public void OnSession(string method, string path, Func<ResponseMessage> symptom, Func<IRequestMessage, ResponseMessage> answer) =>
        On(method, path, request => SessionOf(request) > EndedUpTo ? answer(request) : symptom());

    public static ResponseMessage Redirect() =>
        Reply(302, ExpiredPage, "text/html", headers: ("Location", "/Login/NuiLogin.aspx?ReturnUrl=%2f0%2fodata"));

    public static ResponseMessage Refused401() => Reply(401, Expired401);

    public static ResponseMessage LoginShell() => Reply(200, ExpiredPage, "text/html; charset=utf-8");

    public static ResponseMessage Reply(
        int status,
        string body = "",
        string type = "application/json; odata.metadata=minimal",
        string[]? cookies = null,
        params (string Name, string Value)[] headers)
    {
        var all = headers.ToDictionary(header => header.Name, header => new WireMockList<string>(header.Value), StringComparer.Ordinal);
        if (body.Length > 0)
        {
            all["Content-Type"] = new WireMockList<string>(type);
        }

        if (cookies is not null)
        {
            all["Set-Cookie"] = new WireMockList<string>(cookies);
        }

        return new ResponseMessage
        {
            StatusCode = status,
            Headers = all,
            BodyData = body.Length == 0 ? null : new BodyData { BodyAsString = body, DetectedBodyType = BodyType.String, Encoding = System.Text.Encoding.UTF8 },
        };
    }

    public static string? Header(IRequestMessage request, string name) =>
        request.Headers is { } headers && headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public static int SessionOf(IRequestMessage request) =>
        SessionPattern().Match(Header(request, "Cookie") ?? string.Empty) is { Success: true } match ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        Server.Dispose();
    }

    [GeneratedRegex("session-(?<n>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SessionPattern();
}

/// <summary>Keeps the log lines.</summary>
internal sealed class RecordingLogger : ILogger<CreatioClient>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
}
