using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>What the board of a cabinet rests on.</summary>
/// <param name="Source"><c>events | events+list.calls</c></param>
/// <param name="AskedAt">When UIS was last asked.</param>
/// <param name="NextAt">When it may be asked again: points are few.</param>
/// <param name="Note">Why events only.</param>
public sealed record LiveSource(string Cabinet, string Source, DateTimeOffset? AskedAt, DateTimeOffset? NextAt, Words? Note);

/// <summary>The calls of this moment, of all cabinets.</summary>
public sealed class LiveCalls(HubDatabase database, LiveWatch watch, HubSettings settings, TimeProvider time)
{
    /// <summary>A session whose end was lost, in a cabinet that cannot be asked, does not ring for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Newest first: sessions whose end was lost must not push out those that go on.</summary>
    private const int Most = 1000;

    /// <param name="looking">Somebody looks: UIS may be asked.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(LiveBoard Board, IReadOnlyList<LiveSource> Sources)> NowAsync(bool looking, CancellationToken ct)
    {
        var listings = await Task.WhenAll(settings.Cabinets.Keys.OrderBy(k => k.Value, StringComparer.Ordinal).Select(async k => (Key: k, Listing: await watch.SeeAsync(k, looking, ct))));
        var polls = listings.Where(l => l.Listing.Polls.Count > 0).ToDictionary(l => l.Key.Value, l => l.Listing.Polls, StringComparer.Ordinal);
        var (events, ended) = await ByEventsAsync(polls, ct);
        var board = LiveBoard.Merge(events, polls, ended, time.GetUtcNow());
        return (board, [.. listings.Select(l => new LiveSource(
            l.Key.Value,
            l.Listing.Note is null ? "events+list.calls" : "events",
            l.Listing.Polls.Count > 0 ? l.Listing.Polls[0].AskedAt : null,
            l.Listing.NextAt,
            l.Listing.Note))]);
    }

    /// <summary>Cabinets in which calls go on by the journal.</summary>
    public async Task<IReadOnlyList<CabinetKey>> BusyCabinetsAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - Longest;
        await using var context = database.CreateContext();
        var busy = await context.Calls.AsNoTracking().Where(c => !c.Ended && c.StartedAt >= since).Select(c => c.Cabinet).Distinct().ToListAsync(ct);
        return [.. settings.Cabinets.Keys.Where(k => busy.Contains(k.Value))];
    }

    private async Task<(IReadOnlyList<EventCall> Live, IReadOnlySet<(string, string)> Ended)> ByEventsAsync(Dictionary<string, IReadOnlyList<LivePoll>> polls, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Longest;
        await using var context = database.CreateContext();
        var rows = await context.Calls.AsNoTracking().Where(c => !c.Ended && c.StartedAt >= since).OrderByDescending(c => c.StartedAt).Take(Most).ToListAsync(ct);
        var ended = new HashSet<(string, string)>();
        foreach (var (cabinet, answers) in polls)
        {
            // Listed and not on the board: over by now, older than the board looks back, or unknown to the journal.
            var ids = answers[0].Calls.Select(c => long.Parse(c.SessionId, CultureInfo.InvariantCulture)).Except(rows.Where(r => r.Cabinet == cabinet).Select(r => r.SessionId)).ToList();
            if (ids.Count > 0)
            {
                foreach (var row in await context.Calls.AsNoTracking().Where(c => c.Cabinet == cabinet && ids.Contains(c.SessionId)).Take(Most).ToListAsync(ct))
                {
                    if (row.Ended)
                    {
                        ended.Add((cabinet, row.SessionId.ToString(CultureInfo.InvariantCulture)));
                    }
                    else
                    {
                        rows.Add(row);
                    }
                }
            }
        }

        return (rows.ConvertAll(ToEventCall), ended);
    }

    private static EventCall ToEventCall(CallRow row) => new(CallItem.Of(row), row.UpdatedAt, PartiesOf(CallRows.Read(row)));

    private static IReadOnlyList<LiveParty> PartiesOf(Call call)
    {
        var talking = call.Legs.Where(l => l is { IsClientLeg: false, TalkedAt: not null, EndedAt: null, Participant: not null }).Select(l => l.Participant!).ToList();
        if (talking.Count == 0 && call is { State: CallState.Talking, LastTalked: { } last })
        {
            talking.Add(last);
        }

        return [.. talking.Select(p => PartyOf(p, LiveParty.Talking)).Concat(call.RingingNow.Select(p => PartyOf(p, LiveParty.Ringing))).Distinct()];
    }

    private static LiveParty PartyOf(Participant p, string state) => new(p.EmployeeId?.ToString(CultureInfo.InvariantCulture), p.Name, p.Number, state);
}
