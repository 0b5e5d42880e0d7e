namespace TelephonyHub.Creatio.Auth;

/// <summary>
/// Cookies of one session. Names and values go back exactly as they came. Paths are not observed: Creatio spreads one session over <c>/</c> and
/// <c>/0</c> (reference 2.1), and the login at the root needs neither.
/// </summary>
internal sealed class CookieJar
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>Takes over <c>Set-Cookie</c> headers; an empty or expired cookie is removed.</summary>
    public void Take(IReadOnlyList<string> setCookies, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var header in setCookies)
            {
                var parts = header.Split(';', StringSplitOptions.TrimEntries);
                var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    continue;
                }

                var name = parts[0][..equals].Trim();
                var value = parts[0][(equals + 1)..].Trim();
                if (value.Length == 0 || parts.Skip(1).Any(attribute => IsOver(attribute, now)))
                {
                    _cookies.Remove(name);
                }
                else
                {
                    _cookies[name] = value;
                }
            }
        }
    }

    public string? Get(string name)
    {
        lock (_gate)
        {
            return _cookies.GetValueOrDefault(name);
        }
    }

    /// <summary>Value of the <c>Cookie</c> header.</summary>
    public string ToHeader()
    {
        lock (_gate)
        {
            return string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        }
    }

    private static bool IsOver(string attribute, DateTimeOffset now)
    {
        var equals = attribute.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return false;
        }

        var name = attribute[..equals];
        var value = attribute[(equals + 1)..];
        if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds <= 0;
        }

        return name.Equals("expires", StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var moment)
            && moment <= now;
    }
}
