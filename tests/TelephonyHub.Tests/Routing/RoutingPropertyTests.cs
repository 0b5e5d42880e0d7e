using CsCheck;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Routing;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Directory;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Routing;

/// <summary>Promise 2: whatever is known or not, the answer is a valid instruction.</summary>
public sealed class RoutingPropertyTests
{
    private static readonly string[] Numbers =
        ["79161234567", "+7 (926) 000-00-01", "89260000002", "74951110001", "74951110009", "73462110001", "0083506", "101", "9260000003", "+49 30 901820"];

    private static readonly Gen<string> Number = Gen.OneOf(Numbers);
    private static readonly Gen<string?> Spoken = Gen.OneOf(Number.Select(n => (string?)n), Gen.OneOf<string?>(null, "", "anonymous", "{{numa}}", "None"));
    private static readonly Gen<CabinetKey> Cabinet = Gen.OneOf(Company.Moscow, Company.Petersburg, Company.Ryazan, Company.Surgut);

    private static readonly Gen<Manager> SomeManager = Gen.Select(Gen.Select(Cabinet, Number.Array[0, 4], Gen.Bool, Gen.OneOf<string?>(null, "101", " 102 ")).Array[0, 3], Spoken, Spoken, Gen.Bool)
        .Select((records, mobile, work, active) => People.Crm(People.Anna, "Анна", mobile, work, active) with
        {
            Employees = [.. records.Select((r, i) => new PbxEmployee(r.Item1, i, "Анна", null, [.. r.Item2.Select(n => new PbxPhone(n, r.Item3))], r.Item4))],
        });

    private static readonly Gen<RouteCase> Case =
        Gen.Select(Cabinet, Spoken, Spoken, Gen.OneOf<string?>(null, "1", "4", "9"), SomeManager, Gen.Bool, Gen.Select(Gen.Bool, Gen.Bool, Number.Array[0, 4], Number.Array[0, 2]))
            .Select((cabinet, caller, dialled, digit, manager, known, more) =>
            {
                var (step, extensions, phones, tried) = more;
                var routeCase = new RouteCase().To(cabinet, dialled).From(caller).WithManagers(manager).AlreadyTried([.. tried.Select(t => PhoneNumber.TryParse(t)?.Digits ?? t)])
                    .With($"Cabinets:{cabinet}:ChainMode", step ? "Step" : "Whole").With("Routing:UseExtensions", extensions ? "true" : "false");
                for (var i = 0; i < phones.Length; i++)
                {
                    routeCase.With($"Cabinets:{cabinet}:{(i % 2 == 0 ? "Group" : "Duty")}Phones:{i}", phones[i]);
                }

                routeCase = digit is null ? routeCase : routeCase.Pressing(digit);
                return known ? routeCase.KnownClientOf(People.Anna) : routeCase;
            });

