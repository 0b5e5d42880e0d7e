using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>
/// Which columns this CRM has: leads and deals differ from bundle to bundle (reference 3). What it lacks is left out of what is written and asked, and said once: a
/// record without its type is worth more than none.
/// </summary>
internal sealed partial class CrmColumns(ICreatioClient crm, HubSettings settings, HealthRegister health, TimeProvider time, ILogger<CrmColumns> logger) : BackgroundService
{
    internal const string Note = "crm columns";

    /// <summary>The client keeps the metadata for an hour; asked this often, it is renewed here and hardly ever while a call is written.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, byte> _lacking = new(StringComparer.Ordinal);

    public async Task<KnownColumns> OfAsync(IEnumerable<string> entities, CancellationToken ct)
    {
        var known = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var entity in entities.Distinct(StringComparer.Ordinal))
        {
            if (await crm.GetColumnsAsync(entity, ct) is { } columns)
            {
                known[entity] = columns;
            }
        }

        return new KnownColumns(known);
    }

    /// <summary>Takes out of a record what the CRM has no column for.</summary>
    public void Fit(string entity, JsonObject body, KnownColumns known)
    {
        foreach (var column in body.Select(c => c.Key).Where(c => !known.Has(entity, c)).ToList())
        {
            body.Remove(column);
            Lacks(entity, column);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    /// <summary>What calls will need: an administrator reads it at the start, not after the first call.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        var wanted = CrmBodies.Columns(settings.Sync.DealEntity);
        var known = await OfAsync(wanted.Keys, ct);
        foreach (var (entity, column) in wanted.SelectMany(w => w.Value.Select(column => (w.Key, column))))
        {
            if (!known.Has(entity, column))
            {
                Lacks(entity, column);
            }
            else if (_lacking.TryRemove($"{entity}.{column}", out _))
            {
                Tell();
            }
        }
    }

    private void Lacks(string entity, string column)
    {
        if (_lacking.TryAdd($"{entity}.{column}", 0))
        {
            LogLacking(logger, entity, column);
            Tell();
        }
    }

    private void Tell()
    {
        var columns = _lacking.Keys.Order(StringComparer.Ordinal).ToList();
        if (columns.Count > 0)
        {
            health.Remark(Note, $"The CRM has no column {string.Join(", ", columns)}: records are written without.");
        }
        else
        {
            health.Unremark(Note);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which columns the CRM has could not be looked at.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The CRM has no column {Entity}.{Column}: it is left out of what is written and asked.")]
    private static partial void LogLacking(ILogger logger, string entity, string column);
}

/// <summary>What <c>$metadata</c> says of some entities. An entity that it does not name is taken to have every column: the CRM itself will say that it has no such entity.</summary>
internal sealed class KnownColumns(IReadOnlyDictionary<string, IReadOnlySet<string>> sets)
{
    /// <summary>False while the metadata cannot be read.</summary>
    public bool AreRead(string entity) => sets.ContainsKey(entity);

    public bool Has(string entity, string column) => !sets.TryGetValue(entity, out var columns) || columns.Count == 0 || columns.Contains(column);
}
