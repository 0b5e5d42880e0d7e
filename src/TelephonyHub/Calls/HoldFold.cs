namespace TelephonyHub.Calls;

/// <summary>Time on hold from <c>call_hold_control</c>. The values of <c>status</c> are not documented: every plausible form is understood.</summary>
internal static class HoldFold
{
    public static int Seconds(IReadOnlyList<CallEvent> ordered, DateTimeOffset? endedAt)
    {
        var total = TimeSpan.Zero;
        foreach (var leg in ordered.Where(e => e.Kind == CallEventKind.HoldControl).GroupBy(e => e.LegIds.Count > 0 ? e.LegIds[0] : 0))
        {
            DateTimeOffset? since = null;
            foreach (var e in leg)
            {
                if (IsHold(e.Status))
                {
                    since ??= e.At;
                }
                else if (since is { } begin)
                {
                    total += e.At - begin;
                    since = null;
                }
            }

            if (since is { } open && endedAt > open)
            {
                total += endedAt.Value - open;
            }
        }

        return (int)Math.Round(total.TotalSeconds);
    }

    private static bool IsHold(string? status) =>
        status?.Trim().ToLowerInvariant() is "hold" or "on" or "start" or "started" or "true" or "1" or "held" or "на удержании" or "удержание";
}
