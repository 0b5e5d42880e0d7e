using TelephonyHub.Calls;

namespace TelephonyHub.Tests.Calls;

/// <summary>Events come first, UIS's list corrects what lost events left behind.</summary>
public sealed class LiveBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly LiveParty Anna = new("8", "Анна", "0101001", LiveParty.Talking);

    [Fact]
    public void Merge_NobodyCouldBeAsked_IsTheEventsBoard()
    {
        var board = Merge([Event("1", age: 600)]);

        board.Calls.Should().ContainSingle().Which.Should().Match<LiveCallItem>(c => c.SessionId == "1" && c.Source == "events" && c.Doubt == null);
        board.Dropped.Should().BeEmpty();
    }

    [Fact]
    public void Merge_ListedToo_IsBoth() => Merge([Event("1", age: 60)], Poll(5, Listed("1"))).Calls.Single().Source.Should().Be("both");

    [Fact]
    public void Merge_MissingOnce_IsDoubtedAndStays()
    {
        var board = Merge([Event("1", age: 60)], Poll(5), Poll(30, Listed("1")));

        board.Calls.Single().Doubt.Should().Be("ended?");
        board.Dropped.Should().BeEmpty();
    }

    [Fact]
    public void Merge_MissingTwice_IsDroppedWithTheReason()
    {
        var board = Merge([Event("1", age: 60)], Poll(5), Poll(30));

        board.Calls.Should().BeEmpty();
        board.Dropped.Single().Should().Match<DroppedCall>(d => d.SessionId == "1" && d.Reason.En.Contains("twice") && d.Reason.Ru.Contains("дважды"));
    }

    [Fact]
    public void Merge_EventYoungerThanTheLists_IsBelieved()
    {
        // Both lists are older than the last event, or so close to it that it may have been on its way.
        Merge([Event("1", age: 2)], Poll(5), Poll(30)).Calls.Single().Doubt.Should().BeNull();
        Merge([Event("1", age: 12)], Poll(5), Poll(8)).Calls.Single().Doubt.Should().BeNull();
        Merge([Event("1", age: 20)], Poll(5), Poll(30)).Calls.Single().Doubt.Should().Be("ended?", "only the newer list is younger than the event");
    }

    [Fact]
    public void Merge_MissingThenListedAgain_IsNoDoubt() => Merge([Event("1", age: 60)], Poll(5, Listed("1")), Poll(30)).Calls.Single().Doubt.Should().BeNull();

    [Fact]
    public void Merge_JournalLacksIt_ComesFromTheList()
    {
        var board = Merge([], Poll(5, Listed("7", Anna) with { StartedAt = Now.AddMinutes(-3), Direction = "out", ClientPhone = "79035550001", VirtualNumber = "74951230001" }));

        board.Calls.Single().Should().Match<LiveCallItem>(c =>
            c.Source == "list.calls" && c.Cabinet == "msk" && c.SessionId == "7" && c.Direction == "out" && c.State == "talking" && c.ClientPhone == "+79035550001" && c.DialledNumber == "+74951230001"
            && c.StartedAt == Now.AddMinutes(-3));
        board.Calls.Single().Parties.Should().Equal(Anna);
    }

    [Fact]
    public void Merge_JournalKnowsItsEnd_DoesNotComeBack() =>
        LiveBoard.Merge([], Polls(Poll(5, Listed("7"))), new HashSet<(string, string)> { ("msk", "7") }, Now).Calls.Should().BeEmpty();

    [Fact]
    public void Merge_OldList_SaysNothingOfUnknownCalls() => Merge([], Poll(61, Listed("7"))).Calls.Should().BeEmpty();

    [Fact]
    public void Merge_AnswerWasLost_StateAndPartiesComeFromTheList()
    {
        var call = Merge([Event("1", age: 60, new LiveParty("9", "Борис", null, LiveParty.Ringing))], Poll(5, Listed("1", Anna))).Calls.Single();

        call.State.Should().Be("talking");
        call.Parties.Should().Equal(Anna);
    }

    [Fact]
    public void Merge_EventsAreYounger_PartiesComeFromThem()
    {
        var boris = new LiveParty("9", "Борис", null, LiveParty.Ringing);

        var call = Merge([Event("1", age: 2, boris)], Poll(5, Listed("1", Anna))).Calls.Single();

        call.State.Should().Be("ringing");
        call.Parties.Should().Equal(boris);
    }

    [Fact]
    public void Merge_SameSessionInAnotherCabinet_IsAnotherCall()
    {
        var polls = new Dictionary<string, IReadOnlyList<LivePoll>> { ["spb"] = [Poll(5, Listed("1"))], ["msk"] = [Poll(5, Listed("1"))] };

        var board = LiveBoard.Merge([Event("1", age: 60)], polls, new HashSet<(string, string)>(), Now);

        board.Calls.Select(c => (c.Cabinet, c.Source)).Should().BeEquivalentTo([("msk", "both"), ("spb", "list.calls")]);
    }

    private static LiveBoard Merge(IReadOnlyList<EventCall> events, params LivePoll[] polls) => LiveBoard.Merge(events, Polls(polls), new HashSet<(string, string)>(), Now);

    private static Dictionary<string, IReadOnlyList<LivePoll>> Polls(params LivePoll[] polls) => polls.Length == 0 ? [] : new() { ["msk"] = polls };

    private static LivePoll Poll(int age, params ListedCall[] calls) => new(Now.AddSeconds(-age), calls);

    private static ListedCall Listed(string session, params LiveParty[] parties) => new(session, "in", Now.AddMinutes(-2), "79035550001", "74951230001", parties);

    private static EventCall Event(string session, int age, params LiveParty[] parties) => new(
        new CallItem { Cabinet = "msk", SessionId = session, ConversationId = $"msk:{session}", Direction = "in", State = "ringing", StartedAt = Now.AddMinutes(-2), Crm = new CrmIds(null, null, null, null) },
        Now.AddSeconds(-age),
        parties);
}
