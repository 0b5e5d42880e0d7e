namespace TelephonyHub.Calls.Conversations;

/// <summary>Evidence that a session dialled a number of the company.</summary>
/// <param name="From">The session that dialled.</param>
/// <param name="Source">What says so.</param>
/// <param name="To">Number dialled, E.164.</param>
/// <param name="Shown">Calling number of the leg; null where no event named it.</param>
/// <param name="Client">The first session's client, E.164.</param>
/// <param name="FromNumber">The first session's own number, E.164.</param>
/// <param name="At">By the cabinet's clock.</param>
/// <param name="SeenAt">When the hub was told of it, by its clock.</param>
public sealed record Dial(SessionKey From, DialSource Source, string To, string? Shown, string? Client, string? FromNumber, DateTimeOffset At, DateTimeOffset SeenAt);

public enum DialSource
{
    /// <summary>A leg of the session: it was dialled.</summary>
    Leg,

    /// <summary>The hub was asked for a transfer there: it is being dialled.</summary>
    Transfer,

    /// <summary>Routing gave the number among others: it may have been dialled.</summary>
    Route,
}

/// <summary>An incoming session at a number of the company.</summary>
/// <param name="Caller">E.164; null when hidden.</param>
/// <param name="Dialled">E.164.</param>
/// <param name="At">By the cabinet's clock.</param>
/// <param name="SeenAt">When the hub was told of it, by its clock.</param>
public sealed record Arrival(SessionKey Key, string? Caller, string Dialled, DateTimeOffset At, DateTimeOffset SeenAt);

/// <summary>What became of an arrival.</summary>
/// <param name="Parent">The session that dialled it.</param>
/// <param name="Possible">A session that may have, for want of evidence left apart.</param>
public readonly record struct Joining(SessionKey? Parent, SessionKey? Possible);

/// <summary>
/// Which arrivals are second sessions of which calls. Pure. Calling number, dialled number and time window must fit, never time alone. An arrival that shows the
/// client's own number cannot be a stranger's. One that shows the first cabinet's number could be any call's of that cabinet: it is joined only where
/// exactly one fits, else left apart and said to be possible.
/// </summary>
public static class SecondSessions
{
    /// <summary>Two cabinets' clocks differ a little: the arrival may seem to come before it was dialled.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    /// <summary>The second session's first webhook may overtake the one of the leg that dialled it.</summary>
    private static readonly TimeSpan Overtaken = TimeSpan.FromSeconds(4);

    /// <summary>Numbers that routing gave are dialled one after another, each half a minute or so.</summary>
    private static readonly TimeSpan RoutePatience = TimeSpan.FromMinutes(3);

    /// <summary>A cabinet's clock is not further off than this.</summary>
    internal static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(2);

    /// <param name="dials">All known near the arrivals, to any number.</param>
    /// <param name="arrivals">All known near the dials.</param>
    /// <param name="window"><c>Sync:JoinSeconds</c>.</param>
    /// <returns>One entry for each arrival that has a parent or a possible one.</returns>
    public static IReadOnlyDictionary<SessionKey, Joining> Match(IEnumerable<Dial> dials, IEnumerable<Arrival> arrivals, TimeSpan window)
    {
        var attempts = Attempts(dials, window);
        var waiting = arrivals.OrderBy(a => a.At).ThenBy(a => a.Key.IntegrationId, StringComparer.Ordinal).ToList();
        var result = new Dictionary<SessionKey, Joining>();

        // What a leg says it showed is believed first. A PBX that shows something else than it says is the second look, for the client's own number alone: the company's
        // could as well be shown for a stranger whose leg nobody told of.
        foreach (var strict in new[] { true, false })
        {
            JoinByClient(attempts, waiting, result, window, strict);
            JoinByElimination(attempts, waiting, result, window);
        }

        foreach (var arrival in waiting)
        {
            if (attempts.Where(a => Fits(a, arrival, window, strict: false)).MinBy(a => Distance(a, arrival)) is { } nearest)
            {
                result[arrival.Key] = new Joining(null, nearest.Dial.From);
            }
        }

        return result;
    }

    /// <summary>A transfer, the leg it makes and the answer of routing before it are one attempt.</summary>
    private static List<Attempt> Attempts(IEnumerable<Dial> dials, TimeSpan window)
    {
        var attempts = new List<Attempt>();
        foreach (var group in dials.GroupBy(d => (d.From, d.To)))
        {
            var own = new List<Attempt>();
            foreach (var dial in group.OrderBy(d => d.Source).ThenBy(d => d.At).ThenBy(d => d.Shown, StringComparer.Ordinal))
            {
                var patience = dial.Source == DialSource.Route ? RoutePatience : window;
                if (dial.Source == DialSource.Leg || !own.Exists(a => (a.Dial.At - dial.At).Duration() <= patience))
                {
                    own.Add(new Attempt(dial));
                }
            }

            attempts.AddRange(own);
        }

        return [.. attempts.OrderBy(a => a.Dial.At).ThenBy(a => a.Dial.From.IntegrationId, StringComparer.Ordinal)];
    }

