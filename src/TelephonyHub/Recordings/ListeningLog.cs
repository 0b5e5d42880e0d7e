using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>
/// Who heard what, in the audit. A player asks for one file in many pieces and again when somebody moves its slider: requests of one person for one file
/// that follow each other count as one playback. Whose they are says the subject: two people, or a key and the one that came after it, may bear one name.
/// </summary>
internal sealed class ListeningLog(HubDatabase database, Audit audit) : IDisposable
{
    public const string Action = "recording.listen";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    // A full cache forgets, and then a playback is written twice: better than not at all.
    private readonly MemoryCache _playing = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public async Task NoteAsync(ClaimsPrincipal who, RecordingRow recording, CancellationToken ct)
    {
        var playback = (HubAccess.Of(who).Subject, recording.Code);
        if (_playing.TryGetValue(playback, out _))
        {
            return;
        }

        await database.WriteAsync(
            (context, token) => audit.WriteAsync(context, who, Action, new { recording.Code, recording.Cabinet, session = recording.SessionId.ToString(System.Globalization.CultureInfo.InvariantCulture), recording.Kind }, token),
            ct);
        _playing.Set(playback, true, new MemoryCacheEntryOptions { SlidingExpiration = Pause, Size = 1 });
    }

    public void Dispose() => _playing.Dispose();
}
