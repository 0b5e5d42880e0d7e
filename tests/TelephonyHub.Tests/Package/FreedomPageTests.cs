namespace TelephonyHub.Tests.Package;

/// <summary>The handlers of a Freedom UI page over the documented <c>@creatio-devkit/common</c>.</summary>
public sealed class FreedomPageTests
{
    private const string Resume = "handle('crt.HandleViewModelResumeRequest')";
    private const string Pause = "handle('crt.HandleViewModelPauseRequest')";

    [Fact]
    public void Resume_ThenRinging_ShowsTheCardAndOpensTheRecord()
    {
        var tab = BrowserTab.Freedom();
        tab.Run(Resume);

        tab.Receive(CardPayload.Known());
        tab.Click("Открыть");

        tab.Cards.Should().ContainSingle().Which.Should().Contain("Иван Петров");
        tab.Opened.Single()!.ToJsonString().Should().Be($$"""{"type":"crt.UpdateRecordRequest","entityName":"Contact","recordId":"{{CardPayload.Contact}}","$context":true}""");
        tab.Text("passedOn.join()").Should().Be("crt.HandleViewModelResumeRequest");
    }

    [Fact]
    public void NewContact_UnknownCaller_CreatesWithTheNumberFilledIn()
    {
        var tab = BrowserTab.Freedom();
        tab.Run(Resume);
        tab.Receive(CardPayload.Unknown());

        tab.Click("Новый контакт");

        var request = tab.Opened.Single()!;
        request["type"]!.GetValue<string>().Should().Be("crt.CreateRecordRequest");
        request["entityName"]!.GetValue<string>().Should().Be("Contact");
        var value = request["defaultValues"]!.AsArray().Single()!;
        value["attributeName"]!.GetValue<string>().Should().Be("MobilePhone");
        value["value"]!.GetValue<string>().Should().Be("+79035550001");
    }

    [Fact]
    public void Resume_TwiceBeforeTheSubscriptionStands_SubscribesOnce()
    {
        var tab = BrowserTab.Freedom();
        tab.Run("holdSubscriptions = true");
        tab.Run(Resume);
        tab.Run(Resume);

        tab.Run("held.forEach(stand => stand())");

        tab.Text("subscriptions.length").Should().Be("1");
    }

    [Fact]
    public void Pause_WhileSubscribing_LeavesNoSubscriptionBehind()
    {
        var tab = BrowserTab.Freedom();
        tab.Run("holdSubscriptions = true");
        tab.Run(Resume);
        tab.Run(Pause);

        tab.Run("held.forEach(stand => stand())");

        tab.Text("subscriptions.length").Should().Be("0");
        tab.Text("passedOn.length").Should().Be("2");
    }

    [Fact]
    public void Pause_AndResumeAgain_SubscribesAnew()
    {
        var tab = BrowserTab.Freedom();
        tab.Run(Resume);
        tab.Run(Pause);
        tab.Text("subscriptions.length").Should().Be("0");

        tab.Run(Resume);
        tab.Receive(CardPayload.Known());

        tab.Cards.Should().ContainSingle();
    }

    [Fact]
    public void Resume_ChannelIsRefused_ThePageGoesOn()
    {
        var tab = BrowserTab.Freedom();
        tab.Run("failSubscriptions = true");
        tab.Run(Resume);
        tab.Errors.Should().ContainSingle().Which.Should().Contain("no cards on this page");

        tab.Run(Pause);
        tab.Run("failSubscriptions = false");
        tab.Run(Resume);

        tab.Text("subscriptions.length").Should().Be("1");
    }

    [Fact]
    public void Receive_BothBridgeAndPageListen_ShowOneCard()
    {
        var tab = BrowserTab.Classic();
        tab.Run("var inShell = serverSends");
        tab.Run(PackageFiles.Stub("creatio-freedom.js"));
        tab.Run(PackageFiles.Read("FreedomPage/UsrTelephonyHub_Page.js"));
        tab.Run("var onPage = serverSends; serverSends = (sender, body) => { inShell(sender, body); onPage(sender, body); }");
        tab.Run(Resume);

        tab.Receive(CardPayload.Known());
        tab.Cards.Should().ContainSingle();
        tab.Receive(CardPayload.Known("ended"));

        tab.Cards.Should().BeEmpty();
    }
}
