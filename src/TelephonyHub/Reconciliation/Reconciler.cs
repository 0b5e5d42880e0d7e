using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Reconciliation;

/// <summary>
/// Compares a cabinet's own report with the journal and the CRM, day by day: the proof. Sessions that the journal lacks, or never saw end, are rebuilt
/// from the report as events with source "report" and go the way of every event.
/// </summary>
internal sealed class Reconciler(
    HubDatabase database,
    UisCabinets cabinets,
    RegionResolver regions,
    JournalStore journal,
    CrmCheck crm,
    FoldSignal fold,
    HubSettings settings,
    TimeProvider time)
{
    /// <summary>How far the clocks of a session's events and of its row in the report may lie apart.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromHours(1);

    /// <summary>The days from <paramref name="since"/> until now, by the cabinet's own calendar.</summary>
    public (DateOnly First, DateOnly Last) DaysSince(CabinetKey cabinet, DateTimeOffset since)
    {
        // The cabinet's clock may have passed midnight already.
        var zone = cabinets.ZoneOf(cabinet);
        return (DayOf(since, zone), DayOf(time.GetUtcNow() + MostSkew, zone));
    }

    /// <summary>
    /// Days before <paramref name="since"/> that still differ or were compared too early to tell, with their cabinets; those compared longest ago come first. The longer a day has differed, the rarer it
    /// is looked at: a record that somebody deleted for good costs a report now and then.
    /// </summary>
    public async Task<IReadOnlyList<IGrouping<DateOnly, CabinetKey>>> DifferentBeforeAsync(DateTimeOffset since, int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var context = database.CreateContext();
        var rows = await context.Reconciliation.AsNoTracking().Where(r => r.DifferentSince != null || r.Differences.Contains(Proof.NotPlanned)).OrderBy(r => r.ComparedAt)
            .Select(r => new { r.Cabinet, r.Date, r.ComparedAt, r.DifferentSince }).ToListAsync(ct);
        var days =
            from row in rows
            from cabinet in settings.Cabinets.Keys
            where cabinet.Value == row.Cabinet && row.Date < DaysSince(cabinet, since).First && now - row.ComparedAt >= (row.ComparedAt - (row.DifferentSince ?? row.ComparedAt)) / 2
            group cabinet by row.Date;
        return [.. days.Take(most)];
    }

    /// <summary>Reads the report, and all of it that the journal lacks. Whole days only: half a day would prove nothing.</summary>
    public async Task<CabinetReport> ReadAsync(CabinetKey cabinet, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (zone, now) = (cabinets.ZoneOf(cabinet), time.GetUtcNow());
        var from = DayStart(first, zone) - MostSkew;
        var to = DayStart(last.AddDays(1), zone) + MostSkew is var end && end < now ? end : now;
        var rows = await ReportAsync(cabinet, from, to, ct);
        List<JournalEntry> lacking = [.. await SessionsAsync(cabinet, rows, now, ct), .. await RecordingsAsync(cabinet, rows, now, ct)];
        return new CabinetReport(cabinet, first, last, from, to, rows, lacking);
    }

    /// <summary>
    /// Rebuilds what the journal lacks, of all cabinets at once and in the order in which the calls began: both sessions of a conversation are there before either is
    /// planned.
    /// </summary>
    public async Task RebuildAsync(IReadOnlyCollection<CabinetReport> reports, CancellationToken ct)
    {
        var began = reports.SelectMany(r => r.Rows.Select(row => (Session: (r.Cabinet.Value, (long?)row.Row.Id), row.Start))).ToDictionary(r => r.Session, r => r.Start);
        foreach (var batch in reports.SelectMany(r => r.Lacking).OrderBy(e => began[(e.Cabinet, e.SessionId)]).Chunk(200))
        {
            await journal.AppendAsync(batch, ct);
            fold.Raise();
        }
    }

    /// <summary>Compares it with the journal and the CRM, and stores the proof of its days.</summary>
    public async Task CompareAsync(CabinetReport report, CancellationToken ct)
    {
        var (zone, now) = (cabinets.ZoneOf(report.Cabinet), time.GetUtcNow());
        var journaled = await JournalAsync(report, ct);
        var inCrm = await crm.LookAsync(report.Cabinet, journaled.FindAll(c => c is { Ended: true, CrmExpected: true }), ct);
        foreach (var (day, proof) in Proof.CompareDays(report.First, report.Last, report.Rows, journaled, inCrm, zone, now))
        {
            // Tomorrow, where the cabinet's clock is not there yet.
            if (day <= DayOf(now, zone) || proof.Pbx + proof.Journal > 0)
            {
                await StoreAsync(report.Cabinet, day, proof, now, ct);
            }
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

    private async Task<List<JournalEntry>> SessionsAsync(CabinetKey cabinet, List<Reported> reported, DateTimeOffset now, CancellationToken ct)
    {
        var settled = reported.Where(r => r.End is { } end && now - end > Proof.Grace).ToDictionary(r => r.Row.Id);
        var known = await KnownAsync(cabinet, [.. settled.Keys], ct);
        var lacking = settled.Values
            .Where(r => !known.TryGetValue(r.Row.Id, out var call) || !call.Ended || (!call.Answered && r.Answered == true) || (call.Unreported is { } told && IsToBeAsked(told, r.Row.LastTalkedEmployee?.Id)))
            .ToList();
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

        return entries;
    }

    /// <summary>
    /// A file is ready some time after the call (reference 2.7), and its notification may never come. The report that is read here anyway lists the files: as
    /// long as a call lies in the look-back, each run asks again.
    /// </summary>
    private async Task<IEnumerable<JournalEntry>> RecordingsAsync(CabinetKey cabinet, List<Reported> reported, DateTimeOffset now, CancellationToken ct)
    {
        var recorded = reported.Where(r => r.End is { } end && now - end > Proof.Grace && r.Row.CallRecords.Count + r.Row.VoiceMailRecords.Count > 0).ToList();
        var known = await KnownRecordingsAsync(cabinet, recorded.ConvertAll(r => r.Row.Id), ct);
        var (zone, media) = (cabinets.ZoneOf(cabinet), MediaAddress.Of(settings.Uis.DataApiUrl));
        return recorded.SelectMany(r => ReportEvents.OfRecordings(new SessionKey(cabinet, r.Row.Id), r.Row, [.. known[r.Row.Id]], media, zone, now));
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

    /// <summary>
    /// Webhooks did not come: nobody knows who talked last, the report names somebody else, of a leg the beginning or the end is missing, or no talk is known over a leg into
    /// another cabinet, and who talked there would not count as the last one. Or UIS was away when it was asked who talked, and the plan went on without.
    /// </summary>
    private bool IsToBeAsked(Call known, long? lastTalked) =>
        known.TalkerUnknown
        || known.HasGaps
        || (lastTalked is not null && known.LastTalked?.EmployeeId != lastTalked)
        || (known.Answered && known.Legs.Any(l => l.TalkedAt is null && PhoneNumber.TryParse(l.CalledNumber) is { } number && number != PhoneNumber.TryParse(known.VirtualNumber) && regions.IsOwnNumber(number)));

    /// <summary><c>Unreported</c>: the call, where its row of the report is not in the journal yet; what the report said is not asked for again.</summary>
    private async Task<Dictionary<long, (bool Ended, bool Answered, Call? Unreported)>> KnownAsync(CabinetKey cabinet, List<long> ids, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var known = new Dictionary<long, (bool, bool, Call?)>();
        foreach (var chunk in ids.Chunk(500))
        {
            var calls = await context.Calls.AsNoTracking()
                .Where(c => c.Cabinet == cabinet.Value && chunk.Contains(c.SessionId))
                .Select(c => new
                {
                    c.SessionId,
                    c.Ended,
                    c.Answered,
                    Data = context.Events.Any(e => e.Cabinet == c.Cabinet && e.SessionId == c.SessionId && e.Kind == ReportEvents.SessionRow) ? null : c.Data,
                })
                .ToListAsync(ct);
            foreach (var call in calls)
            {
                known[call.SessionId] = (call.Ended, call.Answered, call.Data is null ? null : CallRows.Read(call.Data));
            }
        }

        return known;
    }

    private async Task<List<CallRow>> JournalAsync(CabinetReport report, CancellationToken ct)
    {
        // Clocks differ: what began here after the look at the report is not compared yet.
        var (cabinet, from, until) = (report.Cabinet, report.From, report.To + MostSkew);
        await using var context = database.CreateContext();
        var calls = await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet.Value && c.StartedAt >= from && c.StartedAt < until).ToListAsync(ct);
        foreach (var chunk in report.Rows.Select(r => r.Row.Id).Except(calls.Select(c => c.SessionId)).Chunk(500))
        {
            calls.AddRange(await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet.Value && chunk.Contains(c.SessionId)).ToListAsync(ct));
        }

        return calls;
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
            row.Differences = StoredDifferences.Write(proof.Differences);
            row.DifferentSince = proof.IsEqual ? null : row.DifferentSince ?? now;
            await context.SaveChangesAsync(token);
        },
        ct);

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static DateTimeOffset DayStart(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>A cabinet's report of some whole days.</summary>
/// <param name="Lacking">Of the journal.</param>
internal sealed record CabinetReport(
    CabinetKey Cabinet, DateOnly First, DateOnly Last, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Reported> Rows, IReadOnlyList<JournalEntry> Lacking);
