namespace TelephonyHub.Creatio.Auth;

/// <summary>Result of one login that was answered.</summary>
/// <param name="Session">The session, if let in.</param>
/// <param name="Refusal">The server's reason, masked, if not.</param>
internal sealed record LoginOutcome(CreatioSession? Session, string? Refusal);

/// <summary>One way to log in. Faults that say nothing about the credentials are thrown as <see cref="CreatioException"/>.</summary>
internal interface ICreatioLogin
{
    Task<LoginOutcome> LoginAsync(CancellationToken ct);
}
