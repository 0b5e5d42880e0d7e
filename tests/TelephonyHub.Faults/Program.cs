using TelephonyHub.Faults;

if (FaultOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FaultOptions.Help);
    return 2;
}

var (results, unplayed) = (new List<FaultResult>(), 0);
Console.WriteLine(FaultTable.Head);
foreach (var kind in options.Worlds.Select(WorldKind.Of))
{
    var waiting = new Queue<Fault>(FaultCatalogue.All.Where(f => f.PlaysIn(kind, options.Brief) && options.Wants(f)));
    while (waiting.TryDequeue(out var fault))
    {
        try
        {
            await using var world = await FaultWorld.StartAsync(kind, options.Seed, options.Long ? 3000 : 400);
            var run = new FaultRun(world, options.Long);

            // In the long form each fault begins anew: ten thousand calls are as many as a comparison needs to read.
            do
            {
                if (!fault.NeedsSmallDisk || world.DiskCanBeFilled)
                {
                    results.Add(await run.PlayAsync(fault, options.Calls));
                    FaultTable.Print(results[^1]);
                    if (options.Write)
                    {
                        // At once: a run of hours may be ended by something that nobody thought of.
                        FaultTable.Write(results);
                    }
                }
                else
                {
                    Console.WriteLine($"    {kind.Name}, {fault}: not played, a small disk cannot be mounted here.");
                }
            }
            while (!options.Long && waiting.TryDequeue(out fault));
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException or TaskCanceledException or InvalidOperationException or Npgsql.NpgsqlException)
        {
            // A world in which something hangs is no measure for the next fault.
            Console.WriteLine($"    {kind.Name}, {fault}: not played to its end: {e.Message}");
            unplayed++;
        }
    }
}

var wrong = results.Count(r => !r.Passed) + unplayed;
Console.WriteLine($"{results.Count(r => r.Passed)} faults left nothing wrong, {wrong} did");
return wrong;
