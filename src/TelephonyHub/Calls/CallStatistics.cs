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

/// <summary>Numbers over time.</summary>
public sealed class CallStatistics(HubDatabase database, HubAccess access, HubSettings settings, TimeProvider time)
{
    private sealed record Fact(string Cabinet, DateTimeOffset At, string Direction, string State, int? Wait);

    /// <summary>Every day up to today, also those without calls.</summary>
    /// <param name="days">How many, with today.</param>
    /// <param name="cabinet">Null: all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<CallDay>> DaysAsync(int days, string? cabinet, CancellationToken ct)
    {
        // Days are those of each city; a day more is read, because Surgut's begins earlier than Moscow's.
        var since = time.GetUtcNow() - TimeSpan.FromDays(days + 1);
        await using var context = database.CreateContext(access);
        var calls = await context.Calls.AsNoTracking()
            .Where(c => c.StartedAt >= since && c.Ended && c.Direction != "internal" && (cabinet == null || c.Cabinet == cabinet))
            .Select(c => new Fact(c.Cabinet, c.StartedAt, c.Direction, c.State, c.WaitSeconds))
            .ToListAsync(ct);
        var backs = await context.MissedCalls.AsNoTracking()
            .Where(m => m.FirstMissedAt >= since && m.SecondsToCallBack != null && (cabinet == null || m.Cabinet == cabinet))
            .Select(m => new { m.Cabinet, m.FirstMissedAt, Seconds = m.SecondsToCallBack!.Value })
            .ToListAsync(ct);
        var callsByDay = calls.ToLookup(c => DayOf(c.Cabinet, c.At));
        var backsByDay = backs.ToLookup(m => DayOf(m.Cabinet, m.FirstMissedAt), m => m.Seconds);
        var today = settings.Cabinets.Keys.Max(k => DayOf(k.Value, time.GetUtcNow()));
        return [.. Enumerable.Range(0, days).Select(i => today.AddDays(i - days + 1)).Select(day => Of(day, [.. callsByDay[day]], [.. backsByDay[day]]))];
    }

    private static CallDay Of(DateOnly day, IReadOnlyList<Fact> calls, IReadOnlyList<int> backs)
    {
        var incoming = calls.Where(c => c.Direction == "in").ToList();
        var waits = incoming.Where(c => c is { State: "answered", Wait: not null }).Select(c => c.Wait!.Value).ToList();
        return new CallDay(
            day,
            calls.Count,
            incoming.Count,
            incoming.Count(c => c.State == "answered"),
            incoming.Count(c => c.State == "missed"),
            calls.Count - incoming.Count,
            waits.Count == 0 ? null : waits.Average(),
            backs.Count == 0 ? null : backs.Average());
    }

    private DateOnly DayOf(string cabinet, DateTimeOffset at) =>
        DateOnly.FromDateTime(settings.TryCabinet(cabinet, out var known) ? TimeZoneInfo.ConvertTime(at, known.RegionTimeZone).DateTime : at.UtcDateTime);
}
