namespace TelephonyHub.Uis.DataApi;

/// <summary>Row of <c>get.account</c>.</summary>
/// <param name="AppId">Account id.</param>
/// <param name="Name">Name of the account.</param>
/// <param name="TimeZone">IANA zone of all times on the wire.</param>
public sealed record UisAccount(long AppId, string? Name, string? TimeZone);

/// <summary>Row of <c>get.employees</c> (reference 2.6).</summary>
public sealed record UisEmployee
{
    /// <summary>Employee id.</summary>
    public required long Id { get; init; }

    /// <summary>Login of the cabinet.</summary>
    public string? Login { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Patronymic.</summary>
    public string? Patronymic { get; init; }

    /// <summary>Whole name.</summary>
    public string? FullName { get; init; }

    /// <summary>Deprecated presence code: <c>available</c>, <c>break</c>, …</summary>
    public string? Status { get; init; }

    /// <summary>Presence; see <see cref="UisStatus"/>.</summary>
    public long? StatusId { get; init; }

    /// <summary>E-mail.</summary>
    public string? Email { get; init; }

    /// <summary><c>all</c>, <c>in</c>, <c>out</c> or <c>off</c>.</summary>
    public string? CallRecording { get; init; }

    /// <summary>Directions (<c>in</c>, <c>out</c>) allowed for incoming external calls.</summary>
    public IReadOnlyList<string> InExternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for incoming internal calls.</summary>
    public IReadOnlyList<string> InInternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for outgoing external calls.</summary>
    public IReadOnlyList<string> OutExternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for outgoing internal calls.</summary>
    public IReadOnlyList<string> OutInternalAllowedCallDirections { get; init; } = [];

    /// <summary>Schedule.</summary>
    public long? ScheduleId { get; init; }

    /// <summary>Its name.</summary>
    public string? ScheduleName { get; init; }

    /// <summary>Who listens in when <c>add.coach</c> names nobody.</summary>
    public UisNamed? Coach { get; init; }

    /// <summary>The coach is added to each of his calls.</summary>
    public bool? CoachAlwaysEnabled { get; init; }

    /// <summary>Numbers in order of priority.</summary>
    public IReadOnlyList<UisEmployeePhone> PhoneNumbers { get; init; } = [];

    /// <summary>Internal number, up to five digits.</summary>
    public string? Extension { get; init; }

    /// <summary>Groups.</summary>
    public IReadOnlyList<UisNamed> Groups { get; init; } = [];
}

/// <summary>Number of an employee.</summary>
/// <param name="PhoneId">Id.</param>
/// <param name="PhoneNumber">SIP number or E.164 digits; may have a post-dial tail such as <c>74955140578...2345</c>.</param>
/// <param name="IsActive">Status <c>active</c>.</param>
/// <param name="ChannelsCount">Simultaneous calls, 1 to 150.</param>
/// <param name="DialTime">Ringing time in seconds, 1 to 100.</param>
public sealed record UisEmployeePhone(long? PhoneId, string PhoneNumber, bool IsActive, int? ChannelsCount, int? DialTime);

/// <summary>Id and name.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
public sealed record UisNamed(long Id, string? Name);

/// <summary>Row of <c>get.statuses</c>.</summary>
public sealed record UisStatus
{
    /// <summary>Status id.</summary>
    public required long Id { get; init; }

    /// <summary>Name in the cabinet.</summary>
    public string? Name { get; init; }

    /// <summary>Code, such as <c>available</c>.</summary>
    public string? Mnemonic { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>Colour in the cabinet.</summary>
    public string? Color { get; init; }

    /// <summary>Deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Counts as working time.</summary>
    public bool? IsWorkTime { get; init; }

    /// <summary>May be chosen by the employee.</summary>
    public bool? IsSelectAllowed { get; init; }

    /// <summary>Directions (<c>in</c>, <c>out</c>) allowed for incoming external calls.</summary>
    public IReadOnlyList<string> InExternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for incoming internal calls.</summary>
    public IReadOnlyList<string> InInternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for outgoing external calls.</summary>
    public IReadOnlyList<string> OutExternalAllowedCallDirections { get; init; } = [];

    /// <summary>Directions allowed for outgoing internal calls.</summary>
    public IReadOnlyList<string> OutInternalAllowedCallDirections { get; init; } = [];

    /// <summary><c>PSTN</c>, <c>SIP</c>, <c>SIP_TRUNK</c>, <c>FMC</c>.</summary>
    public IReadOnlyList<string> AllowedPhoneProtocols { get; init; } = [];
}

/// <summary>Row of <c>get.group_employees</c>.</summary>
public sealed record UisEmployeeGroup
{
    /// <summary>Group id.</summary>
    public required long Id { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Internal number of the group.</summary>
    public string? GroupPhoneNumber { get; init; }

    /// <summary>Calls are queued.</summary>
    public bool? QueueEnabled { get; init; }

    /// <summary>Simultaneous calls, 1 to 199.</summary>
    public int? ChannelsCount { get; init; }

    /// <summary>Members.</summary>
    public IReadOnlyList<UisNamed> Members { get; init; } = [];

    /// <summary>Numbers in dialling order.</summary>
    public IReadOnlyList<UisGroupPhone> PhoneNumbers { get; init; } = [];
}

/// <summary>Number of a group.</summary>
/// <param name="Id">Id of the employee's number.</param>
/// <param name="PhoneNumber">Number.</param>
/// <param name="EmployeeId">Employee.</param>
/// <param name="EmployeeFullName">His name.</param>
/// <param name="Available">Takes part in dialling.</param>
public sealed record UisGroupPhone(long? Id, string? PhoneNumber, long? EmployeeId, string? EmployeeFullName, bool? Available);

/// <summary>Row of <c>get.schedules</c>.</summary>
public sealed record UisSchedule
{
    /// <summary>Schedule id.</summary>
    public required long Id { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary><c>days_of_week</c>, <c>days_of_month</c>, <c>business_calendar</c> or <c>cycle</c>.</summary>
    public string? DaysType { get; init; }

    /// <summary>Days as sent (numbers or names).</summary>
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>Working times.</summary>
    public IReadOnlyList<UisTimeSpan> Times { get; init; } = [];

    /// <summary>First day, as sent.</summary>
    public string? DateFrom { get; init; }

    /// <summary>Last day, as sent.</summary>
    public string? DateTill { get; init; }
}

/// <summary>Part of a day.</summary>
/// <param name="From">Start, as sent.</param>
/// <param name="Till">End, as sent.</param>
public sealed record UisTimeSpan(string? From, string? Till);
