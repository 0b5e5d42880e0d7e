using System.Text.Json.Nodes;

namespace TelephonyHub.Tests.Package;

/// <summary>The replaced <c>ClientMessageBridge</c> over the documented client API, on Creatio and on BPMSoft.</summary>
public sealed class ClassicBridgeTests
{
    [Theory]
    [InlineData("Terrasoft")]
    [InlineData("BPMSoft")]
    public void Ringing_KnownClient_ShowsWhatRowENames(string vendor)
    {
        var tab = BrowserTab.Classic(vendor);

        tab.Receive(CardPayload.Known());

        var card = tab.Cards.Should().ContainSingle().Subject;
        card.Should().ContainAll(
            "Входящий звонок", "Иван Петров", "+79035550001", "Москва", "+74951234567", "Клиент", "ООО «Ромашка»", "Борис Петров", "Поставка крепежа, Переговоры", "входящий, пропущен");
        tab.Buttons.Should().Equal("Открыть", "Открыть сделку", "Закрыть");
        tab.Opened.Should().BeEmpty("nothing opens by itself: it could cost what was just typed");
        tab.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Terrasoft")]
    [InlineData("BPMSoft")]
    public void Open_KnownClient_OpensHisPage(string vendor)
    {
        var tab = BrowserTab.Classic(vendor);
        tab.Receive(CardPayload.Known());

        tab.Click("Открыть");
        tab.Click("Открыть сделку");

        tab.Opened.Select(o => o!["hash"]!.GetValue<string>()).Should().Equal($"CardModuleV2/ContactPageV2/edit/{CardPayload.Contact}", $"CardModuleV2/OpportunityPageV2/edit/{CardPayload.Deal}");
    }

    [Fact]
    public void NewContact_UnknownCaller_OpensANewPageWithTheNumberFilledIn()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Unknown());

        tab.Cards.Single().Should().Contain("Неизвестный номер");
        tab.Buttons.Should().Equal("Новый контакт", "Закрыть");
        tab.Click("Новый контакт");

