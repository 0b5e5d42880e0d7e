using System.IO.Compression;
using System.Text;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Staffing;

/// <summary>One file of the regulator's numbering plan, packed: a row of the database instead of half a million.</summary>
/// <param name="Ranges">How many.</param>
/// <param name="Regions">Their names, in the order of their numbers in <paramref name="Packed"/>.</param>
/// <param name="Packed">Compressed lines of first number, last number, region; numbers as distances, which compress well.</param>
public sealed record NumberingFile(int Ranges, IReadOnlyList<string> Regions, byte[] Packed)
{
    public static NumberingFile Pack(IReadOnlyList<NumberRange> ranges)
    {
        var regions = ranges.Select(r => r.Region).Distinct(StringComparer.Ordinal).ToList();
        var index = regions.Select((r, i) => (r, i)).ToDictionary(p => p.r, p => p.i, StringComparer.Ordinal);
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true), Encoding.UTF8))
        {
            var before = 0L;
            foreach (var range in ranges.OrderBy(r => r.From))
            {
                writer.Write7BitEncodedInt64(range.From - before);
                writer.Write7BitEncodedInt64(range.To - range.From);
                writer.Write7BitEncodedInt(index[range.Region]);
                before = range.From;
            }
        }

        return new NumberingFile(ranges.Count, regions, packed.ToArray());
    }

    public IEnumerable<NumberRange> Unpack()
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(Packed), CompressionMode.Decompress), Encoding.UTF8);
        var at = 0L;
        for (var i = 0; i < Ranges; i++)
        {
            at += reader.Read7BitEncodedInt64();
            yield return new NumberRange(at, at + reader.Read7BitEncodedInt64(), Regions[reader.Read7BitEncodedInt()]);
        }
    }
}