    /// <summary>The client's own number is shown: whichever of his attempts it is, no stranger is joined. The nearest goes first.</summary>
    private static void JoinByClient(List<Attempt> attempts, List<Arrival> waiting, Dictionary<SessionKey, Joining> result, TimeSpan window, bool strict)
    {
        var pairs = from arrival in waiting
                    from attempt in attempts
                    where attempt.IsCertain && arrival.Caller == attempt.Dial.Client && Fits(attempt, arrival, window, strict)
                    orderby Distance(attempt, arrival), arrival.Key.IntegrationId, attempt.Dial.From.IntegrationId
                    select (arrival, attempt);
        foreach (var (arrival, attempt) in pairs.ToList())
        {
            if (!attempt.Taken && waiting.Remove(arrival))
            {
                Join(attempt, arrival, result);
            }
        }
    }

    /// <summary>Only the company's own number is shown: an arrival that one attempt alone can have made is that one's, and so on.</summary>
    private static void JoinByElimination(List<Attempt> attempts, List<Arrival> waiting, Dictionary<SessionKey, Joining> result, TimeSpan window)
    {
        for (var again = true; again;)
        {
            again = false;
            var sole = waiting
                .Select(a => (Arrival: a, Fitting: attempts.Where(x => x.IsCertain && !x.Taken && Fits(x, a, window, strict: true)).ToList()))
                .Where(p => p.Fitting.Count > 0 && p.Fitting.TrueForAll(x => x.Dial.From == p.Fitting[0].Dial.From))
                .GroupBy(p => p.Fitting[0].Dial.From)
                .ToList();
            foreach (var group in sole)
            {
                // As many attempts as arrivals that only this session can have made; one arrival too many, and one of them is a stranger's.
                var free = group.SelectMany(p => p.Fitting).Distinct().OrderBy(x => x.Dial.At).ToList();
                if (group.Count() > free.Count)
                {
                    continue;
                }

                foreach (var (arrival, fitting) in group)
                {
                    if (fitting.Find(x => !x.Taken) is { } attempt)
                    {
                        waiting.Remove(arrival);
                        Join(attempt, arrival, result);
                        again = true;
                    }
                }
            }
        }
    }

    private static void Join(Attempt attempt, Arrival arrival, Dictionary<SessionKey, Joining> result)
    {
        attempt.Taken = true;
        result[arrival.Key] = new Joining(attempt.Dial.From, null);
    }

    private static bool Fits(Attempt attempt, Arrival arrival, TimeSpan window, bool strict)
    {
        var dial = attempt.Dial;
        return dial.To == arrival.Dialled
            && dial.From != arrival.Key
            && arrival.Caller is { } caller
            && (strict && dial.Shown is not null ? caller == dial.Shown : caller == dial.Client || caller == dial.FromNumber || caller == dial.Shown)
            && IsNear(dial, arrival, dial.Source == DialSource.Route ? RoutePatience : window);
    }

    /// <summary>By the cabinets' clocks or, if these differ, by the hub's; late webhooks have only the former, wrong clocks only the latter.</summary>
    private static bool IsNear(Dial dial, Arrival arrival, TimeSpan window)
    {
        var (wire, seen) = (arrival.At - dial.At, arrival.SeenAt - dial.SeenAt);
        return (wire >= -Early && wire <= window) || (IsLive(dial.At, dial.SeenAt) && IsLive(arrival.At, arrival.SeenAt) && seen >= -Overtaken && seen <= window);
    }

    /// <summary>What comes minutes late, or from the report, says nothing by the moment at which it came.</summary>
    private static bool IsLive(DateTimeOffset at, DateTimeOffset seenAt) => (seenAt - at).Duration() <= MostSkew;

    private static TimeSpan Distance(Attempt attempt, Arrival arrival)
    {
        var (wire, seen) = ((arrival.At - attempt.Dial.At).Duration(), (arrival.SeenAt - attempt.Dial.SeenAt).Duration());
        return wire < seen ? wire : seen;
    }

    private sealed class Attempt(Dial dial)
    {
        public Dial Dial { get; } = dial;

        public bool Taken { get; set; }

        /// <summary>What routing gave may never have been dialled: it makes a joining possible, no more.</summary>
        public bool IsCertain => Dial.Source != DialSource.Route;
    }
}
