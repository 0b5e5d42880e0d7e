using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.Interactive;

/// <summary>
/// The PBX asks what to do with a call (reference 4.3). Only ticked parameters are sent, so anything may be missing; <see langword="null"/> means
/// absent or empty.
/// </summary>
/// <param name="CallSessionId">Session, from <c>call_session_id</c> or the older <c>cdr_id</c>.</param>
/// <param name="Numa">Caller's number, digits without <c>+</c>.</param>
/// <param name="Numb">Dialled virtual number.</param>
/// <param name="StartTime">As sent; handlers treat it as a Unix time.</param>
/// <param name="InputResult">Digits typed by the caller; <see langword="null"/> also for the literal <c>None</c>.</param>
/// <param name="Direction">Direction of the call as sent.</param>
public sealed record InteractiveRequest(
    string? CallSessionId, string? Numa, string? Numb, string? StartTime, string? InputResult, string? Direction)
{
    /// <summary>Reads query, form, JSON, or JSON that arrives as one form key. Never throws.</summary>
    /// <param name="method"><c>GET</c> or <c>POST</c>; both are read alike.</param>
    /// <param name="queryString">Raw query of the URL.</param>
    /// <param name="contentType">Only a hint.</param>
    /// <param name="body">Body as bytes.</param>
    /// <returns>The request; all members <see langword="null"/> if nothing was readable.</returns>
    public static InteractiveRequest Parse(string method, string queryString, string? contentType, ReadOnlyMemory<byte> body)
    {
        var fields = WireReader.Read(queryString, body);
        return new InteractiveRequest(
            Field(fields, "call_session_id") ?? Field(fields, "cdr_id"),
            Field(fields, "numa"),
            Field(fields, "numb"),
            Field(fields, "start_time"),
            Field(fields, "input_result"),
            Field(fields, "direction"));
    }

    // The PBX writes Python's "None" for a missing value (documented for input_result; harmless for the others).
    private static string? Field(WireFields fields, string name) =>
        WireValues.Text(fields.Value(name)) is { } text && !string.Equals(text, "None", StringComparison.OrdinalIgnoreCase) ? text : null;
}
