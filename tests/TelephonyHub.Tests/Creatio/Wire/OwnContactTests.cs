using System.Text.Json;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class OwnContactTests
{
    private static readonly Guid Contact = new("5d2a6a6e-1111-4222-8333-444455556666");

    [Theory]
    [InlineData("""{"contactId":"5d2a6a6e-1111-4222-8333-444455556666"}""")]
    [InlineData("""{"GetCurrentUserInfoResult":{"ContactId":"5d2a6a6e-1111-4222-8333-444455556666","Name":"hub"}}""")]
    [InlineData("""{"GetCurrentUserInfoResult":"{\"contactId\":\"5d2a6a6e-1111-4222-8333-444455556666\"}"}""")]
    [InlineData("""{"success":true,"userInfo":{"id":"11112222-1111-4222-8333-444455556666","contact":{"id":"5d2a6a6e-1111-4222-8333-444455556666"}}}""")]
    [InlineData("""{"Contact":{"value":"5d2a6a6e-1111-4222-8333-444455556666","displayValue":"Hub"}}""")]
    [InlineData("""{"manager":{"contactId":"99992222-1111-4222-8333-444455556666"},"contactId":"5d2a6a6e-1111-4222-8333-444455556666"}""")]
    public void ContactIn_EveryPlausibleShape_IsFound(string json) => OwnContact.ContactIn(JsonElement.Parse(json)).Should().Be(Contact);

    [Theory]
    [InlineData("""{"contactId":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"name":"hub"}""")]
    [InlineData("[]")]
    public void ContactIn_NothingTold_IsNull(string json) => OwnContact.ContactIn(JsonElement.Parse(json)).Should().BeNull();

    [Fact]
    public void UserIn_OnlyTheUserIsTold_IsFound() =>
        OwnContact.UserIn(JsonElement.Parse("""{"user":{"Id":"5d2a6a6e-1111-4222-8333-444455556666","Name":"hub"}}""")).Should().Be(Contact);
}
