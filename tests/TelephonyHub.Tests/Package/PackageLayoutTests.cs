using System.Text.Json.Nodes;
using System.Xml.Linq;
using TelephonyHub.Creatio;

namespace TelephonyHub.Tests.Package;

/// <summary>The unpacked package as Creatio reads it (reference 5.8).</summary>
public sealed class PackageLayoutTests
{
    private const string Root = "UsrTelephonyHub";

    private static readonly string PackageId = Json($"{Root}/descriptor.json")["Descriptor"]!["UId"]!.GetValue<string>();

    public static TheoryData<string, string, string> Schemas => new()
    {
        { "UsrTelephonyHubService", "SourceCodeSchemaManager", "cs" },
        { "UsrTelephonyHubCards", "ClientUnitSchemaManager", "js" },
        { "ClientMessageBridge", "ClientUnitSchemaManager", "js" },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_ItsFiles_AgreeWithEachOther(string name, string manager, string extension)
    {
        var descriptor = Json($"{Root}/Schemas/{name}/descriptor.json")["Descriptor"]!;
        var metadata = Json($"{Root}/Schemas/{name}/metadata.json")["MetaData"]!["Schema"]!;

        descriptor["Name"]!.GetValue<string>().Should().Be(name);
        descriptor["ManagerName"]!.GetValue<string>().Should().Be(manager);
        metadata["ManagerName"]!.GetValue<string>().Should().Be(manager);
        metadata["UId"]!.GetValue<string>().Should().Be(descriptor["UId"]!.GetValue<string>());
        metadata["A2"]!.GetValue<string>().Should().Be(name);
        metadata["B6"]!.GetValue<string>().Should().Be(PackageId);
        Json($"{Root}/Schemas/{name}/properties.json")["Properties"].Should().NotBeNull();
        PackageFiles.Schema(name, extension).Should().Contain(extension == "cs" ? $"class {name} " : $"define(\"{name}\"");
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_ItsResources_ExistInBothLanguages(string name, string manager, string extension)
    {
        manager.Should().NotBeEmpty();
        foreach (var culture in new[] { "en-US", "ru-RU" })
        {
            var resource = XDocument.Parse(PackageFiles.Read($"{Root}/Resources/{name}.{(extension == "cs" ? "SourceCode" : "ClientUnit")}/resource.{culture}.xml"));
            resource.Root!.Attribute("Culture")!.Value.Should().Be(culture);
            resource.Descendants("Item").Should().ContainSingle(i => i.Attribute("Name")!.Value == "Caption" && i.Attribute("Value")!.Value.Length > 0);
        }
    }

    [Fact]
    public void Schemas_TheirIds_AreDifferent() =>
        Schemas.Select(s => Json($"{Root}/Schemas/{s[0]}/descriptor.json")["Descriptor"]!["UId"]!.GetValue<string>()).Append(PackageId).Should().OnlyHaveUniqueItems().And.OnlyContain(id => IsGuid(id));

    [Fact]
    public void Bridge_Descriptor_ReplacesThePlatformsOwn()
    {
        var descriptor = Json($"{Root}/Schemas/ClientMessageBridge/descriptor.json")["Descriptor"]!;

        descriptor["ExtendParent"]!.GetValue<bool>().Should().BeTrue();
        descriptor["Parent"]!["Name"]!.GetValue<string>().Should().Be("ClientMessageBridge");
        descriptor["Parent"]!["UId"]!.GetValue<string>().Should().NotBe(descriptor["UId"]!.GetValue<string>());
    }

    [Fact]
    public void Package_ItsSource_IsNeitherCompiledIntoTheAdapterNorCopiedBesideIt()
    {
        typeof(CreatioClient).Assembly.GetTypes().Should().NotContain(t => t.Name.StartsWith("Usr", StringComparison.Ordinal));
        System.IO.Directory.Exists(Path.Combine(AppContext.BaseDirectory, "Package", Root)).Should().BeFalse();
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ru.md")]
    public void Readme_NamesWhatHasToBeInstalled(string file) =>
        PackageFiles.Read(file).Should().ContainAll("UsrTelephonyHubService", "UsrTelephonyHubCards", "ClientMessageBridge", "CanUseTelephonyHub", "BPMSoft", "/0/rest/UsrTelephonyHubService/Notify", "CRT_CSRF");

    private static bool IsGuid(string id) => Guid.TryParse(id, out _);

    private static JsonNode Json(string path) => JsonNode.Parse(PackageFiles.Read(path))!;
}
