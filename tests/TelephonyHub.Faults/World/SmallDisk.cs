using System.Diagnostics;

namespace TelephonyHub.Faults;

/// <summary>A disk of its own for the database, small enough to be filled: a tmpfs, which only root may mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly bool _mounted;

    private SmallDisk(string folder, bool mounted) => (Folder, _mounted) = (folder, mounted);

    public string Folder { get; }

    public bool CanBeFilled => _mounted;

    private string Ballast => Path.Combine(Folder, "ballast");

    public static SmallDisk Create(int megabytes)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("hub-disk-").FullName;
        var mounted = Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0755", "tmpfs", folder);
        return new SmallDisk(folder, mounted);
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        // Without a buffer: what did not fit must not be tried again at the end.
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(block, 0, size);
                }
            }
            catch (IOException)
            {
                // Full for blocks of this size.
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", "-l", Folder);
        }

        System.IO.Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true, UseShellExecute = false });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
