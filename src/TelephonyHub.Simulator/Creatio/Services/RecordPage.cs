using System.Net;
using System.Text;
using TelephonyHub.Simulator.Creatio.Http;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary>A plain page for deep links (reference 7), so that a demo's links lead somewhere. The real one asks to sign in first.</summary>
internal sealed class RecordPage(CreatioStore store)
{
    public CrmAnswer Show(string entityName, string recordId)
    {
        if (store.Schema.Find(entityName) is not { } entity || !Guid.TryParse(recordId, out var id) || store.Find(entityName, id) is not { } row)
        {
            return CrmAnswer.Html(404, "Record not found");
        }

        var page = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(entityName))
            .Append("</title></head><body><h1>")
            .Append(WebUtility.HtmlEncode(entity.DisplayColumn is { } display ? row.Text(display) : entityName))
            .Append("</h1><table>");
        foreach (var column in entity.Columns)
        {
            if (row[column] is not { } value)
            {
                continue;
            }

            var text = column.IsLookup && store.Find(column.Target!, (Guid)value) is { Schema.DisplayColumn: { } name } target
                ? target.Text(name)
                : OData.EntityJson.Text(value);
            page.Append("<tr><th align=\"left\">").Append(WebUtility.HtmlEncode(column.Name))
                .Append("</th><td>").Append(WebUtility.HtmlEncode(text)).Append("</td></tr>");
        }

        return CrmAnswer.Text(200, page.Append("</table></body></html>").ToString(), "text/html; charset=utf-8");
    }
}
