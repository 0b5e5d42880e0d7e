using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>Keys of programs: those of the settings, and those that administrators gave out.</summary>
public sealed class ApiKeys(HubDatabase database, HubSettings settings, Audit audit, TimeProvider time)
{
    /// <summary>Tells a stored key from a settings' one, and a leaked one from a random text.</summary>
    internal const string Prefix = "thk_";

    private const int HintLength = 8;

    /// <summary>A revoked key may go on for so long at another replica.</summary>
    private static readonly TimeSpan Serves = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset ReadAt, ApiKeyRow Key)> _known = new(StringComparer.Ordinal);

    /// <summary>Whose key it is; null when it is nobody's, was revoked or has run out.</summary>
    internal async Task<Account?> FindAsync(string secret, CancellationToken ct)
    {
        ApiKeySettings? found = null;
        foreach (var key in settings.Auth.ApiKeys)
        {
            // Every key is compared: the time tells nothing about which one was near.
            found = HubAuth.IsSame(secret, key.Key) ? key : found;
        }

        if (found is not null)
        {
            return Account.Of(found);
        }

        return secret.StartsWith(Prefix, StringComparison.Ordinal) && await StoredAsync(HashOf(secret), ct) is { RevokedAt: null } row && (row.ExpiresAt is null || row.ExpiresAt > time.GetUtcNow())
            ? Account.Of(row)
            : null;
    }

    /// <summary>Newest first.</summary>
    internal async Task<IReadOnlyList<ApiKeyItem>> ListAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return (await context.ApiKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(ct)).ConvertAll(ApiKeyItem.Of);
    }

    /// <returns>The key with its secret, which is not shown again; null when another in use bears the name.</returns>
    internal async Task<NewApiKey?> CreateAsync(ClaimsPrincipal who, ApiKeyRequest wanted, CancellationToken ct)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = wanted.Name!.Trim(),
            Hash = HashOf(secret),
            Hint = secret[..HintLength],
            Roles = string.Join(',', wanted.Roles!.Distinct(StringComparer.Ordinal)),
            Cabinets = string.Join(',', (wanted.Cabinets ?? []).Distinct(StringComparer.Ordinal)),
            ContactId = wanted.ContactId,
            CreatedAt = time.GetUtcNow(),
            CreatedBy = who.Identity?.Name ?? "?",
            ExpiresAt = wanted.ExpiresAt?.ToUniversalTime(),
        };
        var made = await database.WriteAsync(
            async (context, token) =>
            {
                if (settings.Auth.ApiKeys.Any(k => k.Name == row.Name) || await context.ApiKeys.AnyAsync(k => k.Name == row.Name && k.RevokedAt == null, token))
                {
                    return false;
                }

                context.ApiKeys.Add(row);
                await audit.WriteAsync(context, who, "apiKey.create", new { after = ApiKeyItem.Of(row) }, token);
                return true;
            },
            ct);
        return made ? new NewApiKey(ApiKeyItem.Of(row), secret) : null;
    }

    /// <returns>False when there is no such key. One that was revoked before stays so.</returns>
    internal async Task<bool> RevokeAsync(ClaimsPrincipal who, Guid id, CancellationToken ct)
    {
        var row = await database.WriteAsync(
            async (context, token) =>
            {
                var key = await context.ApiKeys.FirstOrDefaultAsync(k => k.Id == id, token);
                if (key is { RevokedAt: null })
                {
                    var before = ApiKeyItem.Of(key);
                    (key.RevokedAt, key.RevokedBy) = (time.GetUtcNow(), who.Identity?.Name ?? "?");
                    await audit.WriteAsync(context, who, "apiKey.revoke", new { before, after = ApiKeyItem.Of(key) }, token);
                }

                return key;
            },
            ct);
        if (row is not null)
        {
            _known.TryRemove(row.Hash, out _);
        }

        return row is not null;
    }

    private async Task<ApiKeyRow?> StoredAsync(string hash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(hash, out var known) && now - known.ReadAt < Serves)
        {
            return known.Key;
        }

        try
        {
            await using var context = database.CreateContext();
            var row = await context.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Hash == hash, ct);
            if (row is null)
            {
                return null;
            }

            _known[hash] = (now, row);
            if (row.RevokedAt is null && (row.LastUsedAt is null || now - row.LastUsedAt >= UseStep))
            {
                await database.WriteAsync(async (write, token) => await write.ApiKeys.Where(k => k.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAt, now), token), ct);
            }

            return row;
        }
        catch (Exception e) when (known.Key is not null && database.IsAway(e))
        {
            return known.Key; // away for the moment: who was let in stays in
        }
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
