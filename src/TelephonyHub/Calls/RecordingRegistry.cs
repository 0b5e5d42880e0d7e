using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Gives each recording of a call its own code, once, in the transaction of the fold.</summary>
internal static class RecordingRegistry
{
    public static async Task EnsureAsync(HubDbContext context, Call call, DateTimeOffset now, CancellationToken ct)
    {
        if (call.Recordings.Count == 0)
        {
            return;
        }

        var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
        var known = await context.Recordings.Where(r => r.Cabinet == cabinet && r.SessionId == id).Select(r => r.Hash).ToListAsync(ct);
        context.Recordings.AddRange(call.Recordings
            .Where(r => !known.Contains(r.Hash))
            .Select(r => new RecordingRow
            {
                // 128 random bits: the code is all that a link reveals, so it must not be guessable.
                Code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
                Cabinet = cabinet,
                SessionId = id,
                Hash = r.Hash,
                SourceLink = r.Link,
                Kind = r.Kind == RecordingKind.VoiceMail ? "voiceMail" : "talk",
                Seconds = r.Seconds,
                CreatedAt = now,
                ArchiveDueAt = now,
            }));
    }
}
