using System.Globalization;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Demo;

/// <summary>What the CRM was asked because of one call.</summary>
/// <param name="Routing">Live questions for a number that the replica does not hold, before anybody rings.</param>
/// <param name="Cards">Notify, and notification rows that stand in for it.</param>
/// <param name="Sync">Reads and writes after the end: two at most.</param>
/// <param name="Recordings">Writes of nothing but links to a recording that came later than the plan: one at most.</param>
public sealed record CallRequests(int Routing, int Cards, int Sync, int Recordings)
{
    public static CallRequests Of(IEnumerable<CrmRequest> requests)
    {
        var work = requests.Where(r => r.IsWork && !IsRefresh(r)).ToList();
        var cards = work.Count(IsCard);
        var routing = work.Count(r => r.Kind == CrmRequestKind.ODataRead);
        var recordings = work.Count(IsLateRecording);
        return new CallRequests(routing, cards, work.Count - cards - routing - recordings, recordings);
    }

    private static bool IsCard(CrmRequest request) => request.Kind == CrmRequestKind.Notify || request.Touches("Reminding");

    private static bool IsLateRecording(CrmRequest request) => request.Kind == CrmRequestKind.Batch && request.Operations.All(o => o.Entity.EndsWith("File", StringComparison.Ordinal));

    /// <summary>The directory's own reading of what changed, which no call causes.</summary>
    private static bool IsRefresh(CrmRequest request) =>
        request.Operations.Any(o => o.DecodedUrl.Contains("$orderby=ModifiedOn", StringComparison.Ordinal) || o.Entity is "SysAdminUnit" or "VwSysAdminUnit" or "SysMsgUserSettings" or "ComTypebyCommunication"
            || (o.IsRead && o.Entity is "ContactCommunication" or "AccountCommunication" && !o.DecodedUrl.Contains("SearchNumber", StringComparison.Ordinal)));
}

/// <summary>The figures over all calls.</summary>
internal static class RequestFigures
{
    /// <summary>Contract, section 2.</summary>
    private const int Most = 2;

    /// <returns>False when a call cost more than promised.</returns>
    public static bool Print(DemoOutput output, IReadOnlyList<PlayedCall> played)
    {
        var finished = played.Where(p => p.Call.Expected.CallRecord).ToList();
        var (most, late) = (finished.Max(p => p.Requests.Sync), finished.Max(p => p.Requests.Recordings));
        var kept = most <= Most && late <= 1;
        output.Heading("Requests to the CRM per finished call (cards apart)");
        output.Verdict(kept, string.Create(
            CultureInfo.InvariantCulture,
            $"on average {finished.Average(p => p.Requests.Sync):0.0}, at most {most}; promised: {Most}; and {finished.Sum(p => p.Requests.Recordings)} for recordings that came later, at most {late} a call"));
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"  besides: {played.Sum(p => p.Requests.Cards)} for cards, {played.Sum(p => p.Requests.Routing)} live questions about numbers that the hub did not know yet; internal calls: {played.Where(p => !p.Call.Expected.CallRecord).Sum(p => p.Requests.Sync)}"));
        return kept;
    }
}
