using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Gives each recording of a call its own code, once, in the transaction of the fold.</summary>
internal static class RecordingRegistry
{
    public static async Task EnsureAsync(HubDbContext context, IEnumerable<Call> calls, DateTimeOffset now, CancellationToken ct)
    {
        var recorded = calls.Where(c => c.Recordings.Count > 0).ToList();
        if (recorded.Count == 0)
        {
            return;
        }

        var (cabinets, ids) = FoldBatch.Keys(recorded.Select(c => c.Key));
        var known = await context.Recordings.AsNoTracking().Where(r => cabinets.Contains(r.Cabinet) && ids.Contains(r.SessionId)).Select(r => new { r.Cabinet, r.SessionId, r.Hash }).ToListAsync(ct);
        context.Recordings.AddRange(recorded.SelectMany(call => call.Recordings
            .Where(r => !known.Exists(k => k.Hash == r.Hash && k.SessionId == call.Key.Id && k.Cabinet == call.Key.Cabinet.Value))
            .Select(r => new RecordingRow
            {
                // 128 random bits: the code is all that a link reveals, so it must not be guessable.
                Code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
                Cabinet = call.Key.Cabinet.Value,
                SessionId = call.Key.Id,
                Hash = r.Hash,
                SourceLink = r.Link,
                Kind = r.Kind == RecordingKind.VoiceMail ? "voiceMail" : "talk",
                Seconds = r.Seconds,
                CreatedAt = now,
                ArchiveDueAt = now,
            })));
    }
}
