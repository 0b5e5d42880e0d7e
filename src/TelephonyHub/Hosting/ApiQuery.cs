using System.Globalization;
using System.Text;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>A page of a list, as every list of the API answers.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What matched and what was replayed.</summary>
public sealed record ReplayAnswer(int Matched, int Replayed);

/// <summary>
/// Reads a list's parameters and collects what is wrong, by field: bad input is a 400 that names field and reason, never a 500.
/// Read by hand because the framework's binder answers a bad value without naming the field.
/// </summary>
public sealed class ApiQuery(HttpRequest request)
{
    private readonly Dictionary<string, string[]> _faults = new(StringComparer.Ordinal);

    /// <summary>Null when all parameters are right.</summary>
    public IResult? Problem => _faults.Count == 0 ? null : Results.ValidationProblem(_faults, title: "Some parameters are wrong.");

    public string? Text(string name) => request.Query[name].ToString() is { Length: > 0 } text ? text.Replace("\0", "", StringComparison.Ordinal) : null;

    public int Limit()
    {
        if (Text("limit") is not { } text)
        {
            return 50;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 200)
        {
            return limit;
        }

        Fault("limit", "must be a whole number from 1 to 200.");
        return 1;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus that was not encoded arrives as a blank: 2026-01-01T00:00:00 03:00.
        if (DateTimeOffset.TryParse(text.Replace(' ', text.Contains('T', StringComparison.Ordinal) ? '+' : ' '), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at.ToUniversalTime();
        }

        Fault(name, "must be an ISO 8601 time with offset.");
        return null;
    }

    /// <summary>A date, or the date of an ISO 8601 time as written.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (TryDay(text, out var day))
        {
            return day;
        }

        Fault(name, "must be a date or an ISO 8601 time.");
        return null;
    }

    /// <inheritdoc cref="Day"/>
    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text is { Length: >= 10 } ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public string? Choice(string name, params string[] allowed)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Array.Find(allowed, a => a.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        Fault(name, $"must be one of {string.Join(", ", allowed)}.");
        return null;
    }

    /// <summary>The parts of the last row's key.</summary>
    public IReadOnlyList<string>? Cursor(int parts)
    {
        if (Text("cursor") is not { } text)
        {
            return null;
        }

        try
        {
            var values = Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'))).Replace("\0", "", StringComparison.Ordinal).Split('|');
            if (values.Length == parts)
            {
                return values;
            }
        }
        catch (FormatException)
        {
            // Falls through to the fault below.
        }

        Fault("cursor", "is not one that this list gave out.");
        return null;
    }

    /// <summary>
    /// A page of a list that is in memory. It is whole unless <c>limit</c> or <c>cursor</c> is given: these lists are short. A page begins after the last row
    /// of the one before, wherever that stands now; if it was taken away meanwhile, where it stood.
    /// </summary>
    /// <param name="all">The list as it is now.</param>
    /// <param name="key">What tells a row from all others and stays.</param>
    /// <param name="page">Its rows.</param>
    /// <param name="next">The cursor of the page after it; null on the last.</param>
    public bool TryPage<T>(IReadOnlyList<T> all, Func<T, string> key, out IReadOnlyList<T> page, out string? next)
    {
        var limit = Text("limit") is null && Text("cursor") is null ? int.MaxValue : Limit();
        var skip = 0;
        if (Cursor(2) is { } cursor)
        {
            var at = Enumerable.Range(0, all.Count).FirstOrDefault(i => KeyPart(all[i]) == cursor[1], -1);
            skip = at >= 0 ? at + 1 : (int)Math.Clamp(Number(cursor[0], "cursor"), 0, all.Count);
        }

        page = [.. all.Skip(skip).Take(limit)];
        next = all.Count - skip > limit ? CursorOf((skip + limit - 1).ToString(CultureInfo.InvariantCulture), KeyPart(page[^1])) : null;
        return _faults.Count == 0;

        // The bar stands between the parts of a cursor.
        string KeyPart(T row) => key(row).Replace('|', ' ');
    }

    public static string CursorOf(params string[] parts) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('|', parts))).Replace('+', '-').Replace('/', '_');

    /// <summary>An instant as part of a cursor: microseconds, as exact as both databases are.</summary>
    public static string CursorPart(DateTimeOffset at) => SqliteInstant.ToMicroseconds(at).ToString(CultureInfo.InvariantCulture);

    /// <summary>What <see cref="CursorPart"/> wrote. Anybody can write a cursor: the clamp keeps it within the years that instants have.</summary>
    public DateTimeOffset CursorInstant(string part) => SqliteInstant.FromMicroseconds(Math.Clamp(Number(part, "cursor"), 0, 253_402_300_000_000_000));

    public void Fault(string name, string reason) => _faults[name] = [reason];

    /// <summary>A number inside a cursor.</summary>
    public long Number(string text, string name)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Fault(name, "is not one that this list gave out.");
        return 0;
    }
}
