using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>A hub for sign-ins and keys; nothing is written to the CRM, so that nothing else moves.</summary>
public abstract class AccountWorld(DatabaseProvider provider) : SharedWorld(provider)
{
    private static int _names;

    /// <summary>A user name that no other test of the run uses.</summary>
    public static string NewName(string of) => $"{of}-{Interlocked.Increment(ref _names)}";

    protected override void Configure(WorldOptions options)
    {
        options.Settings["Auth:SignInsPerMinute"] = "10000";
        foreach (var cabinet in new[] { "msk", "spb", "rzn", "sgt" })
        {
            options.Settings[$"Cabinets:{cabinet}:Mode"] = "Shadow";
        }
    }
}

public sealed class AccountWorldOnSqlite() : AccountWorld(DatabaseProvider.Sqlite);

public sealed class AccountWorldOnPostgres() : AccountWorld(DatabaseProvider.Postgres);
