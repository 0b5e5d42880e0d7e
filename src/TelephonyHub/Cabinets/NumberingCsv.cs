using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace TelephonyHub.Cabinets;

/// <summary>
/// Reads the regulator's table (Минцифры, formerly Россвязь; files DEF-9xx.csv, ABC-3xx.csv, …): <c>АВС/ DEF;От;До;Емкость;Оператор;Регион;…</c>, in UTF-8 or, in older
/// editions, windows-1251. All or nothing: half a table would send calls to the wrong city unseen.
/// </summary>
public static class NumberingCsv
{
    private const int MostFaults = 20;
    private const int RegionColumn = 5;

    /// <param name="file">Bytes of the file.</param>
    /// <param name="faults">By line; empty when all is right.</param>
    public static IReadOnlyList<NumberRange> Read(byte[] file, out IReadOnlyList<string> faults)
    {
        var ranges = new List<NumberRange>();
        var wrong = new List<string>();
        using var text = new StringReader(Decode(file));
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", BadDataFound = null, TrimOptions = TrimOptions.Trim, IgnoreBlankLines = true });
        int? region = null;
        while (wrong.Count < MostFaults && csv.Read())
        {
            var row = csv.Record ?? [];
            if (region is null)
            {
                // Newer editions have more columns; the header says which one holds the region. A file without a header is read in the usual order.
                var named = Array.FindIndex(row, c => c.Trim().StartsWith("Регион", StringComparison.OrdinalIgnoreCase));
                region = named >= 0 ? named : RegionColumn;
                if (row.Length > 0 && !row[0].Trim().All(char.IsAsciiDigit))
                {
                    continue;
                }
            }

            if (Range(row, region.Value) is { } range)
            {
                ranges.Add(range);
            }
            else
            {
                wrong.Add($"line {csv.RawRow}: must hold a code of three digits, the first and the last number of seven digits each, and a region.");
            }
        }

        if (ranges.Count == 0 && wrong.Count == 0)
        {
            wrong.Add("holds no range.");
        }

        faults = wrong;
        return wrong.Count > 0 ? [] : ranges;
    }

    private static NumberRange? Range(string[] row, int region)
    {
        if (row.Length <= region || row[0].Trim() is not { Length: 3 } code || row[region].Trim() is not { Length: > 0 } name
            || !long.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || !Seven(row[1], out var from) || !Seven(row[2], out var to) || to < from)
        {
            return null;
        }

        return new NumberRange((prefix * 10_000_000) + from, (prefix * 10_000_000) + to, name.Replace("|", ", ", StringComparison.Ordinal));
    }

    private static bool Seven(string text, out long number) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 9_999_999;

    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(file);
        }
    }
}
