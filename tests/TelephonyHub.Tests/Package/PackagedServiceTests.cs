using System.Security;
using System.Text.Json.Nodes;

namespace TelephonyHub.Tests.Package;

/// <summary><c>UsrTelephonyHubService</c> compiled and run against the documented server API.</summary>
public sealed class PackagedServiceTests
{
    private static readonly Guid Anna = new("aaaaaaaa-0000-4000-8000-000000000001");
    private static readonly Guid Boris = new("aaaaaaaa-0000-4000-8000-000000000002");
    private static readonly Guid Nobody = new("aaaaaaaa-0000-4000-8000-000000000003");
    private static readonly string Payload = CardPayload.Known().ToJsonString();

    [Theory]
    [InlineData("Terrasoft")]
    [InlineData("BPMSoft")]
    public void Notify_TwoUsersWithOpenBrowsers_BothGetItAndAreCounted(string vendor)
    {
        var service = Granted(vendor);
        var (anna, boris) = (service.OpenBrowser(Anna), service.OpenBrowser(Boris));

        var answer = service.Notify(Body([Anna, Boris], Payload));

        answer.ToJsonString().Should().Be("""{"delivered":2,"failed":0,"running":true}""");
        var got = anna().Should().ContainSingle().Subject;
        got.Sender.Should().Be("UsrTelephonyHub");
        got.Body.Should().Be(Payload);
        got.Id.Should().NotBeEmpty();
        boris().Should().ContainSingle();
    }

    [Fact]
    public void Notify_WhatTheServiceSends_TheBridgeShows()
    {
        var service = Granted();
        var browser = service.OpenBrowser(Anna);
        service.Notify(Body([Anna], Payload));

        var (_, sender, body) = browser().Single();
        var tab = BrowserTab.Classic();
        tab.ReceiveText(body, sender);

        tab.Cards.Should().ContainSingle().Which.Should().Contain("Иван Петров");
    }

    [Fact]
    public void Notify_BrowserClosedOrUserUnknown_IsNotCounted()
    {
        var service = Granted();
        var anna = service.OpenBrowser(Anna);

        var answer = service.Notify(Body([Anna, Nobody], Payload));

        answer["delivered"]!.GetValue<int>().Should().Be(1);
        anna().Should().ContainSingle();
        service.Notify(Body([Nobody], Payload))["delivered"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public void Notify_OneBrowserIsJustClosing_TheOthersStillGetTheirs()
    {
        var service = Granted();
        service.ClosingBrowser(Boris);
        var anna = service.OpenBrowser(Anna);

        var answer = service.Notify(Body([Boris, Anna], Payload));

        answer.ToJsonString().Should().Be("""{"delivered":1,"failed":1,"running":true}""");
        anna().Should().ContainSingle();
    }

    [Fact]
    public void Notify_SameUserTwiceAndIdsThatAreNone_SendsOnce()
    {
        var service = Granted();
        var anna = service.OpenBrowser(Anna);

        var answer = service.Notify(new JsonObject { ["userIds"] = new JsonArray(Anna.ToString(), "no id", "", Guid.Empty.ToString(), Anna.ToString("N")), ["payload"] = Payload }.ToJsonString());

        answer["delivered"]!.GetValue<int>().Should().Be(1);
        anna().Should().ContainSingle();
    }

    [Fact]
    public void Notify_ChannelsNotRunning_SaysSo()
    {
        var service = Granted();
        var anna = service.OpenBrowser(Anna);
        service.IsRunning = false;

        service.Notify(Body([Anna], Payload)).ToJsonString().Should().Be("""{"delivered":0,"failed":0,"running":false}""");
        anna().Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{}""", "userIds")]
    [InlineData("""{"userIds":[],"payload":"{}"}""", "userIds")]
    [InlineData("""{"userIds":["aaaaaaaa-0000-4000-8000-000000000001"]}""", "payload")]
    [InlineData("""{"userIds":["aaaaaaaa-0000-4000-8000-000000000001"],"payload":"  "}""", "payload")]
    [InlineData("""{"userIds":["aaaaaaaa-0000-4000-8000-000000000001"],"payload":"hello"}""", "JSON object")]
    [InlineData("""{"userIds":["aaaaaaaa-0000-4000-8000-000000000001"],"payload":"[]"}""", "JSON object")]
    public void Notify_WrongRequest_SendsNothingAndSaysWhy(string body, string why)
    {
        var service = Granted();
        var anna = service.OpenBrowser(Anna);

        var answer = service.Notify(body);

        answer["delivered"]!.GetValue<int>().Should().Be(0);
        answer["error"]!.GetValue<string>().Should().Contain(why);
        anna().Should().BeEmpty();
    }

    [Fact]
    public void Notify_PayloadOrListTooLong_SendsNothing()
    {
        var service = Granted();
        var anna = service.OpenBrowser(Anna);

        service.Notify(Body([Anna], "{\"name\":\"" + new string('x', 70_000) + "\"}"))["error"]!.GetValue<string>().Should().Contain("longer");
        service.Notify(Body([.. Enumerable.Repeat(Anna, 201)], Payload))["error"]!.GetValue<string>().Should().Contain("200");
        anna().Should().BeEmpty();
    }

    [Fact]
    public void Notify_CallerWithoutTheOperation_IsRefusedBeforeAnything()
    {
        var service = PackagedService.Compile();
        service.Grant("CanManageUsers");
        var anna = service.OpenBrowser(Anna);

        service.Invoking(s => s.Notify(Body([Anna], Payload))).Should().Throw<SecurityException>().WithMessage("*CanUseTelephonyHub*");
        service.Invoking(s => s.Notify("{}")).Should().Throw<SecurityException>("who may not call learns nothing");
        anna().Should().BeEmpty();
    }

    [Fact]
    public void Notify_Wire_IsABarePostWithoutSessionLock()
    {
        var type = PackagedService.Compile().ServiceType;
        var invoke = type.GetMethod("Notify")!.GetCustomAttributes(inherit: false).Single(a => a.GetType().Name == "WebInvokeAttribute");

        invoke.GetType().GetProperty("Method")!.GetValue(invoke).Should().Be("POST");
        invoke.GetType().GetProperty("BodyStyle")!.GetValue(invoke)!.ToString().Should().Be("Bare", "the hub reads the answer without a wrapper, too");
        type.GetInterfaces().Should().Contain(i => i.Name == "IReadOnlySessionState", "cards must not queue behind each other");
    }

    private static PackagedService Granted(string vendor = "Terrasoft")
    {
        var service = PackagedService.Compile(vendor);
        service.Grant("CanUseTelephonyHub");
        return service;
    }

    private static string Body(IReadOnlyList<Guid> users, string payload) =>
        new JsonObject { ["userIds"] = new JsonArray([.. users.Select(u => JsonValue.Create(u.ToString()))]), ["payload"] = payload }.ToJsonString();
}
