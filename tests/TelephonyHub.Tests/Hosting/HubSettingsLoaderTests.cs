using Microsoft.Extensions.Configuration;
using TelephonyHub.Cabinets;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;

namespace TelephonyHub.Tests.Hosting;

/// <summary>Contract, section 4: a missing or wrong setting stops the start with one line per fault, naming the key.</summary>
public sealed class HubSettingsLoaderTests
{
    private static readonly (string, string?)[] OAuth =
    [
        ("Creatio:Auth:Mode", "OAuth"), ("Creatio:UserName", null), ("Creatio:Password", null), ("Creatio:Auth:ClientId", "id"), ("Creatio:Auth:ClientSecret", "secret"),
        ("Creatio:Auth:TokenUrl", "https://id.example/connect/token"),
    ];

    [Theory]
    [InlineData("Creatio:BaseUrl")]
    [InlineData("Auth:Admin:UserName")]
    [InlineData("Auth:Admin:Password")]
    [InlineData("Cabinets:rzn:Name")]
    [InlineData("Cabinets:rzn:TimeZone")]
    [InlineData("Cabinets:rzn:WebhookToken")]
    [InlineData("Cabinets:rzn:AccessToken")]
    public void Load_RequiredKeyMissing_OneFaultThatNamesIt(string key) => Faults((key, null)).Should().ContainSingle().Which.Should().Match($"*{key.Replace(":", "__", StringComparison.Ordinal)}*required*");

    [Fact]
    public void Load_LoginInsteadOfTheKey_Accepted()
    {
        var cabinet = Company.Settings(("Cabinets:rzn:AccessToken", null), ("Cabinets:rzn:Login", "api"), ("Cabinets:rzn:Password", "secret")).Cabinets[CabinetKey.Parse("rzn")];

        (cabinet.AccessToken, cabinet.Login, cabinet.Password).Should().Be((null, "api", "secret"));
    }

    [Theory]
    [InlineData("Login", "Password")]
    [InlineData("Password", "Login")]
    public void Load_HalfALogin_OneFaultThatNamesTheOtherHalf(string given, string missing) =>
        Faults(("Cabinets:rzn:AccessToken", null), ($"Cabinets:rzn:{given}", "x")).Should().ContainSingle().Which.Should().StartWith($"Cabinets__rzn__{missing} ");

    [Theory]
    [InlineData("Creatio:UserName")]
    [InlineData("Creatio:Password")]
    public void Load_FormsWithoutCredentials_OneFaultThatNamesIt(string key) =>
        Faults((key, null)).Should().ContainSingle().Which.Should().Contain(key.Split(':')[1]).And.StartWith("Creatio__");

