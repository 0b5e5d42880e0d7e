namespace TelephonyHub.Uis.JsonRpc;

/// <summary>
/// Holds requests back before the PBX would refuse them. Knows nothing but what the answers' metadata say (reference 1.4): until the first answer
/// background goes one at a time, so that a burst at the start does not use up a minute of fifteen points nobody knew of. Afterwards background
/// leaves a part of the minute to people, and waits while one of them waits.
/// </summary>
internal sealed class PointBudget(TimeProvider time)
{
    // Two answers with resets this close speak of the same window, however they overtook each other.
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private UisApiLimits? _limits;
    private int _inFlight;
    private int _waitingInteractive;
    private bool _answered;
    private TaskCompletionSource _changed = NewSignal();

    internal UisApiLimits? Limits
    {
        get
        {
            lock (_gate)
            {
                Renew();
                return _limits;
            }
        }
    }

    /// <summary>Waits until a point is free. Each return is paired with one <see cref="Complete"/>.</summary>
    /// <exception cref="UisApiException">The day's points are used up (<see cref="UisFailure.Limit"/>).</exception>
    internal async Task AcquireAsync(string method, UisPriority priority, CancellationToken cancellationToken)
    {
        var counted = false;
        try
        {
            while (true)
            {
                TimeSpan wait;
                Task changed;
                lock (_gate)
                {
                    Renew();
                    ThrowIfDayIsOver(method);
                    if (MayPass(priority))
                    {
                        _inFlight++;
                        return;
                    }

                    if (priority == UisPriority.Interactive && !counted)
                    {
                        counted = true;
                        _waitingInteractive++;
                    }

                    wait = (_limits?.MinuteResetAt ?? time.GetUtcNow().AddMinutes(1)) - time.GetUtcNow();
                    changed = _changed.Task;
                }

                await WaitAsync(wait, changed, cancellationToken);
            }
        }
        finally
        {
            if (counted)
            {
                lock (_gate)
                {
                    _waitingInteractive--;
                    Signal();
                }
            }
        }
    }

    /// <summary>Takes back the reservation and notes what the answer said.</summary>
    /// <param name="points">Metadata, if any.</param>
    /// <param name="maySpend">The answer did not say what is left, and the request may have been charged: the point is counted as spent.</param>
    internal void Complete(RpcPoints? points, bool maySpend)
    {
        lock (_gate)
        {
            _inFlight--;
            _answered = true;
            if (points is not null)
            {
                Observe(points);
            }
            else if (maySpend && _limits is { } known)
            {
                _limits = known with { MinuteRemaining = Less(known.MinuteRemaining), DayRemaining = Less(known.DayRemaining) };
            }

            Signal();
        }
    }

    /// <summary>The PBX refused: nothing is left of this minute or day, whatever was known.</summary>
    internal TimeSpan Exhausted(bool day)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var known = _limits ?? new UisApiLimits(null, null, null, null, null, null, now);
            if (day)
            {
                // Without metadata the end of the day is unknown; asking again in an hour costs nothing, refusals are free.
                var dayReset = known.DayResetAt > now ? known.DayResetAt.Value : now.AddHours(1);
                _limits = known with { DayRemaining = 0, DayResetAt = dayReset };
                return dayReset - now;
            }

            var reset = known.MinuteResetAt > now ? known.MinuteResetAt.Value : now.AddMinutes(1);
            _limits = known with { MinuteRemaining = 0, MinuteResetAt = reset };
            return reset - now;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static int? Less(int? remaining) => remaining is > 0 ? remaining - 1 : remaining;

    private bool MayPass(UisPriority priority)
    {
        if (_limits?.MinuteRemaining is not { } remaining)
        {
            return _answered || priority == UisPriority.Interactive || _inFlight == 0;
        }

        var free = remaining - _inFlight;
        if (priority == UisPriority.Interactive)
        {
            return free > 0;
        }

        return _waitingInteractive == 0 && free > _limits.ReservedForPeople;
    }

    private void Renew()
    {
        var now = time.GetUtcNow();
        if (_limits is { MinuteResetAt: { } minute } && minute <= now)
        {
            _limits = _limits with { MinuteRemaining = _limits.MinuteLimit, MinuteResetAt = null };
        }

        if (_limits is { DayResetAt: { } day } && day <= now)
        {
            _limits = _limits with { DayRemaining = _limits.DayLimit, DayResetAt = null };
        }
    }

    private void ThrowIfDayIsOver(string method)
    {
        if (_limits is { DayRemaining: <= 0, DayResetAt: { } reset })
        {
            throw new UisApiException(UisFailure.Limit, method, "points_exhausted", retryAfter: reset - time.GetUtcNow());
        }
    }

    private void Observe(RpcPoints points)
    {
        Renew();
        var now = time.GetUtcNow();
        var (day, dayReset) = Merge(_limits?.DayRemaining, _limits?.DayResetAt, points.DayRemaining, After(now, points.DayReset));
        var (minute, minuteReset) = Merge(_limits?.MinuteRemaining, _limits?.MinuteResetAt, points.MinuteRemaining, After(now, points.MinuteReset));
        _limits = new UisApiLimits(
            points.DayLimit ?? _limits?.DayLimit, day, dayReset, points.MinuteLimit ?? _limits?.MinuteLimit, minute, minuteReset, now);
    }

    private static DateTimeOffset? After(DateTimeOffset now, int? seconds) => seconds is { } value ? now.AddSeconds(Math.Max(0, value)) : null;

    // Answers overtake each other; within one window points only shrink, so the smaller figure is the newer one.
    private static (int? Remaining, DateTimeOffset? ResetAt) Merge(
        int? known, DateTimeOffset? knownReset, int? said, DateTimeOffset? saidReset) =>
        (known, knownReset, said, saidReset) switch
        {
            (_, _, null, _) => (known, knownReset),
            ({ } old, { } oldReset, { } now, { } nowReset) when (nowReset - oldReset).Duration() < SameWindow => (Math.Min(old, now), nowReset),
            ({ }, { } oldReset, _, { } nowReset) when nowReset < oldReset => (known, knownReset),
            _ => (said, saidReset ?? knownReset),
        };

    private async Task WaitAsync(TimeSpan wait, Task changed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), time, stop.Token);
        await Task.WhenAny(delay, changed);
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Signal()
    {
        var signalled = _changed;
        _changed = NewSignal();
        signalled.TrySetResult();
    }
}
