using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Points of an account: each success costs one.</summary>
internal interface IPoints
{
    /// <exception cref="RpcException">`limit_exceeded`</exception>
    void Spend();

    /// <summary>The `limits` block of the metadata.</summary>
    JsonObject Limits();
}

/// <summary>Points per hour of the new report methods (section 2.1), which alone show them.</summary>
internal sealed class HourLimiter(int hourLimit, TimeProvider time) : IPoints
{
    private readonly Lock _gate = new();
    private DateTimeOffset _ends;
    private int _used;

    public void Spend()
    {
        lock (_gate)
        {
            Roll();
            if (_used >= hourLimit)
            {
                throw RpcErrors.LimitExceeded("hour", hourLimit);
            }

            _used++;
        }
    }

    public JsonObject Limits()
    {
        lock (_gate)
        {
            var now = Roll();
            return new JsonObject
            {
                ["hour_limit"] = hourLimit,
                ["hour_remaining"] = hourLimit - _used,
                ["hour_reset"] = (int)Math.Ceiling((_ends - now).TotalSeconds),
            };
        }
    }

    private DateTimeOffset Roll()
    {
        var now = time.GetUtcNow();
        if (now >= _ends)
        {
            _used = 0;
            _ends = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour, TimeSpan.Zero);
        }

        return now;
    }
}

/// <summary>Points per minute and per day of the account (section 1.4). Windows are whole clock minutes and whole days of the account's zone.</summary>
internal sealed class PointLimiter(int minuteLimit, int dayLimit, TimeProvider time, TimeZoneInfo zone) : IPoints
{
    private readonly Lock _gate = new();
    private DateTimeOffset _minuteEnds;
    private DateTimeOffset _dayEnds;
    private int _minuteUsed;
    private int _dayUsed;

    public void Spend()
    {
        lock (_gate)
        {
            Roll();
            if (_dayUsed >= dayLimit)
            {
                throw RpcErrors.LimitExceeded("day", dayLimit);
            }

            if (_minuteUsed >= minuteLimit)
            {
                throw RpcErrors.LimitExceeded("minute", minuteLimit);
            }

            _dayUsed++;
            _minuteUsed++;
        }
    }

    public JsonObject Limits()
    {
        lock (_gate)
        {
            var now = Roll();
            return new JsonObject
            {
                ["day_limit"] = dayLimit,
                ["day_remaining"] = dayLimit - _dayUsed,
                ["day_reset"] = (int)Math.Ceiling((_dayEnds - now).TotalSeconds),
                ["minute_limit"] = minuteLimit,
                ["minute_remaining"] = minuteLimit - _minuteUsed,
                ["minute_reset"] = (int)Math.Ceiling((_minuteEnds - now).TotalSeconds),
            };
        }
    }

    private DateTimeOffset Roll()
    {
        var now = time.GetUtcNow();
        if (now >= _minuteEnds)
        {
            _minuteUsed = 0;
            _minuteEnds = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);
        }

        if (now >= _dayEnds)
        {
            _dayUsed = 0;
            var local = TimeZoneInfo.ConvertTime(now, zone);
            _dayEnds = now + (TimeSpan.FromDays(1) - local.TimeOfDay);
        }

        return now;
    }
}
