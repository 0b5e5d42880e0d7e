namespace TelephonyHub.Faults;

/// <summary>What goes wrong while calls are made. When it returns, everything works again: how long that takes to show is the hub's matter.</summary>
/// <param name="Name">In the table and on the command line.</param>
/// <param name="PlayAsync">Runs beside the load.</param>
public sealed record Fault(string Name, Func<FaultWorld, FaultWindow, Task> PlayAsync)
{
    /// <summary>How long calls are made in the short form.</summary>
    public TimeSpan Short { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Long { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Of the database server, which SQLite has none of.</summary>
    public bool NeedsPostgres { get; init; }

    /// <summary>One of several hubs goes and the others work on.</summary>
    public bool NeedsReplicas { get; init; }

    /// <summary>About the process and its file, which is where SQLite differs; the rest is the same code there.</summary>
    public bool OfTheProcess { get; init; }

    public bool NeedsSmallDisk { get; init; }

    /// <summary>There is always a replica that takes the request: not one may be refused.</summary>
    public bool HasNoGap { get; init; }

    /// <summary>Its calls happen now, as far as their own clocks say: with wrong clocks, only the moment of the webhook tells what belongs together.</summary>
    public bool IsLive { get; init; }

    /// <summary>The fault itself makes each call take minutes: however many go on at once, the machine has little to do.</summary>
    public bool TakesTime { get; init; }

    /// <summary>Of the hub while this fault is played.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>What an operator does afterwards.</summary>
    public Func<FaultWorld, Task>? RepairAsync { get; init; }

    /// <param name="world">Which one.</param>
    /// <param name="brief">On SQLite only what differs there.</param>
    public bool PlaysIn(WorldKind world, bool brief) =>
        (world.Database == Hosting.DatabaseProvider.Postgres ? !NeedsReplicas || world.Hubs > 1 : !NeedsPostgres && !NeedsReplicas && (OfTheProcess || !brief));

    public override string ToString() => Name;
}

/// <summary>The time during which calls are made.</summary>
public sealed class FaultWindow(TimeSpan length, bool longForm, int seed, CancellationToken ended)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public bool IsLong => longForm;

    public Random Random { get; } = new(seed);

    public bool IsOver => ended.IsCancellationRequested;

    /// <summary>Of two lengths of an outage the one for this form.</summary>
    public TimeSpan Outage(TimeSpan inShort, TimeSpan inLong) => longForm ? inLong : inShort;

    /// <summary>When this share of the time has passed; at once if it has.</summary>
    public Task AtAsync(double share) => PauseAsync((length * share) - TimeProvider.System.GetElapsedTime(_started));

    /// <summary>Ends early when all calls are made and the time is over.</summary>
    public Task PauseAsync(TimeSpan time) =>
        time <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, TimeProvider.System, ended).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>When all calls are made and the time is over.</summary>
    public Task EndAsync() => PauseAsync(TimeSpan.FromDays(1));
}
