using BenchmarkDotNet.Attributes;
using TelephonyHub.Benchmarks.Load;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;

namespace TelephonyHub.Benchmarks.Micro;

/// <summary>One webhook from its bytes to the fact that goes into the journal, and the fold of one call's eight facts.</summary>
[MemoryDiagnoser]
public class IntakeBenchmarks
{
    private static readonly CabinetSettings Cabinet = Company.Moscow;
    private readonly EventReader _reader = new(TimeProvider.System);
    private readonly byte[] _body = Payloads.Webhook(6).Body;
    private readonly string _query = "event=call_session_finished";
    private IReadOnlyList<CallEvent> _events = [];

    [GlobalSetup]
    public void Setup() => _events = [.. Enumerable.Range(0, Payloads.Events.Count).Select(n => Read(Payloads.Webhook(n))).OfType<CallEvent>()];

    [Benchmark]
    public object Parse() => _reader.Read(Cabinet, "POST", _query, "application/json", _body);

    [Benchmark]
    public object Fold() => CallFold.From(new SessionKey(Cabinet.Key, 600_000_000), _events);

    private CallEvent? Read((string Event, byte[] Body) webhook) => _reader.Read(Cabinet, "POST", "event=" + webhook.Event, "application/json", webhook.Body).Event;
}
