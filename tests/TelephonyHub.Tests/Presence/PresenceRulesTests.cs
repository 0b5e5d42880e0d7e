using TelephonyHub.Cabinets;
using TelephonyHub.Presence;
using TelephonyHub.Tests.Hosting;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Presence;

public sealed class PresenceRulesTests
{
    private static readonly DateTimeOffset MondayMorning = new(2026, 1, 12, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    private static readonly UisStatus Available = new() { Id = 1, Mnemonic = "available", Name = "Доступен", IsWorkTime = true, InExternalAllowedCallDirections = ["in", "out"], InInternalAllowedCallDirections = ["in"], OutExternalAllowedCallDirections = ["out"], AllowedPhoneProtocols = ["PSTN", "SIP"] };
    private static readonly UisStatus Break = new() { Id = 2, Mnemonic = "break", Name = "Перерыв", IsWorkTime = true, OutExternalAllowedCallDirections = ["in", "out"] };

    [Fact]
    public void OfEmployee_AtWorkWithARegisteredLine_IsAvailableWithTheStatusFlags()
    {
        var record = Record(Employee(statusId: 1, phones: "0101001"), Line("0101001", registered: true));

        record.Status.Should().BeEquivalentTo(new PbxStatus("1", "available", "Доступен", true, true, true, true, ["PSTN", "SIP"]));
        record.SipLines.Should().Equal(new SipLinePresence("0101001", true, true));
        record.Reachable.Should().BeTrue();
        record.InSchedule.Should().BeTrue();
        record.AsOf.Should().Be(MondayMorning.AddMinutes(-4));
        State(record).Should().Be("available");
    }

    [Fact]
    public void OfEmployee_OnABreak_IsAway() => State(Record(Employee(statusId: 2, phones: "79160000001"))).Should().Be("away");

    [Fact]
    public void OfEmployee_OutsideHisSchedule_IsOffHours()
    {
        var record = Record(Employee(statusId: 1, phones: "79160000001"), at: MondayMorning.AddHours(12));

        record.InSchedule.Should().BeFalse();
        State(record).Should().Be("offHours");
    }

    [Fact]
    public void OfEmployee_OnlyLineIsNotRegistered_IsOffline()
    {
        State(Record(Employee(statusId: 1, phones: "0101001"), Line("0101001", registered: false))).Should().Be("offline");
        State(Record(Employee(statusId: 1, phones: "0101001"), Line("0101001", registered: true) with { BillingState = "limit_lock" })).Should().Be("offline");
    }

    [Fact]
    public void OfEmployee_LineIsGoneButMobileIsThere_IsReachable() =>
        Record(Employee(statusId: 1, phones: ["0101001", "79160000001"]), Line("0101001", registered: false)).Reachable.Should().BeTrue();

    [Theory]
    [InlineData("0101001", "PSTN", false)]
    [InlineData("0101001", "SIP", true)]
    [InlineData("79160000001", "SIP", false)]
    [InlineData("79160000001", "PSTN", true)]
    [InlineData("79160000001", "FMC", true)]
    public void OfEmployee_StatusLetsOnlySomeKindsOfPhoneRing_TheOthersDoNotCount(string phone, string protocol, bool reachable)
    {
        var status = Available with { Id = 3, AllowedPhoneProtocols = [protocol] };
        var facts = Facts([Employee(statusId: 3, phones: phone)], [Line("0101001", registered: true)]);
        facts = facts with { Dictionaries = facts.Dictionaries! with { Statuses = [status] } };

        var record = PresenceRules.OfEmployee(Company.Moscow, facts.People!.Employees[0], facts, Moscow, MondayMorning);

        record.Reachable.Should().Be(reachable);
        State(record).Should().Be(reachable ? "available" : "offline");
    }

    [Fact]
    public void OfEmployee_LinesCouldNotBeRead_ReachableIsUnknown()
    {
        var facts = Facts([Employee(statusId: 1, phones: "0101001")], null);

        PresenceRules.OfEmployee(Company.Moscow, facts.People!.Employees[0], facts, Moscow, MondayMorning).Reachable.Should().BeNull();
    }

    [Fact]
    public void OfEmployee_NewWordsForTheLinesState_AreUnknownNotOffline()
    {
        var record = Record(Employee(statusId: 1, phones: "0101001"), Line("0101001", registered: null));

        record.Reachable.Should().BeNull();
        State(record).Should().Be("available", "the status takes calls and nothing speaks against it");
    }

    [Fact]
    public void OfEmployee_StatusThatNoImportNamed_IsUnknown()
    {
        var record = Record(Employee(statusId: 99, phones: "79160000001"));

        record.Status!.Id.Should().Be("99");
        record.Status.TakesExternalCalls.Should().BeNull();
        State(record).Should().Be("unknown");
    }

    [Fact]
    public void OfEmployee_OnlyTheOldStatusCode_IsLookedUp() =>
        Record(Employee(statusId: null, phones: "79160000001") with { Status = "break" }).Status!.Name.Should().Be("Перерыв");

    [Theory]
    [InlineData("talking", "onCall", true)]
    [InlineData("onHold", "onCall", true)]
    [InlineData("ringing", "ringing", false)]
    public void OfManager_InACall_SaysSoWhateverTheStatus(string state, string expected, bool onCall)
    {
        var presence = PresenceRules.OfManager([Record(Employee(statusId: 2, phones: "79160000001"))], [new PresenceCall("msk", "1", state)]);

        presence.State.Should().Be(expected);
        presence.OnCall.Should().Be(onCall);
    }

    [Fact]
    public void OfManager_AwayInOneCabinetAndAtWorkInAnother_IsAvailable() =>
        PresenceRules.OfManager([Record(Employee(statusId: 2, phones: "79160000001")), Record(Employee(statusId: 1, phones: "79160000001"))], []).State.Should().Be("available");

    [Fact]
    public void OfManager_WithoutAnyRecord_IsUnknown() => PresenceRules.OfManager([], []).State.Should().Be("unknown");

    private static string State(EmployeePresence record) => PresenceRules.OfManager([record], []).State;

    private static EmployeePresence Record(UisEmployee employee, UisSipLine? line = null, DateTimeOffset? at = null) =>
        PresenceRules.OfEmployee(Company.Moscow, employee, Facts([employee], line is null ? [] : [line]), Moscow, at ?? MondayMorning);

    private static CabinetFacts Facts(IReadOnlyList<UisEmployee> employees, IReadOnlyList<UisSipLine>? lines) => new(
        new PeopleFacts(MondayMorning.AddMinutes(-4), employees, lines),
        new DictionaryFacts(MondayMorning.AddHours(-1))
        {
            Statuses = [Available, Break],
            Schedules = [new UisSchedule { Id = 31, Name = "День", DaysType = "days_of_week", Days = ["1", "2", "3", "4", "5"], Times = [new UisTimeSpan("09:00:00", "18:00:00")] }],
        });

    private static UisEmployee Employee(long? statusId, params string[] phones) =>
        new() { Id = 8, StatusId = statusId, ScheduleId = 31, PhoneNumbers = [.. phones.Select(p => new UisEmployeePhone(1, p, true, 1, 20))] };

    private static UisSipLine Line(string number, bool? registered) => new() { Id = 5, EmployeeId = 8, PhoneNumber = number, Status = "active", BillingState = "active", IsRegistered = registered };
}
