using System.Collections.Concurrent;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>What goes on after a method has returned: late recordings, calls of the API, re-deliveries. Failures stay until somebody asks.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    public CancellationToken Stopping => _stopping.Token;

    public void Run(Func<CancellationToken, Task> work) => Track(Task.Run(() => work(_stopping.Token), CancellationToken.None));

    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => work(_stopping.Token), CancellationToken.None);
        Track(task);
        return task;
    }

    /// <summary>Waits until nothing runs; a failure of the work is thrown here.</summary>
    public async Task WhenIdleAsync(CancellationToken ct)
    {
        while (_running.Keys.FirstOrDefault() is { } task)
        {
            await task.WaitAsync(ct);
            _running.TryRemove(task, out _);
        }
    }

    /// <summary>Stops what runs and waits for it.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        foreach (var task in _running.Keys)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private void Track(Task task)
    {
        _running[task] = 0;
        _ = task.ContinueWith(
            done => done.IsCompletedSuccessfully && _running.TryRemove(done, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
