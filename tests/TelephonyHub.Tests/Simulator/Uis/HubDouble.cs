using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>Receives what the stand-in sends: events are kept, routing questions are answered as told.</summary>
internal sealed class HubDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubDouble(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedEvent> Events { get; } = new();

    public ConcurrentQueue<ReceivedEvent> Questions { get; } = new();

    /// <summary>Status and body of the routing answer.</summary>
    public Func<HttpRequest, (int Status, string Body)> Route { get; set; } = _ => (200, """{"returned_code":0}""");

    public int EventStatus { get; set; } = 200;

    public Uri EventsUrl { get; private set; } = null!;

    public Uri RouteUrl { get; private set; } = null!;

    public static async Task<HubDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var hub = new HubDouble(app);
        app.Map("/events", async context =>
        {
            hub.Events.Enqueue(await ReadAsync(context.Request));
            context.Response.StatusCode = hub.EventStatus;
        });
        app.Map("/route", async context =>
        {
            hub.Questions.Enqueue(await ReadAsync(context.Request));
            var (status, body) = hub.Route(context.Request);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        var root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        hub.EventsUrl = new Uri(root + "/events?token=secret");
        hub.RouteUrl = new Uri(root + "/route?token=secret");
        return hub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<ReceivedEvent> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new ReceivedEvent(request.Method, request.Path + request.QueryString, request.ContentType, await reader.ReadToEndAsync(),
            request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));
    }
}

internal sealed record ReceivedEvent(string Method, string Url, string? ContentType, string Body, IReadOnlyDictionary<string, string> Query);
