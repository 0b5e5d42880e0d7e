using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>A journal of calls for lists: made of one event each, in cabinets whose plans are only shown, so that nothing else moves.</summary>
public abstract class ApiWorld(DatabaseProvider provider) : SharedWorld(provider)
{
    public const string ManagerKey = "test-key-manager";
    public const string AuditorKey = "test-key-auditor";
    public const string Caller = "79035550001";
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 9, 0, 0, TimeSpan.Zero);

    private readonly SemaphoreSlim _once = new(1, 1);
    private IReadOnlyList<(string Cabinet, long Session, DateTimeOffset At)>? _calls;

    protected override void Configure(WorldOptions options)
    {
        options.Settings["Cabinets:msk:Mode"] = "Shadow";
        options.Settings["Cabinets:sgt:Mode"] = "Shadow";
        foreach (var (n, name, key) in new[] { (2, "manager", ManagerKey), (3, "auditor", AuditorKey) })
        {
            options.Settings[$"Auth:ApiKeys:{n}:Name"] = name;
            options.Settings[$"Auth:ApiKeys:{n}:Key"] = key;
            options.Settings[$"Auth:ApiKeys:{n}:Roles:0"] = name;
        }
    }

    /// <summary>
    /// 25 calls from the tenth minute on, one a minute in Moscow; three of them at one instant, two of these in Surgut: only the rest of the key tells
    /// them apart.
    /// </summary>
    public async Task<IReadOnlyList<(string Cabinet, long Session, DateTimeOffset At)>> CallsAsync()
    {
        var world = await WorldAsync();
        await _once.WaitAsync();
        try
        {
            if (_calls is null)
            {
                var calls = Enumerable.Range(0, 25)
                    .Select(i => (Cabinet: i is 7 or 8 ? "sgt" : "msk", Session: NewSession(), At: Start.AddMinutes(i is 7 or 8 ? 6 : i)))
                    .ToList();
                foreach (var (cabinet, session, at) in calls)
                {
                    var lost = session % 2 == 0;
                    await world.PostEventAsync(cabinet, UisWire.Body(lost ? "lost_call_session" : "in_call_session", session, at, Caller, SimulatorCompany.MoscowNumber, offsetHours: cabinet == "sgt" ? 5 : 3));
                }

                foreach (var (cabinet, session, _) in calls)
                {
                    await HubWorld.EventuallyAsync(async () => await world.CallAsync(cabinet, session) is not null, "the call can be read");
                }

                _calls = calls;
            }

            return _calls;
        }
        finally
        {
            _once.Release();
        }
    }
}

public sealed class ApiWorldOnSqlite() : ApiWorld(DatabaseProvider.Sqlite);

public sealed class ApiWorldOnPostgres() : ApiWorld(DatabaseProvider.Postgres);
