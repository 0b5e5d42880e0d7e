namespace TelephonyHub.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TelephonyHub.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("TelephonyHub.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
