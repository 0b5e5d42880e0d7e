using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Accounts;

/// <summary>
/// Whether a session still holds, and with which rights: a cookie says who somebody is, the database what he may. Looked up at most every ten seconds
/// per person and replica; a change made here counts at once. While the database is away sessions go on as they were.
/// </summary>
public sealed class Sessions(HubDatabase database, HubSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Serves = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset ReadAt, Account? Account)> _known = [];

    /// <summary>The person as he is now; null when the session is over. For connections that live long, too: ask again now and then.</summary>
    public async Task<ClaimsPrincipal?> NowAsync(ClaimsPrincipal person, CancellationToken ct)
    {
        if (Account.UserOf(person) is { } id)
        {
            var stamp = person.FindFirstValue(HubClaims.Stamp);
            var (known, account) = await FindAsync(id, fresh: false, ct);
            if (known && account?.Stamp != stamp)
            {
                // What is remembered may be older than the session: he has just changed his password, perhaps on another replica.
                (known, account) = await FindAsync(id, fresh: true, ct);
            }

            return !known ? person : account?.Stamp is { } now && now == stamp ? account.ToPrincipal(SchemeOf(person)) : null;
        }

        var subject = person.FindFirstValue(HubClaims.Subject);
        var outdated = subject == FirstAdministrator.SettingsSubject && person.FindFirstValue(HubClaims.Stamp) != FirstAdministrator.AccountOf(settings).Stamp;
        return subject is null || outdated ? null : person;
    }

    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var now = await NowAsync(context.Principal!, context.HttpContext.RequestAborted);
        if (now is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return;
        }

        context.ReplacePrincipal(now);
    }

    /// <summary>The user was changed here: the next request looks again.</summary>
    internal void Forget(Guid id) => _known.TryRemove(id, out _);

    private static string SchemeOf(ClaimsPrincipal person) => person.Identity?.AuthenticationType ?? CookieAuthenticationDefaults.AuthenticationScheme;

    /// <returns>Not known: nobody could be asked, now or before.</returns>
    private async Task<(bool Known, Account? Account)> FindAsync(Guid id, bool fresh, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var seen = _known.TryGetValue(id, out var known);
        if ((seen && !fresh && now - known.ReadAt < Serves) || !database.IsReady)
        {
            return (seen, known.Account);
        }

        try
        {
            await using var context = database.CreateContext();
            var user = await context.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, ct);
            var account = user is { LockedAt: null } ? Account.Of(user) : null;
            _known[id] = (now, account);
            return (true, account);
        }
        catch (Exception e) when (database.IsAway(e))
        {
            // For the moment: who was let in stays in.
            return (seen, known.Account);
        }
    }
}
