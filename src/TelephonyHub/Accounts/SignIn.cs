using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

internal enum SignInRefusal
{
    /// <summary>Name or password; which of them is not said.</summary>
    Wrong,

    /// <summary>Too many wrong passwords: wait.</summary>
    LockedOut,

    /// <summary>The database is away, and this is not the administrator of the settings.</summary>
    Unavailable,
}

/// <summary>Checks name and password, counts the wrong ones, and tells the audit.</summary>
internal sealed class SignIn(HubDatabase database, HubSettings settings, UserStore users, IPasswordHasher<UserRow> hasher, Audit audit, TimeProvider time)
{
    /// <summary>Verified where there is no such user: the time of an answer tells nobody which names exist.</summary>
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(Nobody, Users.MadeUpPassword()));

    private static UserRow Nobody => new() { Roles = "", Cabinets = "" };

    public async Task<(Account? Account, SignInRefusal Refusal)> CheckAsync(string name, string password, IPAddress? from, CancellationToken ct)
    {
        var bySettings = HubAuth.IsSame(name, settings.Auth.AdminUserName) & HubAuth.IsSame(password, settings.Auth.AdminPassword);
        try
        {
            return database.IsReady ? await CheckAsync(name, password, bySettings, from, ct) : WithoutDatabase(bySettings);
        }
        catch (Exception e) when (database.IsAway(e))
        {
            return WithoutDatabase(bySettings);
        }
    }

    /// <summary>Somebody has to be able to look when all else is down.</summary>
    private (Account?, SignInRefusal) WithoutDatabase(bool bySettings) => bySettings ? (FirstAdministrator.AccountOf(settings), default) : (null, SignInRefusal.Unavailable);

    private async Task<(Account?, SignInRefusal)> CheckAsync(string name, string password, bool bySettings, IPAddress? from, CancellationToken ct)
    {
        var normalized = users.Normalize(name);
        await using var look = database.CreateContext();
        var known = await look.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == normalized, ct);
        var right = hasher.VerifyHashedPassword(known ?? Nobody, known?.PasswordHash ?? _nobodysHash.Value, password) != PasswordVerificationResult.Failed;
        if (known is null)
        {
            return WithoutDatabase(bySettings) is { Item1: { } first } ? (first, default) : (null, SignInRefusal.Wrong);
        }

        return await database.WriteAsync(
            (context, token) => users.WithAsync(context, async manager =>
            {
                var user = await context.Users.FirstAsync(u => u.Id == known.Id, token);
                if (await manager.IsLockedOutAsync(user))
                {
                    return (null, SignInRefusal.LockedOut);
                }

                if (user.LockedAt is not null || !(user.FromSettings ? bySettings : right))
                {
                    await manager.AccessFailedAsync(user);
                    var now = await manager.IsLockedOutAsync(user);
                    await audit.WriteAsync(context, user.UserName!, now ? "sign-in.lockedOut" : "sign-in.failed", new { from = from?.ToString(), locked = user.LockedAt is not null }, token);
                    return (null, now ? SignInRefusal.LockedOut : SignInRefusal.Wrong);
                }

                user.LastSignInAt = time.GetUtcNow();
                await manager.ResetAccessFailedCountAsync(user);
                await audit.WriteAsync(context, user.UserName!, "sign-in", new { from = from?.ToString() }, token);
                return ((Account?)Account.Of(user), default(SignInRefusal));
            }),
            ct);
    }
}
