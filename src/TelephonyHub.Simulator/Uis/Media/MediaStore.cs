using System.Collections.Concurrent;
using System.Globalization;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Media;

/// <summary>Recordings by plain GET without login (section 2.7); Range and its refusals come from the framework.</summary>
internal sealed class MediaStore(UisSimulator simulator)
{
    private readonly ConcurrentDictionary<(long Session, string Hash), CallRecord> _files = new();

    public Uri LinkOf(long sessionId, CallRecord record) => new(simulator.MediaUrl, string.Create(
        CultureInfo.InvariantCulture, $"system/media/{(record.IsVoiceMail ? "voice_mail" : "talk")}/{sessionId}/{record.Hash}/"));

    public Uri FullLinkOf(long sessionId, CallRecord record) =>
        new(simulator.MediaUrl, string.Create(CultureInfo.InvariantCulture, $"{sessionId}/{record.Hash}"));

    public void Publish(long sessionId, CallRecord record) => _files[(sessionId, record.Hash)] = record;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] readOnly = ["GET", "HEAD"];
        routes.MapMethods("/system/media/talk/{id:long}/{hash}/", readOnly, (long id, string hash) => Serve(id, hash, voiceMail: false, simulator.Options.RecordFormat));
        routes.MapMethods("/system/media/wav/{id:long}/{hash}/", readOnly, (long id, string hash) => Serve(id, hash, voiceMail: false, SimAudioFormat.Wav));
        routes.MapMethods("/system/media/voice_mail/{id:long}/{hash}/", readOnly, (long id, string hash) => Serve(id, hash, voiceMail: true, simulator.Options.RecordFormat));
        routes.MapMethods("/{id:long}/{hash}", readOnly, (long id, string hash) => Serve(id, hash, voiceMail: false, simulator.Options.RecordFormat));
    }

    private IResult Serve(long id, string hash, bool voiceMail, SimAudioFormat format)
    {
        if (!_files.TryGetValue((id, hash), out var record) || record.IsVoiceMail != voiceMail
            || simulator.Time.GetUtcNow() < simulator.Faults.Media.NotReadyUntil)
        {
            return Results.NotFound();
        }

        if (simulator.Faults.Media.RedirectTo is { } target)
        {
            return Results.Redirect(target.AbsoluteUri);
        }

        if (simulator.Faults.Media.Status is { } status)
        {
            return Results.StatusCode(status);
        }

        if (simulator.Faults.Media.Page is { } page)
        {
            return Results.Content(page, "text/html");
        }

        var audio = format == SimAudioFormat.Wav ? AudioFiles.Wav(record.Duration) : AudioFiles.Mp3(record.Duration);
        return Results.Bytes(audio, format == SimAudioFormat.Wav ? "audio/wav" : "audio/mpeg", enableRangeProcessing: true);
    }
}
