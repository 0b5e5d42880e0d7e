using System.Diagnostics;

namespace TelephonyHub.Benchmarks.Load;

internal static class Loops
{
    /// <summary>Requests arrive at a constant rate, whatever became of those before.</summary>
    /// <param name="rate">Per second.</param>
    /// <param name="duration">Of the arrivals; then all answers are waited for.</param>
    /// <param name="send">The n-th request; false counts as failed.</param>
    public static async Task<(Latencies Latencies, TimeSpan Elapsed)> OpenAsync(double rate, TimeSpan duration, Func<int, Task<bool>> send)
    {
        var (latencies, pending) = (new Latencies(), new List<Task>());
        var clock = Stopwatch.StartNew();
        var total = (int)(rate * duration.TotalSeconds);
        for (var n = 0; n < total;)
        {
            // All that are due by now, at once: a timer is coarser than the gap between two arrivals.
            for (var due = (int)Math.Min(total, (clock.Elapsed.TotalSeconds * rate) + 1); n < due; n++)
            {
                var (number, at) = (n, TimeSpan.FromSeconds(n / rate));
                pending.Add(Task.Run(() => MeasureAsync(latencies, send, number, () => clock.Elapsed - at)));
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(pending);
        return (latencies, clock.Elapsed);
    }

    /// <summary>Each of the senders sends again as soon as it was answered: finds the most that goes through.</summary>
    public static async Task<(Latencies Latencies, double PerSecond)> ClosedAsync(int senders, TimeSpan duration, Func<int, Task<bool>> send)
    {
        var latencies = new Latencies();
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < duration)
            {
                var begun = clock.Elapsed;
                await MeasureAsync(latencies, send, Interlocked.Increment(ref next), () => clock.Elapsed - begun);
            }
        })));
        return (latencies, latencies.Count / clock.Elapsed.TotalSeconds);
    }

    private static async Task MeasureAsync(Latencies latencies, Func<int, Task<bool>> send, int number, Func<TimeSpan> taken)
    {
        try
        {
            if (await send(number))
            {
                latencies.Add(taken());
                return;
            }
        }
        catch (HttpRequestException)
        {
            // Counted below: a refused connection is an answer that did not come.
        }

        latencies.Fail();
    }
}
