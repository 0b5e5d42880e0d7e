using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Looks once a minute which open call-back tasks people have ended in the CRM, so that the list of missed calls does not show them as open.</summary>
internal sealed partial class CallBackWatch(HubDatabase database, CallBackTasks tasks, MissedCalls missed, TimeProvider time, ILogger<CallBackWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>More clients than a company can leave waiting; the newest are looked at.</summary>
    private const int Most = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e is CreatioException c ? c.Failure.ToString() : e.GetType().Name);
            }
        }
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var open = await context.MissedCalls.AsNoTracking()
            .Where(m => m.State == "open")
            .OrderByDescending(m => m.FirstMissedAt)
            .Take(Most)
            .Join(
                context.SyncTasks.Where(t => t.Kind == SyncKinds.CallBack && t.State == "done" && t.CrmId != null),
                m => new { m.Cabinet, m.SessionId },
                t => new { t.Cabinet, t.SessionId },
                (m, t) => new { m.Cabinet, m.SessionId, TaskId = t.CrmId!.Value })
            .ToListAsync(ct);
        if (open.Count == 0)
        {
            return;
        }

        var ended = await tasks.EndedAsync([.. open.Select(o => o.TaskId)], ct);
        foreach (var task in open.Where(o => ended.ContainsKey(o.TaskId)))
        {
            await missed.CloseAsync(new SessionKey(CabinetKey.Parse(task.Cabinet), task.SessionId), ended[task.TaskId], ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether call-back tasks were ended in the CRM could not be read: {Fault}.")]
    private static partial void LogFailed(ILogger logger, string fault);
}
