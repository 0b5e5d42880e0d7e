using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rebus.Config;
using Rebus.Handlers;

namespace TelephonyHub.Benchmarks.Peers;

/// <summary>What most would build instead: a minimal receiver that puts each webhook's body into a job library on PostgreSQL, and a job that does nothing.</summary>
internal static class Receivers
{
    public static async Task RunAsync(string kind, string connectionString, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        if (string.Equals(kind, "hangfire", StringComparison.Ordinal))
        {
            // Its client has no asynchronous calls: without threads enough the pool starves, and what is measured is how slowly that grows.
            ThreadPool.SetMinThreads(256, 256);
            builder.Services.AddHangfire(c => c.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(connectionString)));
            builder.Services.AddHangfireServer(o => o.WorkerCount = 8);
        }
        else
        {
            builder.Services.AddRebus(c => c
                .Transport(t => t.UsePostgreSql(connectionString, "messages", "webhooks"))
                .Options(o =>
                {
                    o.SetNumberOfWorkers(2);
                    o.SetMaxParallelism(8);
                }));
            builder.Services.AddRebusHandler<WebhookHandler>();
        }

        var app = builder.Build();
        if (string.Equals(kind, "hangfire", StringComparison.Ordinal))
        {
            app.MapPost("/", async (HttpRequest request, IBackgroundJobClient jobs) =>
            {
                var body = await ReadAsync(request);
                jobs.Enqueue(() => WebhookJob.Run(body));
            });
        }
        else
        {
            app.MapPost("/", async (HttpRequest request, Rebus.Bus.IBus bus) => await bus.SendLocal(new Webhook(await ReadAsync(request))));
        }

        app.MapGet("/done", () => WebhookJob.Done);
        await app.RunAsync();
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }
}

internal sealed record Webhook(string Body);

/// <summary>Public, because Hangfire calls it by reflection.</summary>
public static class WebhookJob
{
    private static long s_done;

    /// <summary>Jobs run so far.</summary>
    public static long Done => Interlocked.Read(ref s_done);

    /// <summary>Only counts.</summary>
    public static void Run(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Interlocked.Increment(ref s_done);
    }
}

internal sealed class WebhookHandler : IHandleMessages<Webhook>
{
    public Task Handle(Webhook message)
    {
        WebhookJob.Run(message.Body);
        return Task.CompletedTask;
    }
}
