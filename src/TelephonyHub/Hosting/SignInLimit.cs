using System.Globalization;
using System.Threading.RateLimiting;

namespace TelephonyHub.Hosting;

/// <summary>
/// How often an address may try to sign in, in a minute. A limiter of its own and not the framework's middleware, which keeps its limiters, their timers and
/// with them the whole host for as long as the process lives.
/// </summary>
internal sealed class SignInLimit(HubSettings settings) : IEndpointFilter, IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetFixedWindowLimiter(
        c.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.Auth.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = _limiter.AttemptAcquire(context.HttpContext);
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        if (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    public void Dispose() => _limiter.Dispose();
}

internal static class SignInLimitExtensions
{
    /// <summary>Passwords are tried here: see <see cref="SignInLimit"/>. One for all routes; AddEndpointFilter&lt;T&gt; would make one, and with it a limit, for each.</summary>
    public static T LimitsSignIns<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.AddEndpointFilter(static (context, next) => context.HttpContext.RequestServices.GetRequiredService<SignInLimit>().InvokeAsync(context, next));
}
