using System.Text.Json.Nodes;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Creatio;

/// <summary>What a part of a batch does.</summary>
public enum BatchPartKind
{
    /// <summary>Reads one page.</summary>
    Query,

    /// <summary>Creates a record with a chosen Id.</summary>
    Create,

    /// <summary>Changes columns of a record.</summary>
    Update,

    /// <summary>Deletes a record.</summary>
    Delete,
}

/// <summary>One operation of a <c>$batch</c> request (reference 1.6).</summary>
public sealed class BatchPart
{
    private BatchPart(BatchPartKind kind, string entity, Guid? recordId = null, JsonObject? values = null, ODataQuery? asked = null)
    {
        Kind = kind;
        Entity = entity;
        RecordId = recordId;
        Values = values;
        Asked = asked;
    }

    /// <summary>What the part does.</summary>
    public BatchPartKind Kind { get; }

    /// <summary>Entity set.</summary>
    public string Entity { get; }

    /// <summary>The record, for all but queries.</summary>
    public Guid? RecordId { get; }

    /// <summary>Columns to write, for create and update.</summary>
    public JsonObject? Values { get; }

    /// <summary>The query, for queries.</summary>
    public ODataQuery? Asked { get; }

    /// <summary>Reads one page.</summary>
    public static BatchPart Query(ODataQuery q)
    {
        ArgumentNullException.ThrowIfNull(q);
        return new(BatchPartKind.Query, q.EntitySet, asked: q);
    }

    /// <summary>Creates a record.</summary>
    /// <param name="entity">Entity set, singular (<c>Contact</c>).</param>
    /// <param name="values">Flat columns (<c>OwnerId</c>, not <c>Owner</c>) with the chosen <c>Id</c>.</param>
    /// <exception cref="ArgumentException">No Id, or a nested object: Creatio ignores those silently (reference 1.4).</exception>
    public static BatchPart Create(string entity, JsonObject values) =>
        new(BatchPartKind.Create, ODataNames.EntitySet(entity), WriteValues.RequireId(values), WriteValues.RequireFlat(values));

    /// <summary>Changes the given columns. Whether a missing record is an error differs between builds (reference 1.5).</summary>
    /// <param name="entity">Entity set.</param>
    /// <param name="id">The record.</param>
    /// <param name="values">Flat columns to change.</param>
    public static BatchPart Update(string entity, Guid id, JsonObject values) =>
        new(BatchPartKind.Update, ODataNames.EntitySet(entity), id, WriteValues.RequireFlat(values));

    /// <summary>Deletes a record.</summary>
    /// <param name="entity">Entity set.</param>
    /// <param name="id">The record.</param>
    public static BatchPart Delete(string entity, Guid id) => new(BatchPartKind.Delete, ODataNames.EntitySet(entity), id);

    /// <summary>Kind and entity; values stay out, they hold personal data.</summary>
    public override string ToString() => $"{Kind} {Entity}";

    internal bool IsWrite => Kind != BatchPartKind.Query;

    internal string Method => Kind switch
    {
        BatchPartKind.Query => "GET",
        BatchPartKind.Create => "POST",
        BatchPartKind.Update => "PATCH",
        _ => "DELETE",
    };

    internal string Url => Kind switch
    {
        BatchPartKind.Query => Asked!.ToRelativeUrl(),
        BatchPartKind.Create => Entity,
        _ => ODataNames.Record(Entity, RecordId!.Value),
    };
}
