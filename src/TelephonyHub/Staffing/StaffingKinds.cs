using System.Globalization;
using System.Text.Json;
using TelephonyHub.Directory;
using TelephonyHub.Storage;

namespace TelephonyHub.Staffing;

/// <summary>A kind of document: how its key is written and what must hold of it.</summary>
internal abstract record StaffingKind(string Name, string KeyIs)
{
    /// <summary>The key is a cabinet's: whoever does not see that does not see the document.</summary>
    public bool OfCabinet { get; init; }

    /// <summary>The key is a manager's contact: whoever sees no cabinet that he works in does not see the document.</summary>
    public bool OfManager { get; init; }

    /// <summary>The key as it is stored; null when it is none.</summary>
    public abstract string? KeyOf(string text, StaffingChecks checks);

    /// <exception cref="JsonException">It is no such document.</exception>
    public abstract object? Parse(string json);

    /// <summary>A request's body → the document as it is stored; faults by field.</summary>
    public abstract object? Read(string key, JsonElement body, StaffingChecks checks, FieldFaults faults);
}

internal sealed record StaffingKind<T>(string Name, string KeyIs, Func<string, StaffingChecks, string?> Key, Func<string, T, StaffingChecks, FieldFaults, T> Check) : StaffingKind(Name, KeyIs)
    where T : class
{
    public override string? KeyOf(string text, StaffingChecks checks) => Key(text, checks);

    public override object? Parse(string json) => JsonSerializer.Deserialize<T>(json, HubJson.Stored);

    public override object? Read(string key, JsonElement body, StaffingChecks checks, FieldFaults faults) =>
        faults.Parse<T>(body) is { } value ? Check(key, value, checks, faults) : null;
}

internal static class StaffingKinds
{
    public static readonly StaffingKind Calendars = new StaffingKind<RegionCalendar>("calendars", "a configured cabinet's key", Cabinet, StaffingChecks.Calendar) { OfCabinet = true };
    public static readonly StaffingKind Holidays = new StaffingKind<YearCalendar>("holidays", "a year from 2000 to 2100", Year, StaffingChecks.Holidays);
    public static readonly StaffingKind Rota = new StaffingKind<DutyRota>("rota", "a configured cabinet's key", Cabinet, (_, rota, checks, faults) => checks.Rota(rota, faults)) { OfCabinet = true };
    public static readonly StaffingKind Deputies = new StaffingKind<DeputyRule>("deputies", "the contact of a manager", Contact, (key, rule, checks, faults) => checks.Deputies(key, rule, faults)) { OfManager = true };
    public static readonly StaffingKind Absences = new StaffingKind<Absence>("absences", "the contact of a manager", Contact, StaffingChecks.Absence) { OfManager = true };
    public static readonly StaffingKind Cabinets = new StaffingKind<CabinetPlan>("cabinets", "a configured cabinet's key", Cabinet, (key, plan, checks, faults) => checks.Cabinet(key, plan, faults)) { OfCabinet = true };
    public static readonly StaffingKind Blacklist = new StaffingKind<BlockedNumber>("blacklist", "a phone number", (text, _) => PhoneNumber.TryParse(text)?.E164, StaffingChecks.Blocked);

    /// <summary>Only by import.</summary>
    public static readonly StaffingKind Numbering = new StaffingKind<NumberingFile>("numbering", "a name of letters, digits and '-'", FileName, (_, file, _, _) => file);

    public static IReadOnlyList<StaffingKind> All { get; } = [Calendars, Holidays, Rota, Deputies, Absences, Cabinets, Blacklist, Numbering];

    /// <summary>The kind of such documents.</summary>
    public static StaffingKind Of<T>()
        where T : class => All.OfType<StaffingKind<T>>().Single();

    private static string? Cabinet(string text, StaffingChecks checks) => checks.Settings.TryCabinet(text, out var cabinet) ? cabinet.Key.Value : null;

    private static string? Year(string text, StaffingChecks checks) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2100 ? year.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Contact(string text, StaffingChecks checks) => Guid.TryParse(text, out var id) && checks.IsManager(id) ? id.ToString() : null;

    private static string? FileName(string text, StaffingChecks checks) => text is { Length: > 0 and <= 40 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? text.ToLowerInvariant() : null;
}
