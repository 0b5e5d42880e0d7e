using System.Globalization;
using TelephonyHub.Hosting;

namespace TelephonyHub.Calls;

/// <summary>The last row of a page in a list of sessions, newest first.</summary>
public sealed record SessionCursor(DateTimeOffset At, string Cabinet, long SessionId)
{
    public string Encoded => ApiQuery.CursorOf(ApiQuery.CursorPart(At), Cabinet, SessionId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null when none was given, or when it is a wrong one: then the query has its fault.</summary>
    public static SessionCursor? Read(ApiQuery query) =>
        query.Cursor(3) is { } parts ? new SessionCursor(query.CursorInstant(parts[0]), parts[1], query.Number(parts[2], "cursor")) : null;
}

/// <summary>A page of sessions.</summary>
/// <param name="Next">Null on the last page.</param>
public sealed record SessionPage<T>(IReadOnlyList<T> Items, SessionCursor? Next)
{
    internal ApiPage<T> ForApi() => new(Items, Next?.Encoded);
}
