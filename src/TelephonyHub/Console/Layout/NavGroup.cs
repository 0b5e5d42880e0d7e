using MudBlazor;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console.Layout;

/// <param name="Href">Relative to the hub's root.</param>
/// <param name="Title">In both languages.</param>
/// <param name="Icon">Of the Material set.</param>
/// <param name="Policy">The page's own: whoever it refuses is not led there.</param>
public sealed record NavItem(string Href, Words Title, string Icon, string Policy = HubPolicies.Read);

/// <summary>The menu: a new page is a line here.</summary>
public sealed record NavGroup(Words Title, IReadOnlyList<NavItem> Items)
{
    public static readonly IReadOnlyList<NavGroup> All =
    [
        new(ShellTexts.GroupCalls,
        [
            new("console/live", ShellTexts.Live, Icons.Material.Outlined.Podcasts, HubPolicies.ReadOwn),
            new("console/journal", ShellTexts.Journal, Icons.Material.Outlined.FormatListBulleted, HubPolicies.ReadOwn),
            new("console/missed", ShellTexts.Missed, Icons.Material.Outlined.PhoneMissed, HubPolicies.ReadOwn),
            new("console/numbers", ShellTexts.Numbers, Icons.Material.Outlined.BarChart),
        ]),
        new(ShellTexts.GroupCheck,
        [
            new("console/proof", ShellTexts.Proof, Icons.Material.Outlined.FactCheck),
            new("console/failed", ShellTexts.Failed, Icons.Material.Outlined.SyncProblem),
            new("console/quarantine", ShellTexts.Quarantine, Icons.Material.Outlined.Inventory2),
            new("console/explain", ShellTexts.Explain, Icons.Material.Outlined.AltRoute),
        ]),
        new(ShellTexts.GroupSetUp,
        [
            new("console/cabinets", ShellTexts.Cabinets, Icons.Material.Outlined.LocationCity),
            new("console/managers", ShellTexts.Managers, Icons.Material.Outlined.SupportAgent),
            new("console/rules", ShellTexts.Rules, Icons.Material.Outlined.Rule),
            new("console/staffing", ShellTexts.Staffing, Icons.Material.Outlined.CalendarMonth),
            new("console/users", ShellTexts.Users, Icons.Material.Outlined.People, HubPolicies.Operate),
            new("console/api-keys", ShellTexts.Keys, Icons.Material.Outlined.Key, HubPolicies.Operate),
            new("console/audit", ShellTexts.Audit, Icons.Material.Outlined.History, HubPolicies.Audit),
            new("console/settings", ShellTexts.Settings, Icons.Material.Outlined.Settings, HubPolicies.Operate),
        ]),
    ];
}
