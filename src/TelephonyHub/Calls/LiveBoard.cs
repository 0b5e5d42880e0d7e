using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Calls;

/// <summary>Somebody of the company in a call of this moment.</summary>
/// <param name="EmployeeId">Of the cabinet; null for a number that is nobody's there.</param>
/// <param name="Name">As the PBX writes it.</param>
/// <param name="Number">As it came, without a post-dial tail.</param>
/// <param name="State"><c>ringing | talking | onHold</c></param>
public sealed record LiveParty(string? EmployeeId, string? Name, string? Number, string State)
{
    public const string Ringing = "ringing";
    public const string Talking = "talking";
    public const string OnHold = "onHold";
}

/// <summary>A call as the journal has it.</summary>
/// <param name="Item">As in lists.</param>
/// <param name="LastEventAt">When the last event of it was folded.</param>
/// <param name="Parties">Who rings or talks by the events.</param>
public sealed record EventCall(CallItem Item, DateTimeOffset LastEventAt, IReadOnlyList<LiveParty> Parties);

/// <summary>A call that UIS lists (<c>list.calls</c>).</summary>
public sealed record ListedCall(string SessionId, string? Direction, DateTimeOffset? StartedAt, string? ClientPhone, string? VirtualNumber, IReadOnlyList<LiveParty> Parties)
{
    public static ListedCall Of(UisLiveCall call, Func<DateTime?, DateTimeOffset?> toInstant) => new(
        call.CallSessionId.ToString(CultureInfo.InvariantCulture),
        call.Direction,
        toInstant(call.StartTime),
        call.ContactPhoneNumber,
        call.VirtualPhoneNumber,
        [.. call.Legs.Where(l => l.State != UisLegState.Disconnected && (l.EmployeeId is not null || l.IsOperator == true)).Select(PartyOf)]);

    private static LiveParty PartyOf(UisLiveLeg leg) => new(
        leg.EmployeeId?.ToString(CultureInfo.InvariantCulture),
        leg.EmployeeFullName,
        WithoutTail(leg.CalledPhoneNumber),
        leg.State switch
        {
            UisLegState.Dialing or UisLegState.Queued => LiveParty.Ringing,
            UisLegState.OnHold => LiveParty.OnHold,
            _ => LiveParty.Talking,
        });

    private static string? WithoutTail(string? number) => number?.IndexOf("...", StringComparison.Ordinal) is > 0 and var tail ? number[..tail] : number;
}

/// <summary>One answer of <c>list.calls</c>.</summary>
public sealed record LivePoll(DateTimeOffset AskedAt, IReadOnlyList<ListedCall> Calls)
{
    public ListedCall? Find(string sessionId) => Calls.FirstOrDefault(c => c.SessionId == sessionId);
}

/// <summary>A call that goes on now.</summary>
public sealed record LiveCallItem : CallItem
{
    [SetsRequiredMembers]
    public LiveCallItem(CallItem call, string source, IReadOnlyList<LiveParty> parties)
        : base(call) => (Source, Parties) = (source, parties);

    /// <summary><c>events | list.calls | both</c></summary>
    public string Source { get; init; }

    /// <summary>Who of the company rings, talks or is on hold.</summary>
    public IReadOnlyList<LiveParty> Parties { get; init; }

    /// <summary><c>ended?</c>: UIS did not list the call when it was last asked. Null when all is well.</summary>
    public string? Doubt { get; init; }
}

/// <summary>A call that the events still hold for going on, and UIS does not.</summary>
public sealed record DroppedCall(string Cabinet, string SessionId, DateTimeOffset StartedAt, DateTimeOffset LastEventAt, Words Reason);

/// <summary>Events first, because they come at once; <c>list.calls</c> corrects what lost events left behind. Pure.</summary>
public sealed record LiveBoard(IReadOnlyList<LiveCallItem> Calls, IReadOnlyList<DroppedCall> Dropped)
{
    /// <summary>An event may be on its way when UIS is asked: only a list younger than this against the last event counts.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A list older than this says nothing of calls that the journal lacks: they may be over.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(60);

