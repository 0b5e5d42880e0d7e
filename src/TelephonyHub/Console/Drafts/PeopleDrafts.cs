using TelephonyHub.Staffing;

namespace TelephonyHub.Console.Drafts;

/// <summary>Who is on duty: a manager, phones, or a manager on other phones than his own.</summary>
public sealed class DutyRow
{
    public DutyRow()
    {
    }

    internal DutyRow(DutyPerson person) => (Contact, Phones) = (person.ContactId?.ToString(), string.Join(", ", person.Phones ?? []));

    public string? Contact { get; set; }

    /// <summary>By comma.</summary>
    public string Phones { get; set; } = "";

    internal DutyPerson ToPerson()
    {
        var phones = Phones.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new DutyPerson(Guid.TryParse(Contact, out var id) ? id : null, phones.Length > 0 ? phones : null);
    }
}

/// <summary>A shift that somebody else takes over; times of the city.</summary>
public sealed class ShiftRow
{
    public DateTime? From { get; set; }

    public DateTime? Until { get; set; }

    public DutyRow Who { get; init; } = new();
}

/// <summary>The duty managers of a cabinet.</summary>
public sealed class RotaDraft(string cabinet, StaffingDocument<DutyRota>? seen, ConsoleText text) : StaffingDraft<DutyRota>(cabinet, seen)
{
    public DateOnly? From { get; set; } = seen?.Value.From;

    public TimeOnly? Handover { get; set; } = seen?.Value.Handover;

    public int? DaysPerTurn { get; set; } = seen?.Value.DaysPerTurn;

    public List<DutyRow> People { get; } = [.. (seen?.Value.People ?? []).Select(p => new DutyRow(p))];

    public List<ShiftRow> Shifts { get; } =
        [.. (seen?.Value.Shifts ?? []).Select(s => new ShiftRow { From = text.Local(s.From, cabinet).DateTime, Until = text.Local(s.Until, cabinet).DateTime, Who = new DutyRow(s.Who) })];

    public override DutyRota ToValue(ConsoleText text, DraftFaults faults) => new()
    {
        From = From,
        Handover = Handover,
        DaysPerTurn = DaysPerTurn,
        People = [.. People.Select(p => p.ToPerson())],
        Shifts = [.. Shifts.Select((s, i) =>
        {
            var (from, until) = faults.Period(s.From, s.Until, $"shifts[{i}].from", Key);
            return new DutyShift(from, until, s.Who.ToPerson());
        })],
    };
}

/// <summary>One of a list of people.</summary>
public sealed class PersonRow
{
    public string? Contact { get; set; }
}

/// <summary>Who stands in for a manager.</summary>
/// <param name="contact">The manager's; empty while he is not chosen.</param>
/// <param name="seen">Null: a new rule.</param>
/// <param name="text">The cities' clocks.</param>
/// <param name="cityOf">A manager's contact → the cabinet whose clock counts for him.</param>
public sealed class DeputyDraft(string contact, StaffingDocument<DeputyRule>? seen, ConsoleText text, Func<string, string> cityOf) : StaffingDraft<DeputyRule>(contact, seen)
{
    public string City => cityOf(Key);

    public List<PersonRow> Deputies { get; } = seen is null ? [new PersonRow()] : [.. seen.Value.Deputies.Select(d => new PersonRow { Contact = d.ToString() })];

    public DateTime? From { get; set; } = seen?.Value.From is { } from ? text.Local(from, cityOf(contact)).DateTime : null;

    public DateTime? Until { get; set; } = seen?.Value.Until is { } until ? text.Local(until, cityOf(contact)).DateTime : null;

    public override DeputyRule ToValue(ConsoleText text, DraftFaults faults) => new(
        [.. Deputies.Select(d => d.Contact).Where(c => !string.IsNullOrEmpty(c)).Select(c => Guid.Parse(c!))],
        From is { } from ? text.At(from, City) : null,
        Until is { } until ? text.At(until, City) : null);
}

/// <summary>A time in which a manager is away, by his city's clock.</summary>
public sealed class AbsenceRow
{
    public DateTime? From { get; set; }

    public DateTime? Until { get; set; }

    public string? Note { get; set; }
}

/// <summary>When a manager is away; the parameters are those of <see cref="DeputyDraft"/>.</summary>
public sealed class AbsenceDraft(string contact, StaffingDocument<Absence>? seen, ConsoleText text, Func<string, string> cityOf) : StaffingDraft<Absence>(contact, seen)
{
    public string City => cityOf(Key);

    public List<AbsenceRow> Periods { get; } = seen is null
        ? [new AbsenceRow()]
        : [.. seen.Value.Periods.Select(p => new AbsenceRow { From = text.Local(p.From, cityOf(contact)).DateTime, Until = text.Local(p.Until, cityOf(contact)).DateTime, Note = p.Note })];

    public override Absence ToValue(ConsoleText text, DraftFaults faults) => new([.. Periods.Select((p, i) =>
    {
        var (from, until) = faults.Period(p.From, p.Until, $"periods[{i}].from", City);
        return new AbsencePeriod(from, until, string.IsNullOrWhiteSpace(p.Note) ? null : p.Note.Trim());
    })]);
}
