using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Storage;

namespace TelephonyHub.Routing;

/// <summary>
/// Who talked last with a number, from the hub's own calls in any cabinet. One indexed read with a deadline of its own: the client waits on the line,
/// and without an answer the chain only lacks this entry.
/// </summary>
public sealed partial class LastTalkers(HubDatabase database, TimeProvider time, ILogger<LastTalkers> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

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
            var (phone, since) = (number.E164, now - TimeSpan.FromDays(days));
            return await database.QuickReadAsync(
                Patience,
                (context, token) => context.Calls.AsNoTracking()
                    .Where(c => c.ClientPhone == phone && c.TalkedContactId != null && c.StartedAt >= since)
                    .OrderByDescending(c => c.StartedAt)
                    .Select(c => c.TalkedContactId)
                    .FirstOrDefaultAsync(token),
                ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _closedUntil, (now + Pause).UtcTicks);
            LogSkipped(logger, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without knowing who talked last: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
