using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings.Archive;

/// <param name="Bytes">Length.</param>
/// <param name="ContentType">By its first bytes.</param>
public sealed record ArchivedFile(long Bytes, string ContentType);

/// <summary>
/// The files on disk: <c>&lt;folder&gt;/&lt;cabinet&gt;/&lt;month&gt;/&lt;code&gt;.mp3</c>. A file is written aside and renamed, so what bears its name is whole. Names are made
/// of what the hub itself chose, never of what the PBX sent.
/// </summary>
public sealed class RecordingArchive(HubSettings settings)
{
    /// <summary>Longer than any call at the highest rate; a stream without end must not fill the disk.</summary>
    internal const long MostBytes = 1L << 30;

    /// <summary>No cabinet's key begins with a dot.</summary>
    private const string Unfinished = ".unfinished";
    private readonly string? _folder = settings.Recordings.ArchiveFolder;

    /// <summary>Cabinets whose recordings are copied here.</summary>
    public IReadOnlyList<string> Cabinets { get; } =
        settings.Recordings.ArchiveFolder is null ? [] : [.. settings.Cabinets.Values.Where(c => c.ArchivesRecordings).Select(c => c.Key.Value)];

    /// <returns>The whole file, or null when it is not there as it was archived.</returns>
    public FileStream? Open(RecordingRow row)
    {
        if (row.ArchiveState != "archived" || _folder is null)
        {
            return null;
        }

        try
        {
            var file = new FileStream(
                PathOf(row, row.ContentType), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (file.Length == row.Bytes)
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            return null;
        }
    }

    /// <exception cref="MediaFaultException">What came is not the recording, or the disk refused it.</exception>
    public async Task<ArchivedFile> SaveAsync(RecordingRow row, HttpResponseMessage response, CancellationToken ct)
    {
        var announced = response.Content.Headers.ContentLength;
        if (announced > MostBytes)
        {
            throw TooLarge();
        }

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var head = new byte[AudioType.HeadBytes];
        var got = await ReadAsync(body, head, ct);
        var type = AudioType.Of(head.AsSpan(0, got)) ?? throw Fault(MediaFaultKind.NotAudio, "What the PBX sent is no audio.");
        var path = PathOf(row, type);
        var aside = Path.Combine(_folder!, Unfinished, Path.GetRandomFileName());
        try
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            long length;
            await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                await file.WriteAsync(head.AsMemory(0, got), ct);
                length = got + await CopyAsync(body, file, ct);
                file.Flush(flushToDisk: true);
            }

            if (announced is { } whole && whole != length)
            {
                throw Fault(MediaFaultKind.Incomplete, $"{length} of {whole} bytes came.");
            }

            File.Move(aside, path, overwrite: true);
            return new ArchivedFile(length, type);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw new MediaFaultException(new MediaFault(MediaFaultKind.Disk, $"The archive's disk refused the file: {e.GetType().Name}."), e);
        }
        finally
        {
            Remove(aside);
        }
    }

    /// <summary>Whatever there is of it: a file fetched again may have come as another type.</summary>
    /// <exception cref="IOException">A file is there and cannot be deleted.</exception>
    public void Delete(RecordingRow row)
    {
        foreach (var path in _folder is null ? [] : AudioType.All.Select(t => PathOf(row, t)).Where(File.Exists))
        {
            File.Delete(path);
        }
    }

    /// <summary>What a process that was killed had begun to write.</summary>
    public void RemoveUnfinished(DateTimeOffset before)
    {
        var folder = _folder is null ? null : new DirectoryInfo(Path.Combine(_folder, Unfinished));
        foreach (var file in folder is { Exists: true } ? folder.EnumerateFiles().Where(f => f.LastWriteTimeUtc < before.UtcDateTime) : [])
        {
            file.Delete();
        }
    }

    private static async Task<long> CopyAsync(Stream body, FileStream file, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        long copied = 0;
        while (await ReadAsync(body, buffer, ct) is > 0 and var got)
        {
            copied += got;
            if (copied > MostBytes)
            {
                throw TooLarge();
            }

            await file.WriteAsync(buffer.AsMemory(0, got), ct);
        }

        return copied;
    }

    /// <summary>Fills the buffer as far as the body goes. A network that breaks is not the disk, though both throw the same.</summary>
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new MediaFaultException(new MediaFault(MediaFaultKind.Incomplete, "The connection broke before the whole file came."), e);
        }
    }

    private static void Remove(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // It bears a name that nobody reads; the fault that led here is the one to tell.
        }
    }

    private string PathOf(RecordingRow row, string? type) => Path.Combine(
        _folder!,
        CabinetKey.Parse(row.Cabinet).Value,
        row.CreatedAt.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Name(row.Code) + AudioType.ExtensionOf(type));

    /// <summary>Codes are made of these characters alone; a row that says otherwise must not lead out of the folder.</summary>
    private static string Name(string code) => code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? code : throw new InvalidOperationException("A recording's code holds other characters.");

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private static MediaFaultException TooLarge() => Fault(MediaFaultKind.TooLarge, $"The file is larger than {MostBytes >> 20} MiB.");

    private static MediaFaultException Fault(MediaFaultKind kind, string words) => new(new MediaFault(kind, words));
}
