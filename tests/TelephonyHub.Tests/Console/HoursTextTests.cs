using TelephonyHub.Console.Drafts;
using TelephonyHub.Staffing;

namespace TelephonyHub.Tests.Console;

public sealed class HoursTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("09:00–18:00", "09:00–18:00")]
    [InlineData("9:00-18:00", "09:00–18:00")]
    [InlineData(" 09:00 — 13:00 , 14:00-18:00", "09:00–13:00, 14:00–18:00")]
    [InlineData("10:00–24:00", "10:00–24:00")]
    [InlineData("10:00-00:00", "10:00–24:00")]
    public void Hours_AreReadAsPeopleWriteThem(string typed, string shown) => HoursText.Of(HoursText.Read(typed)).Should().Be(shown);

    [Theory]
    [InlineData("9")]
    [InlineData("09:00")]
    [InlineData("09:00-18:00-19:00")]
    [InlineData("09:00-25:00")]
    [InlineData("from nine to six")]
    public void Hours_ThatCannotBeRead_AreNotGuessed(string typed) => HoursText.Read(typed).Should().BeNull();

    [Fact]
    public void Hours_ToTheEndOfTheDay_AreStoredAsTheApiHasThem() => HoursText.Read("10:00–24:00").Should().Equal(new Hours(new TimeOnly(10, 0), TimeOnly.MinValue));
}
