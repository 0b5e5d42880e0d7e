namespace TelephonyHub.Tests.Package;

/// <summary>The package as it is handed out, copied next to the tests.</summary>
internal static class PackageFiles
{
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "CreatioPackage");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string Schema(string name, string extension) => Read($"UsrTelephonyHub/Schemas/{name}/{name}.{extension}");

    public static string Stub(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Package", "Stubs", name));
}