    [Theory]
    [InlineData("Creatio:Auth:ClientId")]
    [InlineData("Creatio:Auth:ClientSecret")]
    [InlineData("Creatio:Auth:TokenUrl")]
    public void Load_OAuthWithoutCredentials_OneFaultThatNamesIt(string key) => Faults([.. OAuth, (key, null)]).Should().ContainSingle().Which.Should().Contain(key);

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:Provider", "1")]
    [InlineData("Hub:PublicUrl", "hub.example")]
    [InlineData("Hub:PublicUrl", "https://hub.example/a-path-that-leaves-no-room-for-the-code-of-a-recording-in-the-two-hundred-and-fifty-characters-of-a-link/a-path-that-leaves-no-room-for-the-code-of-a-recording-in-the-two-hundred-and-fifty-characters-of-a-link")]
    [InlineData("Hub:ConsoleLog", "maybe")]
    [InlineData("Recordings:Concurrency", "0")]
    [InlineData("Cabinets:rzn:RecordingArchive", "maybe")]
    [InlineData("Cabinets:rzn:RecordingRetentionDays", "0")]
    [InlineData("Hosting:TrustedProxies:0", "10.0.0.0/99")]
    [InlineData("Uis:CallApiUrl", "ftp://x")]
    [InlineData("Uis:DataApiUrl", "x")]
    [InlineData("Creatio:BaseUrl", "crm")]
    [InlineData("Creatio:Flavor", "Classic")]
    [InlineData("Creatio:Ui", "Angular")]
    [InlineData("Creatio:NewContactPage", "Contacts FormPage")]
    [InlineData("Creatio:NewContactPage", "1Page")]
    [InlineData("Creatio:Auth:Mode", "Basic")]
    [InlineData("Routing:BudgetMs", "fast")]
    [InlineData("Routing:BudgetMs", "0")]
    [InlineData("Routing:CrmBudgetMs", "-1")]
    [InlineData("Routing:CommonNumbers:0", "8-800")]
    [InlineData("Routing:UseExtensions", "maybe")]
    [InlineData("Routing:OnCall", "Never")]
    [InlineData("Routing:MaxPhones", "0")]
    [InlineData("Routing:LastTalkedDays", "-1")]
    [InlineData("Routing:IdenticalCallsPerMinute", "many")]
    [InlineData("Directory:RefreshSeconds", "0")]
    [InlineData("Sync:SettleSeconds", "2,5")]
    [InlineData("Sync:DealEntity", "Deal")]
    [InlineData("Sync:DefaultOwnerId", "Anna")]
    [InlineData("Reconciliation:IntervalSeconds", "often")]
    [InlineData("Reconciliation:LookbackHours", "0")]
    [InlineData("Cabinets:msk:TimeZone", "Moscow")]
    [InlineData("Cabinets:msk:RegionTimeZone", "Nowhere/Land")]
    [InlineData("Cabinets:msk:RegionDigit", "12")]
    [InlineData("Cabinets:msk:RegionDigit", "x")]
    [InlineData("Cabinets:msk:AllowedSources:0", "office")]
    [InlineData("Cabinets:msk:AllowedSources:0", " ")]
    [InlineData("Cabinets:msk:Numbers:0", "123")]
    [InlineData("Cabinets:msk:GroupPhones:0", "reception")]
    [InlineData("Cabinets:msk:DutyPhones:0", "")]
    [InlineData("Cabinets:msk:FallbackCode", "none")]
    [InlineData("Cabinets:msk:NightCode", "-5")]
    [InlineData("Cabinets:msk:ChainMode", "Ring")]
    [InlineData("Cabinets:msk:SyncFrom", "soon")]
    [InlineData("Cabinets:msk:Mode", "Off")]
    public void Load_WrongValue_OneFaultThatNamesTheKey(string key, string value)
    {
        var faults = Faults((key, value));

        faults.Should().ContainSingle().Which.Should().StartWith(key.Replace(":", "__", StringComparison.Ordinal) + " ").And.Contain($"({key})");
    }

    [Fact]
    public void Load_SeveralFaults_OneLineEachInOneGo()
    {
        var load = () => Company.Settings(("Auth:Admin:Password", null), ("Routing:BudgetMs", "x"), ("Cabinets:msk:AccessToken", null), ("Cabinets:sgt:TimeZone", "Mars"));

        load.Should().Throw<SettingsException>().Which.Message.Split(Environment.NewLine).Should().HaveCount(5, "a heading and one line per fault");
    }

