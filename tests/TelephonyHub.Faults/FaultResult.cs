namespace TelephonyHub.Faults;

/// <summary>A row of the table.</summary>
/// <param name="Calls">Sessions that the telephone had.</param>
/// <param name="NotAccepted">Notifications that got no 200, or were never sent.</param>
/// <param name="Settled">From the end of the fault until everything was right; null where it never was.</param>
public sealed record FaultResult(string World, string Fault, int Calls, int Notifications, int NotAccepted, FaultCount Count, TimeSpan Took, TimeSpan? Settled)
{
    public bool Passed => Count.IsClean;
}
