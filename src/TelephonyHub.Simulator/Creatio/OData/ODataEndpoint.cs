using System.Globalization;
using TelephonyHub.Simulator.Creatio.Http;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>Executes single OData operations, plain or as parts of a batch (reference 1.4, 1.5).</summary>
internal sealed class ODataEndpoint(CreatioStore store, CreatioSimulatorOptions options, CreatioFaults faults)
{
    private readonly Lazy<byte[]> _metadata = new(() => MetadataDocument.Write(store.Schema));

    /// <summary>Never throws for a bad request: refusals become answers.</summary>
    /// <param name="root">OData root as the client sees it, without a trailing slash.</param>
    /// <param name="operation">What was asked, already recorded.</param>
    /// <param name="body">Raw body; empty for none.</param>
    public CrmAnswer Execute(string root, CrmOperation operation, byte[] body)
    {
        if (faults.Take(operation) is { } fault)
        {
            return CrmAnswer.Error(fault.Status, fault.Form, fault.Message, fault.Status == 403 ? "System.Security.SecurityException" : "System.Exception");
        }

        var target = ODataTarget.Parse(operation.Url, operation.PartId is not null);
        try
        {
            return target.Set switch
            {
                "" => Service(root),
                "$metadata" => new CrmAnswer(200, _metadata.Value, "application/xml").With("OData-Version", "4.0"),
                _ => store.Schema.Find(target.Set) is { } entity
                    ? Entity(root, operation, target, entity, body)
                    : CrmAnswer.NoSuchSet(root + "/" + operation.Url, target.Set),
            };
        }
        catch (CrmException refused)
        {
            return CrmAnswer.Error(refused);
        }
    }

    private CrmAnswer Entity(string root, CrmOperation operation, ODataTarget target, EntitySchema entity, byte[] body)
    {
        if (target.KeyText is not null && target.Key is null)
        {
            throw CrmException.BadRequest($"The key '{target.KeyText}' is not a valid 'Edm.Guid' literal.");
        }

        return (operation.Method, target.Key, target.Rest) switch
        {
            ("GET", null, []) => List(root, entity, target.Query),
            ("GET", null, ["$count"]) => CrmAnswer.Text(200, Count(entity, target.Query).ToString(CultureInfo.InvariantCulture), "text/plain"),
            ("POST", null, []) => Create(root, entity, body),
            ("GET", { } id, []) => Single(root, entity, id, target.Query),
            ("PATCH", { } id, []) => Update(entity, id, body),
            ("DELETE", { } id, []) => store.Delete(entity, id) ? CrmAnswer.Empty(204) : Missing(entity, id),
            ("GET", { } id, [var property]) => Property(root, entity, id, property),
            ("GET", { } id, [var property, "$value"]) => Value(entity, id, property),
            ("PUT" or "DELETE", { } id, [var property]) => Stream(operation.Method, entity, id, property, body),
            (_, _, []) => CrmAnswer.Error(
                405, ErrorForm.Detail, $"The requested resource does not support http method '{operation.Method}'."),
            _ => CrmAnswer.NoSuchSet(root + "/" + operation.Url, target.Set),
        };
    }

