using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Calls;

/// <summary>A day of a cabinet by its city's clock, or of all cabinets.</summary>
/// <param name="Calls">Incoming and outgoing, without internal ones.</param>
/// <param name="AverageWaitSeconds">Of incoming calls that were answered; null without any.</param>
/// <param name="AverageCallBackSeconds">Of missed calls whose client was reached; null without any.</param>
public sealed record CallDay(DateOnly Date, int Calls, int Incoming, int Answered, int Missed, int Outgoing, double? AverageWaitSeconds, double? AverageCallBackSeconds)
{
    /// <summary>Of incoming calls; null without any.</summary>
    public double? AnsweredShare => Answered + Missed == 0 ? null : (double)Answered / (Answered + Missed);
}

/// <summary>Numbers over time, counted by the database: a year of calls does not fit into an answer's time, nor into memory.</summary>
public sealed class CallStatistics(HubDatabase database, HubAccess access, HubSettings settings, TimeProvider time)
{
    /// <summary>Every day up to today, also those without calls.</summary>
    /// <param name="days">How many, with today.</param>
    /// <param name="cabinet">Null: all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<CallDay>> DaysAsync(int days, string? cabinet, CancellationToken ct)
    {
        var clocks = settings.Clocks;
        var today = clocks.Max(c => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), c.Zone).DateTime));
        await using var context = database.CreateContext(access);
        var found = new List<CallDay>();
        foreach (var day in Enumerable.Range(0, days).Select(i => today.AddDays(i - days + 1)))
        {
            var (kinds, backs) = (new List<Kind>(), new List<Back>());
            foreach (var clock in clocks.Where(c => cabinet is null || !settings.TryCabinet(cabinet, out _) || c.Cabinets.Contains(cabinet)))
            {
                await CountAsync(context, clock, clocks, day, cabinet, kinds, backs, ct);
            }

            found.Add(Of(day, kinds, backs));
        }

        return found;
    }

    /// <summary>The day of the cities that have this clock. A cabinet that the settings do not name any more goes by the first one.</summary>
    private static async Task CountAsync(HubDbContext context, CityClock clock, IReadOnlyList<CityClock> clocks, DateOnly day, string? cabinet, List<Kind> kinds, List<Back> backs, CancellationToken ct)
    {
        var (from, to, of) = (clock.Midnight(day), clock.Midnight(day.AddDays(1)), clock.Cabinets);
        var calls = context.Calls.AsNoTracking().Where(c => c.StartedAt >= from && c.StartedAt < to && c.Ended && c.Direction != "internal");
        var missed = context.MissedCalls.AsNoTracking().Where(m => m.FirstMissedAt >= from && m.FirstMissedAt < to && m.SecondsToCallBack != null);
        if (cabinet is not null)
        {
            (calls, missed) = (calls.Where(c => c.Cabinet == cabinet), missed.Where(m => m.Cabinet == cabinet));
        }

        if (clock == clocks[0])
        {
            List<string> others = [.. clocks.Skip(1).SelectMany(c => c.Cabinets)];
            (calls, missed) = (calls.Where(c => !others.Contains(c.Cabinet)), missed.Where(m => !others.Contains(m.Cabinet)));
        }
        else
        {
            (calls, missed) = (calls.Where(c => of.Contains(c.Cabinet)), missed.Where(m => of.Contains(m.Cabinet)));
        }

        kinds.AddRange(await calls.GroupBy(c => new { c.Direction, c.State })
            .Select(g => new Kind(g.Key.Direction, g.Key.State, g.Count(), g.Count(c => c.WaitSeconds != null), g.Sum(c => (long?)c.WaitSeconds) ?? 0)).ToListAsync(ct));
        backs.AddRange(await missed.GroupBy(_ => 1).Select(g => new Back(g.Count(), g.Sum(m => (long?)m.SecondsToCallBack) ?? 0)).ToListAsync(ct));
    }

    private static CallDay Of(DateOnly day, List<Kind> kinds, List<Back> backs)
    {
        var incoming = kinds.FindAll(k => k.Direction == "in");
        var answered = incoming.FindAll(k => k.State == "answered");
        return new CallDay(
            day,
            kinds.Sum(k => k.Count),
            incoming.Sum(k => k.Count),
            answered.Sum(k => k.Count),
            incoming.Where(k => k.State == "missed").Sum(k => k.Count),
            kinds.Where(k => k.Direction != "in").Sum(k => k.Count),
            Average(answered.Sum(k => k.Seconds), answered.Sum(k => k.Waited)),
            Average(backs.Sum(b => b.Seconds), backs.Sum(b => b.Count)));
    }

    private static double? Average(long sum, int count) => count == 0 ? null : (double)sum / count;

    /// <summary>Calls of one direction and state; <paramref name="Waited"/> of them have a waiting time.</summary>
    private sealed record Kind(string Direction, string State, int Count, int Waited, long Seconds);

    private sealed record Back(int Count, long Seconds);
}
