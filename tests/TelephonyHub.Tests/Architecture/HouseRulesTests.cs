using System.Text.RegularExpressions;
using System.Xml.Linq;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Tests.Support;
using TelephonyHub.Uis;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace TelephonyHub.Tests.Architecture;

/// <summary>The rules of the house (docs/architecture.md), kept by the build.</summary>
public sealed partial class HouseRulesTests
{
    private const string Storage = "TelephonyHub.Storage";

    private static readonly Assembly Hub = typeof(HubSettings).Assembly;
    private static readonly Assembly UisAdapter = typeof(UisCabinetClient).Assembly;
    private static readonly Assembly CreatioAdapter = typeof(CreatioClient).Assembly;
    private static readonly Assembly Simulator = typeof(UisSimulator).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Hub).Build();

    /// <summary>Folders of the hub: each is a slice; what lies deeper is its own.</summary>
    private static readonly string[] Slices =
        [.. Hub.GetTypes().Select(t => t.Namespace ?? "").Where(n => n.StartsWith("TelephonyHub.", StringComparison.Ordinal)).Select(n => n.Split('.')[1]).Distinct().Order(StringComparer.Ordinal)];

    public static TheoryData<string> Deeper =>
        [.. Hub.GetTypes().Select(t => t.Namespace ?? "").Where(n => DeeperNamespace().IsMatch(n) && n != $"{Storage}.Model").Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Adapters_ReferenceNoOtherProject()
    {
        ReferencedProjects("TelephonyHub.Uis").Should().BeEmpty();
        ReferencedProjects("TelephonyHub.Creatio").Should().BeEmpty();
        OwnReferences(UisAdapter).Should().BeEmpty();
        OwnReferences(CreatioAdapter).Should().BeEmpty();
    }

    [Fact]
    public void Simulator_ReferencesNeitherAdapterNorHub()
    {
        ReferencedProjects("TelephonyHub.Simulator").Should().BeEmpty("else stand-in and adapter would share one mistake");
        OwnReferences(Simulator).Should().BeEmpty();
    }

    [Fact]
    public void Hub_KnowsOnlyTheAdapters() => ReferencedProjects("TelephonyHub").Should().BeEquivalentTo("TelephonyHub.Uis", "TelephonyHub.Creatio");

    [Theory]
    [MemberData(nameof(Deeper))]
    public void DeeperNamespace_UsedOnlyByItsOwnSlice(string deeper)
    {
        var slice = string.Join('.', deeper.Split('.').Take(2));

        // What Razor's compiler makes of a generic component lies beside its slice: __Blazor.<slice>….
        Check(Types().That().DoNotResideInNamespaceMatching($"^(__Blazor\\.)?{Regex.Escape(slice)}(\\..*)?$").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($"^{Regex.Escape(deeper)}(\\..*)?$")));
    }

    [Fact]
    public void Migrations_NothingDependsOnThem() => Check(Types().That().DoNotResideInNamespaceMatching($"^{Regex.Escape(Storage)}\\.Migrations(\\..*)?$")
        .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($"^{Regex.Escape(Storage)}\\.Migrations(\\..*)?$")));

    [Fact]
    public void PureCore_KnowsNeitherDatabaseNorHttp() =>
        Check(Types().That().HaveFullNameMatching("^TelephonyHub\\.(Calls\\.(CallFold|LegFold|TalkFold|HoldFold)|Routing\\.(RoutingPolicy|ChainDraft|PersonCheck|Reasons|FactsBuilder|ManagerPhones)|Staffing\\.(StaffingPlan|RegionCalendar|WorkCalendar|DutyRota)|Cabinets\\.(WorkingTime|NumberingPlan)|Sync\\.(CallPlanner|CallOwnership|HubIds|CrmBodies)|Rules\\.(RuleTable|DefaultRules|TextTemplate))$")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching("^(Microsoft\\.EntityFrameworkCore|System\\.Net\\.Http|TelephonyHub\\.Storage)(\\..*)?$"));

    [Fact]
    public void Console_TouchesNoDatabase() => Check(Types().That().ResideInNamespaceMatching("^TelephonyHub\\.Console(\\..*)?$")
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching("^(Microsoft\\.EntityFrameworkCore|TelephonyHub\\.Storage)(\\..*)?$"));

    [Fact]
    public void Rules_WhereADependencyIs_SeeIt()
    {
        // The slice itself may and does use its deeper folder: a rule that did not notice would keep nothing.
        var blind = Types().That().ResideInNamespaceMatching("^TelephonyHub\\.Sync$").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching("^TelephonyHub\\.Sync\\.Cards$"));

        blind.Evaluate(Loaded).Should().Contain(r => !r.Passed);
        Deeper.Should().NotBeEmpty();
    }

    [Fact]
    public void Slices_AreTheFoldersOfTheArchitecture() => Slices.Should().Contain(["Cabinets", "Calls", "Console", "Directory", "Hosting", "Intake", "Reconciliation", "Recordings", "Routing", "Rules", "Storage", "Sync"]);

    private static void Check(IArchRule rule) => rule.Evaluate(Loaded).Where(r => !r.Passed).Select(r => r.Description).Should().BeEmpty(rule.Description);

    private static IEnumerable<string> OwnReferences(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(a => a.Name ?? "").Where(n => n.StartsWith("TelephonyHub", StringComparison.Ordinal));

    private static IEnumerable<string> ReferencedProjects(string project) =>
        XDocument.Load(Path.Combine(SourceTree.Root, "src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    [GeneratedRegex(@"^TelephonyHub\.[^.]+\.[^.]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeeperNamespace();
}
