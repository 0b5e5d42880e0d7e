namespace TelephonyHub.IntegrationTests.Hosting;

/// <summary>Missing or wrong settings stop the start with one line per fault, naming the key (contract, section 4). The process itself is asked.</summary>
public sealed class SettingsTests
{
    /// <summary>Every kind of wrong value at once; each must have its line.</summary>
    private static readonly Dictionary<string, string> Wrong = new(StringComparer.Ordinal)
    {
        ["Database__Provider"] = "Oracle",
        ["Hub__PublicUrl"] = "ftp://hub",
        ["Hosting__TrustedProxies__0"] = "proxy.example",
        ["Uis__CallApiUrl"] = "callapi",
        ["Uis__DataApiUrl"] = "dataapi",
        ["Cabinets__msk__TimeZone"] = "Mars/Olympus",
        ["Cabinets__msk__RegionTimeZone"] = "MSK+3",
        ["Cabinets__msk__RegionDigit"] = "12",
        ["Cabinets__msk__AllowedSources__0"] = "999.1.1.1",
        ["Cabinets__msk__AllowedSources__1"] = "10.0.0.0/99",
        ["Cabinets__msk__Numbers__0"] = "abc",
        ["Cabinets__msk__GroupPhones__0"] = "+x",
        ["Cabinets__msk__GroupPhones__1"] = " ",
        ["Cabinets__msk__DutyPhones__0"] = "duty",
        ["Cabinets__msk__FallbackCode"] = "-1",
        ["Cabinets__msk__NightCode"] = "night",
        ["Cabinets__msk__ChainMode"] = "Sometimes",
        ["Cabinets__msk__SyncFrom"] = "soon",
        ["Cabinets__msk__Mode"] = "1",
        ["Managers__0__ContactId"] = "17",
        ["Managers__0__Employees__0"] = "nowhere:1",
        ["Managers__0__Employees__1"] = "msk",
        ["Creatio__BaseUrl"] = "crm",
        ["Creatio__Flavor"] = "Vanilla",
        ["Creatio__Auth__Mode"] = "Magic",
        ["Routing__BudgetMs"] = "0",
        ["Routing__CrmBudgetMs"] = "half a second",
        ["Routing__CommonNumbers__0"] = "abc",
        ["Routing__UseExtensions"] = "maybe",
        ["Directory__RefreshSeconds"] = "0",
        ["Sync__SettleSeconds"] = "-1",
        ["Sync__DealEntity"] = "Invoice",
        ["Sync__DefaultOwnerId"] = "1",
        ["Reconciliation__IntervalSeconds"] = "0",
        ["Reconciliation__LookbackHours"] = "0",
        ["Auth__ApiKeys__0__Name"] = "key",
        ["Auth__ApiKeys__0__Key"] = "secret-of-the-key",
        ["Auth__ApiKeys__0__Roles__0"] = "king",
    };

    [Fact]
    public async Task Start_WithoutAnySettings_NamesEveryRequiredKeyAndEnds()
    {
        await using var hub = HubProcess.Start(new Dictionary<string, string>(StringComparer.Ordinal));

        var (exitCode, errors) = await hub.EndAsync();

        exitCode.Should().NotBe(0);
        foreach (var key in new[] { "Creatio__BaseUrl", "Creatio__Auth__UserName", "Creatio__Auth__Password", "Auth__Admin__UserName", "Auth__Admin__Password", "Cabinets" })
        {
            errors.Should().ContainSingle(line => line.StartsWith(key + " ", StringComparison.Ordinal));
        }

        errors.Should().NotContain(line => line.Contains("Exception") || line.TrimStart().StartsWith("at "), "an operator reads lines, not stack traces");
    }

    [Fact]
    public async Task Start_CabinetOrOAuthIncomplete_NamesWhatIsMissing()
    {
        var environment = HubProcess.Required;
        environment["Creatio__Auth__Mode"] = "OAuth";
        environment["Cabinets__spb__Name"] = "Petersburg";
        await using var hub = HubProcess.Start(environment);

        var (exitCode, errors) = await hub.EndAsync();

        exitCode.Should().NotBe(0);
        foreach (var key in new[] { "Creatio__Auth__ClientId", "Creatio__Auth__ClientSecret", "Creatio__Auth__TokenUrl", "Cabinets__spb__TimeZone", "Cabinets__spb__WebhookToken", "Cabinets__spb__AccessToken" })
        {
            errors.Should().ContainSingle(line => line.StartsWith(key + " ", StringComparison.Ordinal));
        }

        errors.Should().HaveCount(7, "six faults and the line above them");
    }

    [Fact]
    public async Task Start_WithWrongValues_HasOneLinePerFaultNamingTheKey()
    {
        var environment = HubProcess.Required;
        foreach (var (key, value) in Wrong)
        {
            environment[key] = value;
        }

        await using var hub = HubProcess.Start(environment);

        var (exitCode, errors) = await hub.EndAsync();

        exitCode.Should().NotBe(0);
        foreach (var key in Wrong.Keys.Except(["Auth__ApiKeys__0__Name", "Auth__ApiKeys__0__Key", "Auth__ApiKeys__0__Roles__0"]))
        {
            errors.Where(line => line.StartsWith(key + " ", StringComparison.Ordinal)).Should().ContainSingle(key);
        }

        errors.Should().ContainSingle(line => line.StartsWith("Auth__ApiKeys__0__Roles", StringComparison.Ordinal) && line.Contains("king"));
        errors.Should().NotContain(line => line.Contains("secret-of-the-key") || line.Contains("webhook-token") || line.Contains("crm-password"));
    }

    [Fact]
    public async Task Start_TwoCabinetsWithOneDigitAndOneNumber_NamesThem()
    {
        var environment = HubProcess.Required;
        foreach (var (key, value) in new[] { ("Name", "Petersburg"), ("TimeZone", "Europe/Moscow"), ("WebhookToken", "t"), ("AccessToken", "a"), ("RegionDigit", "1"), ("Numbers__0", "84951230001") })
        {
            environment[$"Cabinets__spb__{key}"] = value;
        }

        (environment["Cabinets__msk__RegionDigit"], environment["Cabinets__msk__Numbers__0"]) = ("1", "+7 495 123-00-01");
        await using var hub = HubProcess.Start(environment);

        var (exitCode, errors) = await hub.EndAsync();

        exitCode.Should().NotBe(0);
        errors.Should().HaveCount(3).And.Contain(line => line.Contains("RegionDigit")).And.Contain(line => line.Contains("Numbers"));
        errors.Should().NotContain(line => line.Contains("4951230001"));
    }

    [Fact]
    public async Task Start_WithTheRequiredSettingsOnly_RunsWithoutCrmAndUis_AndEndsOrderly()
    {
        var environment = HubProcess.Required;
        (environment["Uis__CallApiUrl"], environment["Uis__DataApiUrl"]) = ("http://127.0.0.1:9/v4.0", "http://127.0.0.1:9/v2.0");
        await using var hub = HubProcess.Start(environment);
        using var http = new HttpClient { BaseAddress = await hub.ListeningAsync() };

        (await http.GetStringAsync("/health/live")).Should().Contain("alive");
        await Support.HubWorld.EventuallyAsync(async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode, "the first try has failed");
        (await http.GetStringAsync("/health/ready")).Should().Contain("degraded");
        (await http.GetAsync("/uis/msk/route?token=webhook-token&numa=79035550001")).EnsureSuccessStatusCode();
        hub.Terminate();

        (await hub.EndAsync()).ExitCode.Should().Be(0);
    }
}
