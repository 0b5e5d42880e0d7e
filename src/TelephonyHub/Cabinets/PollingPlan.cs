using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>What one kind of polling may cost.</summary>
/// <param name="OfDay">Its part of the account's points a day, 0–1.</param>
/// <param name="Points">Points of one round.</param>
/// <param name="Fastest">Never more often, however many points there are.</param>
/// <param name="Unknown">While no answer has told the limits.</param>
public sealed record PollingShare(double OfDay, int Points, TimeSpan Fastest, TimeSpan Unknown)
{
    /// <summary>Employees with their statuses, and SIP lines: presence. UIS has no event for them.</summary>
    public static readonly PollingShare People = new(0.20, 2, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    /// <summary>Account, statuses, groups, schedules, numbers, scenarios: they change by the week.</summary>
    public static readonly PollingShare Dictionaries = new(0.05, 6, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    /// <summary><c>list.calls</c>, of the Call API's points.</summary>
    public static readonly PollingShare Live = new(0.20, 1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
}

/// <summary>
/// How often a cabinet may be asked, from the points its answers report (reference 1.4). Pure. Points per day are few (500 to 3000 seen), the same
/// account's other integrations spend them too, and what is left must do until the reset.
/// </summary>
public static class PollingPlan
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Part of the day's points below which nothing is asked out of turn.</summary>
    private const double Reserve = 0.30;

    /// <summary>Part of a share that may be spent ahead of the clock, so that somebody who looks early in the day sees a fresh board.</summary>
    private const double Ahead = 0.25;

    /// <summary>From the end of one round to the next: the share spread over the day, slower when the rest of the day would not suffice.</summary>
    public static TimeSpan Interval(PollingShare share, UisApiLimits? limits, DateTimeOffset now)
    {
        if (limits?.DayLimit is not > 0)
        {
            return share.Unknown;
        }

        var (left, reset) = Today(limits, now);
        var steady = Day * (share.Points / (limits.DayLimit.Value * share.OfDay));
        var free = left * share.OfDay;
        var rest = free < share.Points ? reset : reset * (share.Points / free);
        return Longest(share.Fastest, steady, rest, MinutePause(share, limits, now));
    }

    /// <summary>For what is asked only while somebody looks: points saved up since the reset may be spent at once, then as <see cref="Interval"/>.</summary>
    /// <param name="share">Its part of the day.</param>
    /// <param name="limits">As last reported.</param>
    /// <param name="spent">Points of this share spent since the reset.</param>
    /// <param name="now">Now.</param>
    public static TimeSpan OnDemand(PollingShare share, UisApiLimits? limits, int spent, DateTimeOffset now)
    {
        if (limits?.DayLimit is not > 0)
        {
            return share.Fastest;
        }

        var (left, reset) = Today(limits, now);
        var budget = limits.DayLimit.Value * share.OfDay;
        var saved = budget * (1 - Math.Clamp(reset / Day, 0, 1)) + budget * Ahead;
        return spent + share.Points <= saved && left > limits.DayLimit.Value * Reserve
            ? Longest(share.Fastest, MinutePause(share, limits, now))
            : Interval(share, limits, now);
    }

    /// <summary>Refusals cost nothing, but a cabinet that refuses is not asked in a tight loop; minutes are enough to see that it was mended.</summary>
    /// <param name="failures">In a row, this one included.</param>
    /// <param name="retryAfter">When UIS or the budget says that it makes sense again.</param>
    public static TimeSpan AfterFailure(int failures, TimeSpan? retryAfter) =>
        Longest(TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(failures - 1, 0, 10))), retryAfter ?? TimeSpan.Zero);

    /// <summary>Whether there are points for a round out of turn.</summary>
    public static bool MayHurry(UisApiLimits? limits, DateTimeOffset now) =>
        limits?.DayLimit is not > 0 || Today(limits, now).Left > limits.DayLimit.Value * Reserve;

    /// <summary>What is left of today's points and how long they must do.</summary>
    private static (int Left, TimeSpan Reset) Today(UisApiLimits limits, DateTimeOffset now) => limits.DayResetAt switch
    {
        // The last answer is of yesterday: all points are back.
        { } reset when reset <= now => (limits.DayLimit!.Value, Day),
        { } reset => (limits.DayRemaining ?? limits.DayLimit!.Value, reset - now),
        null => (limits.DayRemaining ?? limits.DayLimit!.Value, Day),
    };

    private static TimeSpan MinutePause(PollingShare share, UisApiLimits limits, DateTimeOffset now) =>
        limits is { MinuteRemaining: { } left, MinuteResetAt: { } reset } && reset > now && left - limits.ReservedForPeople < share.Points
            ? reset - now
            : TimeSpan.Zero;

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> spans)
    {
        var longest = TimeSpan.Zero;
        foreach (var span in spans)
        {
            longest = span > longest ? span : longest;
        }

        return longest;
    }
}
