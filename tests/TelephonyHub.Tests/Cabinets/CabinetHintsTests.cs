using TelephonyHub.Cabinets;
using TelephonyHub.Tests.Hosting;
using TelephonyHub.Uis;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Cabinets;

public sealed class CabinetHintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_NoCallHasShownTheSwitch_SaysOnceWhichOneToSet()
    {
        var hint = CabinetHints.Of(Facts()).Should().ContainSingle().Subject;

        hint.Code.Should().Be("callerNumber");
        hint.Severity.Should().Be("info");
        hint.Words.En.Should().Contain("«Показывать при звонке: номер звонящего»").And.Contain("no API");
        hint.Words.Ru.Should().Contain("«Показывать при звонке: номер звонящего»");
    }

    [Fact]
    public void Of_ManagersSawTheVirtualNumber_IsAWarning()
    {
        var hint = CabinetHints.Of(Facts() with { Evidence = new CallerNumberEvidence(3, 2, Now) }).Single(h => h.Code == "callerNumber");

        hint.Severity.Should().Be("warning");
        hint.Words.Ru.Should().Contain("2 / 5");
    }

    [Fact]
    public void Of_NumbersThatDiffer_AreNamed()
    {
        var cabinet = Company.Settings().Cabinets[Company.Moscow];
        var facts = new CabinetFacts(null, new DictionaryFacts(Now)
        {
            Numbers = [Number("74959999999"), Number(Company.CommonNumber), Number("74958888888") with { ChildCustomerId = 5 }],
        });
        var numbers = NumberComparison.Of(cabinet, Company.Settings().Routing.CommonNumbers, facts);

        numbers.NotConfigured.Select(n => n.E164).Should().Equal("+74959999999");
        numbers.NotListed.Select(n => n.E164).Should().Equal("+" + Company.MoscowNumber);
        CabinetHints.Of(Facts() with { Numbers = numbers }).Select(h => (h.Code, h.Severity)).Should().Contain([("numbersNotConfigured", "info"), ("numbersNotListed", "warning")]);
    }

    [Fact]
    public void Of_ListNotReadYet_NoNumberDiffers() =>
        NumberComparison.Of(Company.Settings().Cabinets[Company.Moscow], Company.Settings().Routing.CommonNumbers, CabinetFacts.None).Should().BeEquivalentTo(new NumberComparison(false, [], []));

    [Fact]
    public void Of_WhatElseAils_IsSaid()
    {
        var status = new CabinetStatus
        {
            OtherTimeZone = "Asia/Omsk",
            CallFault = Fault("component_disabled", UisFailure.AccessDenied, "list.calls"),
            PartFaults = new Dictionary<string, CabinetFault> { ["get.sip_lines"] = Fault("forbidden", UisFailure.AccessDenied, "get.sip_lines") },
        };

        var hints = CabinetHints.Of(Facts() with { Status = status, LastEventAt = null, UnmatchedEmployees = 3, Points = [new UisPoints("data", "day", 299, 3000)] });

        hints.Select(h => h.Code).Should().Equal("timeZone", "noEvents", "callerNumber", "unmatchedEmployees", "pointsLow", "liveCalls", "part");
        hints.Single(h => h.Code == "liveCalls").Should().Match<CabinetHint>(h => h.Severity == "info" && h.Words.Ru.Contains("Управление вызовами"));
        hints.Should().OnlyContain(h => h.Words.En.Length > 0 && h.Words.Ru.Length > 0);
    }

    [Fact]
    public void Of_PointsOfTheDayNearlyUsedUp_SaysOfWhichApiAndWhatItMeans()
    {
        var hints = CabinetHints.Of(Facts() with { Points = [new UisPoints("call", "day", 49, 500), new UisPoints("data", "day", 299, 3000), new UisPoints("data", "minute", 0, 60)] })
            .Where(h => h.Code == "pointsLow").ToList();

        hints.Select(h => h.Words.En).Should().Equal(
            "49 of 500 Call API points of the day are left: when none is left, calls can be neither transferred nor listed until tomorrow.",
            "299 of 3000 Data API points of the day are left: what can wait is asked more rarely.");
        CabinetHints.Of(Facts()).Should().NotContain(h => h.Code == "pointsLow");
    }

    [Fact]
    public void Fault_AddressNotAllowed_SaysWhatToAddAndWhere()
    {
        var fault = CabinetFault.Of(new UisApiException(UisFailure.AccessDenied, "get.account", "ip_not_whitelisted", vendorMessage: "Your IP 203.0.113.7 is not whitelisted"), Now);

        fault.Access.Should().Be(CabinetAccess.AddressNotAllowed);
        fault.Words.En.Should().Contain("203.0.113.7").And.Contain("Аккаунт → Правила и настройки безопасности → API");
        fault.Words.Ru.Should().Contain("203.0.113.7").And.Contain("Аккаунт → Правила и настройки безопасности → API");
    }

    [Theory]
    [InlineData("access_token_invalid", CabinetAccess.Invalid)]
    [InlineData("access_token_expired", CabinetAccess.Expired)]
    [InlineData("access_token_blocked", CabinetAccess.Blocked)]
    [InlineData("forbidden", CabinetAccess.Forbidden)]
    [InlineData("account_inactive", CabinetAccess.AccountInactive)]
    [InlineData("timeout", null)]
    [InlineData("limit_exceeded", null)]
    public void Fault_Mnemonic_TellsOfTheKeyOrNothing(string mnemonic, CabinetAccess? access)
    {
        var fault = Fault(mnemonic, UisFailure.Unknown, "get.account");

        fault.Access.Should().Be(access);
        fault.Words.En.Should().NotBeEmpty();
        fault.Words.Ru.Should().MatchRegex("[а-я]");
    }

    [Fact]
    public void Fault_TextOfTheVendor_IsNotRepeated() =>
        CabinetFault.Of(new UisApiException(UisFailure.Permanent, "get.employees", "error", vendorMessage: "Contact 79035550001 …"), Now).ToString().Should().NotContain("79035550001");

    private static CabinetFault Fault(string mnemonic, UisFailure failure, string method) => CabinetFault.Of(new UisApiException(failure, method, mnemonic), Now);

    private static UisVirtualNumber Number(string digits) => new() { Id = 1, VirtualPhoneNumber = digits };

    private static CabinetHintFacts Facts() => new()
    {
        Settings = Company.Settings().Cabinets[Company.Moscow],
        Status = new CabinetStatus(),
        Numbers = new NumberComparison(true, [], []),
        Evidence = CallerNumberEvidence.None,
        UnmatchedEmployees = 0,
        LastEventAt = Now,
        Points = [new UisPoints("call", "minute", 0, 15), new UisPoints("call", "day", 50, 500), new UisPoints("data", "day", 3000, 3000)],
    };
}
