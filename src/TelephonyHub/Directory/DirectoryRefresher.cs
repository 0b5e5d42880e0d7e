using TelephonyHub.Cabinets;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Directory.Replica;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Directory;

/// <summary>
/// Keeps the directory fresh: employees of the cabinets whenever they were imported, users of the CRM every few minutes, numbers by
/// <see cref="ReplicaRefresher"/>.
/// </summary>
internal sealed partial class DirectoryRefresher(
    ICreatioClient crm,
    CrmLogin login,
    CabinetBook book,
    CabinetPoller poller,
    DirectoryService directory,
    ReplicaRefresher replica,
    SnapshotStore snapshots,
    HubDatabase database,
    HubSettings settings,
    HealthRegister health,
    TimeProvider time,
    ILogger<DirectoryRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan PeopleEvery = TimeSpan.FromMinutes(5);

    /// <summary>A cabinet that hangs or has no points must not keep the hub from being ready.</summary>
    private static readonly TimeSpan ImportPatience = TimeSpan.FromSeconds(25);

    private readonly Lock _joining = new();
    private IReadOnlyList<CrmUser> _users = [];
    private Guid? _ownContact;
    private DateTimeOffset _usersDue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.EmployeesChanged += Join;
        await RestoreAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await GuardAsync("crm login elsewhere", login.FollowAsync, stoppingToken);

            // Both outside systems at once: one that is away must not keep the other's knowledge from routing.
            await Task.WhenAll(GuardAsync("directory", replica.RefreshAsync, stoppingToken), GuardAsync("people", RefreshPeopleAsync, stoppingToken));
            health.MarkLoaded();
            await Task.Delay(settings.DirectoryRefresh, time, stoppingToken);
        }
    }

    /// <summary>What was known before the restart serves until the first load is through. Only if the database is there at once.</summary>
    private async Task RestoreAsync(CancellationToken ct)
    {
        try
        {
            await database.WhenReadyAsync(ct).WaitAsync(TimeSpan.FromSeconds(2), time, ct);
            _users = await snapshots.LoadAsync<List<CrmUser>>("users", ct) ?? [];
            Join();
            await replica.RestoreAsync(ct);
        }
        catch (TimeoutException)
        {
            // No database yet: the first load will do.
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A snapshot that cannot be read (any more) must not keep the hub from starting: the first load will do.
            LogFailed(logger, "snapshot", e);
        }
    }

    private async Task GuardAsync(string cause, Func<CancellationToken, Task> refresh, CancellationToken ct)
    {
        try
        {
            await refresh(ct);
            health.Mend(cause);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var words = e is CreatioException c ? $"The CRM cannot be read ({c.Failure}). {(crm.AuthState.Status == CreatioAuthStatus.Refused ? crm.AuthState.Reason : "")}".Trim() : $"The CRM cannot be read: {e.GetType().Name}.";
            health.Ail(cause, words);
            LogFailed(logger, cause, e);
        }
    }

    private async Task RefreshPeopleAsync(CancellationToken ct)
    {
        // At the same time: neither a cabinet nor the CRM that is away keeps the other's people from being known.
        await Task.WhenAll(FirstImportAsync(ct), RefreshUsersAsync(ct));
        Join();
    }

    private async Task FirstImportAsync(CancellationToken ct)
    {
        try
        {
            await poller.WhenTriedAsync(ct).WaitAsync(ImportPatience, time, ct);
        }
        catch (TimeoutException)
        {
            // The import goes on and joins its employees when it has them.
        }
    }

    private async Task RefreshUsersAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() < _usersDue)
        {
            return;
        }

        _ownContact = await crm.GetOwnContactIdAsync(ct) ?? _ownContact;
        var rows = await ReadUsersAsync(ct);
        var users = rows.Select(CrmQueries.ToUser).OfType<CrmUser>().ToList();
        var (extensions, settingsOfUsers) = (await ReadOptionalAsync(CrmQueries.Extensions, ct), await ReadOptionalAsync(CrmQueries.TelephonySettings, ct));
        _users = extensions is not null && settingsOfUsers is not null ? CrmExtensions.Join(users, extensions, settingsOfUsers) : CrmExtensions.Keep(users, _users);
        _usersDue = time.GetUtcNow() + PeopleEvery;
        Join();
        if (database.IsReady)
        {
            await snapshots.SaveAsync("users", _users, ct);
        }
    }

    private async Task<IReadOnlyList<CreatioRow>> ReadUsersAsync(CancellationToken ct)
    {
        try
        {
            return await crm.QueryAllAsync(CrmQueries.Users("SysAdminUnit", await crm.GetColumnsAsync("SysAdminUnit", ct)), ct).ToListAsync(ct);
        }
        catch (CreatioException e) when (e.Failure == CreatioFailure.Permanent)
        {
            // Reading users may be forbidden to a technical user; the view may not be (reference 3.2).
            return await crm.QueryAllAsync(CrmQueries.Users("VwSysAdminUnit", await crm.GetColumnsAsync("VwSysAdminUnit", ct)), ct).ToListAsync(ct);
        }
    }

    /// <summary>What a technical user may not read, or an older release does not have, is done without: managers are worth more than their extensions.</summary>
    /// <returns>Null: not for now.</returns>
    private async Task<IReadOnlyList<CreatioRow>?> ReadOptionalAsync(ODataQuery query, CancellationToken ct)
    {
        try
        {
            return await crm.QueryAllAsync(query, ct).ToListAsync(ct);
        }
        catch (CreatioException e)
        {
            LogWithout(logger, query.EntitySet, e.Failure);
            return e.Failure == CreatioFailure.Permanent ? [] : null;
        }
    }

    /// <summary>Also from the import's loops, whenever employees were read.</summary>
    private void Join()
    {
        lock (_joining)
        {
            directory.Managers = new ManagerDirectory(ManagerMatcher.Match(_users, book.Employees, settings.Managers), _ownContact);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refreshing the {Cause} failed; what was known goes on serving.")]
    private static partial void LogFailed(ILogger logger, string cause, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Entity} cannot be read in the CRM ({Failure}); the managers' extensions there are done without.")]
    private static partial void LogWithout(ILogger logger, string entity, CreatioFailure failure);
}
