using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Staffing;

/// <summary>A calendar, rota, deputy rule or the like, as it was stored last.</summary>
public sealed record StaffingDocument<T>(string Key, long Version, DateTimeOffset ChangedAt, string ChangedBy, T Value);

/// <summary>What became of an edit.</summary>
/// <param name="Done">It was stored, or taken away.</param>
/// <param name="Faults">By field of the document.</param>
/// <param name="Newer">What somebody else made of it meanwhile.</param>
/// <param name="Gone">Somebody else took it away meanwhile.</param>
public sealed record StaffingEdit<T>(bool Done, IReadOnlyDictionary<string, string[]>? Faults = null, StaffingDocument<T>? Newer = null, bool Gone = false);

/// <summary>Who works when, as people read and change it in the console; the same checks, versions and audit as by the API.</summary>
public sealed class StaffingEditor
{
    private readonly HubDatabase _database;
    private readonly StaffingStore _store;
    private readonly StaffingChecks _checks;

    internal StaffingEditor(HubDatabase database, StaffingStore store, StaffingChecks checks) => (_database, _store, _checks) = (database, store, checks);

    /// <summary>All of a kind that a person sees, by key.</summary>
    public async Task<IReadOnlyList<StaffingDocument<T>>> ListAsync<T>(HubAccess access, CancellationToken ct)
        where T : class =>
        [.. (await StaffingEndpoints.RowsAsync(StaffingKinds.Of<T>(), _database, _checks, access, ct)).Select(DocumentOf<T>)];

    /// <param name="key">Of a cabinet, a contact or a year, as the kind has it.</param>
    /// <param name="value">What it is to be.</param>
    /// <param name="seen">The version that its editor has seen; null: there was none.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<StaffingEdit<T>> PutAsync<T>(string key, T value, long? seen, ClaimsPrincipal who, CancellationToken ct)
        where T : class
    {
        var kind = StaffingKinds.Of<T>();
        var faults = new FieldFaults();
        if (kind.KeyOf(key, _checks) is not { } stored)
        {
            faults.Add("key", $"must be {kind.KeyIs}.");
            return new StaffingEdit<T>(false, faults.All);
        }

        var read = kind.Read(stored, JsonSerializer.SerializeToElement(value, HubJson.Stored), _checks, faults);
        return faults.All.Count > 0 ? new StaffingEdit<T>(false, faults.All) : await ChangeAsync<T>("put", kind, stored, read, seen, who, ct);
    }

    /// <param name="seen">The document as it stood before who wants it away.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public Task<StaffingEdit<T>> DeleteAsync<T>(StaffingDocument<T> seen, ClaimsPrincipal who, CancellationToken ct)
        where T : class => ChangeAsync<T>("delete", StaffingKinds.Of<T>(), seen.Key, null, seen.Version, who, ct);

    /// <summary>Each year of a production calendar replaces that year's days.</summary>
    /// <param name="file">XML or CSV.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The years; empty with what is wrong.</returns>
    public async Task<(IReadOnlyList<int> Years, IReadOnlyList<string> Faults)> ImportHolidaysAsync(byte[] file, ClaimsPrincipal who, CancellationToken ct)
    {
        var (rows, faults) = await StaffingImports.TakeHolidaysAsync(file, _store, who, ct);
        return ([.. rows.Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture))], faults);
    }

    private static StaffingDocument<T> DocumentOf<T>(StaffingRow row)
        where T : class => new(row.Key, row.Version, row.ChangedAt, row.ChangedBy, (T)StaffingKinds.Of<T>().Parse(row.Data!)!);

    private async Task<StaffingEdit<T>> ChangeAsync<T>(string verb, StaffingKind kind, string key, object? value, long? seen, ClaimsPrincipal who, CancellationToken ct)
        where T : class
    {
        StaffingEdit<T>? refused = null;
        await _store.ChangeAsync(
            who,
            $"routing.{kind.Name}.{verb}",
            [new StaffingChange(kind, key, value)],
            row =>
            {
                refused = row?.Data is null ? (seen is null ? null : new StaffingEdit<T>(false, Gone: true))
                    : row.Version == seen ? null
                    : new StaffingEdit<T>(false, Newer: DocumentOf<T>(row));
                return refused is null ? null : Results.Conflict();
            },
            ct);
        return refused ?? new StaffingEdit<T>(true);
    }
}
