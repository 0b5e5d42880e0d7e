using System.Net;
using TelephonyHub.Cabinets;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>Contract, section 1: 404 before 403 before 401.</summary>
public sealed class CabinetGateTests
{
    private static readonly IPAddress Uis = IPAddress.Parse("195.211.122.249");
    private static readonly IPAddress Stranger = IPAddress.Parse("203.0.113.9");

    private readonly CabinetGate _gate = new(Company.Settings(
        ("Cabinets:msk:AllowedSources:0", "195.211.122.0/24"),
        ("Cabinets:msk:AllowedSources:1", "2001:db8::1"),
        ("Cabinets:msk:WebhookTokens:0", "new-token")));

    [Fact]
    public void Refuse_UnknownCabinetStrangerWrongToken_NotFoundFirst() => Refuse("kazan", Stranger, "wrong").Should().Be(404);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../msk")]
    [InlineData("москва")]
    [InlineData("msk\n")]
    public void Refuse_NoCabinetKey_NotFound(string? cabinet) => Refuse(cabinet, Uis, "hook-msk").Should().Be(404);

    [Fact]
    public void Refuse_StrangerWithWrongToken_ForbiddenBeforeUnauthorized() => Refuse("msk", Stranger, "wrong").Should().Be(403);

    [Fact]
    public void Refuse_StrangerWithRightToken_Forbidden() => Refuse("msk", Stranger, "hook-msk").Should().Be(403);

    [Fact]
    public void Refuse_SourceUnknown_Forbidden() => Refuse("msk", null, "hook-msk").Should().Be(403);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hook-spb")]
    [InlineData("hook-ms")]
    [InlineData("HOOK-MSK")]
    [InlineData("hook-msk ")]
    public void Refuse_TokenMissingOrWrong_Unauthorized(string? token) => Refuse("msk", Uis, token).Should().Be(401);

    [Theory]
    [InlineData("hook-msk")]
    [InlineData("new-token")]
    public void Refuse_AnyTokenOfARotation_MayPass(string token) => Refuse("msk", Uis, token).Should().BeNull();

    [Theory]
    [InlineData("195.211.122.1")]
    [InlineData("::ffff:195.211.122.249")]
    [InlineData("2001:db8::1")]
    public void Refuse_AddressInAnAllowedNetwork_MayPass(string source) => Refuse("msk", IPAddress.Parse(source), "hook-msk").Should().BeNull();

    [Fact]
    public void Refuse_NoSourcesConfigured_AllMayPass() => Refuse("spb", Stranger, "hook-spb").Should().BeNull();

    [Fact]
    public void Refuse_KeyInAnotherCase_SameCabinet()
    {
        _gate.Refuse("SPB", Stranger, "hook-spb", out var settings).Should().BeNull();
        settings.Key.Should().Be(Company.Petersburg);
    }

    private int? Refuse(string? cabinet, IPAddress? source, string? token) => _gate.Refuse(cabinet, source, token, out _);
}
