using TelephonyHub.Creatio;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class CreatioEndpointsTests
{
    [Theory]
    [InlineData("https://crm.example.com", CreatioFlavor.Framework, "https://crm.example.com/0/odata/", "https://crm.example.com/ServiceModel/AuthService.svc/Login")]
    [InlineData("https://crm.example.com/0/", CreatioFlavor.Framework, "https://crm.example.com/0/odata/", "https://crm.example.com/ServiceModel/AuthService.svc/Login")]
    [InlineData("https://crm.example.com/", CreatioFlavor.Core, "https://crm.example.com/odata/", "https://crm.example.com/ServiceModel/AuthService.svc/Login")]
    [InlineData("https://host/crm", CreatioFlavor.Framework, "https://host/crm/0/odata/", "https://host/crm/ServiceModel/AuthService.svc/Login")]
    public void Addresses_OfEitherFlavour_HaveThePrefixOnlyBelowTheSite(string site, CreatioFlavor flavor, string odata, string login)
    {
        var endpoints = Of(site, flavor);

        endpoints.OData.Should().Be(new Uri(odata));
        endpoints.Login.Should().Be(new Uri(login));
    }

    [Theory]
    [InlineData("https://crm.example.com/0/odata/Contact?$skiptoken=20000")]
    [InlineData("http://inner-host:8080/0/odata/Contact?$skiptoken=20000")]
    [InlineData("/0/odata/Contact?$skiptoken=20000")]
    [InlineData("Contact?$skiptoken=20000")]
    public void Page_AbsoluteRelativeOrForeignHost_StaysWithTheHostThatHasTheCredentials(string nextLink) =>
        Of("https://crm.example.com", CreatioFlavor.Framework).Page(nextLink).Should().Be(new Uri("https://crm.example.com/0/odata/Contact?$skiptoken=20000"));

    [Theory]
    [InlineData("https://evil.example.com/steal")]
    [InlineData("/steal?x=/odata/")]
    public void Page_OutsideOfTheService_IsRefused(string nextLink) =>
        FluentActions.Invoking(() => Of("https://crm.example.com", CreatioFlavor.Core).Page(nextLink)).Should().Throw<CreatioException>();

    private static CreatioEndpoints Of(string site, CreatioFlavor flavor) => new(new CreatioOptions { BaseUrl = new Uri(site), Flavor = flavor });
}
