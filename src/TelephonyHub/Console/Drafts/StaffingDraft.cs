using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Staffing;

namespace TelephonyHub.Console.Drafts;

/// <summary>A calendar, rota or the like while a person edits it.</summary>
public abstract class StaffingDraft<T>(string key, StaffingDocument<T>? seen)
    where T : class
{
    public string Key { get; set; } = key;

    /// <summary>As it was when the editing began, or as somebody else has left it since; null: there is none yet.</summary>
    public StaffingDocument<T>? Seen { get; private set; } = seen;

    /// <summary>Keeps what is typed and goes on from what somebody else has saved, or taken away.</summary>
    public void Rebase(StaffingDocument<T>? newer) => Seen = newer;

    /// <param name="text">The person's words, and the cities' clocks.</param>
    /// <param name="faults">What cannot be read of what was typed, by field.</param>
    public abstract T ToValue(ConsoleText text, DraftFaults faults);
}

/// <summary>What cannot be read of a draft, by field as the API names it.</summary>
public sealed class DraftFaults(ConsoleText text)
{
    private readonly Dictionary<string, string[]> _all = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string[]> All => _all;

    internal void Add(string field, Words reason) => _all.TryAdd(field, [text.Of(reason)]);

    /// <summary>Both ends of a period by the city's clock.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until) Period(DateTime? from, DateTime? until, string field, string? cabinet)
    {
        if (from is { } f && until is { } u)
        {
            return (text.At(f, cabinet), text.At(u, cabinet));
        }

        Add(field, StaffingTexts.TimesWrong);
        return default;
    }
}

/// <summary>Hours of a day as people write them.</summary>
public static class HoursText
{
    private static readonly string[] Clocks = ["H:mm", "HH:mm"];

    public static string Of(IReadOnlyList<Hours>? hours) =>
        string.Join(", ", (hours ?? []).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.From:HH\\:mm}–{(h.Till == TimeOnly.MinValue ? "24:00" : h.Till.ToString("HH:mm", CultureInfo.InvariantCulture))}")));

    /// <returns>Null when it cannot be read; empty for an empty text.</returns>
    public static IReadOnlyList<Hours>? Read(string? text)
    {
        var parts = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Part).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Hours>()];
    }

    private static Hours? Part(string text) => text.Split('-', '–', '—') is [var from, var till] && Clock(from) is { } f && Clock(till) is { } t ? new Hours(f, t) : null;

    private static TimeOnly? Clock(string text) =>
        text.Trim() == "24:00" ? TimeOnly.MinValue : TimeOnly.TryParseExact(text.Trim(), Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) ? clock : null;
}
