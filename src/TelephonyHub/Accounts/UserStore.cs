using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>Identity's user manager over a transaction of the hub: what it changes and the audit's entry of it are stored together or not at all.</summary>
internal sealed class UserStore(IServiceScopeFactory scopes)
{
    private readonly UpperInvariantLookupNormalizer _names = new();

    /// <summary>Whatever somebody typed, as names are compared and as a column takes it.</summary>
    public string Normalize(string name) => _names.NormalizeName(DbText.Of(name.Trim(), 100)!);

    public async Task<T> WithAsync<T>(HubDbContext context, Func<UserManager<UserRow>, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var store = new UserOnlyStore<UserRow, HubDbContext, Guid>(context);
        using var users = ActivatorUtilities.CreateInstance<UserManager<UserRow>>(scope.ServiceProvider, store);
        return await work(users);
    }
}
