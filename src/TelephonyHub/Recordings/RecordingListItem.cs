using System.Globalization;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>A recording as the list shows it.</summary>
public sealed record RecordingListItem
{
    /// <summary>Names it, here and in its link.</summary>
    public required string Code { get; init; }

    public required string Url { get; init; }

    public required string Cabinet { get; init; }

    public required string SessionId { get; init; }

    /// <summary><c>talk | voiceMail</c></summary>
    public required string Kind { get; init; }

    public int? Seconds { get; init; }

    /// <summary>When it became known.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>remote</c> (only the PBX has it) <c>| waiting | archived | failed | expired | revoked</c></summary>
    public required string State { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Attempts to fetch the file.</summary>
    public required int Attempts { get; init; }

    /// <summary>While it waits.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary><c>missing | gone | hostNotAllowed | redirected | unreachable | refused | notAudio | incomplete | tooLarge | disk</c></summary>
    public string? Category { get; init; }

    public string? Error { get; init; }

    internal static RecordingListItem Of(RecordingRow row, string url, bool archives)
    {
        var state = row.RevokedAt is not null ? "revoked" : row.ArchiveState ?? (archives ? "waiting" : "remote");
        return new RecordingListItem
        {
            Code = row.Code,
            Url = url,
            Cabinet = row.Cabinet,
            SessionId = row.SessionId.ToString(CultureInfo.InvariantCulture),
            Kind = row.Kind,
            Seconds = row.Seconds,
            CreatedAt = row.CreatedAt,
            State = state,
            RevokedAt = row.RevokedAt,
            ArchivedAt = row.ArchivedAt,
            Bytes = row.Bytes,
            Attempts = row.ArchiveAttempts,
            NextAttemptAt = state == "waiting" ? row.ArchiveDueAt : null,
            Category = row.ArchiveCategory,
            Error = row.ArchiveError,
        };
    }
}
