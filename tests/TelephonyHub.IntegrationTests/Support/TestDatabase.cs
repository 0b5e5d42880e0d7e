using Npgsql;
using TelephonyHub.Hosting;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>
/// Databases for tests. The migrations run once per kind of database; every world then gets a copy of what they made, because running them some two
/// hundred times was a good part of the suite's time. Tests of the migrations themselves take an empty one.
/// </summary>
public static class TestDatabase
{
    private static readonly Lazy<Task<string>> MigratedFile = new(MigrateFileAsync);
    private static readonly Lazy<Task<string>> MigratedDatabase = new(MigrateDatabaseAsync);

    /// <param name="provider">Which one.</param>
    /// <param name="folder">Of the SQLite file; null with PostgreSQL.</param>
    /// <param name="empty">Without the hub's tables.</param>
    /// <returns>A connection string to a database that no other test uses.</returns>
    public static async Task<string> NewAsync(DatabaseProvider provider, string? folder, bool empty = false)
    {
        if (provider == DatabaseProvider.Postgres)
        {
            return await PostgresServer.NewDatabaseAsync(empty ? null : await MigratedDatabase.Value);
        }

        var file = Path.Combine(folder!, "hub.db");
        if (!empty)
        {
            File.Copy(await MigratedFile.Value, file);
        }

        return $"Data Source={file}";
    }

    private static async Task<string> MigrateFileAsync()
    {
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("hub-migrated-").FullName, "hub.db");
        await MigrateAsync(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return file;
    }

    private static async Task<string> MigrateDatabaseAsync()
    {
        // A database is copied only while nobody is connected to it.
        var connection = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync()) { Pooling = false };
        await MigrateAsync(DatabaseProvider.Postgres, connection.ToString());
        return connection.Database!;
    }

    private static async Task MigrateAsync(DatabaseProvider provider, string connection)
    {
        await using var world = StorageWorld.Of(provider, connection);
        await world.OpenAsync();
    }
}
