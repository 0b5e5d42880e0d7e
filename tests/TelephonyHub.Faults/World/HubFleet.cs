namespace TelephonyHub.Faults;

/// <summary>The replicas of one hub behind their balancer: started, killed and replaced one by one.</summary>
public sealed class HubFleet(Balancer balancer, int size, string logFolder) : IAsyncDisposable
{
    private readonly HubProcess?[] _hubs = new HubProcess?[size];
    private readonly Uri?[] _addresses = new Uri?[size];

    public int Size => size;

    public async Task StartAllAsync(IReadOnlyDictionary<string, string> environment) =>
        await Task.WhenAll(Enumerable.Range(0, size).Select(i => StartAsync(i, environment)));

    /// <summary>Starts a replica and lets the balancer send to it once it is ready.</summary>
    public async Task StartAsync(int index, IReadOnlyDictionary<string, string> environment)
    {
        var hub = _hubs[index] = HubProcess.Start(new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["Hub__LogFile"] = Path.Combine(logFolder, $"hub-{index}.log") });
        var address = await hub.ListeningAsync();
        using var http = new HttpClient { BaseAddress = address };
        await Until.TrueAsync(() => IsReadyAsync(http), $"replica {index} is ready", TimeSpan.FromMinutes(10));
        _addresses[index] = address;
        balancer.Add(address);
    }

    /// <summary>Without a word: the balancer finds out by itself.</summary>
    public async Task KillAsync(int index)
    {
        if (_hubs[index] is { } hub)
        {
            await hub.KillAsync();
            await ForgetAsync(index);
        }
    }

    public Task KillAllAsync() => Task.WhenAll(Enumerable.Range(0, size).Select(KillAsync));

    /// <summary>Asks it to go and waits until it has gone; the balancer still sends to it meanwhile.</summary>
    public async Task<int> TerminateAsync(int index)
    {
        _hubs[index]!.Terminate();
        var (exitCode, _) = await _hubs[index]!.EndAsync();
        await ForgetAsync(index);
        return exitCode;
    }

    public async ValueTask DisposeAsync() => await KillAllAsync();

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        // Ready does not wait for the database; a read that needs it does.
        using var ready = await http.GetAsync("/health/ready");
        using var read = await http.GetAsync("/api/v1/calls");
        return ready.IsSuccessStatusCode && read.StatusCode == System.Net.HttpStatusCode.Unauthorized;
    }

    private async Task ForgetAsync(int index)
    {
        if (_addresses[index] is { } address)
        {
            balancer.Remove(address);
        }

        await _hubs[index]!.DisposeAsync();
        (_hubs[index], _addresses[index]) = (null, null);
    }
}
