using System.Globalization;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>A setting that the hub was started with.</summary>
/// <param name="Name">As in the environment.</param>
/// <param name="Value">Null where nothing is set; <see cref="SettingsView.Hidden"/> for a secret.</param>
public sealed record SettingLine(string Group, string Name, string? Value, bool Secret = false);

/// <summary>
/// What the hub was started with, for people. Every line is named here: a setting that is not, is not shown, so no new secret slips through. A test sees to it
/// that none of docs/settings.md is forgotten.
/// </summary>
internal static class SettingsView
{
    public const string Hidden = "***";

    /// <summary>In groups. A secret goes no further than here: of it is told only whether there is one.</summary>
    public static IEnumerable<IGrouping<string, SettingLine>> Of(HubSettings settings, PublicAddress address) =>
        Lines(settings, address).Select(l => l is { Secret: true, Value: not null } ? l with { Value = Hidden } : l).GroupBy(l => l.Group, StringComparer.Ordinal);

    private static IEnumerable<SettingLine> Lines(HubSettings s, PublicAddress address) =>
    [
        .. OfHub(s, address),
        .. OfCreatio(s.Creatio),
        .. OfUis(s),
        .. OfRouting(s.Routing),
        .. OfSync(s),
        .. OfRecordings(s.Recordings),
        .. s.Managers.SelectMany((m, n) => OfManager(m, n)),
        .. OfAuth(s.Auth),
        .. s.Auth.ApiKeys.SelectMany((k, n) => OfApiKey(k, n)),
        .. OfOidc(s.Auth.Oidc),
        .. s.Cabinets.Values.OrderBy(c => c.Key.Value, StringComparer.Ordinal).SelectMany(OfCabinet),
    ];

    private static IEnumerable<SettingLine> OfHub(HubSettings s, PublicAddress address)
    {
        yield return new("Hub", "Hub__PublicUrl", address.Base);
        yield return new("Hub", "ASPNETCORE_URLS / ASPNETCORE_HTTP_PORTS", List(address.Listening));
        yield return new("Hub", "Database__Provider", s.DatabaseProvider.ToString());
        yield return new("Hub", "ConnectionStrings__Hub", s.ConnectionString, Secret: true);
        yield return new("Hub", "Hub__DataFolder", s.DataFolder);
        yield return new("Hub", "Hub__ConsoleLog", Flag(s.ConsoleLog));
        yield return new("Hub", "Hub__LogFile", s.LogFile);
        yield return new("Hub", "Hosting__TrustedProxies", List(s.TrustedProxies));

        // The address of who receives alerts often holds his token.
        yield return new("Hub", "Alerts__WebhookUrl", s.AlertWebhook?.ToString(), Secret: true);
    }

    private static IEnumerable<SettingLine> OfCreatio(CreatioOptions c)
    {
        yield return new("Creatio", "Creatio__BaseUrl", c.BaseUrl.ToString());
        yield return new("Creatio", "Creatio__Flavor", c.Flavor.ToString());
        yield return new("Creatio", "Creatio__Ui", c.Ui.ToString());
        yield return new("Creatio", "Creatio__NewContactPage", c.NewContactPage);
        yield return new("Creatio", "Creatio__Auth__Mode", c.AuthMode.ToString());
        yield return new("Creatio", "Creatio__Auth__UserName", c.UserName);
        yield return new("Creatio", "Creatio__Auth__Password", c.Password, Secret: true);
        yield return new("Creatio", "Creatio__Auth__ClientId", c.ClientId);
        yield return new("Creatio", "Creatio__Auth__ClientSecret", c.ClientSecret, Secret: true);
        yield return new("Creatio", "Creatio__Auth__TokenUrl", c.TokenUrl?.ToString());
    }

