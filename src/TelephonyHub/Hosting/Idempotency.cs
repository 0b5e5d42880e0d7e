using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Hosting;

/// <summary>
/// <c>Idempotency-Key</c> on a POST: the same key and body get the first answer again and nothing is done twice. Another body under the key is refused
/// (422), one that is still under way, too (409). Optional; kept for a day, per caller and resource.
/// </summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    private const int MostCharacters = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>A request that was under way longer ago died with its process.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <typeparam name="TBody">The handler's argument that holds the body; <see cref="object"/>: there is none.</typeparam>
    public static RouteHandlerBuilder IsIdempotent<TBody>(this RouteHandlerBuilder builder)
        where TBody : class =>
        builder.ActsOnce((context, json) =>
        {
            var body = typeof(TBody) == typeof(object) ? null : context.Arguments.OfType<TBody>().FirstOrDefault();
            return ValueTask.FromResult(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, typeof(TBody), json)));
        });

    /// <summary>Of a handler that reads the body itself: a repeat has the same bytes.</summary>
    public static RouteHandlerBuilder IsIdempotent(this RouteHandlerBuilder builder) =>
        builder.ActsOnce(async (context, _) =>
        {
            var request = context.HttpContext.Request;
            request.EnableBuffering();
            var hash = await SHA256.HashDataAsync(request.Body, context.HttpContext.RequestAborted);
            request.Body.Position = 0;
            return hash;
        });

    private static RouteHandlerBuilder ActsOnce(this RouteHandlerBuilder builder, Func<EndpointFilterInvocationContext, JsonSerializerOptions, ValueTask<byte[]>> hashOf) =>
        builder.WithMetadata(new ShownParameter(Header, ParameterLocation.Header, "Repeats with the same key and body get the first answer and act once; kept for a day", "5b1c9b1d")).AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var key = http.Request.Headers[Header].ToString();
            if (key.Length == 0)
            {
                return await next(context);
            }

            if (key.Length > MostCharacters)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [Header] = [$"must have at most {MostCharacters} characters."] });
            }

            var services = http.RequestServices;
            var (database, time) = (services.GetRequiredService<HubDatabase>(), services.GetRequiredService<TimeProvider>());
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var scope = DbText.Of($"{HubAccess.Of(http.User).Subject} {http.Request.Method} {http.Request.Path.Value?.ToLowerInvariant()}", 300)!;
            var hash = Convert.ToHexStringLower(await hashOf(context, json));
            if (await BeginAsync(database, scope, key, hash, time.GetUtcNow(), http.RequestAborted) is { } first)
            {
                return Again(first, hash, http);
            }

            try
            {
                var result = await next(context);
                await EndAsync(database, scope, key, result, json);
                return result;
            }
            catch
            {
                await ForgetAsync(database, scope, key); // nothing was answered: the same key may try again
                throw;
            }
        });

    /// <returns>The request that came first under this key; null when this one is the first.</returns>
    private static Task<IdempotencyRow?> BeginAsync(HubDatabase database, string scope, string key, string hash, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            await context.Idempotency.Where(i => i.CreatedAt < now - Kept || (i.Scope == scope && i.Key == key && i.Status == null && i.CreatedAt < now - Abandoned)).ExecuteDeleteAsync(token);
            await using var command = HubDatabase.Command(context, """
                INSERT INTO idempotency (scope, key, request_hash, created_at) VALUES (@s, @k, @h, @t) ON CONFLICT (scope, key) DO NOTHING
                """).With("@s", scope).With("@k", key).With("@h", hash).With("@t", database.Instant(now));
            return await command.ExecuteNonQueryAsync(token) == 1 ? null : await context.Idempotency.AsNoTracking().SingleAsync(i => i.Scope == scope && i.Key == key, token);
        },
        ct);

    private static IResult Again(IdempotencyRow first, string hash, HttpContext http)
    {
        if (first.RequestHash != hash)
        {
            return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, title: $"This {Header} was used with another body.");
        }

        if (first.Status is not { } status)
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: $"The first request with this {Header} is still under way.");
        }

        http.Response.Headers[Replayed] = "true";
        return Results.Text(first.Answer ?? "", status >= 400 ? "application/problem+json" : "application/json", statusCode: status);
    }

    /// <summary>Keeps what was answered. What was refused for the moment only (state, points, outside system away) may be tried again under the same key.</summary>
    private static Task EndAsync(HubDatabase database, string scope, string key, object? result, JsonSerializerOptions json)
    {
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (status is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests or StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable)
        {
            return ForgetAsync(database, scope, key);
        }

        var value = (result as IValueHttpResult)?.Value;
        var answer = value is null ? "" : JsonSerializer.Serialize(value, value.GetType(), json);
        return database.WriteAsync(
            async (context, token) => await context.Idempotency.Where(i => i.Scope == scope && i.Key == key).ExecuteUpdateAsync(s => s.SetProperty(i => i.Status, status).SetProperty(i => i.Answer, answer), token),
            default);
    }

    private static Task ForgetAsync(HubDatabase database, string scope, string key) =>
        database.WriteAsync(async (context, token) => await context.Idempotency.Where(i => i.Scope == scope && i.Key == key).ExecuteDeleteAsync(token), default);
}
