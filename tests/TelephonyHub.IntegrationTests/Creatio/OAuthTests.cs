using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.IntegrationTests.Creatio;

public sealed class OAuthTests
{
    private static readonly ODataQuery Contacts = new("Contact");

    [Fact]
    public async Task Request_ClientCredentials_SendsTheTokenAndNeitherCookieNorCsrf()
    {
        using var crm = Stub(out _);

        await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        crm.Requests[0].Body.Should().Be("grant_type=client_credentials&client_id=hub&client_secret=a%2Bb%26c");
        CreatioStub.Header(crm.Requests[0], "Content-Type").Should().Be("application/x-www-form-urlencoded");
        var read = crm.Requests[1];
        CreatioStub.Header(read, "Authorization").Should().Be("Bearer token-1");
        foreach (var name in (string[])["Cookie", "BPMCSRF", "ForceUseSession"])
        {
            CreatioStub.Header(read, name).Should().BeNull();
        }
    }

    [Fact]
    public async Task Request_AMinuteBeforeTheEnd_UsesANewToken()
    {
        using var crm = Stub(out var tokens);
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        crm.Time.Advance(TimeSpan.FromSeconds(3539));
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);
        tokens().Should().Be(1);
        crm.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => crm.Client.QueryAsync(Contacts, CancellationToken.None)));

        tokens().Should().Be(2);
        CreatioStub.Header(crm.Requests[^1], "Authorization").Should().Be("Bearer token-2");
    }

    [Fact]
    public async Task Request_ShortLivedToken_IsUsedForHalfItsLife()
    {
        using var crm = Stub(out var tokens, expiresIn: "\"60\"");
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);
        crm.Time.Advance(TimeSpan.FromSeconds(29));
        await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        tokens().Should().Be(1);
    }

    [Fact]
    public async Task Request_TokenRevoked_AsksForANewOneOnce()
    {
        using var crm = Stub(out var tokens);
        crm.On("GET", "/0/odata/Contact", request => CreatioStub.Header(request, "Authorization") == "Bearer token-2" ? CreatioStub.Reply(200, """{"value":[]}""") : CreatioStub.Reply(401));

        await crm.Client.QueryAsync(Contacts, CancellationToken.None);

        tokens().Should().Be(2);
    }

    [Fact]
    public async Task Request_403_IsAMatterOfRightsAtOnce()
    {
        using var crm = Stub(out var tokens);
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(403));

        (await Failure(crm)).Failure.Should().Be(CreatioFailure.Permanent);
        tokens().Should().Be(1);
    }

    [Fact]
    public async Task Token_WrongSecret_IsAuthenticationAndStopsAfterTwo()
    {
        using var crm = new CreatioStub(mode: CreatioAuthMode.OAuth);
        crm.On("POST", "/connect/token", _ => CreatioStub.Reply(400, """{"error":"invalid_client"}"""));

        for (var i = 0; i < 3; i++)
        {
            (await Failure(crm)).Failure.Should().Be(CreatioFailure.Authentication);
        }

        crm.Requests.Should().HaveCount(2);
        crm.Client.AuthState.Reason.Should().Contain("invalid_client");
    }

    [Fact]
    public async Task Token_IdentityServiceDown_IsTransientWithItsWait()
    {
        using var crm = new CreatioStub(mode: CreatioAuthMode.OAuth);
        crm.On("POST", "/connect/token", _ => CreatioStub.Reply(503, headers: ("Retry-After", "7")));

        (await Failure(crm)).Should().Match<CreatioException>(failure => failure.Failure == CreatioFailure.Transient && failure.RetryAfter == TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task OwnContact_UserInfoNamesTheContact_IsItAndIsAskedOnce()
    {
        using var crm = Stub(out _);
        crm.On("POST", "/0/ServiceModel/UserInfoService.svc/GetCurrentUserInfo", _ => CreatioStub.Reply(200, """{"GetCurrentUserInfoResult":{"ContactId":"5d2a6a6e-1111-4222-8333-444455556666"}}"""));

        var first = await crm.Client.GetOwnContactIdAsync(CancellationToken.None);
        var second = await crm.Client.GetOwnContactIdAsync(CancellationToken.None);

        first.Should().Be(new Guid("5d2a6a6e-1111-4222-8333-444455556666")).And.Be(second);
        crm.Requests.Count(request => request.Path.EndsWith("GetCurrentUserInfo", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task OwnContact_NobodyTells_IsNull()
    {
        using var crm = Stub(out _);
        crm.On("POST", "/0/ServiceModel/UserInfoService.svc/GetCurrentUserInfo", _ => CreatioStub.Reply(404, "<html></html>", "text/html"));

        (await crm.Client.GetOwnContactIdAsync(CancellationToken.None)).Should().BeNull();
    }

    private static CreatioStub Stub(out Func<int> tokens, string expiresIn = "3600")
    {
        var given = 0;
        var crm = new CreatioStub(mode: CreatioAuthMode.OAuth);
        crm.On("POST", "/connect/token", _ => CreatioStub.Reply(200, $$"""{"access_token":"token-{{Interlocked.Increment(ref given)}}","expires_in":{{expiresIn}},"token_type":"Bearer"}"""));
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[]}"""));
        tokens = () => Volatile.Read(ref given);
        return crm;
    }

    private static async Task<CreatioException> Failure(CreatioStub crm)
    {
        var act = () => crm.Client.QueryAsync(Contacts, CancellationToken.None);
        return (await act.Should().ThrowAsync<CreatioException>()).Which;
    }
}
