using TelephonyHub.Calls;
using TelephonyHub.Directory;

namespace TelephonyHub.Cabinets;

/// <summary>
/// Which number managers saw in the last incoming calls. UIS has no API for the switch «Показывать при звонке» (reference 5.1), so it is read off the
/// legs towards employees: their calling number is the client's, or the virtual one.
/// </summary>
/// <param name="Client">Legs that showed the client's number.</param>
/// <param name="Service">Legs that showed the virtual number.</param>
/// <param name="LastServiceAt">The last of those.</param>
public sealed record CallerNumberEvidence(int Client, int Service, DateTimeOffset? LastServiceAt)
{
    public static readonly CallerNumberEvidence None = new(0, 0, null);

    /// <summary>At least one forwarding operation shows the virtual number. Each has its own switch, so a few good legs prove nothing for the others.</summary>
    public bool IsWrong => Service > 0;

    public static CallerNumberEvidence Of(IEnumerable<Call> calls)
    {
        var (client, service) = (0, 0);
        DateTimeOffset? last = null;
        foreach (var call in calls.Where(c => c is { Direction: CallDirection.In, InternalByPbx: false }))
        {
            if (call.ClientPhone is not { } caller || PhoneNumber.TryParse(call.VirtualNumber) is not { } own || caller == own)
            {
                continue;
            }

            foreach (var leg in call.Legs.Where(l => l is { IsClientLeg: false, Participant: not null }))
            {
                var shown = PhoneNumber.TryParse(leg.CallingNumber);
                client += shown == caller ? 1 : 0;
                if (shown == own)
                {
                    service++;
                    last = last > leg.FirstSeenAt ? last : leg.FirstSeenAt;
                }
            }
        }

        return new CallerNumberEvidence(client, service, last);
    }
}
