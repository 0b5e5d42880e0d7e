using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Directory;

namespace TelephonyHub.Calls;

/// <summary>
/// Events of one session → the call. Pure and independent of order: it reads a set. Doubled events change nothing, late ones only add, and
/// "answered" is never undone (promise 4).
/// </summary>
public static class CallFold
{
    /// <param name="key">The session.</param>
    /// <param name="events">All that is known of it, in any order, duplicates allowed; at least one.</param>
    public static Call From(SessionKey key, IEnumerable<CallEvent> events)
    {
        // A total order of distinct facts makes every "first" and "last" below independent of arrival.
        var all = Canonical(events);
        if (all.Count == 0)
        {
            throw new ArgumentException("A call needs at least one event.", nameof(events));
        }

        var direction = DirectionOf(all);
        var client = Best(all, e => e.ClientPhone);
        var clientNumber = PhoneNumber.TryParse(client);
        var virtualNumber = Best(all, e => e.VirtualNumber);
        var legs = LegFold.From(all, clientNumber, virtualNumber);
        var talks = TalkFold.From(all, legs, clientNumber, virtualNumber);

        var finished = all.LastOrDefault(e => e.Kind == CallEventKind.SessionFinished);
        var lost = all.LastOrDefault(e => e.Kind == CallEventKind.SessionLost);
        var report = all.LastOrDefault(e => e.Kind == CallEventKind.ReportSession);
        var endedAt = finished?.At ?? lost?.At ?? report?.FinishedAt;
        var answered = talks.Count > 0
            || all.Exists(e => e.Kind is CallEventKind.TalkStarted or CallEventKind.TalkFinished || e is { IsReport: true, Talked: true })
            || all.Exists(e => e.Kind is CallEventKind.SessionFinished or CallEventKind.ReportSession && e.TalkSeconds > 0);
        var startedAt = StartOf(all);
        var answeredAt = all.Where(e => e.Kind == CallEventKind.TalkStarted).Select(e => (DateTimeOffset?)e.At).Min()
            ?? talks.Select(t => (DateTimeOffset?)t.Begin).Min();

        // Durations: arithmetic gives way to the PBX's finish event, that to the PBX's report (contract, section 2).
        var total = Known(report?.TotalSeconds, finished?.TotalSeconds) ?? Seconds(startedAt, endedAt);
        var talk = Known(report?.TalkSeconds, finished?.TalkSeconds) ?? (answered ? (int)Math.Min(talks.Sum(t => (long)(t.Seconds ?? 0)), int.MaxValue) : 0);
        var wait = Known(report?.WaitSeconds, finished?.WaitSeconds)
            ?? (answered ? Seconds(startedAt, answeredAt) : Known(lost?.WaitSeconds) ?? Seconds(startedAt, endedAt));
        var ended = endedAt is not null;

        return new Call
        {
            Key = key,
            Direction = direction,
            State = StateOf(direction, ended, answered, talks),
            Ended = ended,
            Answered = answered,
            ClientPhoneRaw = client,
            ClientName = Best(all, e => e.ClientName),
            VirtualNumber = virtualNumber,
            StartedAt = startedAt,
            AnsweredAt = answered ? answeredAt : null,
            EndedAt = endedAt,
            WaitSeconds = wait,
            TalkSeconds = talk,
            TotalSeconds = total,
            HoldSeconds = HoldFold.Seconds(all, endedAt),
            InternalByPbx = all.Exists(e => e.IsInternal == true),
            ExternalId = Best(all, e => e.ExternalId),
            LostReason = Best(all, e => e.LostReason),
            Legs = legs,
            Rung = RungBy(all, legs),
            Talks = [.. talks.Select(t => new CallTalk(t.Who, t.Begin, t.LastBegin))],
            FirstTalked = talks.Count > 0 ? talks[0].Who : null,
            LastTalked = answered ? LastTalkedOf(all, talks) : null,
            RingingNow = ended || answered
                ? []
                : [.. legs.Where(l => l is { RangAt: not null, ConnectedAt: null, EndedAt: null, Participant: not null }).Select(l => l.Participant!).Distinct()],
            Recordings = RecordingsOf(all),
            Tags = TagsOf(all),
        };
    }

    private static List<CallEvent> Canonical(IEnumerable<CallEvent> events) =>
        [.. events
            .Select(e => (Event: e, Text: JournalJson.Write(e)))
            .DistinctBy(e => e.Text, StringComparer.Ordinal)
            .OrderBy(e => e.Event.At)
            .ThenBy(e => e.Event.Kind)
            .ThenBy(e => e.Text, StringComparer.Ordinal)
            .Select(e => e.Event)];

    private static CallState StateOf(CallDirection direction, bool ended, bool answered, IReadOnlyList<Talk> talks) =>
        (ended, answered) switch
        {
            (true, true) => CallState.Answered,
            (true, false) => direction == CallDirection.In ? CallState.Missed : CallState.NotReached,
            (false, true) => talks.Any(t => t.IsOpen) ? CallState.Talking : CallState.Answered,
            (false, false) => CallState.Ringing,
        };

