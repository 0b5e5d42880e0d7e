using System.Collections.Concurrent;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Uis;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Cabinets;

/// <summary>
/// One cabinet's inside → the book, in two rounds: people (presence, often) and dictionaries (rarely). What fails is said in the cabinet's status;
/// what was known goes on serving, also over a restart while UIS is away.
/// </summary>
internal sealed partial class CabinetImport(
    UisCabinets cabinets,
    CabinetBook book,
    CabinetState state,
    CabinetIdentity identity,
    HubDatabase database,
    SnapshotStore snapshots,
    HealthRegister health,
    TimeProvider time,
    ILogger<CabinetImport> logger)
{
    /// <summary>The first round of people has just asked for it: the dictionaries need not again.</summary>
    private static readonly TimeSpan AccountServes = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<CabinetKey, (UisAccount Account, DateTimeOffset At)> _accounts = new();

    /// <summary>Takes what was kept of the last import, by this hub or another replica, where it is newer than what is known here.</summary>
    /// <returns>What is known now.</returns>
    public async Task<CabinetFacts> RestoreAsync(CabinetKey key, CancellationToken ct)
    {
        try
        {
            if (await snapshots.LoadAsync<PeopleFacts>(PeopleName(key), ct) is { } people && !(book.Of(key).People?.At >= people.At))
            {
                book.Put(key, people);
            }

            if (await snapshots.LoadAsync<DictionaryFacts>(DictionariesName(key), ct) is { } dictionaries)
            {
                book.Put(key, dictionaries);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotKept(logger, key.Value, e);
        }

        return book.Of(key);
    }

    /// <summary>Employees with their statuses, and SIP lines.</summary>
    /// <returns>Null when all went well.</returns>
    public Task<UisApiException?> ReadPeopleAsync(CabinetKey key, UisPriority priority, CancellationToken ct) => GuardAsync(key, async () =>
    {
        var api = cabinets.Client(key).Data;
        if (!identity.IsChecked(key))
        {
            await ReadAccountAsync(key, priority, ct);
        }

        var employees = await api.GetEmployeesAsync(priority: priority, cancellationToken: ct).ToListAsync(ct);
        var lines = await PartAsync(key, "get.sip_lines", api.GetSipLinesAsync(priority: priority, cancellationToken: ct), book.Of(key).People?.SipLines, ct);
        var people = new PeopleFacts(time.GetUtcNow(), employees, lines);
        book.Put(key, people);
        await KeepAsync(key, PeopleName(key), people, ct);
    }, ct);

    /// <summary>Account, statuses, groups, schedules, numbers, scenarios.</summary>
    /// <returns>Null when all went well.</returns>
    public async Task<UisApiException?> ReadDictionariesAsync(CabinetKey key, UisPriority priority, CancellationToken ct)
    {
        var api = cabinets.Client(key).Data;
        var known = book.Of(key).Dictionaries;
        var facts = (known ?? new DictionaryFacts(time.GetUtcNow())) with { At = time.GetUtcNow() };
        var fault = await GuardAsync(key, async () =>
        {
            facts = facts with { Account = await ReadAccountAsync(key, priority, ct) };
            facts = facts with { Statuses = await PartAsync(key, "get.statuses", api.GetStatusesAsync(priority: priority, cancellationToken: ct), facts.Statuses, ct) };
            facts = facts with { Schedules = await PartAsync(key, "get.schedules", api.GetSchedulesAsync(priority: priority, cancellationToken: ct), facts.Schedules, ct) };
            facts = facts with { Numbers = await PartAsync(key, "get.virtual_numbers", api.GetVirtualNumbersAsync(priority: priority, cancellationToken: ct), facts.Numbers, ct) };
            facts = facts with { Groups = await PartAsync(key, "get.group_employees", api.GetGroupEmployeesAsync(priority: priority, cancellationToken: ct), facts.Groups, ct) };
            facts = facts with { Scenarios = await PartAsync(key, "get.scenarios", api.GetScenariosAsync(priority: priority, cancellationToken: ct), facts.Scenarios, ct) };
        }, ct);

        // Points may end half way: what was read counts.
        if (facts.Account is not null)
        {
            book.Put(key, facts);
            await KeepAsync(key, DictionariesName(key), facts, ct);
        }

        return fault;
    }

    /// <summary>With the account as it was read last, if the database was away then.</summary>
    public Task CompareAccountAsync(CabinetKey key, CancellationToken ct) =>
        !identity.IsChecked(key) && _accounts.TryGetValue(key, out var known) ? identity.CheckAsync(key, known.Account, ct) : Task.CompletedTask;

    private static string PeopleName(CabinetKey key) => $"cabinet-people:{key}";

    private static string DictionariesName(CabinetKey key) => $"cabinet-dictionaries:{key}";

    private async Task<UisAccount> ReadAccountAsync(CabinetKey key, UisPriority priority, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!_accounts.TryGetValue(key, out var known) || now - known.At > AccountServes)
        {
            known = (await cabinets.Client(key).Data.GetAccountAsync(priority, ct), now);
            _accounts[key] = known;
        }

        await identity.CheckAsync(key, known.Account, ct);
        return known.Account;
    }

    /// <summary>A list that the key's user may not see, or whose component was not bought, must not cost the others.</summary>
    private async Task<IReadOnlyList<T>?> PartAsync<T>(CabinetKey key, string method, IAsyncEnumerable<T> rows, IReadOnlyList<T>? known, CancellationToken ct)
    {
        try
        {
            var read = await rows.ToListAsync(ct);
            SetPart(key, method, null);
            return read;
        }
        catch (UisApiException e) when (e.Mnemonic is "forbidden" or "component_disabled" or "method_component_disabled" or "tariff_restrictions" or "unreadable_answer" || e.Failure is UisFailure.Permanent or UisFailure.NotFound)
        {
            SetPart(key, method, CabinetFault.Of(e, time.GetUtcNow()));
            return known;
        }
    }

    private void SetPart(CabinetKey key, string method, CabinetFault? fault)
    {
        if (fault is not null || state.Of(key).PartFaults.ContainsKey(method))
        {
            state.Update(key, s =>
            {
                var parts = s.PartFaults.Where(p => p.Key != method).ToDictionary(StringComparer.Ordinal);
                if (fault is not null)
                {
                    parts[method] = fault;
                }

                return s with { PartFaults = parts };
            });
        }
    }

    private async Task<UisApiException?> GuardAsync(CabinetKey key, Func<Task> round, CancellationToken ct)
    {
        try
        {
            await round();
            state.Update(key, s => s with { ImportedAt = time.GetUtcNow(), Access = CabinetAccess.Ok, DataFault = null, Fault = s.SyncStopped ? s.Fault : null });
            if (!state.Of(key).SyncStopped)
            {
                health.Mend($"cabinet {key}");
            }

            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var fault = CabinetFault.Of(e, time.GetUtcNow());
            state.Update(key, s => s with { DataFault = fault, Access = fault.Access ?? s.Access, Fault = s.SyncStopped ? s.Fault : fault.Words.En });
            health.Ail($"cabinet {key}", state.Of(key).Fault ?? fault.Words.En);
            LogFailed(logger, key.Value, fault.Words.En);
            return e as UisApiException ?? new UisApiException(UisFailure.Unknown, "import", e.GetType().Name, inner: e);
        }
    }

    private async Task KeepAsync<T>(CabinetKey key, string name, T facts, CancellationToken ct)
    {
        if (!database.IsReady)
        {
            return;
        }

        try
        {
            await snapshots.SaveAsync(name, facts, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What was imported serves all the same; the next round keeps it.
            LogNotKept(logger, key.Value, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cabinet {Cabinet} could not be imported: {Words}")]
    private static partial void LogFailed(ILogger logger, string cabinet, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was imported of cabinet {Cabinet} could not be kept or read back.")]
    private static partial void LogNotKept(ILogger logger, string cabinet, Exception exception);
}
