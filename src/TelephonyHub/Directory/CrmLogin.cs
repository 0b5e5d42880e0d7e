using System.Security.Claims;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Directory;

/// <summary>
/// Lets a hub log in again that has stopped after refused logins. The replica that is asked tries; the others follow when it was let in, so that a password
/// that is still wrong is not refused once for each of them.
/// </summary>
public sealed class CrmLogin(ICreatioClient crm, HubDatabase database, SnapshotStore snapshots, Audit audit, TimeProvider time)
{
    private const string Name = "crm-login";
    private DateTimeOffset _followed = time.GetUtcNow();

    public async Task<CreatioAuthState> TryAgainAsync(ClaimsPrincipal who, CancellationToken ct)
    {
        await database.WriteAsync((context, token) => audit.WriteAsync(context, who, "crm.login", new { }, token), ct);
        var state = await crm.LoginAgainAsync(ct);
        if (state.Status == CreatioAuthStatus.Ok)
        {
            _followed = time.GetUtcNow();
            await snapshots.SaveAsync(Name, new LetIn(_followed), ct);
        }

        return state;
    }

    /// <summary>Another replica may have been let in since.</summary>
    internal async Task FollowAsync(CancellationToken ct)
    {
        if (crm.AuthState.NoLoginBefore is not null && database.IsReady && await snapshots.LoadAsync<LetIn>(Name, ct) is { } other && other.At > _followed)
        {
            _followed = other.At;
            await crm.LoginAgainAsync(ct);
        }
    }

    private sealed record LetIn(DateTimeOffset At);
}
