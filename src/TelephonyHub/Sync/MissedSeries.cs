using TelephonyHub.Calls;

namespace TelephonyHub.Sync;

/// <summary>
/// All attempts of one client who was not reached, until somebody talked with him: they have one task, that of the first. Which attempts belong
/// together is decided one client at a time (<see cref="MissedCalls"/>).
/// </summary>
/// <param name="Head">The call that has the task; null: this one.</param>
/// <param name="Attempts">How often the client tried.</param>
/// <param name="TaskId">The task of <paramref name="Head"/>, once it is written.</param>
/// <param name="Closed">A person ended the task in the CRM.</param>
public sealed record MissedSeries(SessionKey? Head, int Attempts, Guid? TaskId = null, bool Closed = false)
{
    public static readonly MissedSeries Alone = new(null, 1);

    public bool IsHead => Head is null;
}
