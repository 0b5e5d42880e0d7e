namespace TelephonyHub.Staffing;

/// <summary>Who is on duty: a manager by his contact, or bare phones (a security desk).</summary>
/// <param name="Phones">As UIS dials them; null: the manager's own, in his order.</param>
public sealed record DutyPerson(Guid? ContactId = null, IReadOnlyList<string>? Phones = null);

/// <summary>One exchange: a shift taken over by somebody else.</summary>
public sealed record DutyShift(DateTimeOffset From, DateTimeOffset Until, DutyPerson Who);

/// <summary>The duty managers of one cabinet, taking turns; shifts that were exchanged win over the turn.</summary>
public sealed record DutyRota
{
    /// <summary>Day on which the first of <see cref="People"/> takes over.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Time of the city at which one hands over to the next; 09:00 unless given.</summary>
    public TimeOnly? Handover { get; init; }

    /// <summary>Days of a turn; 1 unless given.</summary>
    public int? DaysPerTurn { get; init; }

    public IReadOnlyList<DutyPerson> People { get; init; } = [];

    public IReadOnlyList<DutyShift> Shifts { get; init; } = [];

    /// <summary>Null where nobody is named for the moment: then the configured duty phones serve.</summary>
    public DutyPerson? At(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (Shifts.LastOrDefault(s => s.From <= at && at < s.Until) is { } exchanged)
        {
            return exchanged.Who;
        }

        if (People.Count == 0 || From is not { } first)
        {
            return null;
        }

        // Before the handover it is still the turn of the day before.
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime - (Handover ?? new TimeOnly(9, 0)).ToTimeSpan();
        var days = DateOnly.FromDateTime(local).DayNumber - first.DayNumber;
        return days < 0 ? null : People[days / (DaysPerTurn ?? 1) % People.Count];
    }
}

/// <summary>Who stands in for a manager, in order.</summary>
/// <param name="From">Null: from ever.</param>
/// <param name="Until">Null: for ever.</param>
public sealed record DeputyRule(IReadOnlyList<Guid> Deputies, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public bool Counts(DateTimeOffset at) => (From is null || From <= at) && (Until is null || at < Until);
}

/// <param name="Note">For the reasons: vacation, illness.</param>
public sealed record AbsencePeriod(DateTimeOffset From, DateTimeOffset Until, string? Note = null);

/// <summary>When a manager is away, as a process of the CRM or a person said.</summary>
public sealed record Absence(IReadOnlyList<AbsencePeriod> Periods);

/// <summary>A number whose calls are not put through.</summary>
public sealed record BlockedNumber(string? Note = null, DateTimeOffset? Until = null);
