using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Reconciliation;

/// <summary>What a difference means for the figures. By name, stored and shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>Why no Call record is expected: a count, nothing is wrong.</summary>
    [JsonStringEnumMemberName("reason")]
    Reason,

    /// <summary>In one of the three and not in the other: the figures differ.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>The report says something else than the journal: answered here, lost there; or it goes on there, and is unknown here.</summary>
    [JsonStringEnumMemberName("contradiction")]
    Contradiction,

    /// <summary>A person changed the Call in the CRM, or deleted a record that was written with it.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,
}

/// <param name="SessionId">Null for a count by reason.</param>
/// <param name="Reason">What differs, or why no Call record is expected.</param>
/// <param name="Count">Calls of this reason.</param>
public sealed record Difference(string? SessionId, string Reason, int Count = 1, DifferenceKind Kind = DifferenceKind.Reason);

/// <summary>Differences as they are stored.</summary>
internal static class StoredDifferences
{
    public static string Write(IEnumerable<Difference> differences) => JsonSerializer.Serialize(differences, JsonSerializerOptions.Web);

    public static IReadOnlyList<Difference> Read(string stored) => JsonSerializer.Deserialize<List<Difference>>(stored, JsonSerializerOptions.Web) ?? [];
}

/// <summary>A row of the cabinet's report with its times in UTC.</summary>
internal sealed record Reported(UisCallRow Row, DateTimeOffset Start, DateTimeOffset? End)
{
    /// <summary>The report says that somebody talked with the client; null where it says nothing.</summary>
    public bool? Answered => Row.LastTalkedEmployee is not null || Row.TalkDuration > 0 ? true : Row.IsLost is { } lost ? !lost : null;
}

/// <summary>The figures of one cabinet and day: PBX n = journal n, CRM n = expected n, the rest by reason. Pure.</summary>
internal sealed record Proof(int Pbx, int Journal, int CrmExpected, int Crm, IReadOnlyList<Difference> Differences)
{
    /// <summary>The reason of calls that nobody has looked at yet: equal, but only because nothing is expected of them so far.</summary>
    public const string NotPlanned = "not planned yet";

    /// <summary>Webhooks of a call that has just begun or ended may still be on their way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public bool IsEqual => Pbx == Journal && CrmExpected == Crm && Differences.All(d => d.Kind != DifferenceKind.Missing);

    /// <summary>
    /// The figures day by day, by the cabinet's own calendar. A session counts on the day on which its report has it: its events may bear another clock, and
    /// seconds around midnight would make it lack on one day and be too many on the next. Pure.
    /// </summary>
    public static IEnumerable<(DateOnly Day, Proof Proof)> CompareDays(
        DateOnly first, DateOnly last, IReadOnlyList<Reported> reported, IReadOnlyList<CallRow> journaled, CrmFindings crm, TimeZoneInfo zone, DateTimeOffset now)
    {
        var dayOf = reported.ToDictionary(r => r.Row.Id, r => DayOf(r.Start, zone));
        var rows = reported.ToLookup(r => dayOf[r.Row.Id]);
        var calls = journaled.ToLookup(c => dayOf.TryGetValue(c.SessionId, out var day) ? day : DayOf(c.StartedAt, zone));

        for (var day = first; day <= last; day = day.AddDays(1))
        {
            yield return (day, Compare([.. rows[day]], calls[day], crm, now));
        }
    }

    /// <summary>The figures of one day. Pure.</summary>
    private static Proof Compare(List<Reported> reported, IEnumerable<CallRow> journaled, CrmFindings crm, DateTimeOffset now)
    {
        var rows = reported.Where(r => r.End is not null).ToDictionary(r => r.Row.Id);
        var pbx = rows.Keys.ToHashSet();
        var calls = journaled.ToDictionary(c => c.SessionId);
        var ended = calls.Values.Where(c => c.Ended).Select(c => c.SessionId).ToHashSet();
        var expected = calls.Values.Where(c => c is { Ended: true, CrmExpected: true }).Select(c => c.SessionId).ToHashSet();
        List<Difference> differences =
        [
            .. pbx.Except(ended).Order().Select(id => Missing(id, "in the PBX's report, not in the journal")),
            .. ended.Except(pbx).Order().Select(id => Missing(id, "in the journal, not in the PBX's report")),
            .. expected.Except(crm.Found).Order().Select(id => Missing(id, $"expected in the CRM, not there{(crm.WhyNot.TryGetValue(id, out var why) ? $": {why}" : "")}")),
            .. ended.Intersect(pbx).Order().Where(id => rows[id].Answered is { } answered && answered != calls[id].Answered)
                .Select(id => new Difference(Text(id), calls[id].Answered ? "answered in the journal, lost in the PBX's report" : "answered in the PBX's report, missed in the journal", 1, DifferenceKind.Contradiction)),
            .. reported.Where(r => r.End is null && now - r.Start > Grace && !calls.ContainsKey(r.Row.Id)).OrderBy(r => r.Row.Id)
                .Select(r => new Difference(Text(r.Row.Id), "going on in the PBX's report, unknown to the journal", 1, DifferenceKind.Contradiction)),
            .. crm.Changed.Where(c => expected.Contains(c.Key)).OrderBy(c => c.Key).Select(c => new Difference(Text(c.Key), $"changed in the CRM: {c.Value}", 1, DifferenceKind.Changed)),
            .. crm.Gone.Where(c => expected.Contains(c.Key)).OrderBy(c => c.Key).Select(c => new Difference(Text(c.Key), $"deleted in the CRM: {c.Value}", 1, DifferenceKind.Changed)),
            .. calls.Values.Where(c => !c.Ended).Select(_ => "ongoing")
                .Concat(calls.Values.Where(c => c is { Ended: true, CrmExpected: false }).Select(c => c.NotExpectedReason ?? NotPlanned))
                .GroupBy(r => r, StringComparer.Ordinal)
                .Select(g => new Difference(null, g.Key, g.Count())),
        ];
        return new Proof(pbx.Count, ended.Count, expected.Count, expected.Intersect(crm.Found).Count(), differences);
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static Difference Missing(long id, string reason) => new(Text(id), reason, 1, DifferenceKind.Missing);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
