namespace TelephonyHub.Faults;

/// <summary>Plays faults in one world, each with its own load, and counts after each.</summary>
public sealed class FaultRun(FaultWorld world, bool longForm)
{
    /// <summary>As many calls begin and go on at one moment at most, as a company's lines are limited: a machine that is too slow for the load makes it take longer.</summary>
    private const int MostAtOnce = 40;

    private readonly Counter _counter = new(world);
    private int _clients;

    public async Task<FaultResult> PlayAsync(Fault fault, int calls)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (fault.Settings is { } settings)
        {
            await world.RestartHubsAsync(settings);
        }

        var load = new MixedLoad(world, HashOf(fault.Name), _clients, fault.IsLive).Prepare(calls);
        _clients += calls + 2;
        var (before, sentBefore, refusedBefore) = (new CrmTruth(world.Crm.Store).Totals, world.Uis.Notifications.Count, world.Balancer.Refused);
        var stories = await PlayAsync(fault, load);
        var (lifted, refused) = (TimeProvider.System.GetTimestamp(), world.Balancer.Refused - refusedBefore);
        if (fault.RepairAsync is { } repair)
        {
            await repair(world);
        }

        var count = await SettleAsync(stories, before, longForm ? TimeSpan.FromMinutes(20) : TimeSpan.FromMinutes(5));
        var settled = TimeProvider.System.GetElapsedTime(lifted);
        if (fault.Settings is not null)
        {
            await world.RestartHubsAsync(new Dictionary<string, string>(StringComparer.Ordinal));
        }

        var sent = world.Uis.Notifications.Skip(sentBefore).ToList();
        count.Gaps = fault.HasNoGap ? refused + sent.Count(n => n.Status != 200) : 0;
        foreach (var lost in fault.HasNoGap ? sent.Where(n => n.Status != 200) : [])
        {
            count.Note($"gap: {lost.Mnemonic} of {lost.Cabinet}:{lost.SessionId} got {lost.Status} {lost.Error}");
        }

        return new FaultResult(
            world.Kind.Name, fault.Name, stories.Sum(s => s.Sessions.Count()), sent.Count, sent.Count(n => n.Status != 200), count,
            TimeProvider.System.GetElapsedTime(started), count.IsClean ? settled : null);
    }

    /// <summary>Calls begin evenly over the time; they take as long as the hub lets them.</summary>
    private async Task<IReadOnlyList<ClientStory>> PlayAsync(Fault fault, IReadOnlyList<Func<CancellationToken, Task<ClientStory>>> load)
    {
        using var over = new CancellationTokenSource();
        var length = longForm ? fault.Long : fault.Short;
        var window = new FaultWindow(length, longForm, HashOf(fault.Name), over.Token);
        var playing = fault.PlayAsync(world, window);
        var calls = new List<Task<ClientStory>>(load.Count);
        using var lines = new SemaphoreSlim(fault.TakesTime ? load.Count : MostAtOnce);
        for (var i = 0; i < load.Count; i++)
        {
            await window.AtAsync((double)i / load.Count);
            await lines.WaitAsync();
            calls.Add(CallAsync(load[i], lines));
        }

        await window.AtAsync(1);
        var stories = await Task.WhenAll(calls);
        await over.CancelAsync();
        await playing;
        return stories;
    }

    private static async Task<ClientStory> CallAsync(Func<CancellationToken, Task<ClientStory>> call, SemaphoreSlim lines)
    {
        try
        {
            return await call(CancellationToken.None);
        }
        finally
        {
            lines.Release();
        }
    }

    /// <summary>Compares and counts until everything is right, and then once more: nothing may be doubled later.</summary>
    private async Task<FaultCount> SettleAsync(IReadOnlyList<ClientStory> stories, RecordTotals before, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (count, clean) = (new FaultCount(), 0);
        while (TimeProvider.System.GetElapsedTime(started) < patience && clean < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(clean > 0 ? 500 : 300), TimeProvider.System);
            try
            {
                if (await IsIdleAsync() && await CompareAsync() && await IsIdleAsync())
                {
                    count = await _counter.CountAsync(stories, before);
                    clean = count.IsClean ? clean + 1 : 0;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // The hub says "try again" while the database comes back, or nothing in time.
                count.Note($"the hub did not answer: {e.Message}");
            }
        }

        if (!count.IsClean)
        {
            foreach (var state in new[] { "pending", "running", "retry", "dead" })
            {
                foreach (var task in await SyncStates.OfAsync(world, state))
                {
                    count.Note($"task {state}: {task!.ToJsonString()}");
                }
            }

            await KeepAsync(count, stories);
        }

        return count;
    }

    /// <summary>What the hub knows of the calls that are wrong, for who looks for the reason: artifacts/faults.</summary>
    private async Task KeepAsync(FaultCount count, IReadOnlyList<ClientStory> stories)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine("artifacts", "faults"));
        foreach (var story in stories.Where(s => count.Faults.Any(f => f.Contains(Counter.KeyOf(s.Calls[0]), StringComparison.Ordinal))))
        {
            foreach (var session in story.Sessions)
            {
                var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"api/v1/calls/{session.Cabinet}/{session.SessionId}");
                using var answer = await world.Api.GetAsync(path);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{world.Kind.Name}-{session.Cabinet}-{session.SessionId}.json"), await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private async Task<bool> CompareAsync()
    {
        using var answer = await world.Api.PostAsync("api/v1/reconciliation/run", null);
        return answer.IsSuccessStatusCode;
    }

    private Task<bool> IsIdleAsync() => SyncStates.NoneAsync(world, "pending", "running", "retry");

    /// <summary>The same for the same seed and fault, whatever else is played.</summary>
    private int HashOf(string name) => name.Aggregate(world.Seed, (h, c) => unchecked((h * 31) + c));
}
