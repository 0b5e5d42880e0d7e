using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using TelephonyHub.Hosting;

namespace TelephonyHub.Storage;

/// <summary>
/// The door to the database for all slices: contexts, write transactions, and the few places where the two dialects differ.
/// It opens only after the migrations are done; until then <see cref="IsReady"/> is false and callers answer "try again".
/// </summary>
public sealed class HubDatabase : IAsyncDisposable
{
    /// <summary>Of what lost a race; then whoever asked for it decides.</summary>
    private const int MostAttempts = 5;

    private readonly Func<HubDbContext> _create;
    private readonly Func<HubAccess, HubDbContext> _createFor;
    private readonly NpgsqlDataSource? _postgres;

    // SQLite lets one transaction write at a time: queueing here costs less than its busy-wait.
    private readonly SemaphoreSlim? _singleWriter;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HubDatabase(HubSettings settings)
    {
        Provider = settings.DatabaseProvider;
        ConnectionString = settings.ConnectionString;
        if (Provider == DatabaseProvider.Postgres)
        {
            _postgres = new NpgsqlDataSourceBuilder(Tuned(ConnectionString)).Build();
            var options = new DbContextOptionsBuilder<PostgresHubDbContext>().UseNpgsql(_postgres).UseSnakeCaseNamingConvention().Options;
            _create = new PooledDbContextFactory<PostgresHubDbContext>(options).CreateDbContext;
            _createFor = access => new PostgresPersonContext(options, access);
        }
        else
        {
            _singleWriter = new SemaphoreSlim(1, 1);
            var connection = new SqliteConnectionStringBuilder(ConnectionString) { DefaultTimeout = 30, Pooling = true }.ToString();
            var options = new DbContextOptionsBuilder<SqliteHubDbContext>().UseSqlite(connection).UseSnakeCaseNamingConvention().Options;
            _create = new PooledDbContextFactory<SqliteHubDbContext>(options).CreateDbContext;
            _createFor = access => new SqlitePersonContext(options, access);
        }
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public bool IsPostgres => Provider == DatabaseProvider.Postgres;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Completes when the migrations are done.</summary>
    public Task WhenReadyAsync(CancellationToken ct) => _ready.Task.WaitAsync(ct);

    /// <summary>All rows: for the hub's own work. Used before, because a new one costs as much as the query that it is made for.</summary>
    public HubDbContext CreateContext()
    {
        var context = _create();

        // What a transaction marked that was undone is none of the next one's business; EF Core resets only what is its own.
        context.Marks.Clear();
        return context;
    }

    /// <summary>Only what this person may see: for everything that is read for somebody.</summary>
    public HubDbContext CreateContext(HubAccess access) => access.SeesAll ? CreateContext() : _createFor(access);

    internal void MarkReady() => _ready.TrySetResult();

    /// <summary>Runs <paramref name="work"/> in one transaction, again on deadlock or serialisation failure.</summary>
    public async Task<T> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await WhenReadyAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            if (_singleWriter is not null)
            {
                await _singleWriter.WaitAsync(ct);
            }

            try
            {
                await using var context = CreateContext();
                await using var transaction = await context.Database.BeginTransactionAsync(IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, ct);
                var result = await work(context, ct);
                await context.Marks.WriteAsync(this, context, ct);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (attempt < MostAttempts && IsWorthRepeating(e))
            {
                // Lost a race against another writer: everything was rolled back, the same work again is right.
            }
            finally
            {
                _singleWriter?.Release();
            }
        }
    }

    public Task WriteAsync(Func<HubDbContext, CancellationToken, Task> work, CancellationToken ct) =>
        WriteAsync(
            async (context, token) =>
            {
                await work(context, token);
                return true;
            },
            ct);

