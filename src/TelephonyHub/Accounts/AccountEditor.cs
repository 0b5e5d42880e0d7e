using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <summary>A user as somebody sees him who may change him.</summary>
/// <param name="Version">Goes with the edit.</param>
public sealed record UserSeen(UserItem User, string Version);

/// <summary>What became of an edit of a user or a key.</summary>
/// <param name="Done">It was stored.</param>
/// <param name="Secret">A password or key that was made up: shown now and never again.</param>
/// <param name="Faults">By field of the request.</param>
/// <param name="Newer">What somebody else made of the user meanwhile.</param>
/// <param name="Gone">Somebody else took the user away meanwhile.</param>
/// <param name="Refusal">Why it cannot be done.</param>
public sealed record AccountEdit(
    bool Done, string? Secret = null, IReadOnlyDictionary<string, string[]>? Faults = null, UserSeen? Newer = null, bool Gone = false, string? Refusal = null);

/// <summary>Users and keys as administrators read and change them in the console; the same checks, versions and audit as by the API.</summary>
public sealed class AccountEditor
{
    private readonly Users _users;
    private readonly ApiKeys _keys;
    private readonly HubSettings _settings;
    private readonly TimeProvider _time;

    internal AccountEditor(Users users, ApiKeys keys, HubSettings settings, TimeProvider time) => (_users, _keys, _settings, _time) = (users, keys, settings, time);

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<UserSeen>> UsersAsync(CancellationToken ct) => [.. (await _users.ListAsync(ct)).Select(u => new UserSeen(UserItem.Of(u), u.ConcurrencyStamp!))];

    /// <summary>Newest first, revoked ones, too.</summary>
    public Task<IReadOnlyList<ApiKeyItem>> KeysAsync(CancellationToken ct) => _keys.ListAsync(ct);

    /// <returns>With his first password, which is made up.</returns>
    public async Task<AccountEdit> CreateUserAsync(UserRequest request, ClaimsPrincipal who, CancellationToken ct)
    {
        var rules = AccountRules.OfNewUser(request, _settings);
        var password = Users.MadeUpPassword();
        return rules.Faults.Count > 0 ? new AccountEdit(false, Faults: rules.Faults)
            : await _users.CreateAsync(who, request, password, ct) is null ? Taken("userName", "There is a user of this name.")
            : new AccountEdit(true, password);
    }

    /// <param name="seen">The user as his editor has seen him.</param>
    /// <param name="request">What he is to be.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<AccountEdit> ChangeUserAsync(UserSeen seen, UserRequest request, ClaimsPrincipal who, CancellationToken ct)
    {
        var rules = AccountRules.OfUser(request, _settings);
        return rules.Faults.Count > 0
            ? new AccountEdit(false, Faults: rules.Faults)
            : await EditOfAsync(seen.User.Id, (await _users.ChangeAsync(who, seen.User.Id, ETags.Of(seen.Version), request, ct)).Refusal, ct);
    }

    /// <summary>Locks out and lets in again, also after too many wrong passwords; open sessions end.</summary>
    public async Task<AccountEdit> LockAsync(Guid id, bool locked, ClaimsPrincipal who, CancellationToken ct) => await EditOfAsync(id, (await _users.LockAsync(who, id, locked, ct)).Refusal, ct);

    /// <returns>With the new password, which is made up; open sessions end.</returns>
    public async Task<AccountEdit> ResetPasswordAsync(Guid id, ClaimsPrincipal who, CancellationToken ct)
    {
        var password = Users.MadeUpPassword();
        var edit = await EditOfAsync(id, (await _users.ChangePasswordAsync(who, id, password, ct)).Refusal, ct);
        return edit.Done ? edit with { Secret = password } : edit;
    }

    /// <returns>With the key's secret.</returns>
    public async Task<AccountEdit> CreateKeyAsync(ApiKeyRequest request, ClaimsPrincipal who, CancellationToken ct)
    {
        var rules = AccountRules.OfKey(request, _settings, _time.GetUtcNow());
        return rules.Faults.Count > 0 ? new AccountEdit(false, Faults: rules.Faults)
            : await _keys.CreateAsync(who, request, ct) is { } made ? new AccountEdit(true, made.Secret)
            : Taken("name", "A key of this name is in use: revoke it first, or take another name.");
    }

    /// <summary>At once here, at other replicas within ten seconds.</summary>
    public async Task<AccountEdit> RevokeKeyAsync(Guid id, ClaimsPrincipal who, CancellationToken ct) => await _keys.RevokeAsync(who, id, ct) ? new AccountEdit(true) : new AccountEdit(false, Gone: true);

    private static AccountEdit Taken(string field, string reason) => new(false, Faults: new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [reason] });

    /// <summary>The API's refusal in terms of the editor.</summary>
    private async Task<AccountEdit> EditOfAsync(Guid id, IResult? refusal, CancellationToken ct) => (refusal as ProblemHttpResult)?.ProblemDetails switch
    {
        null => new AccountEdit(true),
        { Status: StatusCodes.Status404NotFound } => new AccountEdit(false, Gone: true),
        { Status: StatusCodes.Status412PreconditionFailed } => await _users.FindAsync(id, ct) is { } newer
            ? new AccountEdit(false, Newer: new UserSeen(UserItem.Of(newer), newer.ConcurrencyStamp!))
            : new AccountEdit(false, Gone: true),
        var problem => new AccountEdit(false, Refusal: problem.Title),
    };
}
