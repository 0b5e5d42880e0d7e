using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <summary>Where somebody's password is kept, and so where it is changed.</summary>
internal enum PasswordKeeper
{
    Hub,

    /// <summary>Of the first administrator.</summary>
    Settings,

    /// <summary>By the company's sign-in; programs have none.</summary>
    Elsewhere,
}

/// <summary>A person changes the password with which he signs in: the same steps by the API and on the page.</summary>
internal sealed class OwnPassword(Users users, SignIn signIn, HubSettings settings)
{
    public async Task<PasswordKeeper> KeeperAsync(ClaimsPrincipal person, CancellationToken ct) =>
        Account.UserOf(person) is { } id
            ? (await users.FindAsync(id, ct))?.FromSettings == true ? PasswordKeeper.Settings : PasswordKeeper.Hub
            : person.FindFirstValue(HubClaims.Subject) == FirstAdministrator.SettingsSubject ? PasswordKeeper.Settings : PasswordKeeper.Elsewhere;

    /// <summary>The session that asks goes on, others end.</summary>
    /// <returns>What is wrong, by field of the request, or why it cannot be done at all; neither: it is done.</returns>
    public async Task<(AccountRules Rules, IResult? Refusal)> ChangeAsync(HttpContext http, OwnPasswordRequest request, CancellationToken ct)
    {
        var rules = new AccountRules(settings).Password("next", request.Next ?? "");
        if (Account.UserOf(http.User) is not { } id || await KeeperAsync(http.User, ct) is not PasswordKeeper.Hub)
        {
            return (rules, Results.Problem(statusCode: 409, title: "Only people with a password of the hub's own can change it."));
        }

        if (rules.Faults.Count > 0)
        {
            return (rules, null);
        }

        var (account, wrong) = await signIn.CheckAsync(http.User.Identity!.Name!, request.Current ?? "", http.Connection.RemoteIpAddress, ct);
        if (account is null)
        {
            if (wrong is SignInRefusal.Unavailable)
            {
                return (rules, DatabaseAway.Answer(http));
            }

            rules.Fault("current", wrong is SignInRefusal.LockedOut ? "cannot be checked now: too many wrong passwords. Try again in five minutes." : "is wrong.");
            return (rules, null);
        }

        var (user, refusal) = await users.ChangePasswordAsync(http.User, id, request.Next!, ct);
        if (refusal is null)
        {
            await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Account.Of(user!).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        }

        return (rules, refusal);
    }
}
