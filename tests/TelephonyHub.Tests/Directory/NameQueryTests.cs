using TelephonyHub.Directory;

namespace TelephonyHub.Tests.Directory;

public sealed class NameQueryTests
{
    [Theory]
    [InlineData("белова", "Белова Ольга", true)]
    [InlineData("ОЛЬГА БЕЛ", "Белова Ольга", true)]
    [InlineData("елов", "Белова Ольга", true)]
    [InlineData("семенов", "Семёнов Пётр", true)]
    [InlineData("Семёнов", "СЕМЕНОВ ПЕТР", true)]
    [InlineData("белова анна", "Белова Ольга", false)]
    [InlineData("белова", null, false)]
    public void Name_IsFoundByItsParts_WhateverCaseAndOrder(string typed, string? name, bool fits) => new NameQuery(typed).Fits(name).Should().Be(fits);

    [Fact]
    public void Clients_AreFoundByName_EachOfTheirNumbersOnce_AndASingleLetterFindsNobody()
    {
        var clients = new ClientDirectory();
        var olga = Guid.CreateVersion7();
        Put(olga, "Белова Ольга", "+79165550101");
        Put(olga, "Белова Ольга", "+79165550111");
        Put(Guid.CreateVersion7(), "Чернов Игорь", "+79165550102");

        clients.Find(new NameQuery("ольга бел"), 10).Select(n => n.E164).Should().BeEquivalentTo("+79165550101", "+79165550111");
        clients.Find(new NameQuery("ольга бел"), 1).Should().HaveCount(1);
        clients.Find(new NameQuery("о"), 10).Should().BeEmpty();

        void Put(Guid contact, string name, string number) => clients.Put(new ClientCandidate { CommunicationId = Guid.CreateVersion7(), Number = PhoneNumber.TryParse(number)!.Value, ContactId = contact, Name = name });
    }
}
