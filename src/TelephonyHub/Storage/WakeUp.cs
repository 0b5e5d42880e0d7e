using Microsoft.EntityFrameworkCore;

namespace TelephonyHub.Storage;

/// <summary>
/// Tells the other replicas that there is work: NOTIFY in the transaction that makes it, so that nobody looks before it is there and nobody hears of what was
/// undone. On SQLite there is one process, which raises its own signals.
/// </summary>
public static class WakeUp
{
    public const string Channel = "telephonyhub";

    /// <summary>Something came into the journal.</summary>
    public const string Fold = "fold";

    /// <summary>Something is to be written to the CRM.</summary>
    public const string Sync = "sync";

    /// <summary>Somebody changed calendars, rotas or settings of routing.</summary>
    public const string Staffing = "staffing";

    public static Task TellReplicasAsync(this HubDatabase database, HubDbContext context, string what, CancellationToken ct) =>
        database.IsPostgres ? context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {what})", ct) : Task.CompletedTask;
}
