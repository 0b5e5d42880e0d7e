using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using TelephonyHub.Accounts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>
/// Asks again and again what the person of an open page may do. A page lives on over its connection while no request tells the hub who asks: whoever was
/// locked or has other rights since loses it, and <see cref="Routes"/> loads it anew with what he may do now.
/// </summary>
public sealed class CircuitRights(ILoggerFactory loggers, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <summary>As long as <see cref="Sessions"/> trusts what it has read: asking more often would tell nothing more.</summary>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var then = authenticationState.User;
        return await sessions.NowAsync(then, cancellationToken) is { } now && (ReferenceEquals(now, then) || HubAccess.Of(now).IsSameAs(HubAccess.Of(then)));
    }
}
