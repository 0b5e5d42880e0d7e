using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Cabinets;

/// <summary>If another account answers under a key, its sessions would be taken for the old ones': that cabinet's sync stops.</summary>
internal sealed partial class CabinetIdentity(CabinetState state, HubDatabase database, HealthRegister health, HubSettings settings, TimeProvider time, ILogger<CabinetIdentity> logger)
{
    private readonly ConcurrentDictionary<CabinetKey, long> _checked = new();

    /// <summary>Known to be the account it always was. False while the database is away: then it is checked at the next import.</summary>
    public bool IsChecked(CabinetKey key) => _checked.ContainsKey(key);

    public async Task CheckAsync(CabinetKey key, UisAccount account, CancellationToken ct)
    {
        var other = account.TimeZone is { } zone && zone != settings.Cabinets[key].TimeZone.Id ? zone : null;
        state.Update(key, s => s with { AppId = account.AppId, OtherTimeZone = other });
        if (other is not null)
        {
            LogZone(logger, key.Value, other);
        }

        if (!database.IsReady || (_checked.TryGetValue(key, out var seen) && seen == account.AppId))
        {
            return;
        }

        long known;
        try
        {
            known = await KnownAsync(key, account, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database's fault is not the cabinet's: what UIS says is taken, and the next import checks again.
            LogNotChecked(logger, key.Value, e);
            return;
        }

        _checked[key] = account.AppId;
        var changed = known != account.AppId;
        var words = $"The account behind this key changed (app_id {known} before, {account.AppId} now): its sync is stopped. Give the new account a new key.";
        state.Update(key, s => s with { SyncStopped = changed, Fault = changed ? words : s.Fault });
        if (changed)
        {
            health.Ail($"cabinet {key}", words);
        }
    }

    private Task<long> KnownAsync(CabinetKey key, UisAccount account, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var row = await context.Cabinets.FirstOrDefaultAsync(c => c.Key == key.Value, token);
            if (row is null)
            {
                row = new CabinetRow { Key = key.Value, AppId = account.AppId, AccountTimeZone = account.TimeZone ?? "" };
                context.Cabinets.Add(row);
            }

            row.SeenAt = time.GetUtcNow();
            await context.SaveChangesAsync(token);
            return row.AppId;
        },
        ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether cabinet {Cabinet} is the account it always was could not be checked yet.")]
    private static partial void LogNotChecked(ILogger logger, string cabinet, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cabinet {Cabinet}: the account's time zone is {Zone}, the setting says otherwise. Wire times will be misread.")]
    private static partial void LogZone(ILogger logger, string cabinet, string zone);
}
