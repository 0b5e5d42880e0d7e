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

    /// <summary>A talk longer ago says little about who looks after the client now.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public async Task<Guid?> OfAsync(PhoneNumber number, CancellationToken ct)
    {
        if (!database.IsReady)
        {
            return null;
        }

        try
        {
            var (phone, since) = (number.E164, time.GetUtcNow() - Remembered);
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
            LogSkipped(logger, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without knowing who talked last: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