        var state = tab.Opened.Single()!["stateObj"]!;
        state["operation"]!.GetValue<string>().Should().Be("add");
        state["entitySchemaName"]!.GetValue<string>().Should().Be("Contact");
        state["valuePairs"]!.AsArray().Single()!.ToJsonString().Should().Be("""{"name":"MobilePhone","value":"\u002B79035550001"}""");
    }

    [Fact]
    public void Ringing_AccountOnly_OpensTheAccount()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Unknown().With("accountId", CardPayload.Account).With("name", "АО «Василёк»"));

        tab.Click("Открыть");

        tab.Opened.Single()!["hash"]!.GetValue<string>().Should().Be($"CardModuleV2/AccountPageV2/edit/{CardPayload.Account}");
    }

    [Fact]
    public void Ringing_SeveralHaveTheNumber_LetsTheManagerChoose()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Known().With("dealId", null).With("choices", new JsonArray(
            new JsonObject { ["contactId"] = CardPayload.Contact, ["name"] = "Двойной Первый", ["ownerName"] = "Борис Петров" },
            new JsonObject { ["contactId"] = CardPayload.Other, ["name"] = "Двойной Второй", ["accountName"] = "ООО «Ромашка»" })));

        tab.Buttons.Should().Equal("Двойной Первый, Борис Петров", "Двойной Второй, ООО «Ромашка»", "Закрыть");
        tab.Click("Двойной Второй, ООО «Ромашка»");

        tab.Opened.Single()!["hash"]!.GetValue<string>().Should().EndWith(CardPayload.Other);
    }

    [Fact]
    public void Ringing_NumberWithheld_OffersNothingToOpen()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Unknown().With("phone", null));

        tab.Cards.Single().Should().Contain("Номер скрыт");
        tab.Buttons.Should().Equal("Закрыть");
    }

    [Fact]
    public void Ended_AfterRinging_TakesTheCardAway()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Known());
        tab.Receive(CardPayload.Unknown());

        tab.Receive(CardPayload.Known("ended"));

        tab.Cards.Should().ContainSingle().Which.Should().Contain("Неизвестный номер");
    }

    [Fact]
    public void Answered_AfterRinging_LeavesOnlyANarrowBarUntilTheEnd()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Known());

        tab.Receive(CardPayload.Known("answered"));

        tab.Cards.Should().ContainSingle().Which.Should().Contain("Идёт разговор").And.NotContain("Входящий звонок").And.NotContain("Набран номер");
        tab.Buttons.Should().Contain("Открыть", "who talks still needs the client");
        tab.Receive(CardPayload.Known("ended"));
        tab.Cards.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ended", "ringing")]
    [InlineData("ended", "answered")]
    [InlineData("answered", "ringing")]
    public void Receive_TwoMessagesOutOfOrder_TheLaterStateStays(string first, string second)
    {
        var tab = BrowserTab.Classic();

        tab.Receive(CardPayload.Known(first));
        var shown = tab.Cards;
        tab.Receive(CardPayload.Known(second));

        tab.Cards.Should().Equal(shown);
    }

    [Fact]
    public void Receive_TheSameTwice_ShowsOneCard()
    {
        var tab = BrowserTab.Classic();

        tab.Receive(CardPayload.Known());
        tab.Receive(CardPayload.Known());

        tab.Cards.Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("""{"event":"ringing","seq":1}""")]
    [InlineData("""{"event":"ringing","seq":1,"callId":7}""")]
    [InlineData("""{"event":"toString","seq":1,"callId":"a"}""")]
    [InlineData("""{"event":"ringing","seq":"1","callId":"a"}""")]
    [InlineData("""{"event":"ringing","seq":1.5,"callId":"a"}""")]
    [InlineData("""{"event":"ringing","seq":0,"callId":"a"}""")]
    public void Receive_WrongPayload_ShowsNothingAndHurtsNothing(string body)
    {
        var tab = BrowserTab.Classic();

        tab.ReceiveText(body);
        tab.Receive(CardPayload.Known());

        tab.Cards.Should().ContainSingle().Which.Should().Contain("Иван Петров");
        tab.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("toString")]
    public void Receive_CallIdNamedLikeAPropertyOfObjects_IsACallLikeAnother(string call)
    {
        var tab = BrowserTab.Classic();

        tab.Receive(CardPayload.Known(call: call));
        tab.Receive(CardPayload.Known("ended", call));

        tab.Cards.Should().BeEmpty();
        tab.Errors.Should().BeEmpty();
    }

    [Fact]
    public void Receive_MarkupAndForeignIds_AreTextAndNoButtons()
    {
        var tab = BrowserTab.Classic();

        // The stub's innerHTML throws.
        tab.Receive(CardPayload.Known().With("name", "<img src=x onerror=alert(1)>").With("contactId", "../../evil").With("dealId", "javascript:alert(1)").With("url", "https://evil.example/"));

        tab.Cards.Single().Should().Contain("<img src=x onerror=alert(1)>");
        tab.Buttons.Should().Equal("Новый контакт", "Закрыть");
    }

    [Fact]
    public void Receive_MessageOfAnotherSender_GoesOnAsBefore()
    {
        var tab = BrowserTab.Classic();

        tab.ReceiveText(CardPayload.Known().ToJsonString(), "NotificationInfo");
        tab.Receive(CardPayload.Known());

        tab.Text("JSON.stringify(bridge.parentsSaw)").Should().Be("""[["SocketMessageReceived",null],["UsrTelephonyHub",false]]""", "the parent hears of each, and no card is kept for a listener to come");
        tab.Cards.Should().ContainSingle();
    }

    [Fact]
    public void Close_ByTheManager_KeepsThisCallAway()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Known());

        tab.Click("Закрыть");
        tab.Receive(CardPayload.Known("answered"));

        tab.Cards.Should().BeEmpty();
    }

    [Fact]
    public void Ringing_TheEndIsLost_TheCardGoesByItself()
    {
        var tab = BrowserTab.Classic();
        tab.Receive(CardPayload.Known());

        tab.Run("pass(179999)");
        tab.Cards.Should().ContainSingle();
        tab.Run("pass(180000)");

        tab.Cards.Should().BeEmpty();
    }

    [Fact]
    public void Ringing_TabIsHiddenAndNotificationsAreAllowed_NotifiesOnceAndTakesItBack()
    {
        var tab = BrowserTab.Classic();
        tab.Run("document.visibilityState = 'hidden'; Notification.permission = 'granted'");

        tab.Receive(CardPayload.Known());

        tab.Text("JSON.stringify(notifications.map(n => [n.title, n.options.body, n.options.tag, n.open]))").Should().Be("""[["Входящий звонок","Иван Петров +79035550001","msk:500000001",true]]""");
        tab.Receive(CardPayload.Known("answered"));
        tab.Text("notifications[0].open").Should().Be("false");
    }

    [Theory]
    [InlineData("visible", "granted")]
    [InlineData("hidden", "denied")]
    public void Ringing_SeenOrNotAllowed_DoesNotNotify(string visibility, string permission)
    {
        var tab = BrowserTab.Classic();
        tab.Run($"document.visibilityState = '{visibility}'; Notification.permission = '{permission}'");

        tab.Receive(CardPayload.Known());

        tab.Text("notifications.length").Should().Be("0");
    }

    [Fact]
    public void Ringing_EnglishPage_SpeaksEnglish()
    {
        var tab = BrowserTab.Classic();
        tab.Run("document.documentElement.lang = 'en-US'");

        tab.Receive(CardPayload.Unknown());

        tab.Cards.Single().Should().Contain("Incoming call").And.Contain("Unknown number");
        tab.Buttons.Should().Equal("New contact", "Close");
    }
}
