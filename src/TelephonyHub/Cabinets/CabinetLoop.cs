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

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _peopleDue;
    private DateTimeOffset _dictionariesDue;
    private bool _readBefore;
    private bool _restored;
    private int _failures;

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
            if (asked is null && await WasReadElsewhereAsync(ct))
            {
                return null;
            }

            if (await import.ReadPeopleAsync(key, priority, ct) is { } fault)
            {
                return fault;
            }

            // Ready does not wait for the dictionaries.
            _tried.TrySetResult();
            _readBefore = true;
            _peopleDue = Next(PollingShare.People);
        }

        if (asked == true || time.GetUtcNow() >= _dictionariesDue)
        {
            if (await import.ReadDictionariesAsync(key, priority, ct) is { } fault)
            {
                return fault;
            }

            _dictionariesDue = Next(PollingShare.Dictionaries);
        }

        return null;
    }

    private DateTimeOffset Next(PollingShare share) => time.GetUtcNow() + PollingPlan.Interval(share, uis.Limits.DataApi, time.GetUtcNow());

    /// <summary>The first time UIS itself is asked, whatever is kept: only that tells whether key and address are right.</summary>
    private async Task<bool> WasReadElsewhereAsync(CancellationToken ct)
    {
        if (!_readBefore || !database.IsPostgres || !database.IsReady)
        {
            return false;
        }

        var interval = PollingPlan.Interval(PollingShare.People, uis.Limits.DataApi, time.GetUtcNow());
        if (await import.RestoreAsync(key, ct) is not { } at || at + interval <= time.GetUtcNow())
        {
            return false;
        }

        _peopleDue = at + interval;
        return true;
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
        if (await import.RestoreAsync(key, ct) is not null)
        {
            _tried.TrySetResult();
        }
    }
}
