namespace TelephonyHub.Storage;

/// <summary>Reads for which somebody waits on the line: an answer within the patience, or none.</summary>
public static class QuickRead
{
    /// <exception cref="OperationCanceledException">Patience or <paramref name="ct"/> ended.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused, or is away.</exception>
    public static async Task<T> QuickReadAsync<T>(this HubDatabase database, TimeSpan patience, Func<HubDbContext, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(patience);
        var token = deadline.Token;

        // Off this thread, because SQLite does not know asynchronous reads: the deadline would not hold.
        return await Task.Run(
            async () =>
            {
                await using var context = database.CreateContext();
                return await read(context, token);
            },
            token).WaitAsync(token);
    }
}