    /// <param name="events">Calls that have not ended by the journal.</param>
    /// <param name="polls">The last answers of each cabinet that could be asked, newest first.</param>
    /// <param name="ended">Cabinet and session of listed calls whose end the journal knows.</param>
    /// <param name="now">Now.</param>
    public static LiveBoard Merge(
        IReadOnlyList<EventCall> events,
        IReadOnlyDictionary<string, IReadOnlyList<LivePoll>> polls,
        IReadOnlySet<(string Cabinet, string SessionId)> ended,
        DateTimeOffset now)
    {
        var calls = new List<LiveCallItem>();
        var dropped = new List<DroppedCall>();
        foreach (var call in events)
        {
            var after = polls.GetValueOrDefault(call.Item.Cabinet)?.Where(p => p.AskedAt >= call.LastEventAt + Grace).ToList() ?? [];
            var missed = after.TakeWhile(p => p.Find(call.Item.SessionId) is null).Count();
            if (missed >= 2)
            {
                dropped.Add(new DroppedCall(call.Item.Cabinet, call.Item.SessionId, call.Item.StartedAt, call.LastEventAt, new Words(
                    "UIS did not list it twice in a row; its last event was lost. The report will end it in the journal.",
                    "UIS дважды подряд не показал этот звонок: событие о завершении потерялось. Отчёт закроет его в журнале.")));
                continue;
            }

            var listed = polls.GetValueOrDefault(call.Item.Cabinet)?.FirstOrDefault()?.Find(call.Item.SessionId);
            calls.Add(ByEvents(call, listed, polls.GetValueOrDefault(call.Item.Cabinet)?.FirstOrDefault()?.AskedAt, missed));
        }

        var known = events.Select(e => (e.Item.Cabinet, e.Item.SessionId)).ToHashSet();
        foreach (var (cabinet, answers) in polls)
        {
            if (answers.Count > 0 && now - answers[0].AskedAt <= FreshFor)
            {
                calls.AddRange(answers[0].Calls
                    .Where(c => !known.Contains((cabinet, c.SessionId)) && !ended.Contains((cabinet, c.SessionId)))
                    .Select(c => ByList(cabinet, c, answers[0].AskedAt)));
            }
        }

        return new LiveBoard([.. calls.OrderBy(c => c.StartedAt).ThenBy(c => c.Cabinet, StringComparer.Ordinal).ThenBy(c => c.SessionId, StringComparer.Ordinal)], dropped);
    }

    /// <summary>Calls of the cabinets that are seen, and those in which the person himself rings or talks.</summary>
    public LiveBoard SeenBy(HubAccess access, ManagerDirectory managers) => access.SeesAll
        ? this
        : new LiveBoard(
            [.. Calls.Where(c => access.Sees(c.Cabinet) || (access.ContactId is { } own && c.Parties.Any(p => ContactOf(c.Cabinet, p, managers) == own)))],
            [.. Dropped.Where(d => access.Sees(d.Cabinet))]);

    private static Guid? ContactOf(string cabinet, LiveParty party, ManagerDirectory managers) =>
        managers.Of(CabinetKey.Parse(cabinet), long.TryParse(party.EmployeeId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, party.Number)?.ContactId;

    private static LiveCallItem ByEvents(EventCall call, ListedCall? listed, DateTimeOffset? askedAt, int missed)
    {
        // Of two pictures the younger one counts; who is in the call is known better by the list if an event was lost since.
        var byList = listed is not null && askedAt >= call.LastEventAt && listed.Parties.Count > 0;
        var parties = byList ? listed!.Parties : call.Parties;
        var state = call.Item.State == "ringing" && listed is not null && byList && Talks(listed.Parties) ? "talking" : call.Item.State;
        return new LiveCallItem(call.Item with { State = state }, listed is null ? "events" : "both", parties) { Doubt = missed > 0 ? "ended?" : null };
    }

    private static LiveCallItem ByList(string cabinet, ListedCall call, DateTimeOffset askedAt)
    {
        var item = new CallItem
        {
            Cabinet = cabinet,
            SessionId = call.SessionId,
            ConversationId = $"{cabinet}:{call.SessionId}",
            Direction = call.Direction == "out" ? "out" : "in",
            State = Talks(call.Parties) ? "talking" : "ringing",
            ClientPhone = PhoneNumber.TryParse(call.ClientPhone)?.E164 ?? call.ClientPhone,
            ClientPhoneUnparsed = !string.IsNullOrEmpty(call.ClientPhone) && PhoneNumber.TryParse(call.ClientPhone) is null,
            DialledNumber = PhoneNumber.TryParse(call.VirtualNumber)?.E164 ?? call.VirtualNumber,
            StartedAt = call.StartedAt ?? askedAt,
            Crm = new CrmIds(null, null, null, null),
        };
        return new LiveCallItem(item, "list.calls", call.Parties);
    }

    private static bool Talks(IReadOnlyList<LiveParty> parties) => parties.Any(p => p.State is LiveParty.Talking or LiveParty.OnHold);
}
