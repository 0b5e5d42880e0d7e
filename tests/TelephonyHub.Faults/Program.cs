using TelephonyHub.Faults;

if (FaultOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FaultOptions.Help);
    return 2;
}

var results = new List<FaultResult>();
Console.WriteLine(FaultTable.Head);
foreach (var kind in options.Worlds.Select(WorldKind.Of))
{
    var faults = FaultCatalogue.All.Where(f => f.PlaysIn(kind) && options.Wants(f)).ToList();

    // In the long form each fault begins anew: ten thousand calls are as many as a comparison needs to read.
    foreach (var group in options.Long ? faults.Select(f => new List<Fault> { f }) : [faults])
    {
        await using var world = await FaultWorld.StartAsync(kind, options.Seed, options.Long ? 3000 : 400);
        var run = new FaultRun(world, options.Long);
        foreach (var fault in group.Where(f => !f.NeedsSmallDisk || world.DiskCanBeFilled))
        {
            var result = await run.PlayAsync(fault, options.Calls);
            results.Add(result);
            Console.WriteLine(FaultTable.Row(result));
            foreach (var line in result.Passed ? [] : result.Count.Faults.Take(40))
            {
                Console.WriteLine($"    {line}");
            }
        }
    }
}

if (options.Write)
{
    FaultTable.Write(options, results);
}

return results.Count(r => !r.Passed);
