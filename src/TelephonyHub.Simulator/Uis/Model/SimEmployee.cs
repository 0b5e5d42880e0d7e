namespace TelephonyHub.Simulator.Uis;

/// <summary>An employee of one cabinet (section 2.6). Numbers are listed in dialling order.</summary>
public sealed record SimEmployee(long Id, string LastName, string FirstName, string? Email, IReadOnlyList<string> PhoneNumbers, string? Extension = null)
{
    public string? Patronymic { get; init; }

    public string? Login { get; init; }

    /// <summary>Mnemonic of <see cref="SimStatus"/>.</summary>
    public string Status { get; init; } = SimStatus.Available;

    /// <summary>Numbers out of <see cref="PhoneNumbers"/> whose status is `inactive`.</summary>
    public IReadOnlySet<string> InactiveNumbers { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Seconds a number rings, 1–100.</summary>
    public int DialTime { get; init; } = 20;

    /// <summary>Who is added by add.coach without a number.</summary>
    public long? CoachId { get; init; }

    public string FullName => string.Join(' ', new[] { LastName, FirstName, Patronymic }.Where(part => !string.IsNullOrEmpty(part)));

    public bool Owns(string number) => string.Equals(Extension, number, StringComparison.Ordinal)
        || PhoneNumbers.Any(phone => string.Equals(SimPhone.WithoutTail(phone), SimPhone.WithoutTail(number), StringComparison.Ordinal));

    public bool IsActive(string number) => !InactiveNumbers.Contains(number);
}

public sealed record SimGroup(long Id, string Name, IReadOnlyList<long> EmployeeIds)
{
    /// <summary>Outside numbers dialled after the members, such as a duty phone.</summary>
    public IReadOnlyList<string> ExtraPhones { get; init; } = [];

    /// <summary>True: all phones ring at once and the first to answer gets the call.</summary>
    public bool Simultaneous { get; init; }
}

public sealed record SimSipLine(long Id, string PhoneNumber, string? VirtualPhoneNumber, long EmployeeId)
{
    public bool Registered { get; init; } = true;

    public bool Active { get; init; } = true;

    public string Password { get; init; } = "sip-password";
}

public sealed record SimTag(long Id, string Name);

/// <summary>A presence status (get.statuses, section 2.6).</summary>
public sealed record SimStatus(long Id, string Mnemonic, string Name, bool TakesCalls)
{
    public const string Available = "available";
    public const string Break = "break";
    public const string DoNotDisturb = "do_not_disturb";
    public const string NotAtWorkplace = "not_at_workplace";
    public const string NotAtWork = "not_at_work";

    public static IReadOnlyList<SimStatus> All { get; } =
    [
        new(1, Available, "Доступен", TakesCalls: true),
        new(2, Break, "Перерыв", TakesCalls: false),
        new(3, DoNotDisturb, "Не беспокоить", TakesCalls: false),
        new(4, NotAtWorkplace, "Нет на месте", TakesCalls: false),
        new(5, NotAtWork, "Нет на работе", TakesCalls: false),
    ];
}