    private CrmAnswer Service(string root) => CrmAnswer.OData(200, CrmJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("@odata.context", root + "/$metadata");
        json.WriteStartArray("value");
        foreach (var entity in store.Schema.Entities.OrderBy(entity => entity.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", entity.Name);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", entity.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private CrmAnswer List(string root, EntitySchema entity, string queryText)
    {
        var query = new ODataQuery(store, entity, queryText);
        CheckRights(query.Selection);
        return store.Read(() =>
        {
            var matching = query.Matching();
            var (page, next) = query.Page(matching, options.PageCap);
            return CrmAnswer.OData(200, CrmJson.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("@odata.context", $"{root}/$metadata#{entity.Name}{query.Selection.Context}");
                if (query.Count)
                {
                    json.WriteNumber("@odata.count", matching.Count);
                }

                json.WriteStartArray("value");
                foreach (var row in page)
                {
                    json.WriteStartObject();
                    EntityJson.WriteProperties(json, row, query.Selection, store);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (next is { } start)
                {
                    json.WriteString("@odata.nextLink", $"{root}/{entity.Name}?{query.NextQuery(start)}");
                }

                json.WriteEndObject();
            }));
        });
    }

    private int Count(EntitySchema entity, string queryText)
    {
        var query = new ODataQuery(store, entity, queryText);
        return store.Read(query.Matching).Count;
    }

    private CrmAnswer Single(string root, EntitySchema entity, Guid id, string queryText)
    {
        var selection = new ODataQuery(store, entity, queryText).Selection;
        CheckRights(selection);
        return store.Read(() => store.Table(entity).Find(id) is { } row
            ? CrmAnswer.OData(200, RowJson(root, row, selection))
            : Missing(entity, id));
    }

    private CrmAnswer Create(string root, EntitySchema entity, byte[] body)
    {
        var values = BodyReader.Read(entity, CrmJson.Object(body));
        var inserted = store.Insert(entity, values);
        return CrmAnswer
            .OData(201, store.Read(() => RowJson(root, store.Table(entity).Find(inserted.Id) ?? inserted, Selection.All(entity))))
            .With("Location", $"{root}/{entity.Name}({inserted.Id})");
    }

    private CrmAnswer Update(EntitySchema entity, Guid id, byte[] body)
    {
        var values = BodyReader.Read(entity, CrmJson.Object(body));
        values.Remove("Id");
        return store.Update(entity, id, values) ? CrmAnswer.Empty(204)
            : options.PatchMissing == 204 ? CrmAnswer.Empty(204)
            : Missing(entity, id);
    }

    private CrmAnswer Property(string root, EntitySchema entity, Guid id, string property)
    {
        var column = entity.Find(property) ?? throw PropertyPath.Unknown(entity, property);
        if (store.Find(entity.Name, id) is not { } row)
        {
            return Missing(entity, id);
        }

        return column.Kind == ColumnKind.Binary ? Content(id, property) : CrmAnswer.OData(200, CrmJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", $"{root}/$metadata#{entity.Name}({id})/{property}");
            json.WritePropertyName("value");
            EntityJson.WriteValue(json, row[column] ?? column.Empty);
            json.WriteEndObject();
        }));
    }

    private CrmAnswer Value(EntitySchema entity, Guid id, string property)
    {
        var column = entity.Find(property) ?? throw PropertyPath.Unknown(entity, property);
        return store.Find(entity.Name, id) is not { } row ? Missing(entity, id)
            : column.Kind == ColumnKind.Binary ? Content(id, property)
            : CrmAnswer.Text(200, EntityJson.Text(row[column] ?? column.Empty));
    }

    private CrmAnswer Content(Guid id, string property) =>
        store.Blob(id, property) is { } content ? new CrmAnswer(200, content, "application/octet-stream") : CrmAnswer.Empty(204);

    private CrmAnswer Stream(string method, EntitySchema entity, Guid id, string property, byte[] body)
    {
        if (entity.Find(property) is not { Kind: ColumnKind.Binary })
        {
            throw PropertyPath.Unknown(entity, property);
        }

        if (store.Find(entity.Name, id) is null)
        {
            return Missing(entity, id);
        }

        if (body.LongLength > options.MaxFileSize)
        {
            return CrmAnswer.Error(500, ErrorForm.Exception, "The file is larger than the setting MaxFileSize allows.", "Terrasoft.File.FileSizeException");
        }

        store.SetBlob(id, property, method == "PUT" ? body : []);
        return CrmAnswer.Empty(method == "PUT" ? 200 : 204);
    }

    private byte[] RowJson(string root, CrmRow row, Selection selection) => CrmJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("@odata.context", $"{root}/$metadata#{row.Entity}{selection.Context}/$entity");
        EntityJson.WriteProperties(json, row, selection, store);
        json.WriteEndObject();
    });

    private void CheckRights(Selection selection)
    {
        foreach (var entity in selection.Expansions.SelectMany(expansion => expansion.Entities()).Where(faults.IsReadDenied))
        {
            throw new CrmException(403, ErrorForm.Exception, $"Insufficient rights to read \"{entity}\".", "System.Security.SecurityException");
        }
    }

    private static CrmAnswer Missing(EntitySchema entity, Guid id) =>
        CrmAnswer.Error(404, ErrorForm.OData, $"The entity '{entity.Name}' with the key '{id}' was not found.");
}
