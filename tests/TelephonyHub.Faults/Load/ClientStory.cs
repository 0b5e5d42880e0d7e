using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>A client as the CRM knew him before the load.</summary>
/// <param name="OpenDeal">He has one: no second may be made.</param>
public sealed record KnownClient(Guid ContactId, Guid OwnerId, bool OpenDeal);

/// <summary>One client and all that happened on the phone with him. No other story has his number.</summary>
/// <param name="Phone">7XXXXXXXXXX</param>
/// <param name="Known">Null: nobody knew him.</param>
/// <param name="Internal">It is a colleague: nothing is written.</param>
public sealed record ClientStory(string Phone, KnownClient? Known, bool Internal, IReadOnlyList<SimCall> Calls)
{
    /// <summary>Each call with the second sessions that a transfer to another cabinet opened.</summary>
    public IEnumerable<IReadOnlyList<SimCall>> Conversations => Calls.Select(c => (IReadOnlyList<SimCall>)[.. SessionsOf(c)]);

    public IEnumerable<SimCall> Sessions => Calls.SelectMany(SessionsOf);

    private static IEnumerable<SimCall> SessionsOf(SimCall call) => call.Onward.SelectMany(SessionsOf).Prepend(call);
}
