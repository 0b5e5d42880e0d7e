using TelephonyHub.Sync;
using TelephonyHub.Tests.Calls;
using static TelephonyHub.Tests.Directory.People;
using static TelephonyHub.Tests.Sync.PlanCase;

namespace TelephonyHub.Tests.Sync;

/// <summary>Row F of product.md, line by line: what stands in the CRM after a call of each kind. Every call here has a recording.</summary>
public sealed class DefaultRulesTests
{
    private static readonly Dictionary<string, (Func<PlanCase> Case, bool MayCreate, string[] Kinds)> Table = new(StringComparer.Ordinal)
    {
        ["incoming, answered, known client"] = (() => IncomingAnswered().Known(), true, ["contact", "deal", "followUp", "call", "recordingLink call", "recordingLink contact", "recordingLink deal"]),
        ["incoming, answered, unknown number"] = (() => IncomingAnswered().Unknown(), true, ["contact", "deal", "followUp", "call", "recordingLink call", "recordingLink contact", "recordingLink deal"]),
        ["outgoing, answered, known client"] = (() => OutgoingAnswered().Known(), true, ["contact", "deal", "followUp", "call", "recordingLink call", "recordingLink contact", "recordingLink deal"]),
        ["outgoing, answered, unknown number"] = (() => OutgoingAnswered().Unknown(), true, ["contact", "deal", "followUp", "call", "recordingLink call", "recordingLink contact", "recordingLink deal"]),
        ["incoming, missed, known client"] = (() => IncomingMissed().Known(), false, ["contact", "callBack", "call", "recordingLink call", "recordingLink contact"]),
        ["incoming, missed, unknown number"] = (() => IncomingMissed().Unknown(), false, ["contact", "callBack", "call", "recordingLink call", "recordingLink contact"]),
        ["outgoing, not reached, known client"] = (() => OutgoingNotReached().Known(), false, ["contact", "call", "recordingLink call", "recordingLink contact"]),
        ["outgoing, not reached, unknown number"] = (() => OutgoingNotReached().Unknown(), false, ["contact", "call", "recordingLink call", "recordingLink contact"]),
    };

    public static TheoryData<string> Kinds => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Plan_KindOfCall_RecordsOfTheRule(string kind)
    {
        var (make, mayCreate, kinds) = Table[kind];

        var plan = make().Recorded().Plan();

        plan.Kinds().Should().BeEquivalentTo(kinds, kind);
        plan.Wanted<WantedContact>().MayCreate.Should().Be(mayCreate, "only an answered call makes a contact");
        plan.NotExpected.Should().BeNull("a Call record is expected");
    }

    [Fact]
    public void Plan_InternalCall_NothingAndTheReason()
    {
        var plan = IncomingAnswered().Internal().Plan();

        plan.Tasks.Should().BeEmpty();
        plan.NotExpected.Should().Be("internal");
    }

    [Fact]
    public void Plan_BeforeGoLive_NothingAndTheReason()
    {
        var plan = IncomingAnswered().SyncFrom(CallStory.Second(1)).Plan();

        plan.Tasks.Should().BeEmpty();
        plan.NotExpected.Should().Be("before go-live");
    }

    [Fact]
    public void Plan_ExactlyAtGoLive_Synced() => IncomingAnswered().SyncFrom(CallStory.Begin).Plan().NotExpected.Should().BeNull();

    [Fact]
    public void Plan_HiddenNumberAnswered_CallAndTaskOnly() =>
        IncomingAnswered().Hidden().Recorded().Plan().Kinds().Should().BeEquivalentTo("followUp", "call", "recordingLink call");

    [Fact]
    public void Plan_HiddenNumberMissed_CallAndTaskOnly() => IncomingMissed().Hidden().Plan().Kinds().Should().BeEquivalentTo("callBack", "call");

    [Fact]
    public void Plan_ClientReachedSince_NoCallBack() => IncomingMissed().Known().ReachedSince().Plan().Kinds().Should().BeEquivalentTo("contact", "call");

    [Fact]
    public void Plan_MissedThenAnswered_ClosesTheCallBackAndAddsDealAndFollowUp()
    {
        var missed = IncomingMissed().Known().Plan();

        var plan = IncomingAnswered().Known().After(missed).Plan();

        plan.Task(SyncKinds.CallBack).Should().Be(missed.Task(SyncKinds.CallBack) with { Open = false });
        plan.Kinds().Should().Contain(["deal", "followUp"]);
        plan.Task(SyncKinds.FollowUp).Open.Should().BeTrue();
    }

    [Fact]
    public void Plan_TwoRecordings_LinkedEachToEveryParent() => IncomingAnswered().Recorded(hash: "a").Recorded(hash: "b").Plan().Tasks.Where(t => t.Kind == SyncKinds.RecordingLink)
        .Select(t => t.Purpose).Should().BeEquivalentTo("call:a", "contact:a", "deal:a", "call:b", "contact:b", "deal:b");

    [Fact]
    public void Plan_VoiceMailOfAMissedCall_LinkedLikeARecording() =>
        IncomingMissed().Known().Recorded(TelephonyHub.Calls.RecordingKind.VoiceMail).Plan().Kinds().Should().Contain(["recordingLink call", "recordingLink contact"]).And.NotContain("recordingLink deal");

    [Fact]
    public void Plan_SameFacts_SamePlan() => IncomingAnswered().Known().Recorded().Plan().Tasks.Should().Equal(IncomingAnswered().Known().Recorded().Plan().Tasks);

    [Fact]
    public void Plan_TalkerUnknownAndNobodyResponsible_AsksFirst()
    {
        var unknown = () => Of(CallStory.Incoming(), CallStory.TalkStarts(10), CallStory.Finished(40, 30));

        unknown().Plan().Kinds().Should().Equal("talker");
        unknown().TalkerAsked().DefaultOwner(Boris).Plan().Kinds().Should().Contain(["contact", "deal", "followUp", "call"]).And.NotContain("talker");
    }

    [Fact]
    public void Plan_TalkerUnknownButResponsibleKnown_AsksAndWrites() =>
        Of(CallStory.Incoming(), CallStory.TalkStarts(10), CallStory.Finished(40, 30)).Known().Plan().Kinds().Should().Contain(["talker", "contact", "deal", "followUp", "call"]);
}
