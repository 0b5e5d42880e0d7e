using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Routing;

/// <summary>
/// What another replica, or this process before its restart, answered: in the same session, because a repeated request must not start again from the first phone, and in
/// the last minute to the same caller, because a robot must not have a limit of its own on each replica. Two indexed reads beside the other facts, so that they
/// cost the caller nothing; they are left out where memory must know all: on SQLite there is one process, and once that runs for an hour no session is older.
/// </summary>
public sealed partial class EarlierAnswers(HubDatabase database, TriedPhones tried, CallFlood flood, HubSettings settings, TimeProvider time, ILogger<EarlierAnswers> logger)
{
    private const int Most = 50;

    /// <summary>More than any limit that makes sense: who calls that often is stopped.</summary>
    private const int MostCalls = 1000;

    /// <summary>After a read that failed or was too slow, none for a while: calls go on as before there was this memory.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private long _closedUntil;

    /// <summary>Brings <see cref="TriedPhones"/> and <see cref="CallFlood"/> up to date with what is stored. Never throws, never takes longer than its patience.</summary>
    public async Task RecallAsync(RouteQuestion question, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!database.IsReady || now.UtcTicks < Interlocked.Read(ref _closedUntil) || !MayBeElsewhere(question, now))
        {
            return;
        }

        try
        {
            var (answers, calls) = await ReadAsync(question, now, settings.Routing.DatabaseBudget, ct);
            tried.Restore(question, answers);
            flood.Restore(question, calls, now);
        }
        catch (Exception e)
        {
            if (!ct.IsCancellationRequested)
            {
                Interlocked.Exchange(ref _closedUntil, (now + Pause).UtcTicks);
                LogSkipped(logger, e.GetType().Name);
            }
        }
    }

    /// <summary>Reads what no call has: the first query of a process is compiled, which takes longer than a caller waits for it.</summary>
    internal Task WarmUpAsync(CabinetKey cabinet, CancellationToken ct) =>
        ReadAsync(new RouteQuestion(cabinet, 0, "74950000000", "74950000001", null), time.GetUtcNow(), TimeSpan.FromSeconds(30), ct);

    private Task<(List<GivenPhones> Answers, List<(long Id, DateTimeOffset At)> Calls)> ReadAsync(RouteQuestion question, DateTimeOffset now, TimeSpan patience, CancellationToken ct) => database.QuickReadAsync(
        patience,
        async (context, token) => (
            question.CallId is { } id ? await AnswersAsync(context, question.Cabinet, id, now, token) : [],
            question.Caller is { } caller ? await CallsAsync(context, question, caller.E164, now, token) : []),
        ct);

    // With several replicas also a session that is known here may have been answered elsewhere in between.
    private bool MayBeElsewhere(RouteQuestion question, DateTimeOffset now) => database.IsPostgres || (now - _started < TriedPhones.Kept && !tried.Knows(question));

    private static async Task<List<GivenPhones>> AnswersAsync(HubDbContext context, CabinetKey cabinet, long id, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - TriedPhones.Kept;
        var rows = await context.Decisions.AsNoTracking()
            .Where(d => d.Cabinet == cabinet.Value && d.CallId == id && d.DecidedAt >= since)
            .OrderBy(d => d.DecidedAt)
            .Take(Most)
            .Select(d => new { d.Digit, d.Answer, d.DecidedAt })
            .ToListAsync(ct);
        return rows.ConvertAll(r => new GivenPhones(r.Digit, PhonesOf(r.Answer), r.DecidedAt));
    }

    private static async Task<List<(long Id, DateTimeOffset At)>> CallsAsync(HubDbContext context, RouteQuestion question, string caller, DateTimeOffset now, CancellationToken ct)
    {
        var (cabinet, dialled, since) = (question.Cabinet.Value, DecisionLog.Normal(question.DialledRaw), now - CallFlood.Window);
        var rows = await context.Decisions.AsNoTracking()
            .Where(d => d.Cabinet == cabinet && d.Caller == caller && d.Dialled == dialled && d.DecidedAt > since && d.CallId != null)
            .OrderBy(d => d.DecidedAt)
            .Take(MostCalls)
            .Select(d => new { d.CallId, d.DecidedAt })
            .ToListAsync(ct);
        return rows.ConvertAll(r => (r.CallId!.Value, r.DecidedAt));
    }

    private static List<string> PhonesOf(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("phones", out var phones) && phones.ValueKind == JsonValueKind.Array
            ? [.. phones.EnumerateArray().Select(p => p.GetString()).OfType<string>()]
            : json.RootElement.TryGetProperty("returned_code", out var code) && code.TryGetInt32(out var taken) ? [RouteDecision.CodeAsGiven(taken)] : [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without the session's stored answers: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
