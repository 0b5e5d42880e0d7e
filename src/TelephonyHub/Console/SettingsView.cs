using System.Globalization;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>A setting that the hub was started with.</summary>
/// <param name="Name">As in the environment.</param>
/// <param name="Value">Null where nothing is set; <see cref="SettingsView.Hidden"/> for a secret.</param>
public sealed record SettingLine(string Group, string Name, string? Value, bool Secret = false);

/// <summary>What the hub was started with, for people. Every line is named here: a setting that is not, is not shown, so no new secret slips through.</summary>
internal static class SettingsView
{
    public const string Hidden = "***";

    /// <summary>In groups. A secret goes no further than here: of it is told only whether there is one.</summary>
    public static IEnumerable<IGrouping<string, SettingLine>> Of(HubSettings settings, PublicAddress address) =>
        Lines(settings, address).Select(l => l is { Secret: true, Value: not null } ? l with { Value = Hidden } : l).GroupBy(l => l.Group, StringComparer.Ordinal);

    private static IEnumerable<SettingLine> Lines(HubSettings s, PublicAddress address)
    {
        yield return new("Hub", "Hub__PublicUrl", address.Base);
        yield return new("Hub", "Database__Provider", s.DatabaseProvider.ToString());
        yield return new("Hub", "ConnectionStrings__Hub", s.ConnectionString, Secret: true);
        yield return new("Hub", "Hosting__TrustedProxies", List(s.TrustedProxies));
        yield return new("Creatio", "Creatio__BaseUrl", s.Creatio.BaseUrl.ToString());
        yield return new("Creatio", "Creatio__Flavor", s.Creatio.Flavor.ToString());
        yield return new("Creatio", "Creatio__Auth__UserName", s.Creatio.UserName);
        yield return new("Creatio", "Creatio__Auth__Password", s.Creatio.Password, Secret: true);
        yield return new("Creatio", "Creatio__Auth__ClientSecret", s.Creatio.ClientSecret, Secret: true);
        yield return new("UIS", "Uis__CallApiUrl", s.Uis.CallApiUrl.ToString());
        yield return new("UIS", "Uis__DataApiUrl", s.Uis.DataApiUrl.ToString());
        yield return new("UIS", "Uis__MediaHosts", List(s.Uis.MediaHosts.Order(StringComparer.Ordinal)));
        yield return new("Routing", "Routing__BudgetMs", Number(s.Routing.Budget.TotalMilliseconds));
        yield return new("Routing", "Routing__CrmBudgetMs", Number(s.Routing.CrmBudget.TotalMilliseconds));
        yield return new("Routing", "Routing__CommonNumbers", List(s.Routing.CommonNumbers.Select(n => n.Display)));
        yield return new("Routing", "Routing__UseExtensions", s.Routing.UseExtensions ? "true" : "false");
        yield return new("Sync", "Sync__SettleSeconds", Number(s.Sync.Settle.TotalSeconds));
        yield return new("Sync", "Sync__JoinSeconds", Number(s.Sync.Join.TotalSeconds));
        yield return new("Sync", "Sync__DealEntity", s.Sync.DealEntity.ToString());
        yield return new("Sync", "Directory__RefreshSeconds", Number(s.DirectoryRefresh.TotalSeconds));
        yield return new("Sync", "Reconciliation__IntervalSeconds", Number(s.ReconciliationInterval.TotalSeconds));
        yield return new("Sync", "Reconciliation__LookbackHours", Number(s.ReconciliationLookback.TotalHours));
        yield return new("Auth", "Auth__Admin__UserName", s.Auth.AdminUserName);
        yield return new("Auth", "Auth__Admin__Password", s.Auth.AdminPassword, Secret: true);
        foreach (var key in s.Auth.ApiKeys)
        {
            yield return new("Auth", $"Auth__ApiKeys ({key.Name})", key.Key, Secret: true);
        }

        foreach (var line in s.Cabinets.Values.OrderBy(c => c.Key.Value, StringComparer.Ordinal).SelectMany(Cabinet))
        {
            yield return line;
        }
    }

    private static IEnumerable<SettingLine> Cabinet(CabinetSettings c)
    {
        var (group, prefix) = ($"{c.Name} ({c.Key})", $"Cabinets__{c.Key}__");
        yield return new(group, prefix + "TimeZone", c.TimeZone.Id);
        yield return new(group, prefix + "RegionTimeZone", c.RegionTimeZone.Id);
        yield return new(group, prefix + "RegionDigit", c.RegionDigit?.ToString());
        yield return new(group, prefix + "WebhookToken", c.WebhookTokens.Count > 0 ? "set" : null, Secret: true);
        yield return new(group, prefix + "AccessToken", c.AccessToken, Secret: true);
        yield return new(group, prefix + "AllowedSources", List(c.AllowedSources));
        yield return new(group, prefix + "Numbers", List(c.Numbers.Select(n => n.Display)));
        yield return new(group, prefix + "GroupPhones", List(c.GroupPhones));
        yield return new(group, prefix + "DutyPhones", List(c.DutyPhones));
        yield return new(group, prefix + "FallbackCode", Number(c.FallbackCode));
        yield return new(group, prefix + "NightCode", c.NightCode?.ToString(CultureInfo.InvariantCulture));
        yield return new(group, prefix + "ChainMode", c.ChainMode.ToString());
        yield return new(group, prefix + "SyncFrom", c.SyncFrom?.ToString("O", CultureInfo.InvariantCulture));
        yield return new(group, prefix + "Mode", c.Mode.ToString());
    }

    private static string List<T>(IEnumerable<T> values) => string.Join(", ", values);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
