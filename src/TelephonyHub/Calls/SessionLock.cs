using TelephonyHub.Storage;

namespace TelephonyHub.Calls;

internal static class SessionLock
{
    /// <summary>Until commit nobody else folds or plans the session. Its row stays free: intake marks it meanwhile.</summary>
    public static Task LockSessionAsync(this HubDatabase database, HubDbContext context, SessionKey session, CancellationToken ct) =>
        database.LockAsync(context, LockSpace.Session, [session.IntegrationId], ct);
}
