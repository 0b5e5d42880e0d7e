using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Sync;
using TelephonyHub.Tests.Calls;

namespace TelephonyHub.Tests.Sync;

/// <summary>Pinned: an id that changed between two releases would double every record already written (promise 3).</summary>
public sealed class HubIdsTests
{
    private static readonly SessionKey Session = CallStory.Key;
    private static readonly PhoneNumber Number = PhoneNumber.Parse("79161234567");
    private static readonly Guid Recipient = new("a0000000-0000-0000-0000-000000000001");

    [Fact]
    public void Ids_OfOneCall_NeverChange()
    {
        HubIds.Call(Session).Should().Be(new Guid("1a882987-834f-5e31-88b0-1a248e9db93b"));
        HubIds.Deal(Session).Should().Be(new Guid("6946fb5b-929b-59ea-aedc-b8de0133923d"));
        HubIds.Activity(Session, "followUp").Should().Be(new Guid("4c61539b-d1ed-56a9-b3bb-5d5dba1c5caf"));
        HubIds.Activity(Session, "callBack").Should().Be(new Guid("9a405401-ae69-5a80-a4e6-7be7afac1310"));
        HubIds.RecordingLink(Session, "contact", "3dd1e8815bde5e7f9bb15831e1f51e63").Should().Be(new Guid("01f2cd38-a702-5b4d-a15a-bf85a09ff290"));
        HubIds.Reminding(Session, Recipient).Should().Be(new Guid("95e23a27-b56c-5c69-8677-ad8fe328fcac"));
        HubIds.Contact(Number).Should().Be(new Guid("99b6a6da-3a3b-5f36-b116-cc6ccc8d7bb0"));
        HubIds.Contact(Number, 1).Should().Be(new Guid("80376052-6461-519a-bc3a-a09a9ce9a188"));
    }

    [Fact]
    public void Ids_CabinetKeyInAnotherCase_Same() => HubIds.Call(new SessionKey(CabinetKey.Parse("MSK"), Session.Id)).Should().Be(HubIds.Call(Session));

    [Fact]
    public void Ids_SameSessionNumberInAnotherCabinet_Another() => HubIds.Call(new SessionKey(CabinetKey.Parse("spb"), Session.Id)).Should().NotBe(HubIds.Call(Session));

    [Fact]
    public void Ids_NumberInAnotherSpelling_SameContact() => HubIds.Contact(PhoneNumber.Parse("8 (916) 123-45-67")).Should().Be(HubIds.Contact(Number));

    [Fact]
    public void Ids_OfOneCall_AllDifferentAndVersionFive()
    {
        Guid[] ids =
        [
            HubIds.Call(Session), HubIds.Deal(Session), HubIds.Activity(Session, "followUp"), HubIds.Activity(Session, "callBack"), HubIds.Contact(Number), HubIds.Contact(Number, 1), HubIds.Contact(Number, 2),
            HubIds.RecordingLink(Session, "call", "a"), HubIds.RecordingLink(Session, "contact", "a"), HubIds.RecordingLink(Session, "call", "b"), HubIds.Reminding(Session, Recipient),
        ];

        ids.Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Version == 5);
    }
}
