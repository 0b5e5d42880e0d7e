using CsCheck;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
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
}
