using System.Globalization;
using System.Text;

namespace TelephonyHub.Reconciliation;

/// <summary>The proof as RFC 4180: for those who keep it elsewhere, and for spreadsheets.</summary>
internal static class ProofCsv
{
    public const string ContentType = "text/csv";

    // A spreadsheet takes a file without the mark for one in the machine's own alphabet.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static IResult Of(IEnumerable<ProofItem> items)
    {
        var text = new StringBuilder("cabinet,date,pbx,journal,crmExpected,crm,equal,comparedAt,differences\r\n");
        foreach (var item in items)
        {
            var differences = string.Join("; ", item.Differences.Select(d => d.SessionId is null ? string.Create(CultureInfo.InvariantCulture, $"{d.Count} {d.Reason}") : $"{d.SessionId} {d.Reason}"));
            text.Append(
                CultureInfo.InvariantCulture,
                $"{item.Cabinet},{item.Date},{item.Pbx},{item.Journal},{item.CrmExpected},{item.Crm},{(item.IsEqual ? "yes" : "no")},{item.ComparedAt.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ},\"{differences.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");
        }

        return Results.File([.. WithMark.GetPreamble(), .. WithMark.GetBytes(text.ToString())], ContentType, "reconciliation.csv");
    }
}
