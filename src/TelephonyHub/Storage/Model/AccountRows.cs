using Microsoft.AspNetCore.Identity;

namespace TelephonyHub.Storage.Model;

/// <summary>A person who signs in. Of Identity's columns only those that the hub uses are mapped.</summary>
public sealed class UserRow : IdentityUser<Guid>
{
    public string? FullName { get; set; }

    /// <summary>Separated by commas.</summary>
    public required string Roles { get; set; }

    /// <summary>Keys of the cabinets that are seen, separated by commas; what none means depends on the role.</summary>
    public required string Cabinets { get; set; }

    /// <summary>The person's contact in the CRM.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>The first administrator: name and password are those of the settings.</summary>
    public bool FromSettings { get; set; }

    /// <summary>By an administrator, until he lifts it; <see cref="IdentityUser{TKey}.LockoutEnd"/> is the pause after wrong passwords.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>A program's key. The secret itself is shown once and kept nowhere.</summary>
public sealed class ApiKeyRow
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, hex. The secret is 256 random bits: there is nothing to guess, so no slow hash is needed.</summary>
    public required string Hash { get; set; }

    /// <summary>The secret's first characters, to tell keys apart.</summary>
    public required string Hint { get; set; }

    public required string Roles { get; set; }

    public required string Cabinets { get; set; }

    public Guid? ContactId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A key that cookies and form tokens are made with; in the database, so that each replica takes what another gave out.</summary>
public sealed class ProtectionKeyRow
{
    public required string Name { get; set; }

    public required string Xml { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Somebody of the company who was rung for a call or talked in it: it is one of his own calls.</summary>
public sealed class CallPersonRow
{
    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    /// <summary>His contact in the CRM.</summary>
    public Guid ContactId { get; set; }
}
