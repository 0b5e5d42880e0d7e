using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Routing;

/// <summary>
/// Numbers of the company that an answer gave: who arrives at one of them in the next minutes is most likely the same client, although no event of a leg
/// says so yet. Remembered at once; stored with the decision, for other replicas and for the joining of sessions.
/// </summary>
public sealed class GivenNumbers(RegionResolver regions, PendingHandovers pending)
{
    public AnsweredRoute Remember(AnsweredRoute route)
    {
        var rows = RowsOf(route).ToList();
        rows.ForEach(pending.Add);
        return route with { Given = route.Question.CallId is null ? [] : rows };
    }

    private IEnumerable<HandoverRow> RowsOf(AnsweredRoute route)
    {
        var (question, client) = (route.Question, route.Decision.ClientPhone);
        foreach (var phone in route.Decision.Phones)
        {
            if (PhoneNumber.TryParse(phone) is { } number && regions.IsOwnNumber(number))
            {
                yield return new HandoverRow
                {
                    Id = Guid.CreateVersion7(route.At),
                    FromCabinet = question.Cabinet.Value,
                    FromSession = question.CallId ?? 0,
                    Source = "route",
                    ToNumber = number.E164,
                    ToCabinet = regions.CabinetOf(number)?.Value,
                    ClientPhone = client is { } known && !regions.IsOwnNumber(known) ? known.E164 : null,
                    FromNumber = question.Dialled?.E164,
                    At = route.At,
                    SeenAt = route.At,
                };
            }
        }
    }
}