    private static IEnumerable<SettingLine> OfUis(HubSettings s)
    {
        yield return new("UIS", "Uis__CallApiUrl", s.Uis.CallApiUrl.ToString());
        yield return new("UIS", "Uis__DataApiUrl", s.Uis.DataApiUrl.ToString());
        yield return new("UIS", "Uis__MediaHosts", List(s.Uis.MediaHosts.Order(StringComparer.Ordinal)));
        yield return new("UIS", "Control__HoldText", s.Control.HoldText);
    }

    private static IEnumerable<SettingLine> OfRouting(RoutingSettings r)
    {
        yield return new("Routing", "Routing__BudgetMs", Number(r.Budget.TotalMilliseconds));
        yield return new("Routing", "Routing__CrmBudgetMs", Number(r.CrmBudget.TotalMilliseconds));
        yield return new("Routing", "Routing__CommonNumbers", List(r.CommonNumbers.Select(n => n.Display)));
        yield return new("Routing", "Routing__UseExtensions", Flag(r.UseExtensions));
        yield return new("Routing", "Routing__OnCall", r.Rules.OnCall.ToString());
        yield return new("Routing", "Routing__MaxPhones", Number(r.Rules.MaxPhones));
        yield return new("Routing", "Routing__LastTalkedDays", Number(r.Rules.LastTalkedDays));
        yield return new("Routing", "Routing__IdenticalCallsPerMinute", Number(r.Rules.IdenticalCallsPerMinute));
    }

    private static IEnumerable<SettingLine> OfSync(HubSettings s)
    {
        yield return new("Sync", "Sync__SettleSeconds", Number(s.Sync.Settle.TotalSeconds));
        yield return new("Sync", "Sync__JoinSeconds", Number(s.Sync.Join.TotalSeconds));
        yield return new("Sync", "Sync__DealEntity", s.Sync.DealEntity.ToString());
        yield return new("Sync", "Sync__DefaultOwnerId", s.Sync.DefaultOwnerId?.ToString());
        yield return new("Sync", "Sync__CallCreatedByEmployee", Flag(s.Sync.CallCreatedByEmployee));
        yield return new("Sync", "Sync__RetryHours", Number(s.Sync.RetryFor.TotalHours));
        yield return new("Sync", "Sync__MaxAttempts", Number(s.Sync.MaxAttempts));
        yield return new("Sync", "Sync__Concurrency", Number(s.Sync.Concurrency));
        yield return new("Sync", "Sync__LeaseSeconds", Number(s.Sync.Lease.TotalSeconds));
        yield return new("Sync", "Directory__RefreshSeconds", Number(s.DirectoryRefresh.TotalSeconds));
        yield return new("Sync", "Reconciliation__IntervalSeconds", Number(s.ReconciliationInterval.TotalSeconds));
        yield return new("Sync", "Reconciliation__FirstAfterSeconds", Number(s.ReconciliationFirstAfter.TotalSeconds));
        yield return new("Sync", "Reconciliation__LookbackHours", Number(s.ReconciliationLookback.TotalHours));
        yield return new("Sync", "Reconciliation__Repair", s.ReconciliationRepair.ToString());
    }

    private static IEnumerable<SettingLine> OfRecordings(RecordingSettings r)
    {
        yield return new("Recordings", "Recordings__ArchiveFolder", r.ArchiveFolder);
        yield return new("Recordings", "Recordings__Concurrency", Number(r.Concurrency));
    }

