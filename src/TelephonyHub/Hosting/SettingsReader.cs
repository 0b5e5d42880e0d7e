using System.Globalization;
using System.Net;
using TelephonyHub.Directory;

namespace TelephonyHub.Hosting;

/// <summary>Reads typed values and collects one fault per wrong key instead of stopping at the first.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <param name="key">With colons, as in appsettings; the line shows the environment's spelling, too.</param>
    public void Fault(string key, string reason) => _faults.Add($"{key.Replace(":", "__", StringComparison.Ordinal)} ({key}): {reason}");

    public string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    public string Required(string key, string reason = "is required.")
    {
        if (Text(key) is { } text)
        {
            return text;
        }

        Fault(key, reason);
        return "";
    }

    public int Number(string key, int fallback, int min, int max)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, $"must be a whole number from {min} to {max}, not '{text}'.");
        return fallback;
    }

    public double Seconds(string key, double fallback, double min, double max)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}, not '{text}'."));
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Fault(key, $"must be true or false, not '{text}'.");
        return fallback;
    }

    public T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }

        Fault(key, $"must be one of {string.Join(", ", Enum.GetNames<T>())}, not '{text}'.");
        return fallback;
    }

    public Uri? Url(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        Fault(key, "must be an absolute http(s) address.");
        return null;
    }

    public Uri RequiredUrl(string key)
    {
        if (Text(key) is null)
        {
            Fault(key, "is required.");
        }

        return Url(key) ?? new Uri("http://invalid.invalid");
    }

    public Guid? Id(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Guid.TryParse(text, out var id) && id != Guid.Empty)
        {
            return id;
        }

        Fault(key, "must be a GUID.");
        return null;
    }

    public TimeZoneInfo? Zone(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone))
        {
            return zone;
        }

        Fault(key, $"'{text}' is not a time zone this machine knows (an IANA name such as Europe/Moscow).");
        return null;
    }

    public DateTimeOffset? Instant(string key, TimeZoneInfo zone)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        // Without an offset the time is the city's.
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return time.Kind == DateTimeKind.Unspecified
                ? new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime()
                : new DateTimeOffset(time.ToUniversalTime());
        }

        Fault(key, "must be a date or an ISO 8601 time.");
        return null;
    }

    public IReadOnlyList<string> List(string key) =>
        [.. configuration.GetSection(key).GetChildren().Select(c => c.Value?.Trim()).Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)];

    public IEnumerable<string> Children(string key) => configuration.GetSection(key).GetChildren().Select(c => c.Key);

    /// <summary>Items of a list with their keys; a blank one is a fault, told once, and left out.</summary>
    public IEnumerable<(string Key, string Text)> Items(string key)
    {
        foreach (var child in Children(key))
        {
            var at = $"{key}:{child}";
            if (Required(at) is { Length: > 0 } text)
            {
                yield return (at, text);
            }
        }
    }

    public IReadOnlyList<IPNetwork> Networks(string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var (at, text) in Items(key))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                Fault(at, "must be an IP address or a network in CIDR form.");
            }
        }

        return networks;
    }

    public IReadOnlyList<PhoneNumber> Numbers(string key)
    {
        var numbers = new List<PhoneNumber>();
        foreach (var (at, text) in Items(key))
        {
            if (PhoneNumber.TryParse(text) is { } number)
            {
                numbers.Add(number);
            }
            else
            {
                Fault(at, "is not a phone number.");
            }
        }

        return numbers;
    }

    /// <summary>Numbers as UIS dials them: <c>7XXXXXXXXXX</c>, a SIP number or an extension; E.164 and 8… are brought into that form.</summary>
    public IReadOnlyList<string> DialNumbers(string key)
    {
        var numbers = new List<string>();
        foreach (var (at, text) in Items(key))
        {
            if (DialNumber.Of(text) is { } number)
            {
                numbers.Add(number);
            }
            else
            {
                Fault(at, "must be a phone number, a SIP number or an extension (digits).");
            }
        }

        return [.. numbers.Distinct(StringComparer.Ordinal)];
    }
}
