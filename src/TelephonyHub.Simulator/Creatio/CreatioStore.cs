using System.Collections.Concurrent;
using TelephonyHub.Simulator.Creatio.Rules;
using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>
/// The database of the stand-in: one coarse lock, so that every save with its side effects is atomic. Direct access runs the same defaults, checks and
/// side effects as OData, as the API user, but may also set <c>CreatedOn</c> and <c>ModifiedOn</c>.
/// </summary>
public sealed partial class CreatioStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CrmTable> _tables;
    private readonly Dictionary<string, (CrmTable Table, ColumnSchema Column)[]> _references;
    private readonly Dictionary<(Guid Id, string Column), byte[]> _blobs = [];
    private readonly EntityWriter _writer;

    internal CreatioStore(CreatioSimulatorOptions options, TimeProvider time)
    {
        Schema = CrmSchema.Build(options.RemovedColumns);
        _tables = Schema.Entities.ToDictionary(entity => entity.Name, entity => new CrmTable(entity), StringComparer.Ordinal);
        _references = _tables.Values
            .SelectMany(table => table.IndexedLookups.Select(column => (Table: table, Column: column)))
            .GroupBy(reference => reference.Column.Target!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _writer = new EntityWriter(this, time, () => options.HonourCreatedBy);
        Seeding.Settings(Settings);
        ApiUser = new SimUser(
            new Guid("0c000000-0000-4000-8000-0000000000a1"), new Guid("0c000000-0000-4000-8000-0000000000a2"), "Telephony Hub", options.UserName);
        Seeding.ApiContact(this);
        foreach (var rule in StandardRules.Create(this, time))
        {
            _writer.Add(rule);
        }

        Seeding.Lookups(this);
        Seeding.ApiUser(this);
    }

    /// <summary>The user that the hub signs in as; its contact is the default owner, author and creator.</summary>
    public SimUser ApiUser { get; }

    /// <summary>System settings by code, for defaults, rules and <c>QuerySysSettings</c>.</summary>
    public ConcurrentDictionary<string, object> Settings { get; } = new(StringComparer.Ordinal);

    internal CrmSchema Schema { get; }

    /// <summary>Raised after every change, outside the lock's protection of the caller's state.</summary>
    internal event Action? Changed;

    /// <summary>Adds a row; <c>Id</c> may be given. A named column with a null value is not filled with its default.</summary>
    /// <exception cref="CrmException">A check refuses the row.</exception>
    public Guid Add(string entity, params IEnumerable<(string Column, object? Value)> values) =>
        Insert(Schema[entity], Values(Schema[entity], values), direct: true).Id;

    /// <summary>The row, or null.</summary>
    public CrmRow? Find(string entity, Guid id) => Read(() => Table(entity).Find(id));

    /// <summary>The row.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public CrmRow Get(string entity, Guid id) => Find(entity, id) ?? throw new KeyNotFoundException($"{entity}({id})");

    /// <summary>All rows at this moment.</summary>
    public IReadOnlyList<CrmRow> All(string entity) => Read<IReadOnlyList<CrmRow>>(() => [.. Table(entity).Rows]);

    /// <summary>Rows that satisfy the predicate.</summary>
    public IReadOnlyList<CrmRow> Where(string entity, Func<CrmRow, bool> predicate) => [.. All(entity).Where(predicate)];

    /// <summary>Rows whose lookup property points to the given row, by index.</summary>
    public IReadOnlyList<CrmRow> By(string entity, string property, Guid target) => Read(() => Table(entity).By(property, target));

    public int Count(string entity) => Read(() => Table(entity).Count);

    /// <summary>Changes columns of a row.</summary>
    /// <exception cref="KeyNotFoundException">There is no such row.</exception>
    public void Update(string entity, Guid id, params IEnumerable<(string Column, object? Value)> values)
    {
        if (!Update(Schema[entity], id, Values(Schema[entity], values), direct: true))
        {
            throw new KeyNotFoundException($"{entity}({id})");
        }
    }

    /// <summary>Deletes a row with its details; lookups to it become empty. False when there is none.</summary>
    public bool Remove(string entity, Guid id) => Delete(Schema[entity], id);

    internal CrmTable Table(string entity) => _tables.GetValueOrDefault(entity)
        ?? throw new ArgumentException($"There is no entity {entity}.", nameof(entity));

    internal CrmTable Table(EntitySchema schema) => _tables[schema.Name];

    internal IReadOnlyList<(CrmTable Table, ColumnSchema Column)> ReferencesTo(string entity) => _references.GetValueOrDefault(entity) ?? [];

    internal void AddRule(EntityRule rule) => _writer.Add(rule);

    internal T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    internal CrmRow Insert(EntitySchema schema, IReadOnlyDictionary<string, object?> values, bool direct = false) =>
        Write(() => _writer.Insert(schema, values, direct));

    /// <summary>False when there is no such row.</summary>
    internal bool Update(EntitySchema schema, Guid id, IReadOnlyDictionary<string, object?> values, bool direct = false) => Write(() =>
    {
        if (Table(schema).Find(id) is not { } row)
        {
            return false;
        }

        _writer.Update(row, values, direct);
        return true;
    });

    internal bool Delete(EntitySchema schema, Guid id) => Write(() =>
    {
        if (Table(schema).Find(id) is not { } row)
        {
            return false;
        }

        _writer.Delete(row);
        return true;
    });

    /// <summary>Rows written by the server's own rules; a value equal to the saved one is no change and saves nothing.</summary>
    internal void Patch(string entity, Guid id, params IEnumerable<(string Column, object? Value)> values)
    {
        var schema = Schema[entity];
        if (Table(schema).Find(id) is { } row
            && Values(schema, values.Where(value => schema.Find(value.Column) is not null)) is var given
            && given.Any(value => !Equals(row[value.Key], value.Value)))
        {
            _writer.Update(row, given, direct: false);
        }
    }

    internal byte[]? Blob(Guid id, string column) => Read(() => _blobs.GetValueOrDefault((id, column)));

    internal void SetBlob(Guid id, string column, byte[] content) => Write(() => _blobs[(id, column)] = content);

    internal void RemoveBlobs(Guid id)
    {
        foreach (var key in _blobs.Keys.Where(key => key.Id == id).ToArray())
        {
            _blobs.Remove(key);
        }
    }

    private T Write<T>(Func<T> write)
    {
        T result;
        lock (_gate)
        {
            result = write();
        }

        Changed?.Invoke();
        return result;
    }

    private static Dictionary<string, object?> Values(EntitySchema schema, IEnumerable<(string Column, object? Value)> values) =>
        values.ToDictionary(value => value.Column, value => ColumnValues.Coerce(schema[value.Column], value.Value), StringComparer.Ordinal);
}
