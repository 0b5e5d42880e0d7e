using System.Globalization;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>Saves rows the way the entity layer does: defaults, rules, checks, write, rules. Runs inside the store's lock.</summary>
internal sealed class EntityWriter(CreatioStore store, TimeProvider time, Func<bool> honourCreatedBy)
{
    private readonly Dictionary<string, List<EntityRule>> _rules = new(StringComparer.Ordinal);

    public void Add(EntityRule rule)
    {
        foreach (var entity in rule.Entities)
        {
            if (!_rules.TryGetValue(entity, out var rules))
            {
                _rules.Add(entity, rules = []);
            }

            rules.Add(rule);
        }
    }

    /// <summary>Inserts a row; the values are by property and already of the storage types. Direct access may also set the times of change.</summary>
    public CrmRow Insert(EntitySchema schema, IReadOnlyDictionary<string, object?> given, bool direct)
    {
        var values = new object?[schema.Columns.Length];
        var names = given.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var column in schema.Defaults)
        {
            if (!names.Contains(column.Property))
            {
                values[column.Ordinal] = Default(column);
            }
        }

        foreach (var (property, value) in given)
        {
            values[schema[property].Ordinal] = value;
        }

        values[0] ??= Guid.CreateVersion7();
        if (!direct)
        {
            Stamp(schema, values, "ModifiedOn", "ModifiedById");
            if (!honourCreatedBy())
            {
                values[schema["CreatedById"].Ordinal] = store.ApiUser.ContactId;
            }
        }

        var draft = new EntityDraft(schema, null, values, names);
        Before(draft);
        Check(draft, schema.Checked);
        var table = store.Table(schema);
        if (table.Find(draft.Id) is not null)
        {
            throw CrmException.Failed(
                $"Violation of PRIMARY KEY constraint 'PK{schema.Name}'. Cannot insert duplicate key in object 'dbo.{schema.Name}'. "
                + $"The duplicate key value is ({draft.Id}).",
                "System.Data.SqlClient.SqlException");
        }

        CheckReferences(draft, schema.Lookups, "INSERT");
        table.Put(new CrmRow(schema, values));
        After(draft);
        return table.Find(draft.Id)!;
    }

    public void Update(CrmRow old, IReadOnlyDictionary<string, object?> given, bool direct)
    {
        var schema = old.Schema;
        var values = old.CopyValues();
        foreach (var (property, value) in given)
        {
            values[schema[property].Ordinal] = value;
        }

        values[0] = old.Id;
        if (!direct || !given.ContainsKey("ModifiedOn"))
        {
            Stamp(schema, values, "ModifiedOn", "ModifiedById");
        }

        if (direct && given.TryGetValue("ModifiedById", out var person))
        {
            values[schema["ModifiedById"].Ordinal] = person; // somebody at the CRM's own screen
        }

        var draft = new EntityDraft(schema, old, values, given.Keys.ToHashSet(StringComparer.Ordinal));
        Before(draft);
        var changed = schema.Columns.Where(column => draft.Changed(column.Property)).ToArray();
        Check(draft, changed);
        CheckReferences(draft, changed, "UPDATE");
        store.Table(schema).Replace(old, new CrmRow(schema, values));
        After(draft);
    }

    /// <summary>Deletes a row, its details, and empties the lookups that pointed to it.</summary>
    public void Delete(CrmRow row)
    {
        store.Table(row.Schema).Remove(row.Id);
        store.RemoveBlobs(row.Id);
        foreach (var (table, column) in store.ReferencesTo(row.Entity))
        {
            foreach (var child in table.By(column.Property, row.Id))
            {
                if (IsDetail(table.Schema.Name, column))
                {
                    Delete(child);
                }
                else
                {
                    var values = child.CopyValues();
                    values[column.Ordinal] = null;
                    table.Replace(child, new CrmRow(child.Schema, values));
                }
            }
        }

        foreach (var rule in Rules(row.Entity))
        {
            rule.AfterDelete(row);
        }
    }

    private static bool IsDetail(string entity, ColumnSchema column) => entity switch
    {
        "ContactCommunication" or "AccountCommunication" => column.Name is "Contact" or "Account",
        "ActivityParticipant" => true,
        "OpportunityContact" => true,
        "OpportunityInStage" => column.Name == "Opportunity",
        _ => entity.StartsWith("File", StringComparison.Ordinal) || entity.EndsWith("File", StringComparison.Ordinal)
            ? column.Name != "LockedBy"
            : false,
    };

    private static void Check(EntityDraft draft, ColumnSchema[] columns)
    {
        foreach (var column in columns)
        {
            var value = draft.Values[column.Ordinal];
            if (value is null && column.Required)
            {
                throw CrmException.Failed(
                    $"Column \"{column.Property}\" of \"{draft.Schema.Name}\" must be filled in.", "Terrasoft.Core.Entities.EntityValidationException");
            }

            if (value is string text && column.MaxLength > 0 && text.Length > column.MaxLength)
            {
                throw CrmException.Failed(
                    $"String or binary data would be truncated in table 'dbo.{draft.Schema.Name}', column '{column.Name}' "
                    + $"({column.MaxLength} characters).",
                    "System.Data.SqlClient.SqlException");
            }
        }
    }

    private void CheckReferences(EntityDraft draft, ColumnSchema[] columns, string statement)
    {
        foreach (var column in columns)
        {
            if (column.IsLookup
                && draft.Values[column.Ordinal] is Guid target
                && store.Table(column.Target!).Find(target) is null
                && !(target == draft.Id && string.Equals(column.Target, draft.Schema.Name, StringComparison.Ordinal)))
            {
                throw CrmException.Failed(
                    $"The {statement} statement conflicted with the FOREIGN KEY constraint \"FK{draft.Schema.Name}{column.Property}\". "
                    + $"The conflict occurred in table \"dbo.{column.Target}\", column 'Id'.",
                    "System.Data.SqlClient.SqlException");
            }
        }
    }

    private void Stamp(EntitySchema schema, object?[] values, string on, string by)
    {
        values[schema[on].Ordinal] = time.GetUtcNow();
        values[schema[by].Ordinal] = store.ApiUser.ContactId;
    }

    private object? Default(ColumnSchema column) => column.Default switch
    {
        null => null,
        "now" => time.GetUtcNow(),
        "today" => ColumnValues.Coerce(column, time.GetUtcNow()),
        "current user contact" => store.ApiUser.ContactId,
        "True" => true,
        "False" => false,
        var setting when setting.StartsWith("setting ", StringComparison.Ordinal) =>
            ColumnValues.Coerce(column, store.Settings.GetValueOrDefault(setting["setting ".Length..])),
        var text => column.Kind switch
        {
            ColumnKind.Integer => int.Parse(text, CultureInfo.InvariantCulture),
            ColumnKind.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture),
            _ => ColumnValues.Coerce(column, text),
        },
    };

    private void Before(EntityDraft draft)
    {
        foreach (var rule in Rules(draft.Schema.Name))
        {
            rule.BeforeSave(draft);
        }
    }

    private void After(EntityDraft draft)
    {
        foreach (var rule in Rules(draft.Schema.Name))
        {
            rule.AfterSave(draft);
        }
    }

    private List<EntityRule> Rules(string entity) => _rules.TryGetValue(entity, out var rules) ? rules : [];
}
