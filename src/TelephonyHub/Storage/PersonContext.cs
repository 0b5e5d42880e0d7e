using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;

namespace TelephonyHub.Storage;

/// <summary>What a person may see, as queries compare it.</summary>
/// <param name="Cabinets">Keys.</param>
/// <param name="Contact">His contact in the CRM; nobody's where he has none.</param>
public sealed record SeenRows(List<string> Cabinets, Guid Contact)
{
    public static readonly SeenRows None = new([], Guid.Empty);

    public static SeenRows Of(HubAccess access) => new([.. access.Cabinets ?? []], access.ContactId ?? Guid.Empty);
}

// Types of their own, because a model is kept per type of context: the hub's own work, which sees everything, pays nothing for the filters.

/// <summary>For a person, on PostgreSQL.</summary>
public sealed class PostgresPersonContext : PostgresHubDbContext
{
    public PostgresPersonContext(DbContextOptions<PostgresHubDbContext> options, HubAccess access)
        : base(options) => Seen = SeenRows.Of(access);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        ShowOnlySeen(modelBuilder);
    }
}

/// <summary>For a person, on SQLite.</summary>
public sealed class SqlitePersonContext : SqliteHubDbContext
{
    public SqlitePersonContext(DbContextOptions<SqliteHubDbContext> options, HubAccess access)
        : base(options) => Seen = SeenRows.Of(access);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        ShowOnlySeen(modelBuilder);
    }
}
