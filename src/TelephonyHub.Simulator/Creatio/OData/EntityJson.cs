using System.Globalization;
using System.Text.Json;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>Rows as OData JSON: unset values in their "empty" form, streams as annotations (reference 1.4).</summary>
internal static class EntityJson
{
    /// <summary>Writes the properties of a row into an open object.</summary>
    public static void WriteProperties(Utf8JsonWriter json, CrmRow row, Selection selection, CreatioStore store)
    {
        foreach (var column in selection.Columns ?? row.Schema.Columns)
        {
            if (column.Kind == ColumnKind.Binary)
            {
                var link = $"{row.Entity}({row.Id})/{column.Property}";
                json.WriteString(column.Property + "@odata.mediaEditLink", link);
                json.WriteString(column.Property + "@odata.mediaReadLink", link);
                json.WriteString(column.Property + "@odata.mediaContentType", "application/octet-stream");
                continue;
            }

            json.WritePropertyName(column.Property);
            WriteValue(json, row[column] ?? column.Empty);
        }

        foreach (var expansion in selection.Expansions)
        {
            json.WritePropertyName(expansion.Lookup.Name);
            if (row[expansion.Lookup] is Guid id && store.Table(expansion.Lookup.Target!).Find(id) is { } target)
            {
                json.WriteStartObject();
                WriteProperties(json, target, expansion.Inner, store);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNullValue();
            }
        }
    }

    public static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(Time(time));
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType().Name} has no JSON form.");
        }
    }

    /// <summary>UTC with up to seven fraction digits.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A property as raw text, for <c>/$value</c>.</summary>
    public static string Text(object value) => value switch
    {
        DateTimeOffset time => Time(time),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
