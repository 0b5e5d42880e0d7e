using TelephonyHub.Creatio;

namespace TelephonyHub.Tests.Creatio;

public sealed class CreatioRowTests
{
    private static readonly CreatioRow Row = CreatioRow.Parse(
        """
        {"Id":"5d2a6a6e-1111-4222-8333-444455556666","Name":"John Best","Phone":"","Age":0,"Confirmed":true,"Notes":null,
         "AccountId":"00000000-0000-0000-0000-000000000000","OwnerId":"aaaa6a6e-1111-4222-8333-444455556666","BirthDate":"0001-01-01T00:00:00Z",
         "CreatedOn":"2026-01-10T09:00:00.1234567Z","StartDate":"2026-01-10T12:00:00+03:00","Duration":"200","Amount":"1234.56","Budget":7.5,"Rate":12.0,
         "Owner":{"Id":"aaaa6a6e-1111-4222-8333-444455556666","Name":"Manager One"},
         "Account":{"Id":"00000000-0000-0000-0000-000000000000","Name":""},"Type":{"Name":"Customer"},"Job":null}
        """);

    [Fact]
    public void GetGuid_SetLookup_IsTheId() => Row.GetGuid("OwnerId").Should().Be(new Guid("aaaa6a6e-1111-4222-8333-444455556666"));

    [Theory]
    [InlineData("AccountId")]
    [InlineData("Absent")]
    [InlineData("Name")]
    public void GetGuid_ZeroAbsentOrNoGuid_IsNull(string column) => Row.GetGuid(column).Should().BeNull();

    [Theory]
    [InlineData("Phone")]
    [InlineData("Notes")]
    [InlineData("Absent")]
    public void GetText_Empty_IsNull(string column) => Row.GetText(column).Should().BeNull();

    [Fact]
    public void GetInstant_YearOne_IsNull() => Row.GetInstant("BirthDate").Should().BeNull();

    [Fact]
    public void GetInstant_SevenDigits_KeepsThem() =>
        Row.GetInstant("CreatedOn").Should().Be(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567));

    [Fact]
    public void GetInstant_AnotherZone_IsUtc() => Row.GetInstant("StartDate")!.Value.Offset.Should().Be(TimeSpan.Zero);

    [Fact]
    public void GetInt_NumberInQuotes_IsRead() => Row.GetInt("Duration").Should().Be(200);

    [Fact]
    public void GetInt_ZeroAndFloatSpelling_AreValues() => (Row.GetInt("Age"), Row.GetInt("Rate"), Row.GetInt("Budget")).Should().Be((0, 12, null));

    [Fact]
    public void GetDecimal_QuotedOrNot_IsRead() => (Row.GetDecimal("Amount"), Row.GetDecimal("Budget")).Should().Be((1234.56m, 7.5m));

    [Fact]
    public void GetFlag_SetAndAbsent_AreTrueAndFalse() => (Row.GetFlag("Confirmed"), Row.GetFlag("Absent")).Should().Be((true, false));

    [Fact]
    public void GetRow_ExpandedLookup_IsARow() => Row.GetRow("Owner")!.GetText("Name").Should().Be("Manager One");

    [Theory]
    [InlineData("Account")]
    [InlineData("Job")]
    [InlineData("Name")]
    public void GetRow_UnsetLookup_IsNull(string lookup) => Row.GetRow(lookup).Should().BeNull();

    [Fact]
    public void GetRow_ExpandedWithoutKey_IsARow() => Row.GetRow("Type")!.GetText("Name").Should().Be("Customer");

    [Fact]
    public void ToString_Row_HoldsNoPersonalData() => Row.ToString().Should().NotContain("John");
}
