using System.Diagnostics;
using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Who used the cores during a load: on a shared machine half of the answer to "why so slow".</summary>
internal sealed class ProcessorTime
{
    private readonly Cluster _cluster;
    private readonly IReadOnlyList<HubUnderLoad> _hubs;
    private readonly TimeSpan _hubBefore;
    private readonly TimeSpan _serverBefore;
    private readonly TimeSpan _driverBefore = Driver;

    private ProcessorTime(Cluster cluster, IReadOnlyList<HubUnderLoad> hubs, TimeSpan server) => (_cluster, _hubs, _hubBefore, _serverBefore) = (cluster, hubs, Of(hubs), server);

    private static TimeSpan Driver => Process.GetCurrentProcess().TotalProcessorTime;

    public static async Task<ProcessorTime> StartAsync(Cluster cluster, params IReadOnlyList<HubUnderLoad> hubs) => new(cluster, hubs, await cluster.ProcessorAsync());

    /// <param name="of">What the load consisted of: <c>call</c>, <c>event</c>.</param>
    /// <param name="count">How many.</param>
    public async Task<Figure> FigureAsync(string of, long count)
    {
        var (hub, server, driver) = (Of(_hubs) - _hubBefore, await _cluster.ProcessorAsync() - _serverBefore, Driver - _driverBefore);
        return new Figure(
            $"… processor time of one {of}: hub, PostgreSQL, driver with stand-ins",
            string.Create(CultureInfo.InvariantCulture, $"{hub.TotalMilliseconds / count:F2}, {server.TotalMilliseconds / count:F2}, {driver.TotalMilliseconds / count:F2} ms"));
    }

    private static TimeSpan Of(IReadOnlyList<HubUnderLoad> hubs) => hubs.Aggregate(TimeSpan.Zero, (sum, hub) => sum + hub.Processor);
}
