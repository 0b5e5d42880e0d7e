using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsvHelper;
using CsvHelper.Configuration;

namespace TelephonyHub.Staffing;

/// <summary>
/// Reads the Russian production calendar: XML as xmlcalendar.ru publishes it (<c>day d="MM.dd" t="1|2|3"</c>: off, short, worked), or the CSV of the government's
/// open data (a line a year, a cell a month, its days off; <c>*</c> short day, <c>+</c> day off that was moved).
/// </summary>
public static class ProductionCalendar
{
    /// <param name="file">Bytes of the file.</param>
    /// <param name="faults">What is wrong; empty when all is right.</param>
    public static IReadOnlyDictionary<int, YearCalendar> Read(byte[] file, out IReadOnlyList<string> faults)
    {
        var years = new Dictionary<int, YearCalendar>();
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
            if (text.StartsWith('<'))
            {
                ReadXml(text, years);
            }
            else
            {
                ReadCsv(text, years);
            }

            faults = years.Count == 0 ? ["holds no year."] : [];
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or CsvHelperException)
        {
            // What a library says of a file is for its developers; our own sentences are for who has chosen it.
            faults =
            [
                e switch
                {
                    XmlException { LineNumber: > 0 } xml => $"is no production calendar: its XML is wrong in line {xml.LineNumber}.",
                    XmlException => "is no production calendar: its XML holds what a calendar does not.",
                    DecoderFallbackException => "is no production calendar: it is not written in UTF-8.",
                    FormatException => $"is no production calendar: {e.Message}",
                    _ => "is no production calendar: a day or a holiday stands there twice, or the cells are broken.",
                },
            ];
            return new Dictionary<int, YearCalendar>();
        }

        return years;
    }

    private static void ReadXml(string text, Dictionary<int, YearCalendar> years)
    {
        // Somebody else's file: no entities, no documents from elsewhere.
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        foreach (var calendar in XDocument.Load(reader).Root!.DescendantsAndSelf("calendar"))
        {
            var year = Year(Required(calendar, "year"));
            var names = calendar.Descendants("holiday").ToDictionary(h => Required(h, "id"), h => h.Attribute("title")?.Value, StringComparer.Ordinal);
            years[year] = new YearCalendar([.. calendar.Descendants("day").Select(d => Day(d, year, names)).OrderBy(d => d.Date)]);
        }
    }

    private static SpecialDay Day(XElement day, int year, Dictionary<string, string?> names)
    {
        var at = Required(day, "d");
        if (!DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture, $"{year}.{at}"), "yyyy.MM.dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw new FormatException($"'{at}' is no day of the year; '12.31' is.");
        }

        var name = day.Attribute("h") is { } holiday ? names.GetValueOrDefault(holiday.Value) : null;
        var kind = Required(day, "t") switch
        {
            "1" => DayKind.Off,
            "2" => DayKind.Short,
            "3" => DayKind.Working,
            var other => throw new FormatException($"a day of type '{other}' is unknown."),
        };
        return new SpecialDay(date, kind, name);
    }

    private static void ReadCsv(string text, Dictionary<int, YearCalendar> years)
    {
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [";", ","], TrimOptions = TrimOptions.Trim });
        while (csv.Read())
        {
            var row = csv.Record ?? [];
            if (row.Length < 13 || !row[0].All(char.IsAsciiDigit))
            {
                continue; // the header
            }

            var year = Year(row[0]);
            years[year] = new YearCalendar([.. Enumerable.Range(1, 12).SelectMany(month => Month(year, month, row[month])).OrderBy(d => d.Date)]);
        }
    }

    /// <summary>The cell lists every day off, weekends, too: only what differs from the week is kept.</summary>
    private static IEnumerable<SpecialDay> Month(int year, int month, string cell)
    {
        var listed = cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToDictionary(d => Number(d.TrimEnd('*', '+')), d => d[^1]);
        for (var day = 1; day <= DateTime.DaysInMonth(year, month); day++)
        {
            var date = new DateOnly(year, month, day);
            var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            if (listed.TryGetValue(day, out var mark) && mark == '*')
            {
                yield return new SpecialDay(date, DayKind.Short);
            }
            else if (listed.ContainsKey(day) != weekend)
            {
                yield return new SpecialDay(date, weekend ? DayKind.Working : DayKind.Off);
            }
        }
    }

    private static string Required(XElement element, string name) => element.Attribute(name)?.Value ?? throw new FormatException($"<{element.Name}> lacks '{name}'.");

    private static int Year(string text) => Number(text) is >= 2000 and <= 2100 and var year ? year : throw new FormatException($"'{text}' is no year from 2000 to 2100.");

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is no number.");
}
