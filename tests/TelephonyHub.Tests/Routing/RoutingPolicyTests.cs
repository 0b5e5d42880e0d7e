using TelephonyHub.Directory;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Routing;

/// <summary>The decision table of rows B and C: one row a case, in words.</summary>
public sealed class RoutingPolicyTests
{
    private const string AnnasMobile = "79260000001";
    private const string AnnasSip = "0083506";
    private const string GroupMsk = "74951110001";
    private const string DutyMsk = "74951110009";
    private const string GroupSgt = "73462110001";
    private const string DutySgt = "73462110009";
    private const string Mobile = "79161234567";

    private static readonly Manager AnnaFromCrmOnly = Crm(Anna, "Анна Иванова", "8 926 555-55-55", "84955555555");

    private static readonly Dictionary<string, (RouteCase Case, string[] Phones)> Table = new(StringComparer.Ordinal)
    {
        ["known client: his manager, then group and duty of the region"] = (new RouteCase().KnownClientOf(Anna), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk]),
        ["unknown caller: group, then duty"] = (new RouteCase(), [GroupMsk, DutyMsk]),
        ["hidden number: group, then duty"] = (new RouteCase().From("anonymous"), [GroupMsk, DutyMsk]),
        ["no number at all: group, then duty"] = (new RouteCase().From(null), [GroupMsk, DutyMsk]),
        ["caller with a SIP number that is in the chain: not dialled"] = (new RouteCase().From(AnnasSip).KnownClientOf(Anna), [AnnasMobile, GroupMsk, DutyMsk]),
        ["CRM did not answer in time: group, then duty"] = (new RouteCase().CrmDidNotAnswer(), [GroupMsk, DutyMsk]),
        ["no region: duty of the cabinet in the URL, no group"] = (new RouteCase().To(Company.Surgut, Company.CommonNumber), [DutySgt]),
        ["no region, known client: his manager, then that duty"] = (new RouteCase().To(Company.Moscow, Company.CommonNumber).KnownClientOf(Anna), [AnnasMobile, AnnasSip, DutyMsk]),
        ["digit beats the dialled number"] = (new RouteCase().To(Company.Moscow, Company.MoscowNumber).Pressing("4"), [GroupSgt, DutySgt]),
        ["dialled number beats the caller's area code"] = (new RouteCase().From("73462555000").To(Company.Moscow, Company.MoscowNumber), [GroupMsk, DutyMsk]),
        ["common number: the caller's area code"] = (new RouteCase().From("73462555000").To(Company.Moscow, Company.CommonNumber), [GroupSgt, DutySgt]),
        ["common number with a digit: the digit"] = (new RouteCase().From("73462555000").To(Company.Moscow, Company.CommonNumber).Pressing("1"), [GroupMsk, DutyMsk]),
        ["manager of another cabinet: only his full number, no SIP number"] = (new RouteCase().To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna), [AnnasMobile, GroupSgt, DutySgt]),
        ["extensions allowed, own cabinet: after his numbers"] =
            (new RouteCase().KnownClientOf(Anna).With("Routing:UseExtensions", "true"), [AnnasMobile, AnnasSip, "101", GroupMsk, DutyMsk]),
        ["extensions allowed, another cabinet: not dialled"] =
            (new RouteCase().To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).With("Routing:UseExtensions", "true"), [AnnasMobile, GroupSgt, DutySgt]),
        ["manager without employee record: mobile, then work phone"] =
            (new RouteCase().KnownClientOf(Anna).WithManagers(AnnaFromCrmOnly), ["79265555555", "74955555555", GroupMsk, DutyMsk]),
        ["manager with inactive numbers: only the active one"] =
            (new RouteCase().KnownClientOf(Anna).WithManagers(AnnaOfMoscow() with { Employees = [new PbxEmployee(Company.Moscow, 8, "Анна", null, [new PbxPhone(AnnasMobile, Active: false), new PbxPhone("79260000003", Active: true)], null)] }),
                ["79260000003", GroupMsk, DutyMsk]),
        ["manager who cannot be dialled from here: group, then duty"] =
            (new RouteCase().To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).WithManagers(AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", null, "101", AnnasSip)] }), [GroupSgt, DutySgt]),
        ["known client whom another manager talked with last: his own manager, that one, then group and duty"] =
            (new RouteCase().KnownClientOf(Anna).WithManagers(AnnaOfMoscow(), Crm(Boris, "Борис", "79260000077")).TalkedLastWith(Boris), [AnnasMobile, AnnasSip, "79260000077", GroupMsk, DutyMsk]),
        ["client without owner: who talked with him last, then group and duty"] =
            (new RouteCase().KnownClientOf(null).TalkedLastWith(Anna), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk]),
        ["who talked last has left: group, then duty"] =
            (new RouteCase().KnownClientOf(null).WithManagers(Crm(Boris, "Борис", "79260000077", active: false)).TalkedLastWith(Boris), [GroupMsk, DutyMsk]),
        ["unknown caller whom somebody talked with: group, then duty"] = (new RouteCase().TalkedLastWith(Anna), [GroupMsk, DutyMsk]),
        ["client without owner: group, then duty"] = (new RouteCase().KnownClientOf(null), [GroupMsk, DutyMsk]),
        ["owner who left: group, then duty"] = (new RouteCase().KnownClientOf(Anna).WithManagers(AnnaOfMoscow() with { IsActiveUser = false }), [GroupMsk, DutyMsk]),
        ["owner is the API user: group, then duty"] = (new RouteCase().KnownClientOf(Hub).WithManagers(AnnaOfMoscow(), Crm(Hub, "Интеграция", "79990000000")), [GroupMsk, DutyMsk]),
        ["the caller is the duty manager himself: left out"] = (new RouteCase().From("8 (495) 111-00-09"), [GroupMsk]),
        ["the manager calls his own client's line: his mobile left out"] = (new RouteCase().From(AnnasMobile).KnownClientOf(Anna), [AnnasSip, GroupMsk, DutyMsk]),
        ["a phone that stands twice is dialled once, at its first place"] =
            (new RouteCase().KnownClientOf(Anna).With("Cabinets:msk:GroupPhones:0", "+7 926 000-00-01").With("Cabinets:msk:DutyPhones:1", AnnasMobile), [AnnasMobile, AnnasSip, DutyMsk]),
        ["transferred to a manager: he first, then the client's own manager, group and duty"] =
            (new RouteCase().From(Company.MoscowNumber).To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).WithManagers(AnnaOfMoscow(), Crm(Boris, "Борис", "79260000077")).HandedOver(Mobile, Boris),
                ["79260000077", AnnasMobile, GroupSgt, DutySgt]),
        ["transferred to the client's own manager: once"] =
            (new RouteCase().From(Company.MoscowNumber).To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).HandedOver(Mobile, Anna), [AnnasMobile, GroupSgt, DutySgt]),
        ["transferred to a manager who left no number: as any call of that client"] =
            (new RouteCase().From(Company.MoscowNumber).To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).WithManagers(AnnaOfMoscow(), Crm(Boris, "Борис")).HandedOver(Mobile, Boris), [AnnasMobile, GroupSgt, DutySgt]),
        ["asked again: what was given before did not answer"] = (new RouteCase().KnownClientOf(Anna).AlreadyTried(AnnasMobile, AnnasSip), [GroupMsk, DutyMsk]),
        ["assumed busy by person: as if she were on a call"] = (new RouteCase().KnownClientOf(Anna).Busy(Anna.ToString()), [GroupMsk, DutyMsk]),
        ["assumed busy by one of her phones: she is on a call, the other does not ring either"] = (new RouteCase().KnownClientOf(Anna).Busy(AnnasMobile), [GroupMsk, DutyMsk]),
        ["assumed busy by her SIP number: she is on a call"] = (new RouteCase().KnownClientOf(Anna).Busy(AnnasSip), [GroupMsk, DutyMsk]),
        ["assumed busy where those on a call come last: behind the group, as in truth"] =
            (new RouteCase().KnownClientOf(Anna).Busy(Anna.ToString()).With("Routing:OnCall", "Last"), [GroupMsk, AnnasMobile, AnnasSip, DutyMsk]),
        ["assumed busy in a group: behind its free members"] = (new RouteCase().Busy(AnnasMobile).With("Cabinets:msk:GroupPhones:0", AnnasMobile).With("Cabinets:msk:GroupPhones:1", GroupMsk), [GroupMsk, AnnasMobile, DutyMsk]),
        ["assumed busy on duty: rung all the same"] = (new RouteCase().Busy(AnnasMobile).With("Cabinets:msk:DutyPhones:0", AnnasMobile), [GroupMsk, AnnasMobile]),
        ["assumed busy a number that is nobody's: left out"] = (new RouteCase().Busy(GroupMsk), [DutyMsk]),
        ["step: one person an answer, with all his phones"] = (new RouteCase().KnownClientOf(Anna).With("Cabinets:msk:ChainMode", "Step"), [AnnasMobile, AnnasSip]),
        ["step, second request: the next one only"] = (new RouteCase().KnownClientOf(Anna).With("Cabinets:msk:ChainMode", "Step").AlreadyTried(AnnasMobile, AnnasSip), [GroupMsk]),
        ["step, third request: duty"] = (new RouteCase().KnownClientOf(Anna).With("Cabinets:msk:ChainMode", "Step").AlreadyTried(AnnasMobile, AnnasSip, GroupMsk), [DutyMsk]),
        ["step, a group of two: one phone an answer"] = (new RouteCase().With("Cabinets:msk:ChainMode", "Step").With("Cabinets:msk:GroupPhones:1", Mobile[..10] + "0"), [GroupMsk]),
        ["two managers behind one switchboard: each with his own post-dial tail"] =
            (new RouteCase().KnownClientOf(Anna).TalkedLastWith(Boris)
                .WithManagers(AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", null, null, "74955140578...2345")] }, Crm(Boris, "Борис") with { Employees = [Employee(Company.Moscow, 9, "Борис", null, null, "+7 495 514-05-78...2346")] }),
                ["74955140578...2345", "74955140578...2346", GroupMsk, DutyMsk]),
        ["a group's phone with a post-dial tail: dialled with it"] = (new RouteCase().With("Cabinets:msk:GroupPhones:0", "8 495 514-05-78...7"), ["74955140578...7", DutyMsk]),
        ["a group's and a duty's phone that are switched off in the PBX: left out"] =
            (new RouteCase().WithManagers(AnnaWithout("79260000003")).With("Cabinets:msk:GroupPhones:1", "8 926 000-00-03").With("Cabinets:msk:DutyPhones:1", "79260000003"), [GroupMsk, DutyMsk]),
        ["a group's phone that is switched off in one record and on in another: dialled"] =
            (new RouteCase().WithManagers(AnnaWithout("79260000003", Employee(Company.Surgut, 9, "Анна", null, null, "79260000003"))).With("Cabinets:msk:GroupPhones:1", "79260000003"), [GroupMsk, "79260000003", DutyMsk]),
        ["a SIP number of the group that is switched off in another cabinet: another phone, dialled"] =
            (new RouteCase().WithManagers(Crm(Boris, "Борис") with { Employees = [new PbxEmployee(Company.Surgut, 9, "Борис", null, [new PbxPhone("0083500", Active: false)], null)] }).With("Cabinets:msk:GroupPhones:0", "0083500"), ["0083500", DutyMsk]),
        ["SIP number in the own cabinet's group"] = (new RouteCase().With("Cabinets:msk:GroupPhones:0", "0083500"), ["0083500", DutyMsk]),
        ["SIP number in another cabinet's group: cannot be dialled"] =
            (new RouteCase().Pressing("4").With("Cabinets:sgt:GroupPhones:0", "0083500"), [DutySgt]),
    };

    private static Manager AnnaWithout(string phone, params PbxEmployee[] more) => AnnaOfMoscow() with { Employees = [new PbxEmployee(Company.Moscow, 8, "Анна", null, [new PbxPhone(phone, Active: false)], null), .. more] };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_Case_PhonesInThisOrder(string words)
    {
        var (routeCase, phones) = Table[words];

        var decision = routeCase.Decide();

        decision.Phones.Should().Equal(phones, words);
        decision.ReturnedCode.Should().BeNull();
    }

    [Fact]
    public void Decide_EveryoneTried_FallbackCodeInsteadOfAnEmptyList()
    {
        var decision = new RouteCase().AlreadyTried(GroupMsk, DutyMsk).With("Cabinets:msk:FallbackCode", "7").Decide();

        decision.Phones.Should().BeEmpty();
        decision.ReturnedCode.Should().Be(7);
        decision.OperatorText.Should().BeNull();
    }

    [Fact]
    public void Decide_NothingConfiguredAndNobodyKnown_FallbackCodeOfTheCabinetAsked() =>
        new RouteCase().To(Company.Petersburg, null).With("Cabinets:spb:DutyPhones:0", null).With("Cabinets:spb:FallbackCode", "3").Decide().ReturnedCode.Should().Be(3);

    [Fact]
    public void Decide_KnownClient_OperatorHearsNameAndRegion() => new RouteCase().KnownClientOf(Anna).Decide().OperatorText.Should().Be("Завод крепежа, Москва");

    [Fact]
    public void Decide_NothingToSay_NoOperatorText() => new RouteCase().To(Company.Moscow, Company.CommonNumber).Decide().OperatorText.Should().BeNull();

    [Fact]
    public void Decide_Anything_EachPhoneAndEachAbsenceHasAReasonInTwoLanguages()
    {
        foreach (var (words, (routeCase, _)) in Table)
        {
            var decision = routeCase.Decide();

            decision.Chain.Select(c => c.Reason).Concat(decision.LeftOut.Select(l => l.Reason)).Append(decision.RegionReason)
                .Should().OnlyContain(r => r.En.Length > 0 && r.Ru.Length > 0, words);
            decision.Chain.Concat<object>(decision.LeftOut).Should().NotBeEmpty(words);
        }
    }

    [Theory]
    [InlineData("The CRM does not know the number.", false, false)]
    [InlineData("The client has no owner in the CRM.", true, false)]
    [InlineData("The owner in the CRM is no active employee.", true, true)]
    public void Decide_NoResponsible_SaysWhy(string reason, bool known, bool owned)
    {
        var routeCase = new RouteCase().WithManagers();
        var decision = (known ? routeCase.KnownClientOf(owned ? Boris : null) : routeCase).Decide();

        decision.LeftOut.Should().Contain(l => l.Kind == "responsible" && l.Reason.En == reason);
    }

    [Fact]
    public void Decide_CallersOwnNumberLeftOut_SaysWhy() =>
        new RouteCase().From(DutyMsk).Decide().LeftOut.Should().ContainSingle(l => l.Phone == DutyMsk).Which.Reason.En.Should().Be("It is the caller's own number.");
}
