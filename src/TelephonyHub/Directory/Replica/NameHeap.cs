using System.Text;

namespace TelephonyHub.Directory.Replica;

/// <summary>
/// Names of a million clients, a byte a letter where code page 1251 has them (Russian and Latin), else UTF-8. A name that changes leaves its old bytes
/// behind: names change seldom.
/// </summary>
internal sealed class NameHeap
{
    /// <summary>Characters kept; the CRM's own columns are half as long.</summary>
    public const int Most = 500;

    private const int PieceBits = 16;
    private const int Utf8Bit = 0x8000;
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)!;

    private byte[][] _pieces = [];
    private int _used = 1 << PieceBits;

    /// <returns>0 for none.</returns>
    public int Put(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return 0;
        }

        var (bytes, mark) = Bytes(name);
        if (_used + bytes.Length + 2 > 1 << PieceBits)
        {
            Array.Resize(ref _pieces, _pieces.Length + 1);
            _pieces[^1] = new byte[1 << PieceBits];
            _used = 0;
        }

        var (piece, at) = (_pieces[^1], _used);
        BitConverter.TryWriteBytes(piece.AsSpan(at), (ushort)(bytes.Length | mark));
        bytes.CopyTo(piece, at + 2);
        _used += bytes.Length + 2;
        return ((_pieces.Length - 1) << PieceBits) + at + 1;
    }

    public string? Get(int name)
    {
        if (name == 0)
        {
            return null;
        }

        var (piece, at) = (_pieces[(name - 1) >> PieceBits], (name - 1) & ((1 << PieceBits) - 1));
        var length = BitConverter.ToUInt16(piece, at);
        return ((length & Utf8Bit) != 0 ? Encoding.UTF8 : Cyrillic).GetString(piece, at + 2, length & ~Utf8Bit);
    }

    private static (byte[] Bytes, int Mark) Bytes(string name)
    {
        try
        {
            return (Cyrillic.GetBytes(name), 0);
        }
        catch (EncoderFallbackException)
        {
            return (Encoding.UTF8.GetBytes(name), Utf8Bit);
        }
    }
}
