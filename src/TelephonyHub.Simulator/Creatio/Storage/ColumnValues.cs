using System.Globalization;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>Brings values given in code to the storage type of their column; unset is always null.</summary>
internal static class ColumnValues
{
    public static object? Coerce(ColumnSchema column, object? value) => (column.Kind, value) switch
    {
        (_, null or "") => null,
        (ColumnKind.Guid or ColumnKind.Lookup, Guid guid) => guid == Guid.Empty ? null : guid,
        (ColumnKind.Guid or ColumnKind.Lookup, string text) => Coerce(column, Guid.Parse(text)),
        (ColumnKind.Text, string text) => text,
        (ColumnKind.Integer, int or long or short or decimal) => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        (ColumnKind.Decimal, int or long or decimal or double) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        (ColumnKind.Boolean, bool flag) => flag,
        (ColumnKind.DateTime, DateTimeOffset time) => time == DateTimeOffset.MinValue ? null : time.ToUniversalTime(),
        (ColumnKind.Date, DateTimeOffset time) => time == DateTimeOffset.MinValue ? null : new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero),
        _ => throw CrmException.BadRequest(
            $"Cannot convert a value of type '{value.GetType().Name}' to the expected type '{column.EdmType}' of '{column.Property}'."),
    };
}
