using TelephonyHub.Cabinets;
using TelephonyHub.Routing;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Routing;

/// <summary>Callers who are no ordinary clients, and the common 8-800 number: each has a defined answer.</summary>
public sealed class SpecialCallerTests
{
    private const string AnnasMobile = "79260000001";
    private const string GroupMsk = "74951110001";
    private const string DutyMsk = "74951110009";
    private const string MobileOfRyazan = "79106001234";

    private static readonly NumberRange[] Numbering = [new(9_106_000_000, 9_106_099_999, "Рязанская обл."), new(9_161_000_000, 9_161_999_999, "г. Москва, Московская область")];

    [Fact]
    public void Hidden_GroupAndDuty_AndTheManagerHearsIt()
    {
        var decision = new RouteCase().From("anonymous").Decide();

        decision.Phones.Should().Equal(GroupMsk, DutyMsk);
        decision.OperatorText.Should().Be("Номер скрыт, Москва");
        decision.LeftOut.Should().Contain(l => l.Kind == "responsible" && l.Reason.En.StartsWith("The caller's number is hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void Employee_GroupAndDuty_NeverAnotherPhoneOfHisOwn()
    {
        var decision = new RouteCase().From(AnnasMobile).With("Cabinets:msk:GroupPhones:1", "0083506").Decide();

        decision.Phones.Should().Equal(GroupMsk, DutyMsk);
        decision.LeftOut.Should().Contain(l => l.Phone == "0083506" && l.Reason.En == "It is the caller himself.");
        decision.OperatorText.Should().Be("Сотрудник Анна Иванова, Москва");
    }

    [Fact]
    public void OwnVirtualNumber_GroupAndDuty_NoNumberOfTheCompanyIsDialled()
    {
        var decision = new RouteCase().From(Company.SurgutNumber).With("Cabinets:msk:GroupPhones:1", Company.RyazanNumber).Decide();

        decision.Phones.Should().Equal(GroupMsk, DutyMsk);
        decision.LeftOut.Should().Contain(l => l.Phone == Company.RyazanNumber && l.Reason.En.Contains("circle", StringComparison.Ordinal));
    }

    [Fact]
    public void VirtualNumberInAGroup_DialledForAnybodyElse() =>
        new RouteCase().With("Cabinets:msk:GroupPhones:1", Company.RyazanNumber).Decide().Phones.Should().Equal(GroupMsk, Company.RyazanNumber, DutyMsk);

    /// <summary>Surgut's duty is Moscow's number, as Moscow's is Surgut's: somebody must end it, whatever the switch "show the caller's number" says.</summary>
    [Theory]
    [InlineData("number of the service shown, nothing known", Company.MoscowNumber, false, false)]
    [InlineData("number of the service shown, routing gave it", Company.MoscowNumber, true, false)]
    [InlineData("number of the service shown, the leg is known", Company.MoscowNumber, true, true)]
    [InlineData("the caller's number shown, routing gave it", RouteCase.Caller, true, false)]
    [InlineData("the caller's number shown, the leg is known", RouteCase.Caller, true, true)]
    [InlineData("hidden, routing gave it to somebody hidden", null, true, false)]
    public void SecondHop_NoNumberOfTheCompanyIsDialledAgain_TheRealPhoneIs(string why, string? shown, bool known, bool certain)
    {
        var second = new RouteCase().From(shown).To(Company.Surgut, Company.SurgutNumber).With("Cabinets:sgt:DutyPhones:1", Company.MoscowNumber);
        var client = shown is null ? null : RouteCase.Caller;
        second = known ? certain ? second.HandedOver(client) : second.LedHere(client) : second;

        var decision = second.Decide();

        decision.Phones.Should().Equal(["73462110001", "73462110009"], why);
        decision.LeftOut.Should().Contain(l => l.Phone == Company.MoscowNumber && l.Reason.En.Contains("circle", StringComparison.Ordinal));
    }

    [Fact]
    public void FirstHop_OneCityOnAnothersDuty_IsDialled() =>
        new RouteCase().With("Cabinets:msk:DutyPhones:0", Company.SurgutNumber).Decide().Phones.Should().Equal(GroupMsk, Company.SurgutNumber);

    [Fact]
    public void NumberDialled_InItsOwnGroup_IsNotDialledAgain()
    {
        var decision = new RouteCase().With("Cabinets:msk:GroupPhones:1", Company.MoscowNumber).Decide();

        decision.Phones.Should().Equal(GroupMsk, DutyMsk);
        decision.LeftOut.Should().Contain(l => l.Phone == Company.MoscowNumber && l.Reason.En.Contains("come back", StringComparison.Ordinal));
    }

    [Fact]
    public void ManagerWhosePhoneIsANumberOfTheCompany_IsRungOnIt_ButNotOnASecondHop()
    {
        var anna = AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", null, null, Company.RyazanNumber)] };
        var hop = new RouteCase().To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).WithManagers(anna);

        hop.Decide().Phones.Should().StartWith(Company.RyazanNumber);
        hop.LedHere(RouteCase.Caller).Decide().Phones.Should().NotContain(Company.RyazanNumber);
    }

    [Fact]
    public void LedHereByRouting_TheManagerHearsTheClient_AndOfNoTransfer() =>
        new RouteCase().From(Company.MoscowNumber).To(Company.Surgut, Company.SurgutNumber).KnownClientOf(Anna).LedHere(RouteCase.Caller).Decide().OperatorText.Should().Be("Завод крепежа, Сургут");

    [Theory]
    [InlineData(SpecialCaller.Blocked, null, 3)]
    [InlineData(SpecialCaller.Blocked, 8, 8)]
    [InlineData(SpecialCaller.TooMany, null, 3)]
    [InlineData(SpecialCaller.TooMany, 8, 8)]
    public void BlockedAndTooMany_NotPutThrough_TheCodeOfTheCabinetElseTheFallback(SpecialCaller special, int? code, int expected)
    {
        var decision = new RouteCase().Too(special).With("Cabinets:msk:FallbackCode", "3").Plan(Plans.Plan(moscow: new CabinetPlan { BlockedCode = code, TooManyCode = code })).Decide();

        decision.Phones.Should().BeEmpty();
        decision.ReturnedCode.Should().Be(expected);
        decision.OperatorText.Should().BeNull();
        decision.LeftOut.Should().ContainSingle().Which.Kind.Should().Be("caller");
    }

    [Fact]
    public void Flood_EleventhCallWithinAMinute_IsTooMany_ARepeatedQuestionOfOneSessionIsNone()
    {
        var flood = new CallFlood();
        var now = RouteCase.MondayNoon;

        var counts = Enumerable.Range(1, 11).Select(n => flood.Add(Ask(n), now.AddSeconds(n))).ToList();

        counts.Should().Equal(Enumerable.Range(1, 11));
        flood.Add(Ask(11), now.AddSeconds(12)).Should().Be(11, "the same session asks again");
        flood.Add(Ask(12, Company.SurgutNumber), now.AddSeconds(12)).Should().Be(1, "another number is no identical call");
        flood.Add(Ask(13), now.AddSeconds(72)).Should().Be(1, "a minute later all is forgotten");
        flood.Add(Ask(null), now.AddSeconds(72)).Should().Be(2, "without an id each question is a call");
        flood.Add(new RouteQuestion(Company.Moscow, 1, "anonymous", Company.MoscowNumber, null), now).Should().Be(1, "hidden callers cannot be told apart");
    }

    [Theory]
    [InlineData("nothing pressed, a mobile given out in Ryazan", null, MobileOfRyazan, "rzn", RegionSource.NumberingPlan)]
    [InlineData("the digit beats the numbering plan", "4", MobileOfRyazan, "sgt", RegionSource.Digit)]
    [InlineData("a digit that is nobody's does not count", "9", MobileOfRyazan, "rzn", RegionSource.NumberingPlan)]
    [InlineData("a landline by its area code", null, "73462555000", "sgt", RegionSource.CallerNumber)]
    [InlineData("a mobile of Moscow, by the cabinet's own name", null, "79161234567", "msk", RegionSource.NumberingPlan)]
    [InlineData("a mobile that the table lacks", null, "79990000000", null, RegionSource.Unknown)]
    public void CommonNumber_RegionOfTheCall(string why, string? digit, string caller, string? region, RegionSource source)
    {
        var plan = Plans.Plan(numbering: Numbering, calendars: false);
        var regions = new RegionResolver(Company.Settings(("Cabinets:rzn:Name", "Рязанск")), null, () => plan);

        var found = regions.Resolve(digit, Company.Phone(Company.CommonNumber), Company.Phone(caller), Company.Moscow);

        found.Cabinet?.Value.Should().Be(region, why);
        found.Source.Should().Be(source, why);
    }

    [Fact]
    public void Digits_OfACabinetsOwnMenu_WinOverTheRegionsDigits()
    {
        var plan = Plans.Plan(moscow: new CabinetPlan { Digits = new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = "sgt" } });
        var regions = new RegionResolver(Company.Settings(), null, () => plan);

        regions.Resolve("1", null, null, Company.Moscow).Cabinet.Should().Be(Company.Surgut);
        regions.Resolve("1", null, null, Company.Surgut).Cabinet.Should().Be(Company.Moscow, "Surgut has no menu of its own");
    }

    [Fact]
    public void KnownClientOnTheCommonNumber_HisManagerAtOnce_WithoutADigit() =>
        new RouteCase().To(Company.Moscow, Company.CommonNumber).KnownClientOf(Anna).Decide().Phones.Should().StartWith(AnnasMobile);

    [Fact]
    public void HookPassedTwice_SecondTimeWithADigit_TheRegionsGroupThen()
    {
        var tried = new TriedPhones();
        var first = new RouteQuestion(Company.Moscow, 1, RouteCase.Caller, Company.CommonNumber, null);
        tried.Add(first, new RouteCase().To(Company.Moscow, Company.CommonNumber).Decide().Phones, RouteCase.MondayNoon);

        var second = first with { Digit = "4" };

        new RouteCase().To(Company.Moscow, Company.CommonNumber).Pressing("4").AlreadyTried([.. tried.Of(second)]).Decide().Phones.Should().Equal("73462110001", "73462110009");
    }

    [Fact]
    public void Blacklist_UntilADay_IsOverAfterIt()
    {
        var plan = new StaffingPlan { Blocked = new Dictionary<string, BlockedNumber>(StringComparer.Ordinal) { ["+79161234567"] = new("спам", RouteCase.MondayNoon) } };

        plan.BlockOf(Company.Phone("8 916 123-45-67"), RouteCase.MondayNoon.AddSeconds(-1)).Should().NotBeNull();
        plan.BlockOf(Company.Phone("8 916 123-45-67"), RouteCase.MondayNoon).Should().BeNull();
        plan.BlockOf(null, RouteCase.MondayNoon).Should().BeNull();
    }

    private static RouteQuestion Ask(long? session, string dialled = Company.MoscowNumber) => new(Company.Moscow, session, "79035550001", dialled, null);
}
