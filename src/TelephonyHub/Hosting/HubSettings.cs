using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using TelephonyHub.Cabinets;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;

namespace TelephonyHub.Hosting;

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

public enum CabinetMode
{
    On,

    /// <summary>Plans are shown, nothing is written to the CRM and no card is sent.</summary>
    Shadow,
}

public enum ChainMode
{
    /// <summary>The whole chain in one answer.</summary>
    Whole,

    /// <summary>One person an answer; the scenario's <c>dial_failed</c> leads back to the hook.</summary>
    Step,
}

public enum DealEntity
{
    Opportunity,
    Lead,
    Order,
}

/// <summary>What becomes of Calls that a person deleted or changed in the CRM.</summary>
public enum ReconciliationRepair
{
    /// <summary>They are listed; the person's word stands.</summary>
    None,

    /// <summary>Deleted ones are made again.</summary>
    Deleted,

    /// <summary>And what was changed is written as the hub knows it.</summary>
    All,
}

/// <summary>All settings of the hub, read and checked once at the start. Keys and defaults: docs/settings.md.</summary>
public sealed record HubSettings
{
    public required DatabaseProvider DatabaseProvider { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Of the SQLite file; null where the connection string says itself where the database is.</summary>
    public string? DataFolder { get; init; }

    public required bool ConsoleLog { get; init; }

    /// <summary>Null: the log goes into no file.</summary>
    public string? LogFile { get; init; }

    /// <summary>Where people and links reach the hub; null: the first listening address.</summary>
    public Uri? PublicUrl { get; init; }

    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    public required UisSettings Uis { get; init; }

    public required FrozenDictionary<CabinetKey, CabinetSettings> Cabinets { get; init; }

    public required IReadOnlyList<ManagerMapping> Managers { get; init; }

    public required CreatioOptions Creatio { get; init; }

    public required RoutingSettings Routing { get; init; }

    public required ControlSettings Control { get; init; }

    /// <summary>How often what changed in the CRM is read.</summary>
    public required TimeSpan DirectoryRefresh { get; init; }

    public required SyncSettings Sync { get; init; }

    public required RecordingSettings Recordings { get; init; }

    public required TimeSpan ReconciliationInterval { get; init; }

    /// <summary>From the start to the first comparison; an interval that is shorter counts instead.</summary>
    public required TimeSpan ReconciliationFirstAfter { get; init; }

    public required TimeSpan ReconciliationLookback { get; init; }

    public required ReconciliationRepair ReconciliationRepair { get; init; }

    /// <summary>Where alerts are posted, too; null: nowhere.</summary>
    public Uri? AlertWebhook { get; init; }

    public required AuthSettings Auth { get; init; }

    /// <summary>The cabinet that a text names, if it is configured. A key stored long ago may name one that is gone.</summary>
    /// <summary>Cabinets whose cities have the same clock, together; the first is that of the city that comes first.</summary>
    public IReadOnlyList<CityClock> Clocks => [.. Cabinets.Values
        .OrderBy(c => c.RegionDigit ?? '9').ThenBy(c => c.Key.Value, StringComparer.Ordinal)
        .GroupBy(c => c.RegionTimeZone, (zone, cabinets) => new CityClock(zone, [.. cabinets.Select(c => c.Key.Value)]))];

    public bool TryCabinet([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CabinetSettings? cabinet)
    {
        cabinet = null;
        return CabinetKey.TryParse(text, out var key) && Cabinets.TryGetValue(key, out cabinet);
    }
}

public sealed record UisSettings(Uri CallApiUrl, Uri DataApiUrl, FrozenSet<string> MediaHosts);

/// <summary>One UIS account. Working hours, rota and the like come from the database once it holds some.</summary>
public sealed record CabinetSettings
{
    public required CabinetKey Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the account's wire times; it need not be the city's.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Of the city's working hours.</summary>
    public required TimeZoneInfo RegionTimeZone { get; init; }

    public char? RegionDigit { get; init; }

    /// <summary>All valid tokens; more than one during a rotation.</summary>
    public required IReadOnlyList<string> WebhookTokens { get; init; }

    /// <summary>Permanent key of the account; null: <see cref="Login"/> and <see cref="Password"/>, whose token is renewed each hour.</summary>
    public required string? AccessToken { get; init; }

    public string? Login { get; init; }

    public string? Password { get; init; }

    public required IReadOnlyList<IPNetwork> AllowedSources { get; init; }

    public required IReadOnlyList<PhoneNumber> Numbers { get; init; }

    /// <summary>As UIS dials them.</summary>
    public required IReadOnlyList<string> GroupPhones { get; init; }

    public required IReadOnlyList<string> DutyPhones { get; init; }

    public required int FallbackCode { get; init; }

    public int? NightCode { get; init; }

    public required ChainMode ChainMode { get; init; }

    /// <summary>Calls that start earlier are journaled and never synced; null: no limit.</summary>
    public DateTimeOffset? SyncFrom { get; init; }

    public required CabinetMode Mode { get; init; }

    /// <summary>Its recordings are copied into <see cref="RecordingSettings.ArchiveFolder"/>, if there is one.</summary>
    public required bool ArchivesRecordings { get; init; }

    /// <summary>How long its recordings can be heard, counted from when they became known; null: as long as they exist.</summary>
    public TimeSpan? RecordingRetention { get; init; }
}

/// <summary>Explicit joining of a CRM contact with employees of cabinets; it wins over e-mail, phone and name.</summary>
public sealed record ManagerMapping(Guid ContactId, IReadOnlyList<(CabinetKey Cabinet, long EmployeeId)> Employees);

/// <param name="Rules">Of every cabinet for which the API sets nothing else.</param>
public sealed record RoutingSettings(TimeSpan Budget, TimeSpan CrmBudget, FrozenSet<PhoneNumber> CommonNumbers, bool UseExtensions, RoutingRules Rules)
{
    /// <summary>The share of the budget that may be waited for the hub's own database, which only adds to what memory knows: 120 ms of the usual 800.</summary>
    public TimeSpan DatabaseBudget => Budget * 0.15;
}

/// <summary>A manager who is on a call when the next one comes for him.</summary>
public enum OnCallRule
{
    /// <summary>Is left out.</summary>
    Skip,

    /// <summary>Stands behind all who are free, before the duty manager.</summary>
    Last,
}

/// <summary>What of the routing policy can be set.</summary>
/// <param name="MaxPhones">Longest list of phones in one answer; duty phones keep their place in it.</param>
/// <param name="LastTalkedDays">A talk longer ago says little about who looks after the client now.</param>
/// <param name="IdenticalCallsPerMinute">More calls of one unknown number to one dialled number are not put through; 0: no limit.</param>
public sealed record RoutingRules(OnCallRule OnCall, int MaxPhones, int LastTalkedDays, int IdenticalCallsPerMinute)
{
    public bool DutyInChain { get; init; } = true;

    public bool OperatorText { get; init; } = true;

    public int? GroupCode { get; init; }

    public int? BlockedCode { get; init; }

    public int? TooManyCode { get; init; }
}

/// <param name="HoldText">Spoken to a client who is put on hold; UIS demands a message (reference 1.8).</param>
public sealed record ControlSettings(string HoldText);

public sealed record SyncSettings
{
    /// <summary>Time after the end of a call before its plan is made: late events of the last second come first.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>How far apart two sessions of one conversation may begin: the one's dialling and the other's arrival.</summary>
    public required TimeSpan Join { get; init; }

    public required DealEntity DealEntity { get; init; }

    public Guid? DefaultOwnerId { get; init; }

    /// <summary>Send the employee as <c>CreatedById</c> of the Call, too. Unverified whether Creatio honours it, so off.</summary>
    public required bool CallCreatedByEmployee { get; init; }

    /// <summary>How long a task fails for a cause that may pass by itself before it is dead.</summary>
    public required TimeSpan RetryFor { get; init; }

    /// <summary>Attempts before a task is dead whose cause time alone does not mend.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Calls written at the same time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>What a worker that is silent this long had in hand goes to another.</summary>
    public required TimeSpan Lease { get; init; }
}

/// <param name="ArchiveFolder">Full path; null: nothing is archived. Replicas share it.</param>
/// <param name="Concurrency">Files that one replica fetches at the same time.</param>
public sealed record RecordingSettings(string? ArchiveFolder, int Concurrency);

public sealed record AuthSettings(string AdminUserName, string AdminPassword, IReadOnlyList<ApiKeySettings> ApiKeys)
{
    /// <summary>Tries per address and minute.</summary>
    public int SignInsPerMinute { get; init; } = 10;

    /// <summary>Sign-in with the company's own accounts; null where it is not set up.</summary>
    public OidcSettings? Oidc { get; init; }
}

/// <param name="Cabinets">What the key sees; empty: all.</param>
/// <param name="ContactId">Of a manager's key: whose calls it sees.</param>
public sealed record ApiKeySettings(string Name, string Key, IReadOnlyList<string> Roles, IReadOnlyList<string> Cabinets, Guid? ContactId);

/// <summary>OpenID Connect.</summary>
public sealed record OidcSettings
{
    public required Uri Authority { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>On the button of the sign-in page.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required string NameClaim { get; init; }

    public required string RoleClaim { get; init; }

    /// <summary>Values of the role claim → role of the hub.</summary>
    public required FrozenDictionary<string, string> Roles { get; init; }

    /// <summary>Names the cabinets of a supervisor, one value each.</summary>
    public required string CabinetClaim { get; init; }

    /// <summary>Names a manager's contact in the CRM.</summary>
    public required string ContactClaim { get; init; }
}

/// <summary>The clock of one or more cities.</summary>
/// <param name="Zone">Of the cities' working hours and days.</param>
/// <param name="Cabinets">Their keys.</param>
public sealed record CityClock(TimeZoneInfo Zone, IReadOnlyList<string> Cabinets)
{
    /// <summary>When a day begins there.</summary>
    public DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