    private static IEnumerable<SettingLine> OfManager(ManagerMapping m, int n)
    {
        yield return new("Managers", $"Managers__{n}__ContactId", m.ContactId.ToString());
        yield return new("Managers", $"Managers__{n}__Employees", List(m.Employees.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Cabinet}:{e.EmployeeId}"))));
    }

    private static IEnumerable<SettingLine> OfAuth(AuthSettings a)
    {
        yield return new("Auth", "Auth__Admin__UserName", a.AdminUserName);
        yield return new("Auth", "Auth__Admin__Password", a.AdminPassword, Secret: true);
        yield return new("Auth", "Auth__SignInsPerMinute", Number(a.SignInsPerMinute));
    }

    private static IEnumerable<SettingLine> OfApiKey(ApiKeySettings k, int n)
    {
        var prefix = $"Auth__ApiKeys__{n}__";
        yield return new("Auth", prefix + "Name", k.Name);
        yield return new("Auth", prefix + "Key", k.Key, Secret: true);
        yield return new("Auth", prefix + "Roles", List(k.Roles));
        yield return new("Auth", prefix + "Cabinets", List(k.Cabinets));
        yield return new("Auth", prefix + "ContactId", k.ContactId?.ToString());
    }

    private static IEnumerable<SettingLine> OfOidc(OidcSettings? o)
    {
        yield return new("Auth", "Auth__Oidc__Authority", o?.Authority.ToString());
        yield return new("Auth", "Auth__Oidc__ClientId", o?.ClientId);
        yield return new("Auth", "Auth__Oidc__ClientSecret", o?.ClientSecret, Secret: true);
        yield return new("Auth", "Auth__Oidc__Name", o?.Name);
        yield return new("Auth", "Auth__Oidc__Scopes", List(o?.Scopes ?? []));
        yield return new("Auth", "Auth__Oidc__Roles", o is null ? null : Roles(o));
        yield return new("Auth", "Auth__Oidc__RoleClaim", o?.RoleClaim);
        yield return new("Auth", "Auth__Oidc__CabinetClaim", o?.CabinetClaim);
        yield return new("Auth", "Auth__Oidc__ContactClaim", o?.ContactClaim);
        yield return new("Auth", "Auth__Oidc__NameClaim", o?.NameClaim);
    }

    private static IEnumerable<SettingLine> OfCabinet(CabinetSettings c)
    {
        var (group, prefix) = ($"{c.Name} ({c.Key})", $"Cabinets__{c.Key}__");
        yield return new(group, prefix + "Name", c.Name);
        yield return new(group, prefix + "TimeZone", c.TimeZone.Id);
        yield return new(group, prefix + "RegionTimeZone", c.RegionTimeZone.Id);
        yield return new(group, prefix + "RegionDigit", c.RegionDigit?.ToString());
        yield return new(group, prefix + "WebhookToken", c.WebhookTokens.Count > 0 ? "set" : null, Secret: true);
        yield return new(group, prefix + "WebhookTokens", c.WebhookTokens.Count > 1 ? "set" : null, Secret: true);
        yield return new(group, prefix + "AccessToken", c.AccessToken, Secret: true);
        yield return new(group, prefix + "Login", c.Login);
        yield return new(group, prefix + "Password", c.Password, Secret: true);
        yield return new(group, prefix + "AllowedSources", List(c.AllowedSources));
        yield return new(group, prefix + "Numbers", List(c.Numbers.Select(n => n.Display)));
        yield return new(group, prefix + "GroupPhones", List(c.GroupPhones));
        yield return new(group, prefix + "DutyPhones", List(c.DutyPhones));
        yield return new(group, prefix + "FallbackCode", Number(c.FallbackCode));
        yield return new(group, prefix + "NightCode", c.NightCode is { } code ? Number(code) : null);
        yield return new(group, prefix + "ChainMode", c.ChainMode.ToString());
        yield return new(group, prefix + "SyncFrom", c.SyncFrom?.ToString("O", CultureInfo.InvariantCulture));
        yield return new(group, prefix + "RecordingArchive", Flag(c.ArchivesRecordings));
        yield return new(group, prefix + "RecordingRetentionDays", c.RecordingRetention is { } kept ? Number(kept.TotalDays) : null);
        yield return new(group, prefix + "Mode", c.Mode.ToString());
    }

    /// <summary>A role of the hub and the values that give it: <c>auditor: audit, control; supervisor: heads</c>.</summary>
    private static string Roles(OidcSettings o) => string.Join(
        "; ",
        o.Roles.GroupBy(r => r.Value, r => r.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {List(g.Order(StringComparer.Ordinal))}"));

    private static string? List<T>(IEnumerable<T> values) => string.Join(", ", values) is { Length: > 0 } text ? text : null;

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
