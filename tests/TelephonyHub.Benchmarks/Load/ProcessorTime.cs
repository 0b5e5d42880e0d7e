using System.Diagnostics;
using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Who used the cores during a load: on a shared machine half of the answer to "why so slow".</summary>
internal sealed class ProcessorTime
{
    private readonly Cluster _cluster;
    private readonly HubUnderLoad _hub;
    private readonly TimeSpan _hubBefore;
    private readonly TimeSpan _serverBefore;
    private readonly TimeSpan _driverBefore = Driver;

    private ProcessorTime(Cluster cluster, HubUnderLoad hub, TimeSpan server) => (_cluster, _hub, _hubBefore, _serverBefore) = (cluster, hub, hub.Processor, server);

    private static TimeSpan Driver => Process.GetCurrentProcess().TotalProcessorTime;

    public static async Task<ProcessorTime> StartAsync(Cluster cluster, HubUnderLoad hub) => new(cluster, hub, await cluster.ProcessorAsync());

    /// <param name="of">What the load consisted of: <c>call</c>, <c>event</c>.</param>
    /// <param name="count">How many.</param>
    public async Task<Figure> FigureAsync(string of, long count)
    {
        var (hub, server, driver) = (_hub.Processor - _hubBefore, await _cluster.ProcessorAsync() - _serverBefore, Driver - _driverBefore);
        return new Figure(
            $"… processor time of one {of}: hub, PostgreSQL, driver with stand-ins",
            string.Create(CultureInfo.InvariantCulture, $"{hub.TotalMilliseconds / count:F2}, {server.TotalMilliseconds / count:F2}, {driver.TotalMilliseconds / count:F2} ms"));
    }
}
