using System.Net;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>Sign-in with the company's own accounts: rights come from its claims, by the settings' table. The database plays no part.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private IdentityProvider _provider = null!;
    private HubWorld _world = null!;

    public async Task InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _world = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o =>
        {
            o.Settings["Auth:SignInsPerMinute"] = "1000";
            o.Settings["Auth:Oidc:Authority"] = _provider.Address;
            o.Settings["Auth:Oidc:ClientId"] = IdentityProvider.ClientId;
            o.Settings["Auth:Oidc:ClientSecret"] = IdentityProvider.ClientSecret;
            o.Settings["Auth:Oidc:Name"] = "Company & Co";
            o.Settings["Auth:Oidc:Roles:supervisor:0"] = "telephony-heads";
            o.Settings["Auth:Oidc:Roles:manager:0"] = "telephony-sales";
        });
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Supervisor_GetsRoleAndCabinetsFromTheToken()
    {
        _provider.Person = new(StringComparer.Ordinal) { ["sub"] = "42", ["preferred_username"] = "petrova", ["roles"] = new[] { "telephony-heads", "other" }, ["hub_cabinets"] = new[] { "SPB", "msk" } };
        using var person = new Person(_world);

        var last = await SignInAsync(person, "/r/abc");

        last.Headers.Location!.OriginalString.Should().Be("/r/abc");
        var me = (await person.GetAsync("/api/v1/me")).Json;
        me["name"]!.GetValue<string>().Should().Be("petrova");
        me["kind"]!.GetValue<string>().Should().Be("oidc");
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).Should().Equal("supervisor");
        me["cabinets"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("msk", "spb");
        (await person.GetAsync("/api/v1/cabinets")).Json["items"]!.AsArray().Select(c => c!["key"]!.GetValue<string>()).Should().Equal("msk", "spb");
        (await person.GetAsync("/api/v1/users")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await person.GetAsync("/console/password")).Text.Should().Contain("company&#39;s sign-in").And.NotContain("name=\"current\"");
    }

    [Fact]
    public async Task WhoHasNoRole_IsNotLetIn_AndIsToldSo()
    {
        _provider.Person = new(StringComparer.Ordinal) { ["sub"] = "43", ["preferred_username"] = "stranger", ["roles"] = "accounting" };
        using var person = new Person(_world);

        var last = await SignInAsync(person, "/");

        last.Headers.Location!.OriginalString.Should().Be("/sign-in?refused=role");
        (await person.GetAsync("/sign-in?refused=role")).Text.Should().Contain("no role here").And.Contain("Company &amp; Co");
        (await person.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task CallbackThatNobodyAskedFor_IsRefused()
    {
        using var person = new Person(_world);

        var answer = await person.GetAsync("/sign-in/oidc/callback?code=stolen&state=made-up");

        answer.Headers.Location!.OriginalString.Should().Be("/sign-in?refused=oidc");
        (await person.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>From the button to the hub's answer to the provider's redirect.</summary>
    private static async Task<Answer> SignInAsync(Person person, string returnUrl)
    {
        var begin = await person.GetAsync($"/sign-in/oidc?returnUrl={Uri.EscapeDataString(returnUrl)}");
        begin.Status.Should().Be(HttpStatusCode.Redirect, begin.Text);
        var back = await person.GetAsync(begin.Headers.Location!.ToString());
        return await person.GetAsync(back.Headers.Location!.ToString());
    }
}
