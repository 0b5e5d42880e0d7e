using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using TelephonyHub.Intake;
using TelephonyHub.Routing;
using TelephonyHub.Sync;
using TelephonyHub.Uis;

namespace TelephonyHub.Hosting;

/// <summary>The hub's own figures; <c>/metrics</c> shows them with the framework's.</summary>
public sealed class HubMetrics
{
    public const string MeterName = "TelephonyHub";

    /// <summary>The default boundaries are milliseconds: 5, 10, 25, … and every answer would fall into the first.</summary>
    private static readonly double[] RoutingSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3];

    /// <summary>A phone rings for a few seconds: a card after that is of no use.</summary>
    private static readonly double[] CardSeconds = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];

    private readonly Counter<long> _events;
    private readonly Histogram<double> _routing;
    private readonly Histogram<double> _cards;
    private readonly Counter<long> _recordings;
    private readonly Meter _meter;

    public HubMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _events = meter.CreateCounter<long>("hub_events", description: "Notifications by cabinet and outcome");
        _recordings = meter.CreateCounter<long>("hub_recordings", description: "Recordings by cabinet and outcome: archived, retry, failed (each with its category), expired");
        _routing = meter.CreateHistogram(
            "hub_routing_seconds",
            "s",
            "Time to answer a routing request",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = RoutingSeconds });
        _cards = meter.CreateHistogram(
            "hub_card_seconds",
            "s",
            "Time from a webhook to the card on the manager's screen",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CardSeconds });
    }

    public void Event(string cabinet, AppendOutcome outcome) => _events.Add(1, new("cabinet", cabinet), new("outcome", outcome.ToString().ToLowerInvariant()));

    public void Routed(string cabinet, TimeSpan elapsed) => _routing.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("cabinet", cabinet));

    /// <param name="outcome"><c>archived | retry | failed | expired</c></param>
    /// <param name="category">Why it failed; empty where it did not.</param>
    public void Recording(string cabinet, string outcome, string category = "") =>
        _recordings.Add(1, new("cabinet", cabinet), new("outcome", outcome), new("category", category));

    /// <param name="outcome">As in the call's detail; of a failure only that it was one.</param>
    public void Card(string cabinet, string cardEvent, string outcome, TimeSpan elapsed) => _cards.Record(
        Math.Max(0, elapsed.TotalSeconds),
        new("cabinet", cabinet),
        new("event", cardEvent),
        new("outcome", outcome.StartsWith("failed", StringComparison.Ordinal) ? "failed" : outcome));

    /// <summary>Points that UIS has left for each cabinet, as its answers say. Windows of which no answer told are left out.</summary>
    public void WatchPoints(Func<IEnumerable<(string Cabinet, UisLimits Limits)>> read) => _meter.CreateObservableGauge(
        "hub_uis_points_remaining",
        () => read().SelectMany(c => Points(c.Cabinet, "data", c.Limits.DataApi).Concat(Points(c.Cabinet, "call", c.Limits.CallApi))),
        description: "API points left by cabinet, API and window");

    /// <summary>What waits on its way to the CRM, and how long.</summary>
    public void WatchQueue(Func<QueueState> read)
    {
        _meter.CreateObservableGauge(
            "hub_queue_depth",
            () => read().Depths.Select(d => new Measurement<int>(d.Count, new("cabinet", d.Cabinet), new("state", d.State))),
            description: "Tasks towards the CRM by cabinet and state; unfolded: calls with unread events");
        _meter.CreateObservableGauge(
            "hub_queue_age_seconds",
            () => read().OldestSeconds.Select(o => new Measurement<double>(o.Value, new KeyValuePair<string, object?>("cabinet", o.Key))),
            "s",
            "How long the oldest due task of a cabinet has been waiting");
    }

    /// <summary>Alerts that last, by the first word of their cause.</summary>
    public void WatchAlerts(Func<IEnumerable<(string Kind, int Count)>> read) => _meter.CreateObservableGauge(
        "hub_alerts_open", () => read().Select(a => new Measurement<int>(a.Count, new KeyValuePair<string, object?>("kind", a.Kind))), description: "Open alerts by kind");

    /// <summary>Events that wait for their commit.</summary>
    public void WatchIntake(Func<int> read) => _meter.CreateObservableGauge("hub_intake_waiting", read, description: "Events that wait for their commit");

    private static IEnumerable<Measurement<int>> Points(string cabinet, string api, UisApiLimits? limits)
    {
        foreach (var (window, left) in new[] { ("minute", limits?.MinuteRemaining), ("day", limits?.DayRemaining) })
        {
            if (left is { } points)
            {
                yield return new Measurement<int>(points, new("cabinet", cabinet), new("api", api), new("window", window));
            }
        }
    }

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton<HubMetrics>();
        services.AddSingleton<IRouteListener, RouteTimes>();
        services.AddOpenTelemetry().ConfigureResource(r => r.AddService("telephonyhub")).WithMetrics(m => m.AddMeter(MeterName).AddAspNetCoreInstrumentation().AddPrometheusExporter());

        // The library takes the meters of a whole process by their name: figures of another hub there would be shown as this one's, and this one's would end with the other.
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            var own = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(i => i.Meter.Scope is null || i.Meter.Scope == own ? null : MetricStreamConfiguration.Drop);
        });
    }

    private sealed class RouteTimes(HubMetrics metrics) : IRouteListener
    {
        public void OnAnswered(AnsweredRoute route) => metrics.Routed(route.Question.Cabinet.Value, route.Elapsed);
    }
}
