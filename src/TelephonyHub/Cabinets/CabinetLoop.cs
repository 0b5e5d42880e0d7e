using TelephonyHub.Storage;
using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>
/// The rhythm of one cabinet's import. How often is <see cref="PollingPlan"/>'s word; of several replicas the first to be due asks and the others take
/// what it kept, so that replicas do not multiply the points.
/// </summary>
internal sealed class CabinetLoop(CabinetKey key, CabinetImport import, IUisCabinetClient uis, ImportSignal signal, CabinetState state, HubDatabase database, TimeProvider time)
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _peopleDue;
    private DateTimeOffset _dictionariesDue;
    private bool _readBefore;
    private bool _restored;
    private int _failures;

    public CabinetKey Key => key;

    /// <summary>UIS answered since the start, or could not be asked.</summary>
    public Task Asked => _asked.Task;

    /// <summary>The employees are known or could not be read.</summary>
    public Task Tried => _tried.Task;

    public async Task RunAsync(CancellationToken ct)
    {
        await RestoreAsync(DatabasePatience, ct);
        bool? asked = null;
        while (true)
        {
            await RestoreAsync(TimeSpan.Zero, ct);
            var fault = await RoundAsync(asked, ct);
            _asked.TrySetResult();
            _tried.TrySetResult();
            var now = time.GetUtcNow();
            if (fault is null)
            {
                _failures = 0;
            }
            else
            {
                _peopleDue = _dictionariesDue = now + PollingPlan.AfterFailure(++_failures, fault.RetryAfter);
            }

            var next = _peopleDue < _dictionariesDue ? _peopleDue : _dictionariesDue;
            state.Update(key, s => s with { NextImportAt = _peopleDue });
            asked = await signal.WaitAsync(next > now ? next - now : TimeSpan.FromMilliseconds(1), time, ct);
        }
    }

    /// <param name="asked">Null: nobody did, only what is due; false: employees; true: everything.</param>
    /// <param name="ct">Cancels.</param>
    private async Task<UisApiException?> RoundAsync(bool? asked, CancellationToken ct)
    {
        var priority = asked == true ? UisPriority.Interactive : UisPriority.Background;
        if (asked is not null || time.GetUtcNow() >= _peopleDue)
        {
            if (asked is null && await ReadElsewhereAsync(PollingShare.People, f => f.People?.At, ct) is { } due)
            {
                _peopleDue = due;
            }
            else if (await import.ReadPeopleAsync(key, priority, ct) is { } fault)
            {
                return fault;
            }
            else
            {
                // Ready does not wait for the dictionaries.
                _tried.TrySetResult();
                _peopleDue = Next(PollingShare.People);
            }
        }

        if (asked == true || time.GetUtcNow() >= _dictionariesDue)
        {
            if (asked is null && await ReadElsewhereAsync(PollingShare.Dictionaries, f => f.Dictionaries?.At, ct) is { } due)
            {
                _dictionariesDue = due;
            }
            else if (await import.ReadDictionariesAsync(key, priority, ct) is { } fault)
            {
                return fault;
            }
            else
            {
                _dictionariesDue = Next(PollingShare.Dictionaries);
            }
        }

        // Only UIS itself tells whether key and address are right: the first round asks it, whatever is kept.
        _readBefore = true;
        return null;
    }

    private DateTimeOffset Next(PollingShare share) => time.GetUtcNow() + PollingPlan.Interval(share, uis.Limits.DataApi, time.GetUtcNow());

    /// <summary>When it is due again, if another replica has read it within the interval.</summary>
    private async Task<DateTimeOffset?> ReadElsewhereAsync(PollingShare share, Func<CabinetFacts, DateTimeOffset?> at, CancellationToken ct)
    {
        if (!_readBefore || !database.IsPostgres || !database.IsReady)
        {
            return null;
        }

        var interval = PollingPlan.Interval(share, uis.Limits.DataApi, time.GetUtcNow());
        return at(await import.RestoreAsync(key, ct)) is { } read && read + interval > time.GetUtcNow() ? read + interval : null;
    }

    private async Task RestoreAsync(TimeSpan patience, CancellationToken ct)
    {
        if (_restored || (patience == TimeSpan.Zero && !database.IsReady))
        {
            return;
        }

        try
        {
            await database.WhenReadyAsync(ct).WaitAsync(patience == TimeSpan.Zero ? DatabasePatience : patience, time, ct);
        }
        catch (TimeoutException)
        {
            return; // no database yet: UIS is asked all the same, and the next round tries again
        }

        _restored = true;
        if ((await import.RestoreAsync(key, ct)).People is not null)
        {
            _tried.TrySetResult();
        }
    }
}
