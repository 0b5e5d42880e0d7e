using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Directory;

/// <summary>What of the CRM's communications counts as whose number (reference 3.2 and 4.1).</summary>
public sealed class CrmQueriesTests
{
    private static readonly Guid OwnType = new("0e000000-0000-0000-0000-000000000001");

    [Fact]
    public void ToCandidate_ShippedTypeThatIsNoPhone_Nobody()
    {
        foreach (var type in new[] { CreatioIds.CommunicationType.Skype, CreatioIds.CommunicationType.Web, CreatioIds.CommunicationType.Email, CreatioIds.CommunicationType.Fax })
        {
            CrmQueries.ToCandidate(Row(type), PhoneTypes.Unknown).Should().BeNull();
        }

        CrmQueries.ToCandidate(Row(CreatioIds.CommunicationType.WorkPhone), PhoneTypes.Unknown).Should().NotBeNull();
        CrmQueries.ToCandidate(Row(OwnType), PhoneTypes.Unknown).Should().NotBeNull("as long as the CRM has not said that it is none");
    }

    [Fact]
    public void ToCandidate_TypesKnown_OnlyTheCrmsPhones()
    {
        var types = new PhoneTypes([OwnType]);

        CrmQueries.ToCandidate(Row(OwnType), types).Should().NotBeNull();
        CrmQueries.ToCandidate(Row(CreatioIds.CommunicationType.WorkPhone), types).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"deviceId":"201","debugMode":false}""", "201")]
    [InlineData("""{"deviceId":201}""", "201")]
    [InlineData("""{"deviceId":"+7 926 000-00-09"}""", null)]
    [InlineData("""{"debugMode":true}""", null)]
    [InlineData("not JSON", null)]
    [InlineData("", null)]
    public void Join_TelephonySettings_TheUsersDevice(string parameters, string? extension)
    {
        var user = User(Anna, "Анна");
        var settings = CreatioRow.Parse($$"""{"Id":"{{Guid.CreateVersion7()}}","UserId":"{{user.UserId}}","ConnectionParams":{{System.Text.Json.JsonSerializer.Serialize(parameters)}}}""");

        CrmExtensions.Join([user], [], [settings])[0].Extensions.Should().Equal(extension is null ? [] : [extension]);
    }

    [Fact]
    public void Join_ExtensionsOfContacts_OnlyUsersActualOnes()
    {
        var rows = new[] { (Anna, "доб. 102", false), (Anna, "103", true), (Boris, "104", false) }
            .Select(r => CreatioRow.Parse($$"""{"Id":"{{Guid.CreateVersion7()}}","ContactId":"{{r.Item1}}","Number":"{{r.Item2}}","NonActual":{{(r.Item3 ? "true" : "false")}}}"""));

        CrmExtensions.Join([User(Anna, "Анна")], rows, []).Should().ContainSingle().Which.Extensions.Should().Equal("102");
    }

    private static CreatioRow Row(Guid type) =>
        CreatioRow.Parse($$"""{"Id":"{{Guid.CreateVersion7()}}","Number":"+79161234567","ContactId":"{{Boris}}","CommunicationTypeId":"{{type}}"}""");
}
