using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>
/// Whether anything that people look at has changed, on whichever replica: a handful of index look-ups. The console asks it once a second for all who
/// look together; nobody looks, nobody asks. It stands here because only the host may know all slices.
/// </summary>
public sealed class HubChanges(HubDatabase database)
{
    private static readonly string[] TaskStates = ["pending", "running", "retry", "done", "dead"];

    /// <summary>Equal to the one before: nothing changed.</summary>
    public async Task<string> StampAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var parts = new List<long>
        {
            await context.Events.MaxAsync(e => (long?)e.Id, ct) ?? 0,
            await context.Sessions.CountAsync(s => s.DirtyVersion > s.FoldedVersion, ct),
            await context.Sessions.CountAsync(s => s.PlanDueAt != null, ct),
            await context.Quarantine.MaxAsync(q => (long?)q.Id, ct) ?? 0,
            await context.Audit.MaxAsync(a => (long?)a.Id, ct) ?? 0,
            await context.MissedCalls.CountAsync(m => m.State == "open", ct),
            await context.Reconciliation.MaxAsync(r => (DateTimeOffset?)r.ComparedAt, ct) is { } compared ? compared.UtcTicks : 0,
        };
        foreach (var state in TaskStates)
        {
            parts.Add(await context.SyncTasks.Where(t => t.State == state).MaxAsync(t => (DateTimeOffset?)t.UpdatedAt, ct) is { } at ? at.UtcTicks : 0);
        }

        return string.Join('|', parts.Select(p => p.ToString(CultureInfo.InvariantCulture)));
    }
}