    [Fact]
    public void Decide_AnyFacts_PhonesOrCodeNeverBothNeverNeither() => Case.Sample(c =>
    {
        var decision = c.Decide();
        return decision.Phones.Count > 0 == decision.ReturnedCode is null && (decision.Phones.Count > 0 || decision.OperatorText is null);
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_PhonesAsUisDialsThemWithoutDuplicates() => Case.Sample(c =>
    {
        var phones = c.Decide().Phones;
        return phones.All(p => p.Length > 0 && p.All(char.IsAsciiDigit)) && phones.Distinct().Count() == phones.Count;
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_NeverTheCallerHimself() => Gen.Select(Case, Number).Sample((c, caller) =>
    {
        var own = PhoneNumber.TryParse(caller);
        return own is null || c.From(caller).Decide().Phones.All(p => PhoneNumber.TryParse(p) != own);
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_NeverWhoWasTriedBefore() => Case.Sample(c =>
    {
        var first = c.Decide().Phones;
        return !c.AlreadyTried([.. first]).Decide().Phones.Intersect(first).Any();
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_NeverAnInactivePhone() => Gen.Select(Case, Cabinet, Number).Sample((c, cabinet, phone) =>
    {
        var off = PhoneNumber.TryParse(phone)?.Digits ?? phone;
        var same = PhoneNumber.TryParse(phone) is not null || cabinet == c.Cabinet; // a short number of another cabinet is another phone
        var manager = People.Crm(People.Anna, "Анна") with { Employees = [new PbxEmployee(cabinet, 1, "Анна", null, [new PbxPhone(phone, Active: false), new PbxPhone("79035550000", Active: true)], null)] };
        return c.KnownClientOf(People.Anna).WithManagers(manager).Decide().Chain.All(e => !same || e.Phone != off);
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_DutyCanBeReached_UnlessExcludedByASettingOrTriedAlready() => Gen.Select(Case, Gen.Bool, Gen.Int[1, 4], Presence).Sample((c, closed, most, presence) =>
    {
        const string Duty = "74959990000";
        var plan = closed ? Plans.Closed : StaffingPlan.Empty;
        foreach (var key in new[] { "msk", "spb", "rzn", "sgt" })
        {
            c.With($"Cabinets:{key}:DutyPhones:0", Duty).With($"Cabinets:{key}:ChainMode", "Whole");
        }

        var decision = c.Plan(plan).Seen(People.Anna, presence).With("Routing:MaxPhones", $"{most}").Decide();
        return decision.Chain.Any(e => e.Phone == Duty) && decision.Phones.Contains(Duty);
    }, iter: 300);

    /// <summary>One person an answer, a group that a queue of UIS rings, a rota: whoever asks again and again comes to the duty, and never in a ring.</summary>
    [Fact]
    public void Decide_AskedAgainAndAgain_DutyComesToItsTurn() => Gen.Select(Case, Gen.Bool, Gen.Bool, Gen.OneOf<int?>(null, 5), Gen.Bool).Sample((c, closed, step, groupCode, rota) =>
    {
        const string Duty = "74959990000";
        var plan = new StaffingPlan(closed ? Plans.ClosedCalendars : null)
        {
            Cabinets = Plans.Cities.ToDictionary(k => k, _ => new CabinetPlan { GroupCode = groupCode }, StringComparer.Ordinal),
            Rotas = rota ? Plans.Cities.ToDictionary(k => k, _ => new DutyRota { From = new DateOnly(2026, 1, 1), People = [new DutyPerson(Phones: [Duty])] }, StringComparer.Ordinal) : new Dictionary<string, DutyRota>(),
        };
        foreach (var key in Plans.Cities)
        {
            c.With($"Cabinets:{key}:DutyPhones:0", rota ? null : Duty).With($"Cabinets:{key}:ChainMode", step ? "Step" : "Whole").With($"Cabinets:{key}:FallbackCode", "9").With($"Cabinets:{key}:NightCode", "9");
        }

        c.Plan(plan);
        for (var asked = 0; asked < 20; asked++)
        {
            var decision = c.Decide();
            if (decision.Phones.Contains(Duty))
            {
                return true;
            }

            if (decision.ReturnedCode == 9)
            {
                return false;
            }

            c.AlreadyTried(decision.ReturnedCode is { } code ? [RouteDecision.CodeAsGiven(code)] : [.. decision.Phones]);
        }

        return false;
    }, iter: 300);

    [Fact]
    public void Decide_AnyFacts_EveryEntryAndEveryAbsenceHasAReasonInBothLanguages() => Gen.Select(Case, Presence).Sample((c, presence) =>
    {
        var decision = c.Plan(Plans.Closed).Seen(People.Anna, presence).Decide();
        return decision.Chain.Select(e => e.Reason).Concat(decision.LeftOut.Select(l => l.Reason)).Append(decision.RegionReason).All(r => r.En.Length > 0 && r.Ru.Length > 0)
            && decision.ReturnedCode is null == decision.CodeReason is null;
    }, iter: 300);

    private static readonly Gen<PresenceNow> Presence = Gen.Select(Gen.Bool, Gen.OneOf<bool?>(null, true, false), Gen.OneOf<bool?>(null, true, false), Gen.Int[0, 200])
        .Select((onCall, takes, schedule, minutes) => new PresenceNow { OnCall = onCall, TakesCalls = takes, InSchedule = schedule, Status = "x", StatusAge = TimeSpan.FromMinutes(minutes), CallsAge = TimeSpan.Zero });
}
