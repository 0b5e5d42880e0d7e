using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TelephonyHub.Faults;

/// <summary>
/// What stands before the replicas in production: one address; a request that one replica does not take (no connection, connection broken, 503) goes to the next.
/// Events may be repeated at no risk, which is what makes a restart without a gap possible. See docs/operations.md for the same in nginx.
/// </summary>
public sealed class Balancer : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromMinutes(3),
    };

    private ImmutableList<Uri> _targets = [];
    private WebApplication? _app;
    private int _turn;
    private int _refused;

    private Balancer()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Requests that no replica took.</summary>
    public int Refused => _refused;

    public static async Task<Balancer> StartAsync()
    {
        var balancer = new Balancer();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        balancer._app = builder.Build();
        balancer._app.Run(balancer.ForwardAsync);
        await balancer._app.StartAsync();
        balancer.Address = new Uri(balancer._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return balancer;
    }

    public void Add(Uri target) => ImmutableInterlocked.Update(ref _targets, (t, a) => t.Add(a), target);

    public void Remove(Uri target) => ImmutableInterlocked.Update(ref _targets, (t, r) => t.Remove(r), target);

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            await app.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
        var (targets, first, body) = (_targets, Interlocked.Increment(ref _turn), memory.ToArray());
        for (var i = 0; i < targets.Count; i++)
        {
            using var answer = await TryAsync(context, targets[(int)((uint)(first + i) % targets.Count)], body);
            if (answer is not null && (answer.StatusCode != HttpStatusCode.ServiceUnavailable || i == targets.Count - 1))
            {
                if ((int)answer.StatusCode >= 500)
                {
                    Interlocked.Increment(ref _refused);
                }

                await PassBackAsync(context, answer);
                return;
            }
        }

        Interlocked.Increment(ref _refused);
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    /// <returns>Null when the replica is not there, or went away in the middle.</returns>
    private async Task<HttpResponseMessage?> TryAsync(HttpContext context, Uri target, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target, UriHelper.GetEncodedPathAndQuery(context.Request)));
        request.Content = body.Length > 0 ? new ByteArrayContent(body) : null;
        foreach (var (name, values) in context.Request.Headers.Where(h => !HopByHop.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        try
        {
            return await _http.SendAsync(request, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task PassBackAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
