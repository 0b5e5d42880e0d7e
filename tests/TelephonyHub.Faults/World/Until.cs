namespace TelephonyHub.Faults;

/// <summary>Asks again until it holds: the hub works in the background, and its reads are the signal.</summary>
public static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await HoldsAsync(condition))
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain until {what}.");
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Also an answer that did not come in time.
            return false;
        }
    }
}
