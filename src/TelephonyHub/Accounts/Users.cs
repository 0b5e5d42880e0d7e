using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>Changes of users, each with its audit entry in one transaction. Sessions of who was changed look again with their next request.</summary>
internal sealed class Users(HubDatabase database, UserStore store, IPasswordHasher<UserRow> hasher, Sessions sessions, Audit audit, TimeProvider time)
{
    /// <summary>120 random bits.</summary>
    public static string MadeUpPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));

    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await context.Users.AsNoTracking().OrderBy(u => u.NormalizedUserName).ToListAsync(ct);
    }

    public async Task<UserRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await context.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, ct);
    }

    /// <returns>Null when the name is taken.</returns>
    public async Task<UserRow?> CreateAsync(ClaimsPrincipal who, UserRequest wanted, string password, CancellationToken ct)
    {
        var user = new UserRow { Id = Guid.CreateVersion7(time.GetUtcNow()), UserName = wanted.UserName!.Trim(), Roles = "", Cabinets = "", CreatedAt = time.GetUtcNow() };
        Take(user, wanted);

        // Hashed before the transaction: on SQLite nobody else writes meanwhile.
        user.PasswordHash = hasher.HashPassword(user, password);
        try
        {
            return await database.WriteAsync(
                (context, token) => store.WithAsync(context, async manager =>
                {
                    if (!(await manager.CreateAsync(user)).Succeeded)
                    {
                        return null;
                    }

                    await audit.WriteAsync(context, who, "user.create", new { after = UserItem.Of(user) }, token);
                    return user;
                }),
                ct);
        }
        catch (DbUpdateException e) when (HubDatabase.IsBadRow(e))
        {
            return null; // another request took the name in the same moment
        }
    }

    public Task<(UserRow? User, IResult? Refusal)> ChangeAsync(ClaimsPrincipal who, Guid id, string ifMatch, UserRequest wanted, CancellationToken ct) =>
        ChangeAsync(who, id, "user.update", ifMatch, (manager, user) =>
        {
            Take(user, wanted);
            return manager.UpdateAsync(user);
        }, ct);

    /// <summary>Sessions end with the password that they began with.</summary>
    public Task<(UserRow? User, IResult? Refusal)> ChangePasswordAsync(ClaimsPrincipal who, Guid id, string password, CancellationToken ct)
    {
        var hash = hasher.HashPassword(new UserRow { Roles = "", Cabinets = "" }, password);
        return ChangeAsync(who, id, "user.password", null, (manager, user) =>
        {
            (user.PasswordHash, user.LockoutEnd, user.AccessFailedCount) = (hash, null, 0);
            return manager.UpdateSecurityStampAsync(user);
        }, ct);
    }

    public Task<(UserRow? User, IResult? Refusal)> LockAsync(ClaimsPrincipal who, Guid id, bool locked, CancellationToken ct) =>
        ChangeAsync(who, id, locked ? "user.lock" : "user.unlock", null, (manager, user) =>
        {
            user.LockedAt = locked ? user.LockedAt ?? time.GetUtcNow() : null;
            (user.LockoutEnd, user.AccessFailedCount) = locked ? (user.LockoutEnd, user.AccessFailedCount) : (null, 0);
            return manager.UpdateSecurityStampAsync(user);
        }, ct);

    public Task<(UserRow? User, IResult? Refusal)> DeleteAsync(ClaimsPrincipal who, Guid id, string ifMatch, CancellationToken ct) =>
        ChangeAsync(who, id, "user.delete", ifMatch, (manager, user) => manager.DeleteAsync(user), ct);

    private async Task<(UserRow? User, IResult? Refusal)> ChangeAsync(
        ClaimsPrincipal who, Guid id, string action, string? ifMatch, Func<UserManager<UserRow>, UserRow, Task<IdentityResult>> change, CancellationToken ct)
    {
        var answer = await database.WriteAsync(
            (context, token) => store.WithAsync(context, async manager =>
            {
                var user = await context.Users.FirstOrDefaultAsync(u => u.Id == id, token);
                if (RefusalOf(user, ifMatch) is { } refusal)
                {
                    return (null, refusal);
                }

                var before = UserItem.Of(user!);
                if (!(await change(manager, user!)).Succeeded)
                {
                    return (null, ETags.Changed("user")); // by another replica, between reading and writing
                }

                await audit.WriteAsync(context, who, action, new { before, after = action == "user.delete" ? null : UserItem.Of(user!) }, token);
                return (user, (IResult?)null);
            }),
            ct);
        sessions.Forget(id);
        return answer;
    }

    private static IResult? RefusalOf(UserRow? user, string? ifMatch) => user switch
    {
        null => Results.Problem(statusCode: 404, title: "No such user."),
        { FromSettings: true } => Results.Problem(statusCode: 409, title: "This administrator is kept by the settings Auth:Admin: change them there."),
        _ => ifMatch is null ? null : ETags.Refuse(ifMatch, ETags.Of(user.ConcurrencyStamp!), "user"),
    };

    private static void Take(UserRow user, UserRequest wanted)
    {
        user.FullName = string.IsNullOrWhiteSpace(wanted.FullName) ? null : wanted.FullName.Trim();
        user.Roles = string.Join(',', wanted.Roles!.Distinct(StringComparer.Ordinal));
        user.Cabinets = string.Join(',', (wanted.Cabinets ?? []).Distinct(StringComparer.Ordinal));
        user.ContactId = wanted.ContactId;
    }
}
