using System.Security.Claims;
using TelephonyHub.Hosting;

namespace TelephonyHub.Tests.Hosting;

public sealed class HubAccessTests
{
    private static readonly Guid Contact = new("0199f3b2-6c1e-7b7e-9d5e-00000000aaaa");

    [Fact]
    public void Administrator_SeesAllCabinets_WhateverElseIsSaid()
    {
        var access = Of([HubRoles.Administrator, HubRoles.Supervisor], cabinets: ["msk"]);

        access.SeesAll.Should().BeTrue();
        access.Sees("sgt").Should().BeTrue();
    }

    [Fact]
    public void Supervisor_SeesTheCabinetsNamed_AndWithoutAnyNone()
    {
        Of([HubRoles.Supervisor], cabinets: ["msk", "spb"]).Cabinets.Should().BeEquivalentTo("msk", "spb");
        Of([HubRoles.Supervisor]).Cabinets.Should().BeEmpty();
        Of([HubRoles.Supervisor], cabinets: [HubClaims.AllCabinets]).SeesAll.Should().BeTrue();
    }

    [Fact]
    public void Manager_SeesNoCabinet_OnlyWhatIsHisOwn()
    {
        var access = Of([HubRoles.Manager], cabinets: ["msk", HubClaims.AllCabinets], contact: Contact);

        access.Cabinets.Should().BeEmpty();
        access.ContactId.Should().Be(Contact);
    }

    [Fact]
    public void Supervisor_WhoIsManagerToo_SeesBoth()
    {
        var access = Of([HubRoles.Supervisor, HubRoles.Manager], cabinets: ["msk"], contact: Contact);

        access.Cabinets.Should().BeEquivalentTo("msk");
        access.ContactId.Should().Be(Contact);
    }

    [Fact]
    public void Contact_WithoutTheRoleOfAManager_OpensNothing() => Of([HubRoles.Auditor], contact: Contact).ContactId.Should().BeNull();

    [Fact]
    public void Nobody_SeesNothing()
    {
        var access = HubAccess.Of(new ClaimsPrincipal());

        access.Cabinets.Should().BeEmpty();
        access.Roles.Should().BeEmpty();
        HubPolicies.Roles.Keys.Should().OnlyContain(p => !HubPolicies.IsAllowed(p, access));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Manager_PassesOnlyWithAContact(bool hasContact, bool passes) =>
        HubPolicies.IsAllowed(HubPolicies.ReadOwn, Of([HubRoles.Manager], contact: hasContact ? Contact : null)).Should().Be(passes);

    [Fact]
    public void Policies_NameOnlyRolesThatThereAre() => HubPolicies.Roles.Values.SelectMany(r => r).Should().BeSubsetOf(HubRoles.All);

    private static HubAccess Of(string[] roles, string[]? cabinets = null, Guid? contact = null) => HubAccess.Of(new ClaimsPrincipal(new ClaimsIdentity(
        [
            .. roles.Select(r => new Claim(ClaimTypes.Role, r)),
            .. (cabinets ?? []).Select(c => new Claim(HubClaims.Cabinet, c)),
            .. contact is { } id ? [new Claim(HubClaims.Contact, id.ToString())] : Array.Empty<Claim>(),
        ],
        "test")));
}
