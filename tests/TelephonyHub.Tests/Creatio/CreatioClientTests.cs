using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Creatio;

namespace TelephonyHub.Tests.Creatio;

public sealed class CreatioClientTests
{
    private static readonly CreatioOptions Forms = new() { BaseUrl = new Uri("https://crm.example.com"), UserName = "u", Password = "p" };

    private static readonly CreatioOptions OAuth = new()
    {
        BaseUrl = new Uri("https://crm.example.com"),
        AuthMode = CreatioAuthMode.OAuth,
        ClientId = "hub",
        ClientSecret = "s",
        TokenUrl = new Uri("https://is.example.com"),
    };

    public static TheoryData<CreatioOptions> Incomplete =>
    [
        Forms with { Password = null },
        Forms with { UserName = "" },
        Forms with { BaseUrl = new Uri("crm", UriKind.Relative) },
        OAuth with { ClientSecret = null },
        OAuth with { TokenUrl = null },
        OAuth with { TokenUrl = new Uri("connect/token", UriKind.Relative) },
    ];

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Constructor_OptionsLackWhatTheModeNeeds_IsRefused(CreatioOptions options) =>
        FluentActions.Invoking(() => Client(options)).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData(CreatioFlavor.Framework, "https://crm.example.com/0/")]
    [InlineData(CreatioFlavor.Core, "https://crm.example.com/")]
    public void Root_EitherFlavour_HasItsPrefix(CreatioFlavor flavor, string root)
    {
        using var client = Client(Forms with { Flavor = flavor });

        client.Root.Should().Be(new Uri(root));
    }

    [Theory]
    [InlineData(CreatioFlavor.Core, CreatioUi.Freedom, null, "https://crm.example.com/Shell/#Card/Contacts_FormPage/add/MobilePhone/%2B79990000001")]
    [InlineData(CreatioFlavor.Framework, CreatioUi.Freedom, "UsrClient_FormPage", "https://crm.example.com/0/Shell/#Card/UsrClient_FormPage/add/MobilePhone/%2B79990000001")]
    [InlineData(CreatioFlavor.Core, CreatioUi.Classic, "UsrContactPage", "https://crm.example.com/Nui/ViewModule.aspx#CardModuleV2/UsrContactPage/add/MobilePhone/%2B79990000001")]
    public void NewContactLink_OfEitherUi_OpensItsPage(CreatioFlavor flavor, CreatioUi ui, string? page, string link)
    {
        using var client = Client(Forms with { Flavor = flavor, Ui = ui, NewContactPage = page });

        client.NewContactLink("+79990000001").AbsoluteUri.Should().Be(link);
    }

    [Fact]
    public void AuthState_BeforeTheFirstRequest_IsUnknown()
    {
        using var client = Client(OAuth);

        client.AuthState.Status.Should().Be(CreatioAuthStatus.Unknown);
    }

    [Fact]
    public void CreateHandler_ForSessions_NeitherFollowsRedirectsNorKeepsCookies()
    {
        using var handler = CreatioClient.CreateHandler();

        handler.Should().BeOfType<SocketsHttpHandler>().Which.Should().Match<SocketsHttpHandler>(one => !one.AllowAutoRedirect && !one.UseCookies);
    }

    [Fact]
    public void ToString_Options_HoldNoCredentials() => (OAuth with { ClientSecret = "geheim" }).ToString().Should().NotContain("geheim");

    private static CreatioClient Client(CreatioOptions options) => new(new HttpClient(), options, TimeProvider.System, NullLogger<CreatioClient>.Instance);
}
