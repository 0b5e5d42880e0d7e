using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Directory.Replica;

/// <summary>
/// Keeps the replica of numbers fresh: first whole, then what changed (ModifiedOn with an overlap), and whole again now and then, which finds deletions.
/// Of several hubs on one PostgreSQL one asks the CRM at a time; the others take what it wrote. Without a database it goes on in memory.
/// </summary>
internal sealed partial class ReplicaRefresher(
    ICreatioClient crm, DirectoryService directory, ReplicaStore store, ClientChoices choices, HubDatabase database, Alone alone, HubSettings settings, TimeProvider time, ILogger<ReplicaRefresher> logger)
{
    /// <summary>Rows that were being saved while they were read have an older ModifiedOn.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestSkew = TimeSpan.FromDays(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(6);
    private const string LockName = "telephonyhub-directory";
    private const int Batch = 1000;
    private const int IdsAQuestion = 50;

    /// <summary>As many parts as a batch may have (reference 1.6).</summary>
    private const int QuestionsABatch = 100;

    /// <summary>Deletions are told for so many refreshes: weeks, longer than any hub runs without hearing of one.</summary>
    private const long Remembered = 100_000;

    private long _version;

    /// <summary>By the CRM's clock: the latest change that was read.</summary>
    private DateTimeOffset? _changedSince;

    private DateTimeOffset? _latest;
    private DateTimeOffset _sweptAt;

    private string Source => settings.Creatio.BaseUrl.ToString();

    /// <summary>A write failed or was not possible: what is in memory has to be written at the next chance.</summary>
    private bool _behind;

    /// <summary>Takes what was kept before the restart.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        await choices.RefreshAsync(ct);
        await CatchUpAsync(ct);
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        if (database.IsReady)
        {
            try
            {
                await choices.RefreshAsync(ct);
                await RefreshWithDatabaseAsync(ct);
                return;
            }
            catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException)
            {
                // Memory serves all the same, and what was not kept is read whole once the database is back.
                LogNotKept(logger, e);
            }
        }

        _behind = true;
        await AskAsync(save: false, ct);
    }

    private async Task RefreshWithDatabaseAsync(CancellationToken ct)
    {
        if (!database.IsPostgres)
        {
            await AskAsync(save: true, ct);
            return;
        }

        var asked = await alone.TryAsync(
            LockName,
            TimeSpan.Zero,
            async token =>
            {
                var state = await CatchUpAsync(token);
                if (_behind || state is null || time.GetUtcNow() - state.RefreshedAt >= settings.DirectoryRefresh * 0.9)
                {
                    await AskAsync(save: true, token);
                }
            },
            ct);
        if (!asked)
        {
            await CatchUpAsync(ct);
        }
    }

    /// <summary>Takes what this hub, before a restart, or another one has written.</summary>
    private async Task<ReplicaState?> CatchUpAsync(CancellationToken ct)
    {
        var state = await store.StateAsync(ct);
        if (state is not null && state.Source != Source)
        {
            // Another CRM: nothing of the old one may serve, nor come back.
            await store.ClearAsync(ct);
            return null;
        }

        if (state is null || state.Version <= _version)
        {
            return state;
        }

        if (_version > 0)
        {
            await foreach (var record in store.RecordsAsync(_version, state.Version, ct))
            {
                directory.Clients.Put(record);
            }
        }

        await foreach (var (candidate, gone) in store.NumbersAsync(_version, state.Version, ct))
        {
            if (candidate is null)
            {
                directory.Clients.Remove(gone);
            }
            else
            {
                directory.Clients.Put(candidate, saved: true);
            }
        }

        (_version, _changedSince, _sweptAt) = (state.Version, state.ChangedSince, state.SweptAt);
        return state;
    }

    private async Task AskAsync(bool save, CancellationToken ct)
    {
        var started = time.GetUtcNow();
        var sweep = _changedSince is null || (save && _behind) || started - _sweptAt > SweepEvery;
        DateTimeOffset? since = sweep ? null : _changedSince - Overlap;
        if (sweep || directory.PhoneTypes == PhoneTypes.Unknown)
        {
            directory.PhoneTypes = await ReadPhoneTypesAsync(ct);
        }

        var round = new Round(store, directory.Clients, save ? _version + 1 : null);
        if (sweep)
        {
            directory.Clients.BeginSweep();
        }

        if (save)
        {
            await round.RemoveAsync(directory.Clients.TakeGone(), ct);
        }

        await ReadAsync(since, round, ct);
        await round.FlushAsync(ct);
        if (sweep)
        {
            await round.RemoveAsync(await GoneAsync(directory.Clients.Unseen(), round, ct), ct);
            await round.FlushAsync(ct);
            _sweptAt = started;
        }

        // By the CRM's clock, for this one may be ahead of it. A date in the future, as imports bring, must not hide the changes until then; and an empty CRM
        // has no date at all.
        _changedSince = _latest is not { } latest ? _changedSince ?? started - LongestSkew : latest < started ? latest : started;
        if (!save)
        {
            return;
        }

        _version++;
        await store.SaveStateAsync(new ReplicaState(Source, _version, _changedSince.Value, _sweptAt, started), ct);
        _behind = false;
        if (sweep)
        {
            await store.PurgeAsync(_version - Remembered, ct);
        }
    }

    /// <summary>
    /// A row may have slipped from one page to another while they were read (how <c>$skiptoken</c> counts is not documented): only what a question by its id
    /// does not find either is gone.
    /// </summary>
    private async Task<IReadOnlyCollection<Guid>> GoneAsync(IReadOnlyList<(Guid Id, bool OfContact)> unseen, Round round, CancellationToken ct)
    {
        var gone = unseen.Select(u => u.Id).ToHashSet();
        var questions = unseen.GroupBy(u => u.OfContact, u => u.Id).SelectMany(g => g.Chunk(IdsAQuestion).Select(ids => BatchPart.Query(CrmQueries.Numbers(g.Key, ids))));
        foreach (var batch in questions.Chunk(QuestionsABatch))
        {
            foreach (var part in (await crm.BatchAsync(batch, ct)).Parts)
            {
                foreach (var candidate in part.OrThrow().Rows.Select(directory.CandidateOf).OfType<ClientCandidate>())
                {
                    gone.Remove(candidate.CommunicationId);
                    await round.PutAsync(candidate, ct);
                }
            }
        }

        return gone;
    }

    private async Task<PhoneTypes> ReadPhoneTypesAsync(CancellationToken ct)
    {
        try
        {
            var rows = await crm.QueryAllAsync(CrmQueries.PhoneKinds, ct).ToListAsync(ct);
            return rows.Count > 0 ? new PhoneTypes(rows.Select(r => r.GetGuid("CommunicationTypeId")).OfType<Guid>()) : PhoneTypes.Unknown;
        }
        catch (CreatioException e) when (e.Failure == CreatioFailure.Permanent)
        {
            return new PhoneTypes(null); // the user may not read it, or an older release has no such table: asked again with the next sweep
        }
    }

    private async Task ReadAsync(DateTimeOffset? since, Round round, CancellationToken ct)
    {
        foreach (var query in new[] { CrmQueries.AllContactNumbers(since), CrmQueries.AllAccountNumbers(since) })
        {
            await foreach (var row in crm.QueryAllAsync(query, ct))
            {
                Note(row);
                if (directory.CandidateOf(row) is { } candidate)
                {
                    await round.PutAsync(candidate, ct);
                }
                else if (since is not null)
                {
                    // It bore a number before, and now an address or nothing.
                    await round.RemoveAsync([row.Id], ct);
                }
            }
        }

        if (since is not { } from)
        {
            return;
        }

        // A new owner changes the contact, not its numbers.
        await foreach (var row in crm.QueryAllAsync(CrmQueries.ChangedContacts(from), ct))
        {
            Note(row);
            await round.PutAsync(new ReplicaRecord(row.Id, true, row.GetText("Name"), row.GetGuid("AccountId"), row.GetGuid("OwnerId"), row.GetGuid("TypeId")), ct);
        }

        await foreach (var row in crm.QueryAllAsync(CrmQueries.ChangedAccounts(from), ct))
        {
            Note(row);
            await round.PutAsync(new ReplicaRecord(row.Id, false, row.GetText("Name"), row.GetGuid("PrimaryContactId"), row.GetGuid("OwnerId"), null), ct);
        }
    }

    private void Note(CreatioRow row)
    {
        if (row.GetInstant("ModifiedOn") is { } at && (_latest is null || at > _latest))
        {
            _latest = at;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory could not be kept in the database; it serves from memory and is written again later.")]
    private static partial void LogNotKept(ILogger logger, Exception exception);

    /// <summary>One refresh: into memory at once, what changed into the database by the batch.</summary>
    /// <param name="version">Null: the database is away.</param>
    private sealed class Round(ReplicaStore store, ClientDirectory clients, long? version)
    {
        private readonly List<ClientCandidate> _candidates = [];
        private readonly List<ReplicaRecord> _records = [];

        public async Task PutAsync(ClientCandidate candidate, CancellationToken ct)
        {
            if (clients.Put(candidate) && version is not null)
            {
                _candidates.Add(candidate);
                if (_candidates.Count >= Batch)
                {
                    await FlushAsync(ct);
                }
            }
        }

        public async Task PutAsync(ReplicaRecord record, CancellationToken ct)
        {
            if (clients.Put(record) && version is not null)
            {
                _records.Add(record);
                if (_records.Count >= Batch)
                {
                    await FlushAsync(ct);
                }
            }
        }

        public async Task RemoveAsync(IReadOnlyCollection<Guid> gone, CancellationToken ct)
        {
            foreach (var id in gone)
            {
                clients.Remove(id);
            }

            if (version is { } v && gone.Count > 0)
            {
                await store.RemoveAsync(gone, v, ct);
            }
        }

        public async Task FlushAsync(CancellationToken ct)
        {
            if (version is not { } v)
            {
                return;
            }

            await store.SaveAsync(_candidates, v, ct);
            await store.SaveAsync(_records, v, ct);
            clients.MarkSaved(_candidates.Select(c => c.CommunicationId));
            _candidates.Clear();
            _records.Clear();
        }
    }
}
