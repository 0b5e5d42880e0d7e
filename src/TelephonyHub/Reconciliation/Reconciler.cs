using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Reconciliation;

/// <param name="SessionId">Null for a count by reason.</param>
/// <param name="Reason">What differs, or why no Call record is expected.</param>
/// <param name="Count">Calls of this reason.</param>
public sealed record Difference(string? SessionId, string Reason, int Count = 1);

/// <summary>
/// Compares a cabinet's own report with the journal and the CRM, day by day: the proof. Sessions that the journal lacks, or never saw end, are rebuilt
/// from the report as events with source "report" and go the way of every event.
/// </summary>
internal sealed class Reconciler(
    HubDatabase database,
    UisCabinets cabinets,
    JournalStore journal,
    ICreatioClient crm,
    FoldSignal fold,
    HubSettings settings,
    TimeProvider time)
{
    /// <summary>Webhooks of a call that has just ended may still be on their way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>How far the clocks of a session's events and of its row in the report may lie apart.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromHours(1);

    public async Task RunAsync(CabinetKey cabinet, DateTimeOffset since, CancellationToken ct)
    {
        var zone = cabinets.ZoneOf(cabinet);
        var now = time.GetUtcNow();

        // Whole days only: half a day would prove nothing.
        var firstDay = DayOf(since, zone);
        var from = DayStart(firstDay, zone) - MostSkew;
        var reported = await ReportAsync(cabinet, from, now, ct);
        await RebuildAsync(cabinet, reported, now, ct);
        await AddRecordingsAsync(cabinet, reported, now, ct);
        var journaled = await JournalAsync(cabinet, from, [.. reported.Select(r => r.Row.Id)], ct);
        var inCrm = await InCrmAsync([.. journaled.Where(c => c is { Ended: true, CrmExpected: true }).Select(c => c.SessionId)], cabinet, ct);
        foreach (var (day, proof) in CompareDays(firstDay, DayOf(now, zone), reported, journaled, inCrm, zone))
        {
            await StoreAsync(cabinet, day, proof, now, ct);
        }
    }

    private async Task<List<Reported>> ReportAsync(CabinetKey cabinet, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var zone = cabinets.ZoneOf(cabinet);
        var query = new UisReportQuery(WireTime.ToLocal(from, zone), WireTime.ToLocal(to.AddMinutes(1), zone)) { Query = new UisQuery { Fields = ReportEvents.CallFields } };
        var rows = new List<Reported>();
        await foreach (var row in cabinets.Client(cabinet).Data.GetCallsReportAsync(query, includeOngoingCalls: true, cancellationToken: ct))
        {
            // Only what was asked for counts: a row of another time proves nothing about these days.
            if (WireTime.ToUtc(row.StartTime, zone) is { } start && start >= from && start <= to.AddMinutes(2))
            {
                rows.Add(new Reported(row, start, WireTime.ToUtc(row.FinishTime, zone)));
            }
        }

        // A row that moved between two pages comes twice.
        return [.. rows.DistinctBy(r => r.Row.Id)];
    }

    private async Task RebuildAsync(CabinetKey cabinet, List<Reported> reported, DateTimeOffset now, CancellationToken ct)
    {
        var settled = reported.Where(r => r.End is { } end && now - end > Grace).ToDictionary(r => r.Row.Id);
        var known = await KnownAsync(cabinet, [.. settled.Keys], ct);
        var lacking = settled.Values
            .Where(r => !known.TryGetValue(r.Row.Id, out var call) || !call.Ended || (!call.Answered && r.Row.LastTalkedEmployee is not null))
            .ToList();
        if (lacking.Count == 0)
        {
            return;
        }

        var zone = cabinets.ZoneOf(cabinet);
        var entries = lacking.ConvertAll(r => ReportEvents.OfCall(new SessionKey(cabinet, r.Row.Id), r.Row, zone, now));
        foreach (var chunk in lacking.Chunk(50))
        {
            var query = new UisReportQuery(WireTime.ToLocal(chunk.Min(r => r.Start).AddMinutes(-1), zone), WireTime.ToLocal(chunk.Max(r => r.End!.Value).AddMinutes(1), zone))
            {
                Query = new UisQuery { Filter = UisFilter.AnyOf("call_session_id", chunk.Select(r => r.Row.Id)), Fields = ReportEvents.LegFields },
            };
            await foreach (var leg in cabinets.Client(cabinet).Data.GetCallLegsReportAsync(query, cancellationToken: ct))
            {
                if (leg.CallSessionId is { } session && settled.ContainsKey(session))
                {
                    entries.Add(ReportEvents.OfLeg(new SessionKey(cabinet, session), leg, zone, now));
                }
            }
        }

        await AppendAsync(entries, ct);
    }

    /// <summary>
    /// A file is ready some time after the call (reference 2.7), and its notification may never come. The report that is read here anyway lists the files: as
    /// long as a call lies in the look-back, each run asks again.
    /// </summary>
    private async Task AddRecordingsAsync(CabinetKey cabinet, List<Reported> reported, DateTimeOffset now, CancellationToken ct)
    {
        var recorded = reported.Where(r => r.End is { } end && now - end > Grace && r.Row.CallRecords.Count + r.Row.VoiceMailRecords.Count > 0).ToList();
        if (recorded.Count == 0)
        {
            return;
        }

        var known = await KnownRecordingsAsync(cabinet, recorded.ConvertAll(r => r.Row.Id), ct);
        var (zone, media) = (cabinets.ZoneOf(cabinet), MediaAddress.Of(settings.Uis.DataApiUrl));
        var entries = recorded.SelectMany(r => ReportEvents.OfRecordings(new SessionKey(cabinet, r.Row.Id), r.Row, [.. known[r.Row.Id]], media, zone, now)).ToList();
        await AppendAsync(entries, ct);
    }

    private async Task AppendAsync(List<JournalEntry> entries, CancellationToken ct)
    {
        foreach (var batch in entries.Chunk(200))
        {
            await journal.AppendAsync(batch, ct);
        }

        if (entries.Count > 0)
        {
            fold.Raise();
        }
    }

    private async Task<ILookup<long, KnownRecording>> KnownRecordingsAsync(CabinetKey cabinet, List<long> ids, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var known = new List<(long Session, KnownRecording Recording)>();
        foreach (var chunk in ids.Chunk(500))
        {
            var rows = await context.Recordings.AsNoTracking().Where(r => r.Cabinet == cabinet.Value && chunk.Contains(r.SessionId)).Select(r => new { r.SessionId, r.Hash, r.Kind }).ToListAsync(ct);
            known.AddRange(rows.Select(r => (r.SessionId, new KnownRecording(r.Hash, r.Kind == "voiceMail"))));
        }

        return known.ToLookup(k => k.Session, k => k.Recording);
    }

    private async Task<Dictionary<long, (bool Ended, bool Answered)>> KnownAsync(CabinetKey cabinet, List<long> ids, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var known = new Dictionary<long, (bool, bool)>();
        foreach (var chunk in ids.Chunk(500))
        {
            foreach (var call in await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet.Value && chunk.Contains(c.SessionId)).Select(c => new { c.SessionId, c.Ended, c.Answered }).ToListAsync(ct))
            {
                known[call.SessionId] = (call.Ended, call.Answered);
            }
        }

        return known;
    }

    private async Task<List<CallRow>> JournalAsync(CabinetKey cabinet, DateTimeOffset from, List<long> reported, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var calls = await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet.Value && c.StartedAt >= from).ToListAsync(ct);
        foreach (var chunk in reported.Except(calls.Select(c => c.SessionId)).Chunk(500))
        {
            calls.AddRange(await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet.Value && chunk.Contains(c.SessionId)).ToListAsync(ct));
        }

        return calls;
    }

    /// <summary>What really stands in the CRM, not what the hub believes to have written.</summary>
    private async Task<HashSet<long>> InCrmAsync(List<long> expected, CabinetKey cabinet, CancellationToken ct)
    {
        var found = new HashSet<long>();
        foreach (var chunk in expected.Chunk(50))
        {
            var ids = chunk.ToDictionary(id => new SessionKey(cabinet, id).IntegrationId, StringComparer.Ordinal);
            var query = new ODataQuery("Call").Where(ODataFilter.AnyOf("IntegrationId", ids.Keys)).Selecting("Id", "IntegrationId");
            await foreach (var row in crm.QueryAllAsync(query, ct))
            {
                if (row.GetText("IntegrationId") is { } id && ids.TryGetValue(id, out var session))
                {
                    found.Add(session);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// The figures day by day, by the cabinet's own calendar. A session counts on the day on which its report has it: its events may bear another clock, and
    /// seconds around midnight would make it lack on one day and be too many on the next. Pure.
    /// </summary>
    internal static IEnumerable<(DateOnly Day, Proof Proof)> CompareDays(
        DateOnly first, DateOnly last, IReadOnlyList<Reported> reported, IReadOnlyList<CallRow> journaled, IReadOnlySet<long> inCrm, TimeZoneInfo zone)
    {
        var dayOf = reported.ToDictionary(r => r.Row.Id, r => DayOf(r.Start, zone));
        var rows = reported.ToLookup(r => dayOf[r.Row.Id]);
        var calls = journaled.ToLookup(c => dayOf.TryGetValue(c.SessionId, out var day) ? day : DayOf(c.StartedAt, zone));

        // The cabinet's clock may have passed midnight already.
        last = dayOf.Values.Append(last).Max();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            yield return (day, Compare(rows[day], calls[day], inCrm));
        }
    }

    /// <summary>The figures of one day. Pure.</summary>
    internal static Proof Compare(IEnumerable<Reported> reported, IEnumerable<CallRow> journaled, IReadOnlySet<long> inCrm)
    {
        var pbx = reported.Where(r => r.End is not null).Select(r => r.Row.Id).ToHashSet();
        var calls = journaled.ToDictionary(c => c.SessionId);
        var ended = calls.Values.Where(c => c.Ended).Select(c => c.SessionId).ToHashSet();
        var expected = calls.Values.Where(c => c is { Ended: true, CrmExpected: true }).Select(c => c.SessionId).ToHashSet();
        List<Difference> differences =
        [
            .. pbx.Except(ended).Order().Select(id => new Difference(Text(id), "in the PBX's report, not in the journal")),
            .. ended.Except(pbx).Order().Select(id => new Difference(Text(id), "in the journal, not in the PBX's report")),
            .. expected.Except(inCrm).Order().Select(id => new Difference(Text(id), "expected in the CRM, not there")),
            .. calls.Values.Where(c => !c.Ended).Select(_ => "ongoing")
                .Concat(calls.Values.Where(c => c is { Ended: true, CrmExpected: false }).Select(c => c.NotExpectedReason ?? "not planned yet"))
                .GroupBy(r => r, StringComparer.Ordinal)
                .Select(g => new Difference(null, g.Key, g.Count())),
        ];
        return new Proof(pbx.Count, ended.Count, expected.Count, expected.Intersect(inCrm).Count(), differences);
    }

    private Task StoreAsync(CabinetKey cabinet, DateOnly day, Proof proof, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var row = await context.Reconciliation.FirstOrDefaultAsync(r => r.Cabinet == cabinet.Value && r.Date == day, token);
            if (row is null)
            {
                row = new ReconciliationRow { Cabinet = cabinet.Value, Date = day, Differences = "" };
                context.Reconciliation.Add(row);
            }

            (row.Pbx, row.Journal, row.CrmExpected, row.Crm, row.ComparedAt) = (proof.Pbx, proof.Journal, proof.CrmExpected, proof.Crm, now);
            row.Differences = JsonSerializer.Serialize(proof.Differences, JsonSerializerOptions.Web);
            await context.SaveChangesAsync(token);
        },
        ct);

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static DateTimeOffset DayStart(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    internal sealed record Reported(UisCallRow Row, DateTimeOffset Start, DateTimeOffset? End);

    internal sealed record Proof(int Pbx, int Journal, int CrmExpected, int Crm, IReadOnlyList<Difference> Differences);
}
