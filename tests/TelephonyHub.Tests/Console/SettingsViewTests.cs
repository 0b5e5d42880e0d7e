using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using TelephonyHub.Console;
using TelephonyHub.Hosting;
using TelephonyHub.Tests.Hosting;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Tests.Console;

/// <summary>The page of settings shows every setting of docs/settings.md, and no secret.</summary>
public sealed class SettingsViewTests
{
    /// <summary>Stands in every secret of <see cref="Everything"/>, and nowhere else.</summary>
    private const string Secret = "hush";

    /// <summary>What has no line of its own unless it is set, and every secret.</summary>
    private static readonly (string Key, string? Value)[] Everything =
    [
        ("ConnectionStrings:Hub", "Data Source=hub.db;Password=hush-database"),
        ("Hub:PublicUrl", "https://hub.example"),
        ("Alerts:WebhookUrl", "https://alerts.example/hush-alerts"),
        ("Creatio:Auth:Password", "hush-crm"),
        ("Creatio:Auth:ClientSecret", "hush-crm-client"),
        ("Cabinets:msk:WebhookToken", "hush-hook"),
        ("Cabinets:msk:WebhookTokens:0", "hush-next-hook"),
        ("Cabinets:msk:AccessToken", "hush-access"),
        ("Cabinets:msk:Login", "api"),
        ("Cabinets:msk:Password", "hush-account"),
        ("Managers:0:ContactId", "a0000000-0000-0000-0000-000000000001"),
        ("Managers:0:Employees:0", "msk:8"),
        ("Auth:Admin:Password", "hush-admin"),
        ("Auth:ApiKeys:0:Name", "erp"),
        ("Auth:ApiKeys:0:Key", "hush-key"),
        ("Auth:ApiKeys:0:Roles:0", "integration"),
        ("Auth:Oidc:Authority", "https://id.example"),
        ("Auth:Oidc:ClientId", "hub"),
        ("Auth:Oidc:ClientSecret", "hush-oidc"),
        ("Auth:Oidc:Roles:supervisor:0", "heads"),
        ("Auth:Oidc:Roles:auditor:0", "control"),
        ("Auth:Oidc:Roles:auditor:1", "audit"),
    ];

    [Fact]
    public void Of_EveryKeyOfTheDocs_HasALine()
    {
        var documented = Documented();

        documented.Should().HaveCountGreaterThan(80);
        documented.Except(Shown(), StringComparer.Ordinal).Should().BeEmpty("the page of settings leaves none of docs/settings.md out");
    }

    [Fact]
    public void Of_EveryLine_IsAKeyOfTheDocs() => Shown().Except(Documented(), StringComparer.Ordinal).Should().BeEmpty("docs/settings.md tells of each");

    [Fact]
    public void Of_EverySecret_IsHidden()
    {
        var lines = Lines(Everything);

        lines.Where(l => l.Value == SettingsView.Hidden).Select(l => Plain(l.Name)).Should().Contain(
            Everything.Where(s => s.Value!.Contains(Secret, StringComparison.Ordinal)).Select(s => Plain(s.Key.Replace(":", "__", StringComparison.Ordinal))));
        lines.Where(l => l.Value?.Contains(Secret, StringComparison.Ordinal) == true).Should().BeEmpty();
    }

    [Fact]
    public void Of_WhatIsNotSet_SaysNothing()
    {
        var lines = Lines(("Hub:PublicUrl", "https://hub.example"));

        lines.Single(l => l.Name == "Auth__Oidc__ClientSecret").Should().Be(new SettingLine("Auth", "Auth__Oidc__ClientSecret", null, Secret: true));
        lines.Single(l => l.Name == "Cabinets__msk__WebhookTokens").Value.Should().BeNull();
        lines.Single(l => l.Name == "Cabinets__msk__AllowedSources").Value.Should().BeNull();
    }

    [Fact]
    public void Of_ListsAndMaps_ShowsThemInOneLine()
    {
        var lines = Lines(Everything);

        lines.Single(l => l.Name == "Managers__0__Employees").Value.Should().Be("msk:8");
        lines.Single(l => l.Name == "Auth__Oidc__Roles").Value.Should().Be("auditor: audit, control; supervisor: heads");
    }

    private static List<SettingLine> Lines(params (string Key, string? Value)[] changes)
    {
        var settings = Company.Settings(changes);
        return [.. SettingsView.Of(settings, new PublicAddress(settings, new Unstarted())).SelectMany(g => g)];
    }

    private static HashSet<string> Shown() => Lines(Everything).SelectMany(l => l.Name.Split(" / ")).Select(Plain).ToHashSet(StringComparer.Ordinal);

    /// <summary>Without the number in a list and the key of a cabinet: <c>Cabinets__WebhookTokens</c>.</summary>
    private static string Plain(string name) =>
        string.Join("__", name.Split("__").Where((part, i) => !part.All(char.IsAsciiDigit) && !(i == 1 && name.StartsWith("Cabinets__", StringComparison.Ordinal))));

    private static HashSet<string> Documented() =>
        File.ReadLines(Path.Combine(SourceTree.Root, "docs", "settings.md")).Where(l => l.StartsWith('|')).SelectMany(l => KeysOf(l.Split('|')[1])).ToHashSet(StringComparer.Ordinal);

    /// <summary>A cell may name several; those after the first stand beside it and may leave out its way: <c>Cabinets:&lt;key&gt;:Login</c>, <c>:Password</c>.</summary>
    private static IEnumerable<string> KeysOf(string cell)
    {
        var keys = cell.Split('`').Where((_, i) => i % 2 == 1).Select(k => k.TrimStart(':')).ToList();
        var way = keys.Count == 0 ? "" : keys[0][..(keys[0].LastIndexOf(':') + 1)];
        return keys.Select(k => k.Contains(':', StringComparison.Ordinal) ? k : way + k)
            .Select(k => string.Join("__", k.Split(':').Where(part => part is not ("n" or "m") && !part.StartsWith('<'))));
    }

    private sealed class Unstarted : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            // Nothing was begun.
        }
    }
}
