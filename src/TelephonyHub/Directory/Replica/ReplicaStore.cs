using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Directory.Replica;

/// <summary>How far the kept replica is.</summary>
/// <param name="Source">The CRM it is of.</param>
/// <param name="Version">Of the last refresh that was finished.</param>
/// <param name="ChangedSince">What the CRM changed before is in it.</param>
/// <param name="SweptAt">When it was last read whole.</param>
/// <param name="RefreshedAt">When a replica last asked the CRM.</param>
internal sealed record ReplicaState(string Source, long Version, DateTimeOffset ChangedSince, DateTimeOffset SweptAt, DateTimeOffset RefreshedAt);

/// <summary>
/// The replica in the database: a restart goes on where it stood, and of several hubs one asks the CRM and the others read what it wrote. Rows bear the
/// version of the refresh that wrote them; a refresh counts once its state is saved.
/// </summary>
internal sealed class ReplicaStore(HubDatabase database, SnapshotStore snapshots)
{
    private const string StateName = "directory";
    private const string ChoicePrefix = "client:";
    private const int RowsAStatement = 200;

    public Task<ReplicaState?> StateAsync(CancellationToken ct) => snapshots.LoadAsync<ReplicaState>(StateName, ct);

    public Task SaveStateAsync(ReplicaState state, CancellationToken ct) => snapshots.SaveAsync(StateName, state, ct);

    /// <summary>Numbers of several contacts, and which of them is meant.</summary>
    public async Task<IReadOnlyDictionary<PhoneNumber, Guid>> ChoicesAsync(CancellationToken ct) =>
        (await snapshots.LoadAllAsync<ClientChoice>(ChoicePrefix, ct)).ToDictionary(c => PhoneNumber.Parse(c.Key), c => c.Value.ContactId);

    public Task SaveChoiceAsync(PhoneNumber number, Guid? contact, CancellationToken ct) => contact is { } chosen
        ? snapshots.SaveAsync(ChoicePrefix + number.E164, new ClientChoice(chosen), ct)
        : snapshots.RemoveAsync(ChoicePrefix + number.E164, ct);

    /// <summary>Which of these contacts the hub's last call with this number was put down to.</summary>
    public async Task<Guid?> LastCallerAsync(PhoneNumber number, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        var phone = number.E164;
        await using var context = database.CreateContext();
        return await context.Calls
            .Where(c => c.ClientPhone == phone && c.ContactId != null && contacts.Contains(c.ContactId.Value))
            .OrderByDescending(c => c.StartedAt)
            .Select(c => c.ContactId)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Everything newer than <paramref name="after"/>, up to the last finished refresh.</summary>
    /// <returns>A candidate, or the id of a communication that is gone.</returns>
    public async IAsyncEnumerable<(ClientCandidate? Candidate, Guid Gone)> NumbersAsync(long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = from number in context.DirectoryNumbers.AsNoTracking()
                   join record in context.DirectoryRecords.AsNoTracking() on number.RecordId equals record.Id
                   where number.Version > after && number.Version <= upTo
                   select new { number, record };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return row.number.Deleted ? (null, row.number.Id) : (CandidateOf(row.number, row.record), default);
        }
    }

    /// <summary>Contacts and accounts whose own columns changed.</summary>
    public async IAsyncEnumerable<ReplicaRecord> RecordsAsync(long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var context = database.CreateContext();
        await foreach (var r in context.DirectoryRecords.AsNoTracking().Where(r => r.Version > after && r.Version <= upTo).AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return new ReplicaRecord(r.Id, r.IsContact, r.Name, r.RelatedId, r.OwnerId, r.TypeId);
        }
    }

    public async Task SaveAsync(IReadOnlyCollection<ClientCandidate> candidates, long version, CancellationToken ct)
    {
        foreach (var chunk in candidates.Chunk(RowsAStatement))
        {
            // One statement must not meet one key twice, and both hubs lock in one order.
            var numbers = chunk.DistinctBy(c => c.CommunicationId).OrderBy(c => c.CommunicationId).ToList();
            var records = numbers.Select(ClientDirectory.RecordOf).DistinctBy(r => r.Id).OrderBy(r => r.Id).ToList();
            await database.WriteAsync(
                async (context, token) =>
                {
                    await UpsertAsync(context, records, version, token);
                    await UpsertAsync(context, numbers, version, token);
                },
                ct);
        }
    }

    public async Task SaveAsync(IReadOnlyCollection<ReplicaRecord> records, long version, CancellationToken ct)
    {
        foreach (var chunk in records.DistinctBy(r => r.Id).OrderBy(r => r.Id).Chunk(RowsAStatement))
        {
            await database.WriteAsync((context, token) => UpsertAsync(context, chunk, version, token), ct);
        }
    }

