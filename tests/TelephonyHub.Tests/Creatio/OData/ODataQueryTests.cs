using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Tests.Creatio.OData;

public sealed class ODataQueryTests
{
    [Fact]
    public void ToRelativeUrl_SearchOfReference43_IsSpelledLikeIt() =>
        new ODataQuery("ContactCommunication")
            .Where(ODataFilter.StartsWith("SearchNumber", "7654321999"))
            .Selecting("Id", "Number", "ContactId", "CommunicationTypeId")
            .Expanding("Contact", "Id", "Name", "OwnerId", "AccountId", "TypeId")
            .Taking(20)
            .ToRelativeUrl()
            .Should().Be("ContactCommunication?$filter=startswith(SearchNumber,'7654321999')"
                + "&$select=Id,Number,ContactId,CommunicationTypeId&$expand=Contact($select=Id,Name,OwnerId,AccountId,TypeId)&$top=20");

    [Fact]
    public void ToRelativeUrl_AllOptions_AreInTheUsualOrder() =>
        new ODataQuery("Contact") { Count = true }
            .Where(ODataFilter.Equal("DoNotUseCall", false)).Selecting("Id").Expanding("Owner").OrderedBy("ModifiedOn", "Id").OrderedByDescending("CreatedOn").Taking(5).Skipping(10)
            .ToRelativeUrl()
            .Should().Be("Contact?$filter=DoNotUseCall%20eq%20false&$select=Id&$expand=Owner&$orderby=ModifiedOn%20asc,Id%20asc,CreatedOn%20desc&$top=5&$skip=10&$count=true");

    [Fact]
    public void ToRelativeUrl_ReservedCharacters_AreEncoded() =>
        new ODataQuery("Contact").Where(ODataFilter.Equal("Name", "+7 (999) #1 & co=1%")).ToRelativeUrl()
            .Should().Be("Contact?$filter=Name%20eq%20'%2B7%20(999)%20%231%20%26%20co%3D1%25'");

    [Fact]
    public void ToRelativeUrl_ValueThatLooksLikeAnEncodedOption_IsNotTurnedIntoOne() =>
        new ODataQuery("Contact").Where(ODataFilter.Equal("Name", "($select=Id)")).ToRelativeUrl().Should().EndWith("'($select=Id)'");

    [Fact]
    public void ToRelativeUrl_NothingAsked_IsTheSet() => new ODataQuery("Call").ToRelativeUrl().Should().Be("Call");

    [Fact]
    public void Where_Twice_KeepsBothConditions() =>
        new ODataQuery("Opportunity").Where(ODataFilter.Equal("Stage/End", false)).Where(ODataFilter.Or(ODataFilter.Equal("Title", "a"), ODataFilter.Equal("Title", "b")))
            .Filter!.ToExpression().Should().Be("Stage/End eq false and (Title eq 'a' or Title eq 'b')");

    [Fact]
    public void Constructor_NameThatIsNone_IsRefused() => FluentActions.Invoking(() => new ODataQuery("Contact?x")).Should().Throw<ArgumentException>();

    [Fact]
    public void Taking_Nothing_IsRefused() => FluentActions.Invoking(() => new ODataQuery("Contact").Taking(0)).Should().Throw<ArgumentOutOfRangeException>();
}
