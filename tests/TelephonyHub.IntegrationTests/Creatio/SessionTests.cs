using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using WireMock;

namespace TelephonyHub.IntegrationTests.Creatio;

public sealed class SessionTests
{
    private const string OneRow = """{"@odata.context":"x","value":[{"Id":"5d2a6a6e-1111-4222-8333-444455556666","Name":"Ivan Petrov"}]}""";
    private static readonly ODataQuery Contacts = new("Contact");
    private static readonly JsonObject Values = new() { ["Id"] = "5d2a6a6e-1111-4222-8333-444455556666", ["Name"] = "John Best" };

    public static TheoryData<string> Symptoms => ["redirect", "401", "shell"];

    [Theory]
    [MemberData(nameof(Symptoms))]
    public async Task Read_SessionEnded_LogsInOnceAndAsksAgain(string symptom)
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.OnSession("GET", "/0/odata/Contact", Symptom(symptom), _ => CreatioStub.Reply(200, OneRow));
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);
        crm.EndedUpTo = 1;

        var rows = await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        rows.Should().ContainSingle().Which.GetText("Name").Should().Be("Ivan Petrov");
        crm.Logins.Should().Be(2);
        CreatioStub.Header(crm.Requests[^1], "Cookie").Should().Contain("session-2").And.NotContain("session-1");
    }

    [Theory]
    [MemberData(nameof(Symptoms))]
    public async Task Write_SessionEnded_IsSentAgainOnce(string symptom)
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.OnSession("POST", "/0/odata/Contact", Symptom(symptom), _ => CreatioStub.Reply(201, "{}"));
        crm.EndedUpTo = 1;

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        crm.Logins.Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(Symptoms))]
    public async Task Read_RefusedAgainAfterLogin_IsAuthentication(string symptom)
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.OnSession("GET", "/0/odata/Contact", Symptom(symptom), _ => CreatioStub.Reply(200, OneRow));
        crm.EndedUpTo = int.MaxValue;

        var act = () => crm.Client.QueryAsync(Contacts, CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Authentication);
        crm.Logins.Should().Be(2);
        crm.Client.AuthState.Status.Should().Be(CreatioAuthStatus.Refused);
    }

    [Fact]
    public async Task Read_FiftyAtOnceWithAnEndedSession_MakeOneLogin()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        crm.OnAsync("GET", "/0/odata/Contact", async request =>
        {
            if (CreatioStub.SessionOf(request) > crm.EndedUpTo)
            {
                return CreatioStub.Reply(200, OneRow);
            }

            // All fifty are out with the old session before the first learns that it is over.
            if (Interlocked.Increment(ref arrived) == 50)
            {
                all.SetResult();
            }

            await all.Task;
            return CreatioStub.Refused401();
        });
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);
        crm.EndedUpTo = 1;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => crm.Client.QueryAsync(Contacts, CancellationToken.None)));

        answers.Should().OnlyContain(rows => rows.Count == 1);
        crm.Logins.Should().Be(2, "the first request logged in, and then all fifty together once more");
    }

    [Fact]
    public async Task Read_FiftyAtOnceWithoutASession_MakeOneLogin()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, OneRow));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => crm.Client.QueryAsync(Contacts, CancellationToken.None)));

        crm.Logins.Should().Be(1);
    }

    [Fact]
    public async Task Login_OneCallerGivesUp_ServesTheOthers()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        var login = new TaskCompletionSource<ResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        crm.OnAsync("POST", "/ServiceModel/AuthService.svc/Login", _ =>
        {
            asked.TrySetResult();
            return login.Task;
        });
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, OneRow));
        using var impatient = new CancellationTokenSource();
        var first = crm.Client.QueryAsync(Contacts, impatient.Token);
        var second = crm.Client.QueryAsync(Contacts, CancellationToken.None);
        await asked.Task;

        await impatient.CancelAsync();
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        login.SetResult(CreatioStub.Reply(200, """{"Code":0}""", cookies: ["BPMCSRF=1"]));

        (await second).Should().HaveCount(1);
    }

    [Fact]
    public async Task Write_StaleCsrf_IsSentAgainWithTheNewOne()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("POST", "/0/odata/Contact", request => CreatioStub.Header(request, "BPMCSRF") == "csrf-2" ? CreatioStub.Reply(201, "{}") : CreatioStub.Reply(403));

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        crm.Logins.Should().Be(2);
    }

    [Fact]
    public async Task Read_403ThatOutlivesALogin_IsPermanentAndCostsOneLoginOnly()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/SysAdminUnit", _ => CreatioStub.Reply(403, "<html>Forbidden</html>", "text/html"));

        for (var i = 0; i < 3; i++)
        {
            var act = () => crm.Client.QueryAsync(new ODataQuery("SysAdminUnit"), CancellationToken.None);
            (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Permanent);
        }

        crm.Logins.Should().Be(2);
    }

    [Fact]
    public async Task Read_403ThatNamesRights_CostsNoLogin()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(403, """{"Message":"m","ExceptionMessage":"no","ExceptionType":"System.Security.SecurityException"}"""));

        var act = () => crm.Client.QueryAsync(Contacts, CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Permanent);
        crm.Logins.Should().Be(1);
    }

    [Fact]
    public async Task Answer_RenewsACookie_IsTakenOver()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, OneRow, cookies: [".ASPXAUTH=slid; path=/0"]));

        await crm.Client.QueryAsync(Contacts, CancellationToken.None);
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        CreatioStub.Header(crm.Requests[^1], "Cookie").Should().Contain(".ASPXAUTH=slid").And.Contain("BPMCSRF=csrf-1");
    }

    [Fact]
    public async Task Write_NoAnswerInTime_IsTransientAndMayHaveBeenApplied()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        var never = new TaskCompletionSource<ResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        crm.OnAsync("POST", "/0/odata/Contact", _ =>
        {
            asked.TrySetResult();
            return never.Task;
        });

        var write = crm.Client.CreateAsync("Contact", Values, CancellationToken.None);
        await asked.Task;
        crm.Time.Advance(TimeSpan.FromSeconds(31));

        var failure = (await FluentActions.Awaiting(() => write).Should().ThrowAsync<CreatioException>()).Which;
        (failure.Failure, failure.MayHaveBeenApplied).Should().Be((CreatioFailure.Transient, true));
        never.SetResult(CreatioStub.Reply(201));
    }

    [Fact]
    public async Task Write_ServerIsNotThere_WasNotApplied()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var http = new HttpClient(CreatioClient.CreateHandler());
        var options = new CreatioOptions { BaseUrl = new Uri($"http://127.0.0.1:{port}"), UserName = "u", Password = "p" };
        using var client = new CreatioClient(http, options, TimeProvider.System, NullLogger<CreatioClient>.Instance);

        var act = () => client.CreateAsync("Contact", Values, CancellationToken.None);

        var failure = (await act.Should().ThrowAsync<CreatioException>()).Which;
        (failure.Failure, failure.MayHaveBeenApplied).Should().Be((CreatioFailure.Transient, false));
        client.AuthState.Status.Should().Be(CreatioAuthStatus.Unknown);
    }

    [Fact]
    public async Task Write_ConnectionBreaksBeforeTheAnswer_MayHaveBeenApplied()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ServeLoginThenHangUpAsync(listener);
        using var http = new HttpClient(CreatioClient.CreateHandler());
        var options = new CreatioOptions { BaseUrl = new Uri($"http://{listener.LocalEndpoint}"), UserName = "u", Password = "p" };
        using var client = new CreatioClient(http, options, TimeProvider.System, NullLogger<CreatioClient>.Instance);

        var act = () => client.CreateAsync("Contact", Values, CancellationToken.None);

        var failure = (await act.Should().ThrowAsync<CreatioException>()).Which;
        (failure.Failure, failure.MayHaveBeenApplied).Should().Be((CreatioFailure.Transient, true));
        (await server).Should().StartWith("POST /0/odata/Contact", "the write went out");
    }

    [Fact]
    public async Task Write_CallerGivesUp_IsCancellationAndNoFailure()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => crm.Client.CreateAsync("Contact", Values, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<string> ServeLoginThenHangUpAsync(TcpListener listener)
    {
        using (var login = await listener.AcceptTcpClientAsync())
        {
            await ReadRequestAsync(login);
            await login.GetStream().WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: BPMCSRF=1\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{\"Code\":0}"u8.ToArray());
        }

        using var write = await listener.AcceptTcpClientAsync();
        return await ReadRequestAsync(write);
    }

    /// <summary>Reads to the end of the JSON body; closing with bytes unread would reset the connection instead of ending it.</summary>
    private static async Task<string> ReadRequestAsync(TcpClient connection)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        do
        {
            var read = await connection.GetStream().ReadAsync(buffer.AsMemory(length));
            length = read == 0 ? throw new IOException("The client hung up.") : length + read;
        }
        while (buffer[length - 1] != (byte)'}');

        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static Func<ResponseMessage> Symptom(string name) => name switch
    {
        "redirect" => CreatioStub.Redirect,
        "401" => CreatioStub.Refused401,
        _ => CreatioStub.LoginShell,
    };
}