    /// <summary>The session events know best, then what the PBX wrote into a field, then the shape of the legs.</summary>
    private static CallDirection DirectionOf(List<CallEvent> all)
    {
        if (all.FirstOrDefault(e => e.Kind == CallEventKind.ReportSession)?.Direction is { } reported)
        {
            return reported;
        }

        if (all.Find(e => e.Kind is CallEventKind.IncomingSession or CallEventKind.SessionLost) is not null)
        {
            return CallDirection.In;
        }

        if (all.Find(e => e.Kind == CallEventKind.OutgoingSession) is not null)
        {
            return CallDirection.Out;
        }

        return all.Find(e => e.Kind == CallEventKind.SessionFinished && e.Direction is not null)?.Direction
            ?? all.Find(e => e.Direction is not null)?.Direction
            ?? CallDirection.In;
    }

    private static DateTimeOffset StartOf(List<CallEvent> all)
    {
        var live = all.Where(e => !e.IsReport).ToList();
        var earliest = live.Count > 0 ? live.Min(e => e.At) : all.Min(e => e.StartedAt ?? e.At);

        // Without the opening event the earliest one is late: then the start that a later event or the report names is better.
        var opened = live.Exists(e => e.Kind is CallEventKind.IncomingSession or CallEventKind.OutgoingSession or CallEventKind.IncomingLeg);
        var named = all.Where(e => e.Kind != CallEventKind.ReportLeg).Select(e => e.StartedAt).Min();
        return !opened && named < earliest ? named.Value : earliest;
    }

    private static Participant? LastTalkedOf(List<CallEvent> all, IReadOnlyList<Talk> talks)
    {
        var last = talks.OrderBy(t => t.LastBegin).LastOrDefault()?.Who;
        var named = all.LastOrDefault(e => e.LastTalkedEmployeeId is not null)?.LastTalkedEmployeeId;
        if (named is null)
        {
            return last;
        }

        return talks.LastOrDefault(t => t.Who.EmployeeId == named)?.Who
            ?? new Participant(named, all.Find(e => e.EmployeeId == named && e.EmployeeName is not null)?.EmployeeName, null);
    }

    private static List<Participant> RungBy(List<CallEvent> all, IReadOnlyList<CallLeg> legs)
    {
        var rung = legs.Where(l => l is { RangAt: not null, Participant.IsKnown: true }).OrderBy(l => l.RangAt).ThenBy(l => l.Id).Select(l => l.Participant!);
        var listed = all
            .Where(e => e.Kind == CallEventKind.SessionLost)
            .SelectMany(e => e.RungEmployeeIds)
            .Select(id => new Participant(id, all.Find(e => e.EmployeeId == id && e.EmployeeName is not null)?.EmployeeName, null));
        return [.. rung.Concat(listed).DistinctBy(p => p.EmployeeId is { } id ? $"e{id}" : $"n{p.Number}", StringComparer.Ordinal)];
    }

    private static List<CallRecording> RecordingsOf(List<CallEvent> all) =>
        [.. all
            .SelectMany(e => e.FileLinks.Select(link => new CallRecording(
                HashOf(link),
                link,
                e.Kind == CallEventKind.VoiceMail ? RecordingKind.VoiceMail : RecordingKind.Talk,
                e.FileSeconds)))
            .GroupBy(r => r.Hash, StringComparer.Ordinal)
            .Select(g => g.OrderBy(r => r.Kind).ThenByDescending(r => r.Seconds ?? 0).ThenBy(r => r.Link, StringComparer.Ordinal).First())
            .OrderBy(r => r.Hash, StringComparer.Ordinal)];

    private static string HashOf(string link)
    {
        // The hash is the path's last part (reference 2.7); a query says how to deliver the file, not which.
        var last = link.Split('?')[0].TrimEnd('/').Split('/')[^1];
        return last.Length == 32 && last.All(char.IsAsciiHexDigit)
            ? last.ToLowerInvariant()
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link)).AsSpan(0, 16));
    }

    private static List<string> TagsOf(List<CallEvent> all)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var e in all)
        {
            if (e.Kind == CallEventKind.TagUnset)
            {
                tags.ExceptWith(e.Tags);
            }
            else if (e.Kind != CallEventKind.LegUnknown)
            {
                // A tag event whose template tells neither "set" nor "unset" proves only that the tag was mentioned.
                tags.UnionWith(e.Tags);
            }
        }

        return [.. tags];
    }

    /// <summary>The value of the most trustworthy event that has one: report, then session events, then legs.</summary>
    private static string? Best(List<CallEvent> all, Func<CallEvent, string?> value) =>
        all.Where(e => !string.IsNullOrWhiteSpace(value(e)))
            .OrderBy(e => e.Kind switch
            {
                CallEventKind.IncomingSession or CallEventKind.OutgoingSession => 0,
                CallEventKind.ReportSession => 1,
                CallEventKind.SessionFinished or CallEventKind.SessionLost => 2,
                _ => 3,
            })
            .Select(value)
            .FirstOrDefault();

    private static int? Known(params ReadOnlySpan<int?> values)
    {
        foreach (var value in values)
        {
            if (value >= 0)
            {
                return value;
            }
        }

        return null;
    }

    private static int? Seconds(DateTimeOffset from, DateTimeOffset? to) =>
        to is { } end ? (int)Math.Clamp(Math.Round((end - from).TotalSeconds), 0, int.MaxValue) : null;
}
