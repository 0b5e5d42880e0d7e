using Medallion.Threading.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;

namespace TelephonyHub.Storage;

/// <summary>
/// Brings the schema up to date, in the background and as often as it takes: an unreachable database is not a wrong setting. One process at a time
/// migrates: an advisory lock on PostgreSQL; on SQLite an OS file lock, which this process then keeps, because SQLite is for one process.
/// </summary>
internal sealed partial class DatabaseStartup(HubDatabase database, HealthRegister health, TimeProvider time, ILogger<DatabaseStartup> logger) : BackgroundService
{
    private const string Cause = "database";
    private FileStream? _processLock;

    public override void Dispose()
    {
        _processLock?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(250);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                health.Mend(Cause);
                database.MarkReady();
                health.MarkDatabaseTried();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                health.Ail(Cause, $"The database cannot be used yet: {e.GetType().Name}.");
                health.MarkDatabaseTried();
                LogNotReady(logger, e);
                await Task.Delay(pause, time, stoppingToken);
                pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5000));
            }
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        if (database.IsPostgres)
        {
            var migration = new PostgresDistributedLock(new PostgresAdvisoryLockKey("telephonyhub-migration", allowHashing: true), database.ConnectionString);
            await using var held = await migration.AcquireAsync(cancellationToken: ct);
            await context.Database.MigrateAsync(ct);
            return;
        }

        var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var inMemory = file.Length == 0 || file.StartsWith(":memory:", StringComparison.Ordinal);
        if (!inMemory && _processLock is null)
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            _processLock = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }

        // A process that was killed while migrating leaves its mark in this table; whoever holds the file lock knows that nobody migrates.
        await using (var connection = new SqliteConnection(context.Database.GetConnectionString()))
        {
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";";
            await command.ExecuteNonQueryAsync(ct);
        }

        await context.Database.MigrateAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is not ready; trying again.")]
    private static partial void LogNotReady(ILogger logger, Exception exception);
}
