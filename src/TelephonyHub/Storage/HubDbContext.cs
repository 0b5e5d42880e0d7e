using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Storage;

/// <summary>The one model; PostgreSQL and SQLite derive from it, each with its own migrations.</summary>
public abstract class HubDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Written by <see cref="HubDatabase.WriteAsync(Func{HubDbContext, CancellationToken, Task}, CancellationToken)"/> right before the commit.</summary>
    public SessionMarks Marks { get; } = new();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<QuarantineRow> Quarantine => Set<QuarantineRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<CallRow> Calls => Set<CallRow>();

    public DbSet<HandoverRow> Handovers => Set<HandoverRow>();

    public DbSet<DecisionRow> Decisions => Set<DecisionRow>();

    public DbSet<RecordingRow> Recordings => Set<RecordingRow>();

    public DbSet<SyncTaskRow> SyncTasks => Set<SyncTaskRow>();

    public DbSet<LaneRow> Lanes => Set<LaneRow>();

    public DbSet<CardRow> Cards => Set<CardRow>();

    public DbSet<SnapshotRow> Snapshots => Set<SnapshotRow>();

    public DbSet<RuleVersionRow> RuleVersions => Set<RuleVersionRow>();

    public DbSet<MissedCallRow> MissedCalls => Set<MissedCallRow>();

    public DbSet<CabinetRow> Cabinets => Set<CabinetRow>();

    public DbSet<ReconciliationRow> Reconciliation => Set<ReconciliationRow>();

    public DbSet<BackfillRow> Backfills => Set<BackfillRow>();

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<DirectoryRecordRow> DirectoryRecords => Set<DirectoryRecordRow>();

    public DbSet<DirectoryNumberRow> DirectoryNumbers => Set<DirectoryNumberRow>();

    public DbSet<StaffingRow> Staffing => Set<StaffingRow>();

    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    public DbSet<CallPersonRow> CallPeople => Set<CallPersonRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EventRow>(e =>
        {
            e.ToTable("events");
            e.HasIndex(x => new { x.Cabinet, x.ContentKey }).IsUnique();
            e.HasIndex(x => new { x.Cabinet, x.SessionId });
        });
        modelBuilder.Entity<QuarantineRow>(e =>
        {
            e.ToTable("quarantine");
            e.HasIndex(x => new { x.Cabinet, x.ContentKey }).IsUnique();
        });
        modelBuilder.Entity<SessionRow>(e =>
        {
            e.ToTable("sessions");
            e.HasKey(x => new { x.Cabinet, x.SessionId });
            e.HasIndex(x => x.PlanDueAt);
            e.HasIndex(x => new { x.Cabinet, x.SessionId }).HasFilter("dirty_version > folded_version").HasDatabaseName("ix_sessions_dirty");
        });
        modelBuilder.Entity<CallRow>(e =>
        {
            e.ToTable("calls");
            e.HasKey(x => new { x.Cabinet, x.SessionId });

            // As the journal is read, newest first: SQLite takes another order than the index has for none at all, and sorts every call there is.
            e.HasIndex(x => new { x.StartedAt, x.Cabinet, x.SessionId }).IsDescending(true, false, false);
            e.HasIndex(x => new { x.Cabinet, x.StartedAt, x.SessionId });
            e.HasIndex(x => x.SessionId);
            e.HasIndex(x => new { x.ClientPhone, x.StartedAt });
            e.HasIndex(x => new { x.DialledNumber, x.StartedAt });
            e.HasIndex(x => x.ConversationId);
            e.HasIndex(x => x.Ended).HasFilter("NOT ended").HasDatabaseName("ix_calls_live");
            e.HasIndex(x => x.MissedSeries);
            e.HasIndex(x => x.StartedAt).HasFilter("unmapped_employee IS NOT NULL").HasDatabaseName("ix_calls_unmapped");
        });
        modelBuilder.Entity<RuleVersionRow>(e =>
        {
            e.ToTable("rule_versions");
            e.HasKey(x => x.Version);
            e.Property(x => x.Version).ValueGeneratedNever();
        });
        modelBuilder.Entity<MissedCallRow>(e =>
        {
            e.ToTable("missed_calls");
            e.HasKey(x => new { x.Cabinet, x.SessionId });
            e.HasIndex(x => new { x.FirstMissedAt, x.Cabinet, x.SessionId }).IsDescending(true, false, false);
            e.HasIndex(x => new { x.ClientPhone, x.FirstMissedAt });
            e.HasIndex(x => x.FirstMissedAt).HasFilter("state = 'open'").HasDatabaseName("ix_missed_calls_open");
        });
        modelBuilder.Entity<HandoverRow>(e =>
        {
            e.ToTable("handovers");
            e.HasIndex(x => new { x.ToNumber, x.At });
            e.HasIndex(x => new { x.FromCabinet, x.FromSession });
            e.HasIndex(x => x.SeenAt);
        });
        modelBuilder.Entity<DecisionRow>(e =>
        {
            e.ToTable("decisions");
            e.HasIndex(x => new { x.Cabinet, x.CallId });
            e.HasIndex(x => new { x.Cabinet, x.Caller, x.DecidedAt });
            e.HasIndex(x => x.DecidedAt, "ix_decisions_decided_at").HasDatabaseName("ix_decisions_decided_at");
            e.HasIndex(x => x.DecidedAt, "ix_decisions_open").HasFilter("outcome IS NULL").HasDatabaseName("ix_decisions_open");
        });
        modelBuilder.Entity<RecordingRow>(e =>
        {
            e.ToTable("recordings");
            e.HasKey(x => x.Code);
            e.HasIndex(x => new { x.Cabinet, x.SessionId, x.Hash }).IsUnique();
            e.HasIndex(x => new { x.CreatedAt, x.Code });
            e.HasIndex(x => x.ArchiveDueAt).HasFilter("archive_state IS NULL").HasDatabaseName("ix_recordings_unarchived");
        });
        modelBuilder.Entity<SyncTaskRow>(e =>
        {
            e.ToTable("sync_tasks");
            e.HasIndex(x => new { x.Cabinet, x.SessionId, x.Kind, x.Purpose }).IsUnique();
            e.HasIndex(x => new { x.Cabinet, x.NextAttemptAt }).HasFilter("state IN ('pending','retry','running')").HasDatabaseName("ix_sync_tasks_due");
            e.HasIndex(x => new { x.State, x.UpdatedAt });
            e.HasIndex(x => new { x.Lane, x.Kind });
        });
        modelBuilder.Entity<LaneRow>(e =>
        {
            e.ToTable("lanes");
            e.HasKey(x => x.Lane);
        });
        modelBuilder.Entity<CardRow>(e =>
        {
            e.ToTable("cards");
            e.HasKey(x => new { x.Cabinet, x.SessionId, x.Recipient, x.Event });
        });
        modelBuilder.Entity<SnapshotRow>(e =>
        {
            e.ToTable("snapshots");
            e.HasKey(x => x.Name);
        });
        modelBuilder.Entity<CabinetRow>(e =>
        {
            e.ToTable("cabinets");
            e.HasKey(x => x.Key);
        });
        modelBuilder.Entity<ReconciliationRow>(e =>
        {
            e.ToTable("reconciliation");
            e.HasKey(x => new { x.Cabinet, x.Date });
        });
        modelBuilder.Entity<BackfillRow>(e =>
        {
            e.ToTable("backfills");
            e.HasIndex(x => x.AskedAt).HasFilter("state = 'running'").HasDatabaseName("ix_backfills_running");
        });
        modelBuilder.Entity<AlertRow>(e =>
        {
            e.ToTable("alerts");
            e.HasIndex(x => x.Cause).IsUnique();
            e.HasIndex(x => x.FirstAt);
        });
        modelBuilder.Entity<DirectoryRecordRow>(e =>
        {
            e.ToTable("directory_records");
            e.HasIndex(x => x.Version);
        });
        modelBuilder.Entity<DirectoryNumberRow>(e =>
        {
            e.ToTable("directory_numbers");
            e.HasIndex(x => x.Version);
        });
        modelBuilder.Entity<StaffingRow>(e =>
        {
            e.ToTable("staffing");
            e.HasKey(x => new { x.Kind, x.Key });
            e.HasIndex(x => x.Version).IsUnique();
        });
        modelBuilder.Entity<AuditRow>(e =>
        {
            e.ToTable("audit");
            e.HasIndex(x => x.At);
        });
        modelBuilder.Entity<IdempotencyRow>(e =>
        {
            e.ToTable("idempotency");
            e.HasKey(x => new { x.Scope, x.Key });
        });
        modelBuilder.Entity<CallPersonRow>(e =>
        {
            e.ToTable("call_people");
            e.HasKey(x => new { x.Cabinet, x.SessionId, x.ContactId });
            e.HasIndex(x => x.ContactId);
        });
        AddAccounts(modelBuilder);
    }

    /// <summary>Named, because a missed call shows the state of its task wherever that lies.</summary>
    public const string TaskFilter = "tasks";

    /// <summary>Whose eyes these are; EF reads it anew for each query.</summary>
    protected SeenRows Seen { get; init; } = SeenRows.None;

    /// <summary>Rows of the cabinets that are seen, and one's own calls: whatever is asked, the rest is not there. A table that is not named here is seen by all.</summary>
    protected void ShowOnlySeen(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CallRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet) || r.OwnerContactId == Seen.Contact
            || CallPeople.Any(p => p.Cabinet == r.Cabinet && p.SessionId == r.SessionId && p.ContactId == Seen.Contact));
        modelBuilder.Entity<MissedCallRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet) || r.OwnerContactId == Seen.Contact);
        modelBuilder.Entity<SyncTaskRow>().HasQueryFilter(TaskFilter, r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<QuarantineRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<ReconciliationRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<RecordingRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<EventRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<SessionRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<DecisionRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<CardRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<HandoverRow>().HasQueryFilter(r => Seen.Cabinets.Contains(r.FromCabinet));

        // Of all cabinets where none is named.
        modelBuilder.Entity<BackfillRow>().HasQueryFilter(r => r.Cabinet != null && Seen.Cabinets.Contains(r.Cabinet));
        modelBuilder.Entity<AlertRow>().HasQueryFilter(r => false);
    }

    private static void AddAccounts(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(e =>
        {
            e.ToTable("users");
            e.Property(x => x.UserName).HasMaxLength(100);
            e.Property(x => x.NormalizedUserName).HasMaxLength(100);
            e.HasIndex(x => x.NormalizedUserName).IsUnique();
            e.Property(x => x.ConcurrencyStamp).IsConcurrencyToken();
            e.Ignore(x => x.PhoneNumber).Ignore(x => x.PhoneNumberConfirmed).Ignore(x => x.TwoFactorEnabled);
            e.Ignore(x => x.Email).Ignore(x => x.NormalizedEmail).Ignore(x => x.EmailConfirmed);
        });
        modelBuilder.Entity<ApiKeyRow>(e =>
        {
            e.ToTable("api_keys");
            e.HasIndex(x => x.Hash).IsUnique();
        });
        modelBuilder.Entity<ProtectionKeyRow>(e =>
        {
            e.ToTable("protection_keys");
            e.HasKey(x => x.Name);
        });
    }
}

public class PostgresHubDbContext(DbContextOptions<PostgresHubDbContext> options) : HubDbContext(options);

public class SqliteHubDbContext(DbContextOptions<SqliteHubDbContext> options) : HubDbContext(options)
{
    /// <summary>SQLite has no instant type: UTC microseconds sort and compare, as PostgreSQL's own timestamptz does.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();

    public sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
        instant => SqliteInstant.ToMicroseconds(instant),
        micros => SqliteInstant.FromMicroseconds(micros));
}

/// <summary>Instants on SQLite.</summary>
public static class SqliteInstant
{
    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
