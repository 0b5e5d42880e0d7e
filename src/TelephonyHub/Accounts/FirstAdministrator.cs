using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>
/// The administrator of the settings as a user like others, so that the list shows him, wrong passwords lock him out and his sessions end when the
/// setting changes. Name and password stay the settings': they also let him in while the database is away.
/// </summary>
internal sealed partial class FirstAdministrator(
    HubDatabase database, HubSettings settings, UserStore users, IPasswordHasher<UserRow> hasher, Audit audit, TimeProvider time, ILogger<FirstAdministrator> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Signed in without the database.</summary>
    public static string SettingsSubject => "settings";

    public static Account AccountOf(HubSettings settings) => new(
        SettingsSubject,
        settings.Auth.AdminUserName,
        [HubRoles.Administrator],
        [HubClaims.AllCabinets],
        null,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.Auth.AdminUserName}\n{settings.Auth.AdminPassword}"))));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (true)
        {
            try
            {
                await EnsureAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Away again, or another replica was at it in the same moment.
                LogFailed(logger, e);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task EnsureAsync(CancellationToken ct)
    {
        // Hashed before the transaction: on SQLite nobody else writes meanwhile.
        var normalized = users.Normalize(settings.Auth.AdminUserName);
        await using var look = database.CreateContext();
        var known = await look.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == normalized, ct);
        var samePassword = known?.PasswordHash is { } kept && hasher.VerifyHashedPassword(known, kept, settings.Auth.AdminPassword) != PasswordVerificationResult.Failed;
        if (known is { FromSettings: true } && samePassword)
        {
            return;
        }

        var hash = hasher.HashPassword(New(), settings.Auth.AdminPassword);
        await database.WriteAsync(
            async (context, token) =>
            {
                // Whoever was administrator of the settings before is an ordinary user from now on, and locked: nobody knows his password but the old settings.
                foreach (var former in await context.Users.Where(u => u.FromSettings && u.NormalizedUserName != normalized).ToListAsync(token))
                {
                    (former.FromSettings, former.LockedAt) = (false, time.GetUtcNow());
                    await audit.WriteAsync(context, Audit.TheHub, "user.lock", new { user = former.UserName, reason = "Auth:Admin names another administrator." }, token);
                }

                var user = await context.Users.FirstOrDefaultAsync(u => u.NormalizedUserName == normalized, token);
                var before = user is null ? null : UserItem.Of(user);
                if (user is null)
                {
                    user = New();
                    context.Users.Add(user);
                }

                (user.FromSettings, user.Roles, user.Cabinets, user.LockedAt) = (true, HubRoles.Administrator, "", null);
                user.PasswordHash = samePassword ? user.PasswordHash : hash;
                user.SecurityStamp = samePassword ? user.SecurityStamp : NewStamp();
                user.ConcurrencyStamp = NewStamp();
                await audit.WriteAsync(context, Audit.TheHub, before is null ? "user.create" : "user.update", new { before, after = UserItem.Of(user), reason = "Auth:Admin" }, token);
            },
            ct);

        UserRow New() => new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = settings.Auth.AdminUserName,
            NormalizedUserName = normalized,
            Roles = HubRoles.Administrator,
            Cabinets = "",
            LockoutEnabled = true,
            SecurityStamp = NewStamp(),
            CreatedAt = time.GetUtcNow(),
        };
    }

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The administrator of the settings could not be stored; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