    /// <summary>One statement, which is atomic by itself: PostgreSQL is spared the transaction around it, and this process EF Core's context. Repeated as a transaction would be.</summary>
    /// <returns>Rows that it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, Action<DbCommand> parameters, CancellationToken ct)
    {
        if (_postgres is null)
        {
            return await WriteAsync(
                async (context, token) =>
                {
                    await using var inTransaction = Command(context, sql);
                    parameters(inTransaction);
                    return await inTransaction.ExecuteNonQueryAsync(token);
                },
                ct);
        }

        await WhenReadyAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = _postgres.CreateCommand(sql);
                parameters(command);
                return await command.ExecuteNonQueryAsync(ct);
            }
            catch (Exception e) when (attempt < MostAttempts && IsWorthRepeating(e))
            {
                // As with a whole transaction: nothing of it was done.
            }
        }
    }

    /// <summary>An instant as a command parameter's value: timestamptz there, microseconds here.</summary>
    public object Instant(DateTimeOffset instant) => IsPostgres ? instant.UtcDateTime : SqliteInstant.ToMicroseconds(instant);

    /// <summary>An id as a command parameter's value: EF Core writes upper-case text to SQLite.</summary>
    public object Id(Guid id) => IsPostgres ? id : id.ToString().ToUpperInvariant();

    /// <summary>Until commit no other writer, on any replica, holds one of <paramref name="names"/>. SQLite lets one transaction write at a time anyway.</summary>
    /// <param name="context">In the transaction that is to be alone.</param>
    /// <param name="space">Kind of thing: tells its locks from others on the same PostgreSQL.</param>
    /// <param name="names">The things themselves, in an order that is the same for everybody. Two names may share a lock by accident, which costs waiting only.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task LockAsync(HubDbContext context, LockSpace space, IEnumerable<string> names, CancellationToken ct)
    {
        if (IsPostgres)
        {
            var locks = new Statements(this, context);
            foreach (var name in names)
            {
                locks.Add("SELECT pg_advisory_xact_lock(@space, hashtext(@name))", ("@space", (int)space), ("@name", name));
            }

            await locks.RunAsync(ct);
        }
    }

    public static DbCommand Command(HubDbContext context, string sql)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>Deadlock or serialisation failure: the transaction was undone and may be repeated.</summary>
    public static bool IsWorthRepeating(Exception e) => Innermost(e) switch
    {
        PostgresException pg => pg.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        SqliteException lite => lite.SqliteErrorCode is 5 or 6, // busy, locked
        _ => false,
    };

    /// <summary>It cannot be reached now; it is no fault of what was asked. EF Core wraps what a connection throws, sometimes twice.</summary>
    public bool IsAway(Exception? e) => (e is DbException d && (d.IsTransient || !IsReady)) || (e is not null && IsAway(e.InnerException));

    /// <summary>The data of this very row is refused; other rows may pass.</summary>
    public static bool IsBadRow(Exception e) => Innermost(e) switch
    {
        // 22: data exception (e.g. a NUL in text), 23: constraint.
        PostgresException pg => pg.SqlState.StartsWith("22", StringComparison.Ordinal) || pg.SqlState.StartsWith("23", StringComparison.Ordinal),
        SqliteException lite => lite.SqliteErrorCode is 18 or 19 or 20, // too big, constraint, mismatch
        _ => false,
    };

    /// <summary>
    /// The hub's statements are few and the same for ever: planned once a connection. It leaves nothing behind on a connection, so none needs to be reset. What
    /// the operator wrote himself counts.
    /// </summary>
    private static string Tuned(string connectionString)
    {
        var tuned = new NpgsqlConnectionStringBuilder(connectionString);
        tuned.NoResetOnClose |= !IsGiven("No Reset On Close");
        tuned.MaxAutoPrepare = IsGiven("Max Auto Prepare") ? tuned.MaxAutoPrepare : 100;
        return tuned.ToString();

        bool IsGiven(string keyword) =>
            new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
                .Any(k => string.Equals(k.Replace(" ", "", StringComparison.Ordinal), keyword.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();

            // The locks of Alone multiplex over a pool that belongs to the string; without this its connections would stay open for minutes.
            await using var ofLocks = new NpgsqlConnection(ConnectionString);
            NpgsqlConnection.ClearPool(ofLocks);
        }

        _singleWriter?.Dispose();
    }

    /// <summary>What the database said: EF Core wraps a refused update in one exception, and whatever may be transient in another.</summary>
    private static Exception Innermost(Exception e) => e is (DbUpdateException or InvalidOperationException) and { InnerException: { } inner } ? Innermost(inner) : e;
}

/// <summary>What <see cref="HubDatabase.LockAsync"/> keeps apart. The numbers are the same on all replicas, of the next version, too.</summary>
internal enum LockSpace
{
    /// <summary>Whoever folds or plans a session.</summary>
    Session = 0x5345_5353,
    ClientsMissedCalls = 0x4D49_5353,
    RuleTable = 0x5255_4C45,
    Staffing = 0x5354_4146,
}

internal static class DbCommandExtensions
{
    public static DbCommand With(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }
}