    public async Task RemoveAsync(IReadOnlyCollection<Guid> communicationIds, long version, CancellationToken ct)
    {
        foreach (var chunk in communicationIds.Chunk(RowsAStatement))
        {
            await database.WriteAsync(
                async (context, token) => await context.DirectoryNumbers.Where(n => chunk.Contains(n.Id)).ExecuteUpdateAsync(s => s.SetProperty(n => n.Deleted, true).SetProperty(n => n.Version, version), token),
                ct);
        }
    }

    public Task ClearAsync(CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            await context.DirectoryNumbers.ExecuteDeleteAsync(token);
            await context.DirectoryRecords.ExecuteDeleteAsync(token);
            await context.Snapshots.Where(s => s.Name == StateName).ExecuteDeleteAsync(token);
        },
        ct);

    /// <summary>What has long been gone, and who bears no number any more.</summary>
    public Task PurgeAsync(long before, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            await context.DirectoryNumbers.Where(n => n.Deleted && n.Version < before).ExecuteDeleteAsync(token);
            await context.DirectoryRecords.Where(r => r.Version < before && !context.DirectoryNumbers.Any(n => n.RecordId == r.Id)).ExecuteDeleteAsync(token);
        },
        ct);

    private static ClientCandidate CandidateOf(DirectoryNumberRow n, DirectoryRecordRow r) => new()
    {
        CommunicationId = n.Id,
        Number = PhoneNumber.OfDigits(n.Number),
        ContactId = r.IsContact ? r.Id : null,
        AccountId = r.IsContact ? r.RelatedId : r.Id,
        PrimaryContactId = r.IsContact ? null : r.RelatedId,
        Name = r.Name,
        OwnerContactId = r.OwnerId,
        ContactTypeId = r.TypeId,
        Primary = n.IsPrimary,
        NonActual = n.NonActual,
        FoundBySearch = n.FoundBySearch,
        ModifiedOn = n.ModifiedOn,
    };

    private async Task UpsertAsync(HubDbContext context, IReadOnlyList<ReplicaRecord> records, long version, CancellationToken ct)
    {
        const string Tail = """
             ON CONFLICT (id) DO UPDATE SET is_contact = excluded.is_contact, name = excluded.name, related_id = excluded.related_id,
             owner_id = excluded.owner_id, type_id = excluded.type_id, version = excluded.version
            """;
        await using var command = HubDatabase.Command(context, "");
        Values(command, "INSERT INTO directory_records (id, is_contact, name, related_id, owner_id, type_id, version) VALUES ", Tail, records, r =>
        [
            ("uuid", database.Id(r.Id)), ("boolean", r.IsContact), ("text", DbText.Of(r.Name)), ("uuid", IdOf(r.RelatedId)), ("uuid", IdOf(r.OwnerId)), ("uuid", IdOf(r.TypeId)), ("bigint", version),
        ]);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task UpsertAsync(HubDbContext context, IReadOnlyList<ClientCandidate> candidates, long version, CancellationToken ct)
    {
        const string Tail = """
             ON CONFLICT (id) DO UPDATE SET number = excluded.number, record_id = excluded.record_id, is_primary = excluded.is_primary, non_actual = excluded.non_actual,
             found_by_search = excluded.found_by_search, modified_on = excluded.modified_on, version = excluded.version, deleted = excluded.deleted
            """;
        await using var command = HubDatabase.Command(context, "");
        Values(command, "INSERT INTO directory_numbers (id, number, record_id, is_primary, non_actual, found_by_search, modified_on, version, deleted) VALUES ", Tail, candidates, c =>
        [
            ("uuid", database.Id(c.CommunicationId)), ("bigint", c.Number.ToDigits()), ("uuid", database.Id(c.ContactId ?? c.AccountId!.Value)), ("boolean", c.Primary), ("boolean", c.NonActual),
            ("boolean", c.FoundBySearch), ("timestamptz", c.ModifiedOn is { } at ? database.Instant(at) : null), ("bigint", version), ("boolean", false),
        ]);
        await command.ExecuteNonQueryAsync(ct);
    }

    private object? IdOf(Guid? id) => id is { } known ? database.Id(known) : null;

    /// <summary>One statement for many rows. PostgreSQL must be told the type of a NULL.</summary>
    private void Values<T>(DbCommand command, string head, string tail, IReadOnlyList<T> rows, Func<T, (string Type, object? Value)[]> columns)
    {
        var sql = new StringBuilder(head);
        for (var i = 0; i < rows.Count; i++)
        {
            sql.Append(i == 0 ? "(" : ",(");
            var values = columns(rows[i]);
            for (var j = 0; j < values.Length; j++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{i}_{j}");
                command.With(name, values[j].Value);
                sql.Append(j == 0 ? "" : ",").Append(name).Append(database.IsPostgres ? $"::{values[j].Type}" : "");
            }

            sql.Append(')');
        }

        // The text is made of constants and parameter names only.
        command.CommandText = sql.Append(tail).ToString();
    }

    private sealed record ClientChoice(Guid ContactId);
}
