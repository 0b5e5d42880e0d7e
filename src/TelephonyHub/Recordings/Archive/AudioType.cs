namespace TelephonyHub.Recordings.Archive;

/// <summary>What a file is, by its first bytes: a header says audio/mpeg of a sign-in page just as well.</summary>
internal static class AudioType
{
    /// <summary>Enough of a file to tell.</summary>
    public const int HeadBytes = 12;

    public static readonly IReadOnlyList<string> All = ["audio/mpeg", "audio/wav", "audio/ogg"];

    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [0xFF, >= 0xE0, ..] => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        _ => null,
    };

    public static string ExtensionOf(string? type) => type switch
    {
        "audio/wav" => ".wav",
        "audio/ogg" => ".ogg",
        _ => ".mp3",
    };
}
