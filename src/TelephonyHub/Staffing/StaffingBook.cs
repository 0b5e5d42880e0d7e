using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Staffing;

/// <summary>
/// The documents in memory, composed into one plan. A change acts at once on the replica that made it, and on the others as soon as they are told of it: routing
/// waits for nobody, so it does not ask the database.
/// </summary>
public sealed partial class StaffingBook(HubDatabase database, StaffingSignal signal, ILogger<StaffingBook> logger) : BackgroundService
{
    /// <summary>The safety net, should the word of another replica get lost.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Kind, string Key), (long Version, object? Value)> _documents = [];
    private readonly Lock _gate = new();
    private volatile StaffingPlan _current = StaffingPlan.Empty;

    public StaffingPlan Current => _current;

    /// <summary>What was committed here or found.</summary>
    internal void Take(IEnumerable<StaffingRow> rows)
    {
        lock (_gate)
        {
            var changed = false;
            foreach (var row in rows.Where(r => !_documents.TryGetValue((r.Kind, r.Key), out var known) || known.Version < r.Version))
            {
                _documents[(row.Kind, row.Key)] = (row.Version, Read(row));
                changed = true;
            }

            _current = changed ? Compose() : _current;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            await signal.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var seen = _current.Version;
        await using var context = database.CreateContext();
        Take(await context.Staffing.AsNoTracking().Where(s => s.Version > seen).ToListAsync(ct));
    }

    private object? Read(StaffingRow row)
    {
        try
        {
            return row.Data is null ? null : StaffingKinds.All.FirstOrDefault(k => k.Name == row.Kind)?.Parse(row.Data);
        }
        catch (JsonException e)
        {
            // Written by a newer hub: the rest goes on without it.
            LogUnreadable(logger, row.Kind, e);
            return null;
        }
    }

    private StaffingPlan Compose()
    {
        IEnumerable<(string Key, T Value)> Of<T>(string kind) => _documents.Where(d => d.Key.Kind == kind).Select(d => (d.Key.Key, d.Value.Value)).Where(d => d.Value is T).Select(d => (d.Key, (T)d.Value!));
        Dictionary<string, T> ByKey<T>(string kind) => Of<T>(kind).ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);
        Dictionary<Guid, T> ByContact<T>(string kind) => Of<T>(kind).ToDictionary(d => Guid.Parse(d.Key), d => d.Value);
        return new StaffingPlan(ByKey<RegionCalendar>("calendars"), [.. Of<YearCalendar>("holidays").SelectMany(y => y.Value.Days)])
        {
            Version = _documents.Count == 0 ? 0 : _documents.Values.Max(d => d.Version),
            Rotas = ByKey<DutyRota>("rota"),
            Deputies = ByContact<DeputyRule>("deputies"),
            Absences = ByContact<Absence>("absences"),
            Cabinets = ByKey<CabinetPlan>("cabinets"),
            Blocked = ByKey<BlockedNumber>("blacklist"),
            Numbering = Numbering([.. Of<NumberingFile>("numbering").Select(f => f.Value)]),
        };
    }

    /// <summary>Unpacking half a million ranges takes a second: it is only done when a file changed.</summary>
    private Cabinets.NumberingPlan Numbering(List<NumberingFile> files) =>
        files.SequenceEqual(_numberingFiles, ReferenceEqualityComparer.Instance) ? _current.Numbering : new Cabinets.NumberingPlan((_numberingFiles = files).SelectMany(f => f.Unpack()));

    private List<NumberingFile> _numberingFiles = [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calendars, rotas and settings of routing could not be read; those known so far go on.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A document of kind {Kind} cannot be understood and does not count.")]
    private static partial void LogUnreadable(ILogger logger, string kind, Exception exception);
}
