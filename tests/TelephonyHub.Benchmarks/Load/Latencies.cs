using System.Collections.Concurrent;
using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>
/// Answer times of one load, in milliseconds. In an open loop they count from when the request was due, not from when it was sent: a server that stalls
/// would otherwise hide its stall from everybody who waited behind it (coordinated omission).
/// </summary>
internal sealed class Latencies
{
    private readonly ConcurrentQueue<double> _all = new();
    private long _failed;

    public long Failed => Interlocked.Read(ref _failed);

    public int Count => _all.Count;

    public void Add(TimeSpan taken) => _all.Enqueue(taken.TotalMilliseconds);

    public void Fail() => Interlocked.Increment(ref _failed);

    public string Percentiles()
    {
        var sorted = _all.Order().ToArray();
        return sorted.Length == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"p50 {At(sorted, 0.5):F1} · p95 {At(sorted, 0.95):F1} · p99 {At(sorted, 0.99):F1} · max {sorted[^1]:F1} ms");
    }

    public double Percentile(double share) => At([.. _all.Order()], share);

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
