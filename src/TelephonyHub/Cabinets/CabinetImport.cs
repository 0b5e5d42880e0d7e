using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Cabinets;

/// <summary>One cabinet's account and employees → the hub. What fails is said in the cabinet's status and does not stop the others.</summary>
internal sealed partial class CabinetImport(
    UisCabinets cabinets,
    CabinetState state,
    HubDatabase database,
    SnapshotStore snapshots,
    HealthRegister health,
    HubSettings settings,
    TimeProvider time,
    ILogger<CabinetImport> logger)
{
    /// <returns>The employees, fresh; when UIS cannot be asked, those of the last import; null when there never was one.</returns>
    public async Task<(IReadOnlyList<PbxEmployee>? Employees, bool Fresh)> ImportAsync(CabinetKey key, CancellationToken ct)
    {
        var name = $"employees:{key}";
        try
        {
            var api = cabinets.Client(key).Data;
            await CheckIdentityAsync(key, await api.GetAccountAsync(cancellationToken: ct), ct);
            var employees = new List<PbxEmployee>();
            await foreach (var e in api.GetEmployeesAsync(cancellationToken: ct))
            {
                employees.Add(ToEmployee(key, e));
            }

            state.Update(key, s => s with { ImportedAt = time.GetUtcNow(), Fault = s.SyncStopped ? s.Fault : null });
            if (!state.Of(key).SyncStopped)
            {
                health.Mend($"cabinet {key}");
            }

            if (database.IsReady)
            {
                await snapshots.SaveAsync(name, employees.ConvertAll(StoredEmployee.Of), ct);
            }

            return (employees, true);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var words = e is UisApiException api ? Words(api) : $"UIS cannot be reached: {e.GetType().Name}.";
            state.Update(key, s => s with { Fault = words });
            health.Ail($"cabinet {key}", words);
            LogFailed(logger, key.Value, words);
            var stored = database.IsReady ? await snapshots.LoadAsync<List<StoredEmployee>>(name, ct) : null;
            return (stored?.ConvertAll(s => s.ToEmployee(key)), false);
        }
    }

    /// <summary>If another account answers under a key, its sessions would be taken for the old ones': the cabinet's sync stops.</summary>
    private async Task CheckIdentityAsync(CabinetKey key, UisAccount account, CancellationToken ct)
    {
        state.Update(key, s => s with { AppId = account.AppId });
        if (account.TimeZone is { } zone && zone != settings.Cabinets[key].TimeZone.Id)
        {
            LogZone(logger, key.Value, zone);
        }

        if (!database.IsReady)
        {
            return;
        }

        var known = await database.WriteAsync(
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
        var changed = known != account.AppId;
        var words = $"The account behind this key changed (app_id {known} before, {account.AppId} now): its sync is stopped. Give the new account a new key.";
        state.Update(key, s => s with { SyncStopped = changed, Fault = changed ? words : s.Fault });
        if (changed)
        {
            health.Ail($"cabinet {key}", words);
        }
    }

    private static string Words(UisApiException e) => e.Mnemonic switch
    {
        "ip_not_whitelisted" => "UIS refuses this server's address: add it in the cabinet under Account → Security rules → API.",
        "access_token_invalid" or "access_token_expired" or "access_token_blocked" => "UIS refuses the access token: it is wrong, expired or blocked.",
        "limit_exceeded" => "The cabinet's API points are used up for now.",
        _ => e.Message,
    };

    private static PbxEmployee ToEmployee(CabinetKey key, UisEmployee e) => new(
        key,
        e.Id,
        e.FullName ?? string.Join(' ', new[] { e.LastName, e.FirstName, e.Patronymic }.Where(p => !string.IsNullOrWhiteSpace(p))),
        e.Email,
        [.. e.PhoneNumbers.Select(p => new PbxPhone(p.PhoneNumber, p.IsActive))],
        e.Extension);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cabinet {Cabinet} could not be imported: {Words}")]
    private static partial void LogFailed(ILogger logger, string cabinet, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cabinet {Cabinet}: the account's time zone is {Zone}, the setting says otherwise. Wire times will be misread.")]
    private static partial void LogZone(ILogger logger, string cabinet, string zone);

    /// <summary>The snapshot's form: the cabinet is in its name.</summary>
    private sealed record StoredEmployee(long Id, string FullName, string? Email, IReadOnlyList<PbxPhone> Phones, string? Extension)
    {
        public static StoredEmployee Of(PbxEmployee e) => new(e.Id, e.FullName, e.Email, e.Phones, e.Extension);

        public PbxEmployee ToEmployee(CabinetKey key) => new(key, Id, FullName, Email, Phones, Extension);
    }
}
