using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Routing;

/// <summary>
/// Who talked last with a number, from the hub's own calls in any cabinet. One indexed read with a deadline of its own: the client waits on the line,
/// and without an answer the chain only lacks this entry.
/// </summary>
public sealed partial class LastTalkers(HubDatabase database, HubSettings settings, TimeProvider time, ILogger<LastTalkers> logger)
{
    /// <summary>After a read that failed or was too slow, none for a while: no caller waits for a database that is away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private long _closedUntil;

    /// <param name="number">The client's.</param>
    /// <param name="days">A talk longer ago does not count.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Guid?> OfAsync(PhoneNumber number, int days, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!database.IsReady || days == 0 || now.UtcTicks < Interlocked.Read(ref _closedUntil))
        {
            return null;
        }

        try
        {
            return await ReadAsync(number.E164, now - TimeSpan.FromDays(days), settings.Routing.DatabaseBudget, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _closedUntil, (now + Pause).UtcTicks);
            LogSkipped(logger, e.GetType().Name);
            return null;
        }
    }

    /// <summary>The first query of a process is compiled, which takes longer than a caller waits for it.</summary>
    internal Task WarmUpAsync(CancellationToken ct) => ReadAsync("+70000000000", time.GetUtcNow(), TimeSpan.FromSeconds(30), ct);

    private Task<Guid?> ReadAsync(string phone, DateTimeOffset since, TimeSpan patience, CancellationToken ct) => database.QuickReadAsync(
        patience,
        (context, token) => context.Calls.AsNoTracking()
            .Where(c => c.ClientPhone == phone && c.TalkedContactId != null && c.StartedAt >= since)
            .OrderByDescending(c => c.StartedAt)
            .Select(c => c.TalkedContactId)
            .FirstOrDefaultAsync(token),
        ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without knowing who talked last: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
