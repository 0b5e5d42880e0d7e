namespace TelephonyHub.Storage.Model;

/// <summary>A contact or account of the CRM that bears numbers, kept so that a restart need not read a million again.</summary>
public sealed class DirectoryRecordRow
{
    public Guid Id { get; set; }

    public bool IsContact { get; set; }

    public string? Name { get; set; }

    /// <summary>A contact's account; an account's primary contact.</summary>
    public Guid? RelatedId { get; set; }

    public Guid? OwnerId { get; set; }

    public Guid? TypeId { get; set; }

    /// <summary>Of the refresh that wrote it; replicas read what is newer than theirs.</summary>
    public long Version { get; set; }
}

/// <summary>A number where it stands in the CRM.</summary>
public sealed class DirectoryNumberRow
{
    /// <summary>Of the communication.</summary>
    public Guid Id { get; set; }

    /// <summary>E.164 without plus.</summary>
    public long Number { get; set; }

    public Guid RecordId { get; set; }

    public bool IsPrimary { get; set; }

    public bool NonActual { get; set; }

    public bool FoundBySearch { get; set; }

    public DateTimeOffset? ModifiedOn { get; set; }

    public long Version { get; set; }

    /// <summary>Gone from the CRM; kept until every replica has heard of it.</summary>
    public bool Deleted { get; set; }
}
