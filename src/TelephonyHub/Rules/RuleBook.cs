using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Rules;

/// <summary>
/// The versions of the rules, in memory. A plan asks the database which is the latest, so a change acts on the next call on every replica; cards, which wait
/// for nobody, see it at once on the replica that made it and within seconds on the others.
/// </summary>
public sealed partial class RuleBook(HubDatabase database, TimeProvider time, ILogger<RuleBook> logger) : BackgroundService, ICardRules
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, RuleTable> _versions = new() { [RuleTable.BuiltInVersion] = RuleTable.BuiltIn };
    private readonly Lock _gate = new();
    private volatile RuleTable _current = RuleTable.BuiltIn;

    /// <summary>The newest this process has seen.</summary>
    public RuleTable Current => _current;

    public CardTiming TimingOf(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled) => _current.CardRuleFor(cabinet, knownClient, dialled).Card;

    public DealEntity? DealEntityOf(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled) => _current.CardRuleFor(cabinet, knownClient, dialled).Deal.Entity;

    public async Task<DealEntity?> DealEntityOfAsync(HubDbContext context, string ruleId, int version, CancellationToken ct) =>
        (await OfVersionAsync(context, version, ct)).Rules.FirstOrDefault(r => r.Id == ruleId)?.Deal.Entity;

    /// <summary>The newest there is, as the caller's transaction sees it.</summary>
    public async Task<RuleTable> LatestAsync(HubDbContext context, CancellationToken ct)
    {
        var latest = await context.RuleVersions.MaxAsync(v => (int?)v.Version, ct) ?? RuleTable.BuiltInVersion;
        return await OfVersionAsync(context, latest, ct);
    }

    /// <summary>A version that a call was planned with. One that is gone (a restore to an older state) is replaced by the newest there is.</summary>
    public async Task<RuleTable> OfVersionAsync(HubDbContext context, int version, CancellationToken ct)
    {
        if (_versions.TryGetValue(version, out var known))
        {
            return known;
        }

        var row = await context.RuleVersions.AsNoTracking().FirstOrDefaultAsync(v => v.Version == version, ct);
        return row is not null ? Remember(Read(row)) : await LatestAsync(context, ct);
    }

    /// <summary>A change was committed here.</summary>
    internal void Take(RuleTable table)
    {
        Remember(table);
        lock (_gate)
        {
            _current = table.Version > _current.Version ? table : _current;
        }
    }

    internal static RuleTable Read(RuleVersionRow row) =>
        new(row.Version, JsonSerializer.Deserialize<List<CallRule>>(row.Rules, HubJson.Stored) ?? throw new JsonException("A version of the rules holds 'null'."));

    internal static string Write(IReadOnlyList<CallRule> rules) => JsonSerializer.Serialize(rules, HubJson.Stored);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var context = database.CreateContext();
                Take(await LatestAsync(context, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private RuleTable Remember(RuleTable table) => _versions.GetOrAdd(table.Version, table);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rules could not be read; those known so far go on.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
