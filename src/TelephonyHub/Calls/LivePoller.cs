using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Storage;

namespace TelephonyHub.Calls;

/// <summary>While calls go on, lost events are looked for although nobody looks at the board; and an employee whom nobody knows is imported.</summary>
internal sealed partial class LivePoller(LiveCalls live, LiveWatch watch, DirectoryService directory, EarlyImports imports, HubDatabase database, TimeProvider time, ILogger<LivePoller> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var busy = await live.BusyCabinetsAsync(ct);
        if (busy.Count == 0)
        {
            return;
        }

        foreach (var cabinet in busy)
        {
            await watch.SeeAsync(cabinet, looking: false, ct);
        }

        var (board, _) = await live.NowAsync(looking: false, ct);
        AskForStrangers(board, directory.Managers, imports);
    }

    /// <summary>Somebody of the company whom no import has named: he was added since.</summary>
    internal static void AskForStrangers(LiveBoard board, ManagerDirectory managers, EarlyImports imports)
    {
        foreach (var cabinet in board.Calls
            .Where(c => c.Parties.Any(p => long.TryParse(p.EmployeeId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && managers.ByEmployee(CabinetKey.Parse(c.Cabinet), id) is null))
            .Select(c => c.Cabinet)
            .Distinct(StringComparer.Ordinal))
        {
            imports.AskSoon(CabinetKey.Parse(cabinet));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after live calls failed; tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
