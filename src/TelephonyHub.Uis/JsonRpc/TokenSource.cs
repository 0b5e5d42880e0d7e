namespace TelephonyHub.Uis.JsonRpc;

/// <summary>Permanent key, or session tokens of <c>login.user</c>: one hour, renewed a minute early, by one request at a time (reference 1.2).</summary>
internal sealed class TokenSource(UisCabinetOptions options, TimeProvider time, Func<CancellationToken, Task<RpcAnswer>> login) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _single = new(1, 1);
    private Session? _session;

    internal bool CanRenew => options.AccessToken is null;

    public void Dispose() => _single.Dispose();

    internal async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.AccessToken is { } permanent)
        {
            return permanent;
        }

        if (Fresh() is { } known)
        {
            return known;
        }

        await _single.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } renewed)
            {
                return renewed;
            }

            var answer = new UisRow((await login(cancellationToken)).Data);
            var token = answer.Text("access_token") ?? throw new UisApiException(UisFailure.Unknown, UisMethods.Login, "unreadable_answer");

            // The Data API's table says expire_at, its sample expire.
            var expires = (answer.Long("expire_at") ?? answer.Long("expire")) is { } seconds and > 0 and < 253_402_300_800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : time.GetUtcNow() + Lifetime;
            Volatile.Write(ref _session, new Session(token, expires));
            return token;
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>Forgets the token unless it has been renewed meanwhile.</summary>
    internal void Forget(string token)
    {
        var session = Volatile.Read(ref _session);
        if (session is not null && string.Equals(session.Token, token, StringComparison.Ordinal))
        {
            Interlocked.CompareExchange(ref _session, null, session);
        }
    }

    private string? Fresh() => Volatile.Read(ref _session) is { } session && time.GetUtcNow() < session.ExpiresAt - RenewBefore ? session.Token : null;

    private sealed record Session(string Token, DateTimeOffset ExpiresAt);
}
