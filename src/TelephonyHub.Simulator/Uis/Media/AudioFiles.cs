using System.Buffers.Binary;

namespace TelephonyHub.Simulator.Uis.Media;

/// <summary>Small valid audio files made in memory. Longer talks are cut: their content does not matter.</summary>
internal static class AudioFiles
{
    private const int Rate = 8000;
    private const int WavHeader = 44;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>PCM, 8 kHz, 8 bit, mono: a quiet 440 Hz tone, half a second on, half a second off.</summary>
    public static byte[] Wav(TimeSpan duration)
    {
        var samples = (int)(Cut(duration).TotalSeconds * Rate);
        var file = new byte[WavHeader + samples];
        var span = file.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], Rate);
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], 8);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], samples);
        for (var i = 0; i < samples; i++)
        {
            var on = i / (Rate / 2) % 2 == 0;
            span[WavHeader + i] = (byte)(128 + (on ? 24 * Math.Sin(2 * Math.PI * 440 * i / Rate) : 0));
        }

        return file;
    }

    /// <summary>MPEG-1 layer III, 32 kbit/s, 32 kHz, mono: frames of 144 bytes and 36 ms whose empty side information decodes to silence.</summary>
    public static byte[] Mp3(TimeSpan duration)
    {
        const int FrameBytes = 144;
        var frames = Math.Max(1, (int)(Cut(duration).TotalMilliseconds / 36));
        var file = new byte[frames * FrameBytes];
        for (var frame = 0; frame < frames; frame++)
        {
            ReadOnlySpan<byte> header = [0xFF, 0xFB, 0x18, 0xC0];
            header.CopyTo(file.AsSpan(frame * FrameBytes));
        }

        return file;
    }

    private static TimeSpan Cut(TimeSpan duration) => duration > Longest ? Longest : duration < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : duration;
}