    [Fact]
    public void Load_NothingAtAll_NamesEverythingThatIsRequired()
    {
        var faults = FluentActions.Invoking(() => HubSettingsLoader.Load(new ConfigurationBuilder().Build())).Should().Throw<SettingsException>().Which.Faults;

        faults.Should().HaveCount(6).And.Contain(f => f.StartsWith("Cabinets ", StringComparison.Ordinal)).And.Contain(f => f.StartsWith("Creatio__BaseUrl ", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_WrongCabinetKey_Named() => Faults(("Cabinets:новая:Name", "x")).Should().ContainSingle().Which.Should().Contain("Cabinets__новая");

    [Fact]
    public void Load_DigitOfTwoCabinets_Fault() => Faults(("Cabinets:spb:RegionDigit", "1")).Should().ContainSingle().Which.Should().Contain("RegionDigit").And.Contain("msk");

    [Fact]
    public void Load_NumberOfTwoCabinets_FaultWithoutTheWholeNumber() =>
        Faults(("Cabinets:spb:Numbers:0", Company.MoscowNumber)).Should().ContainSingle().Which.Should().Contain("Numbers").And.NotContain(Company.MoscowNumber);

    [Fact]
    public void Load_ApiKeyWithoutRoleOrWithAWrongOne_Fault()
    {
        Faults(("Auth:ApiKeys:0:Name", "erp"), ("Auth:ApiKeys:0:Key", "k")).Should().ContainSingle().Which.Should().Contain("Auth:ApiKeys:0:Roles");
        Faults(("Auth:ApiKeys:0:Name", "erp"), ("Auth:ApiKeys:0:Key", "k"), ("Auth:ApiKeys:0:Roles:0", "root")).Should().ContainSingle().Which.Should().Contain("'root'");
    }

    [Fact]
    public void Load_ApiKeyOfACabinetThatIsNotThere_FaultThatNamesIt() =>
        Faults(("Auth:ApiKeys:0:Name", "erp"), ("Auth:ApiKeys:0:Key", "k"), ("Auth:ApiKeys:0:Roles:0", "integration"), ("Auth:ApiKeys:0:Cabinets:0", "nowhere")).Should().ContainSingle().Which.Should().Contain("'nowhere'");

    [Fact]
    public void Load_OidcHalfSetUp_OneFaultForEachMissingKey() => Faults(("Auth:Oidc:Authority", "https://id.example")).Should().HaveCount(3)
        .And.Contain(f => f.Contains("Auth:Oidc:ClientId", StringComparison.Ordinal)).And.Contain(f => f.Contains("Auth:Oidc:ClientSecret", StringComparison.Ordinal)).And.Contain(f => f.Contains("Auth:Oidc:Roles", StringComparison.Ordinal));

    [Fact]
    public void Load_Oidc_MapsValuesOfTheProviderToRoles()
    {
        var oidc = Company.Settings(
            ("Auth:Oidc:Authority", "https://id.example"), ("Auth:Oidc:ClientId", "hub"), ("Auth:Oidc:ClientSecret", "secret"), ("Auth:Oidc:Roles:Supervisor:0", "heads"), ("Auth:Oidc:Roles:auditor:0", "audit")).Auth.Oidc!;

        oidc.Roles.Should().Contain("heads", "supervisor").And.Contain("audit", "auditor");
        oidc.RoleClaim.Should().Be("roles");
    }

    [Theory]
    [InlineData("msk")]
    [InlineData("msk:x")]
    [InlineData("kazan:8")]
    [InlineData("msk:8:9")]
    public void Load_ManagerOfAWrongEmployee_Fault(string employee) =>
        Faults(("Managers:0:ContactId", "a0000000-0000-0000-0000-000000000001"), ("Managers:0:Employees:0", employee)).Should().ContainSingle().Which.Should().Contain("Managers:0:Employees:0");

    [Fact]
    public void Load_PostgresWithoutConnectionString_Fault() => Faults(("Database:Provider", "Postgres")).Should().ContainSingle().Which.Should().Contain("ConnectionStrings__Hub");

    [Fact]
    public void Load_OnlyWhatIsRequired_Defaults()
    {
        var settings = Company.Settings();

        settings.DatabaseProvider.Should().Be(DatabaseProvider.Sqlite);
        settings.ConnectionString.Should().EndWith("hub.db");
        settings.Routing.Budget.Should().Be(TimeSpan.FromMilliseconds(800));
        settings.Routing.CrmBudget.Should().Be(TimeSpan.FromMilliseconds(500));
        settings.Routing.UseExtensions.Should().BeFalse();
        settings.DirectoryRefresh.Should().Be(TimeSpan.FromSeconds(60));
        settings.Sync.Settle.Should().Be(TimeSpan.FromSeconds(2));
        settings.Sync.DealEntity.Should().Be(DealEntity.Opportunity);
        settings.Sync.CallCreatedByEmployee.Should().BeFalse();
        settings.ReconciliationInterval.Should().Be(TimeSpan.FromSeconds(300));
        settings.ReconciliationLookback.Should().Be(TimeSpan.FromHours(24));
        settings.Creatio.Flavor.Should().Be(CreatioFlavor.Framework);
        settings.Creatio.Ui.Should().Be(CreatioUi.Classic);
        settings.Creatio.NewContactPage.Should().BeNull();
        settings.Creatio.AuthMode.Should().Be(CreatioAuthMode.Forms);
        settings.Uis.CallApiUrl.Should().Be(new Uri("https://callapi.uiscom.ru/v4.0"));
        settings.Uis.DataApiUrl.Should().Be(new Uri("https://dataapi.uiscom.ru/v2.0"));
        settings.Uis.MediaHosts.Should().Contain(["app.uiscom.ru", "media.uiscom.ru", "dataapi.uiscom.ru"]);
        settings.Cabinets[Company.Moscow].Should().Match<CabinetSettings>(c => c.ChainMode == ChainMode.Whole && c.FallbackCode == 0 && c.NightCode == null && c.SyncFrom == null && c.Mode == CabinetMode.On
            && c.AllowedSources.Count == 0);
    }

    [Fact]
    public void Load_NoRegionTimeZone_ThatOfTheAccount() => Company.Settings(("Cabinets:sgt:RegionTimeZone", null)).Cabinets[Company.Surgut].RegionTimeZone.Id.Should().Be("Europe/Moscow");

    [Fact]
    public void Load_MediaHostsConfigured_OnlyThose() => Company.Settings(("Uis:MediaHosts:0", "media.local")).Uis.MediaHosts.Should().BeEquivalentTo("media.local");

    [Theory]
    [InlineData("Creatio:UserName", "Creatio:Password")]
    [InlineData("Creatio:Auth:UserName", "Creatio:Auth:Password")]
    public void Load_CreatioCredentials_InBothSpellings(string user, string password)
    {
        var creatio = Company.Settings(("Creatio:UserName", null), ("Creatio:Password", null), (user, "u"), (password, "p")).Creatio;

        (creatio.UserName, creatio.Password).Should().Be(("u", "p"));
    }

    [Fact]
    public void Load_OAuth_ItsCredentialsAndNoForms()
    {
        var creatio = Company.Settings(OAuth).Creatio;

        (creatio.AuthMode, creatio.ClientId, creatio.ClientSecret).Should().Be((CreatioAuthMode.OAuth, "id", "secret"));
    }

    [Fact]
    public void Load_WebhookTokensOfARotation_AllValid() =>
        Company.Settings(("Cabinets:msk:WebhookTokens:0", "next")).Cabinets[Company.Moscow].WebhookTokens.Should().BeEquivalentTo("hook-msk", "next");

    [Fact]
    public void Load_DialNumbers_AsUisDialsThem() => Company.Settings(("Cabinets:msk:GroupPhones:0", "8 (495) 111-00-01"), ("Cabinets:msk:GroupPhones:1", "0083506"), ("Cabinets:msk:GroupPhones:2", "+74951110001"))
        .Cabinets[Company.Moscow].GroupPhones.Should().Equal("74951110001", "0083506");

    [Theory]
    [InlineData("2026-03-01", "2026-02-28T19:00:00Z")]
    [InlineData("2026-03-01T00:00:00+03:00", "2026-02-28T21:00:00Z")]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    public void Load_SyncFrom_WithoutOffsetTheCitysTime(string text, string expected) =>
        Company.Settings(("Cabinets:sgt:SyncFrom", text)).Cabinets[Company.Surgut].SyncFrom.Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Load_ManagerMapping_EmployeesOfTheirCabinets() =>
        Company.Settings(("Managers:0:ContactId", "a0000000-0000-0000-0000-000000000001"), ("Managers:0:Employees:0", "msk:8"), ("Managers:0:Employees:1", "SGT:3")).Managers.Should().ContainSingle()
            .Which.Employees.Should().Equal((Company.Moscow, 8L), (CabinetKey.Parse("sgt"), 3L));

    private static IReadOnlyList<string> Faults(params (string, string?)[] changes) =>
        FluentActions.Invoking(() => Company.Settings(changes)).Should().Throw<SettingsException>().Which.Faults;
}
