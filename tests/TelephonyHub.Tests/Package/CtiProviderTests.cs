namespace TelephonyHub.Tests.Package;

/// <summary>The sketch of a CTI provider: Creatio's own play buttons find the hub's recordings.</summary>
public sealed class CtiProviderTests
{
    private const string Files = """
        var asked = [];
        var database = (schema, filters, columns) => {
          asked.push([schema, ...filters.map(f => f.column + "=" + f.value)].join(";"));
          return [{ Name: "https://hub.example/r/7f3c" }, { Name: "javascript:alert(1)" }, { Name: "договор.pdf" }];
        };
        """;

    [Theory]
    [InlineData("Terrasoft")]
    [InlineData("BPMSoft")]
    public void QueryCallRecords_CallWithALink_GivesTheHubsLinksOnly(string vendor)
    {
        var tab = Start(vendor, Files);

        tab.Run($"var urls; {vendor}.UsrHubCtiProvider.queryCallRecords('msk:500000001', found => urls = found)");

        tab.Text("JSON.stringify(urls)").Should().Be("""["https://hub.example/r/7f3c"]""");
        tab.Text("asked.join()").Should().Be("CallFile;Call.IntegrationId=msk:500000001;Type=539bc2f8-0ee0-df11-971b-001d60e938c6");
    }

    [Fact]
    public void QueryCallRecords_TheReadFails_GivesNone()
    {
        var tab = Start("Terrasoft", "var database = () => null;");

        tab.Run("var urls; Terrasoft.UsrHubCtiProvider.queryCallRecords('msk:1', found => urls = found)");

        tab.Text("JSON.stringify(urls)").Should().Be("[]");
    }

    [Fact]
    public void Provider_EveryAbstractMethod_IsThereAndTheProviderStarts()
    {
        var tab = Start("Terrasoft", Files);

        tab.Run("var provider = Terrasoft.UsrHubCtiProvider; provider.init(); provider.abstractNames.filter(n => n !== 'queryCallRecords').forEach(n => provider[n]())");

        tab.Text("provider.fired.join()").Should().Be("initialized");
        tab.Text("JSON.stringify(provider.getCapabilities())").Should().Be("""{"callCapabilities":0,"agentCapabilities":4}""");
    }

    private static BrowserTab Start(string vendor, string database)
    {
        var tab = BrowserTab.Classic(vendor);
        tab.Run(database);
        tab.Run(PackageFiles.Read("CtiProvider/UsrHubCtiProvider.js"));
        tab.Run("load('UsrHubCtiProvider')");
        return tab;
    }
}
