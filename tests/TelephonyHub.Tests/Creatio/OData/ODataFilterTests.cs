using CsCheck;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Tests.Creatio.OData;

public sealed class ODataFilterTests
{
    private static readonly Guid Id = new("0b2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d");

    [Fact]
    public void Equal_Guid_IsWrittenBare() =>
        ODataFilter.Equal("Contact/Id", Id).ToExpression().Should().Be("Contact/Id eq 0b2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d");

    [Fact]
    public void Equal_TextWithApostrophe_IsQuotedAndDoubled() => ODataFilter.Equal("Name", "O'Neil").ToExpression().Should().Be("Name eq 'O''Neil'");

    [Fact]
    public void GreaterOrEqual_InstantInAnotherZone_IsWrittenBareInUtc() =>
        ODataFilter.GreaterOrEqual("StartDate", new DateTimeOffset(2026, 1, 1, 3, 0, 0, TimeSpan.FromHours(3))).ToExpression()
            .Should().Be("StartDate ge 2026-01-01T00:00:00Z");

    [Fact]
    public void Greater_InstantWithTicks_KeepsAllSevenDigits() =>
        ODataFilter.Greater("ModifiedOn", new DateTimeOffset(2020, 5, 18, 17, 50, 39, TimeSpan.Zero).AddTicks(2838673)).ToExpression()
            .Should().Be("ModifiedOn gt 2020-05-18T17:50:39.2838673Z");

    [Fact]
    public void And_WithOrInside_PutsTheOrInParentheses() =>
        ODataFilter.And(
                ODataFilter.Equal("Active", true),
                ODataFilter.Or(ODataFilter.Equal("SysAdminUnitTypeValue", 4), ODataFilter.NotEqual("ConnectionType", 1)))
            .ToExpression().Should().Be("Active eq true and (SysAdminUnitTypeValue eq 4 or ConnectionType ne 1)");

    [Fact]
    public void And_OneMember_IsThatMember() => ODataFilter.And(ODataFilter.Equal("Active", true)).ToExpression().Should().Be("Active eq true");

    [Fact]
    public void And_NoMember_IsRefused() => FluentActions.Invoking(() => ODataFilter.And()).Should().Throw<ArgumentException>();

    [Fact]
    public void Not_AnyCondition_IsInParentheses() =>
        ODataFilter.Not(ODataFilter.Contains("Name", "test")).ToExpression().Should().Be("not (contains(Name,'test'))");

    [Fact]
    public void AnyOf_SeveralIds_IsAChainOfOrBecauseInIsNotSupported() =>
        ODataFilter.AnyOf("Owner/Id", [Id, Guid.Empty]).ToExpression()
            .Should().Be("Owner/Id eq 0b2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d or Owner/Id eq 00000000-0000-0000-0000-000000000000");

    [Theory]
    [InlineData("ContactId", "Contact/Id")]
    [InlineData("Contact/OwnerId", "Contact/Owner/Id")]
    [InlineData("ContactId/Name", "Contact/Id")]
    public void Equal_FlatLookupColumn_IsRefusedAndNamesTheWayThroughTheLookup(string path, string right) =>
        FluentActions.Invoking(() => ODataFilter.Equal(path, Id)).Should().Throw<ArgumentException>().WithMessage($"*use '{right}'*");

    [Fact]
    public void Equal_GuidAsText_IsRefusedOnAKey() =>
        FluentActions.Invoking(() => ODataFilter.Equal("Contact/Id", Id.ToString())).Should().Throw<ArgumentException>().WithMessage("*pass a Guid*");

    [Theory]
    [InlineData("IntegrationId")]
    [InlineData("CallerId")]
    [InlineData("GloballyUniqueCallLinkageId")]
    public void Equal_TextColumnThatEndsInId_IsAllowed(string column) =>
        ODataFilter.Equal(column, "msk:42").ToExpression().Should().Be($"{column} eq 'msk:42'");

    [Fact]
    public void Equal_GuidLookingTextInATextColumn_IsAllowed() =>
        ODataFilter.Equal("IntegrationId", Id.ToString()).ToExpression().Should().Be($"IntegrationId eq '{Id}'");

    [Fact]
    public void Equal_SubjectId_IsAllowedBecauseItIsNoLookup() => ODataFilter.Equal("SubjectId", Id).ToExpression().Should().StartWith("SubjectId eq 0b2b");

    [Theory]
    [InlineData("Name eq 'x' or Name")]
    [InlineData("")]
    [InlineData("Contact//Id")]
    [InlineData("Name)")]
    public void Equal_PathThatIsNoPath_IsRefused(string path) =>
        FluentActions.Invoking(() => ODataFilter.Equal(path, "x")).Should().Throw<ArgumentException>();

    [Fact]
    public void ToString_FilterAndQuery_HideTheValues()
    {
        var filter = ODataFilter.StartsWith("SearchNumber", "7654321999");

        $"{filter} {new ODataQuery("Contact").Where(filter)} {ODataFilter.Not(filter)} {ODataFilter.And(filter, filter)}".Should().NotContain("7654321999");
    }

    [Fact]
    public void Equal_AnyText_ComesBackWholeAfterDecodingAndUnquoting() =>
        Gen.String.Sample(text =>
        {
            // Lone surrogates have no UTF-8 form and cannot be in a text that came over the wire.
            if (text.Any(char.IsSurrogate))
            {
                return;
            }

            var url = new ODataQuery("Contact").Where(ODataFilter.Equal("Name", text)).ToRelativeUrl();
            url.IndexOfAny(['+', '#', '&', ' ']).Should().Be(-1);
            var expression = Uri.UnescapeDataString(url["Contact?$filter=".Length..]);
            expression.Should().StartWith("Name eq '").And.EndWith("'");
            expression["Name eq '".Length..^1].Replace("''", "'", StringComparison.Ordinal).Should().Be(text);
        });
}
