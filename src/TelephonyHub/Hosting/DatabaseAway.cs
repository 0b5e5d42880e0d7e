using Microsoft.AspNetCore.Diagnostics;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>The database is away: people and programs are told to come again, with 503 and Retry-After; it is no fault of the request nor of the hub.</summary>
internal sealed class DatabaseAway(HubDatabase database) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!database.IsAway(exception))
        {
            return false;
        }

        await Answer(httpContext).ExecuteAsync(httpContext);
        return true;
    }

    internal static IResult Answer(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "The database cannot be reached now. Try again.");
    }
}

internal static class DatabaseAwayExtensions
{
    /// <summary>Before the database was ready once, a write would wait for it; a request does not.</summary>
    public static T NeedsDatabase<T>(this T builder)
        where T : IEndpointConventionBuilder =>
        builder.AddEndpointFilter<T, NeedsDatabaseFilter>();

    private sealed class NeedsDatabaseFilter(HubDatabase database) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
            database.IsReady ? await next(context) : DatabaseAway.Answer(context.HttpContext);
    }
}
