using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Routing;

namespace TelephonyHub.Console;

/// <summary>Words, numbers and times of one person's console, in his language; times are those of the city, with its zone.</summary>
public sealed class ConsoleText(HubSettings settings, TimeProvider time)
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public string Language { get; private set; } = "en";

    public bool IsRussian => Language == "ru";

    public CultureInfo Culture => IsRussian ? Russian : English;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Use(string language) => Language = language;

    public string Of(Words words) => words.In(Language);

    public string Of(Words words, params object?[] values) => string.Format(Culture, Of(words), values);

    public string Of(Reason reason) => IsRussian ? reason.Ru : reason.En;

    public string Number(long value) => value.ToString("N0", Culture);

    public string Percent(double? share) => share is { } s ? s.ToString("P0", Culture) : "–";

    /// <summary>Number and noun: 1 звонок, 2 звонка, 5 звонков.</summary>
    public string Count(long n, PluralWords words) => $"{Number(n)} {words.For(n, IsRussian)}";

    /// <summary>A length of time for people: 45 s, 3:07, 1 h 05 min, 2 d 4 h.</summary>
    public string Length(double? seconds)
    {
        if (seconds is not { } s)
        {
            return "–";
        }

        var t = TimeSpan.FromSeconds(Math.Max(0, Math.Round(s)));
        return t switch
        {
            { TotalMinutes: < 1 } => Of(CommonTexts.LengthSeconds, t.Seconds),
            { TotalHours: < 1 } => Of(CommonTexts.LengthMinutes, t.Minutes, t.Seconds.ToString("00", CultureInfo.InvariantCulture)),
            { TotalDays: < 1 } => Of(CommonTexts.LengthHours, t.Hours, t.Minutes.ToString("00", CultureInfo.InvariantCulture)),
            _ => Of(CommonTexts.LengthDays, (int)t.TotalDays, t.Hours),
        };
    }

    /// <summary>By the clock of the cabinet's city.</summary>
    public DateTimeOffset Local(DateTimeOffset at, string? cabinet) =>
        cabinet is not null && settings.TryCabinet(cabinet, out var known) ? TimeZoneInfo.ConvertTime(at, known.RegionTimeZone) : at.ToUniversalTime();

    /// <summary>The city whose clock tells what happened in no city: the first one's.</summary>
    public string Home => Clocks[0][0];

    /// <summary>Cabinets whose cities have the same clock, together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Clocks { get; } = [.. settings.Clocks.Select(c => c.Cabinets)];

    /// <summary>When a day begins by the clock of the cabinet's city.</summary>
    public DateTimeOffset Midnight(DateOnly day, string? cabinet) => At(day.ToDateTime(TimeOnly.MinValue), cabinet);

    /// <summary>The same in UTC; null where no day is given.</summary>
    public DateTimeOffset? Midnight(DateOnly? day, string? cabinet) => day is { } d ? Midnight(d, cabinet).ToUniversalTime() : null;

    /// <summary>What a person typed as a time of the city. In the hour that a clock shows twice, the later one.</summary>
    public DateTimeOffset At(DateTime local, string? cabinet) =>
        cabinet is not null && settings.TryCabinet(cabinet, out var known) ? new DateTimeOffset(local, known.RegionTimeZone.GetUtcOffset(local)) : new DateTimeOffset(local, TimeSpan.Zero);

    /// <summary>Time alone if it is today there, else with the day.</summary>
    public string Short(DateTimeOffset at, string? cabinet, bool seconds = false)
    {
        var local = Local(at, cabinet);
        var today = Local(Now, cabinet).Date;
        var clock = local.ToString(seconds ? "HH:mm:ss" : "HH:mm", Culture);
        return local.Date == today ? clock
            : local.Year == today.Year ? $"{local.ToString("d MMM", Culture)}, {clock}"
            : $"{local.ToString("d MMM yyyy", Culture)}, {clock}";
    }

    public string Long(DateTimeOffset at, string? cabinet)
    {
        var local = Local(at, cabinet);
        return $"{local.ToString("d MMMM yyyy, HH:mm:ss", Culture)} {Zone(local)} · {CabinetName(cabinet) ?? "UTC"}";
    }

    public string Zone(DateTimeOffset at, string? cabinet) => Zone(Local(at, cabinet));

    public string Day(DateOnly date) => date.ToString(IsRussian ? "d MMMM, ddd" : "ddd, d MMMM", Culture);

    public string? CabinetName(string? key) => key is not null && settings.TryCabinet(key, out var cabinet) ? cabinet.Name : key;

    public static string Phone(string? number) => PhoneNumber.TryParse(number)?.Display ?? number ?? "";

    /// <summary>A word of the API in the person's language; a new one stands as it is.</summary>
    public string Word(IReadOnlyDictionary<string, Words> words, string? key) => key is null ? "–" : words.TryGetValue(key, out var found) ? Of(found) : key;

    private static string Zone(DateTimeOffset local) =>
        local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? "−" : "+")}{local.Offset:h\\:mm}").Replace(":00", "", StringComparison.Ordinal);
}
