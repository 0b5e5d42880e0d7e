using System.Globalization;
using System.Text.RegularExpressions;
using TelephonyHub.Simulator.Creatio.Http;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary>Chunked upload into an attachment object and reading back (reference 3.10 B).</summary>
internal sealed partial class FileServices(CreatioSimulatorOptions options, CreatioStore store)
{
    public CrmAnswer Upload(IQueryCollection query, IHeaderDictionary headers, byte[] chunk)
    {
        if (!Guid.TryParse(query["fileId"], out var id)
            || store.Schema.Find(query["entitySchemaName"].ToString()) is not { } entity
            || !long.TryParse(query["totalFileLength"], NumberStyles.None, CultureInfo.InvariantCulture, out var total))
        {
            return Refused("fileId, entitySchemaName and totalFileLength are required.");
        }

        if (total > options.MaxFileSize)
        {
            return Refused("The file is larger than the setting MaxFileSize allows.");
        }

        var column = query["columnName"].ToString() is { Length: > 0 } named ? named : "Data";
        var range = RangePattern().Match(headers.ContentRange.ToString());
        var from = range.Success ? int.Parse(range.Groups["from"].Value, CultureInfo.InvariantCulture) : 0;
        if (store.Find(entity.Name, id) is null)
        {
            if (from > 0)
            {
                return Refused("The first chunk is missing.");
            }

            store.Insert(entity, Row(entity, id, query, total));
        }

        var before = from == 0 ? [] : store.Blob(id, column) ?? [];
        if (before.Length != from)
        {
            return Refused($"The chunk starts at {from}, but {before.Length} bytes are there.");
        }

        store.SetBlob(id, column, [.. before, .. chunk]);
        return CrmAnswer.Json(200, new { success = true, errorInfo = (object?)null });
    }

    /// <summary>Reads a file by object name or schema UId.</summary>
    public CrmAnswer Download(string uri, string entityOrUId, string fileId)
    {
        var entity = Guid.TryParse(entityOrUId, out var uid)
            ? store.Schema.Entities.FirstOrDefault(candidate => candidate.UId == uid)
            : store.Schema.Find(entityOrUId);
        return entity is not null && Guid.TryParse(fileId, out var id) && store.Find(entity.Name, id) is { } row && store.Blob(id, "Data") is { } content
            ? new CrmAnswer(200, content, "application/octet-stream")
                .With("Content-Disposition", "attachment; filename*=UTF-8''" + Uri.EscapeDataString(row.Text("Name")))
            : CrmAnswer.NoSuchSet(uri, "FileService");
    }

    private static Dictionary<string, object?> Row(EntitySchema entity, Guid id, IQueryCollection query, long total)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Id"] = id,
            ["Name"] = query["fileName"].ToString(),
            ["Size"] = (int)total,
            ["TypeId"] = CrmIds.FileKind,
        };
        if (entity.FindLookup(query["parentColumnName"].ToString()) is { } parent && Guid.TryParse(query["parentColumnValue"], out var parentId))
        {
            values[parent.Property] = parentId;
        }

        return values;
    }

    private static CrmAnswer Refused(string message) =>
        CrmAnswer.Json(200, new { success = false, errorInfo = new { errorCode = "Exception", message, stackTrace = (string?)null } });

    [GeneratedRegex(@"^bytes (?<from>\d+)-(?<to>\d+)/(?<total>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RangePattern();
}
