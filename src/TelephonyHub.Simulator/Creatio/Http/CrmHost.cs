using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>The two listeners, site and identity service. Stopping one and starting another on its ports loses no state: there is none here.</summary>
internal sealed class CrmHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private CrmHost(WebApplication app) => _app = app;

    public int SitePort { get; private set; }

    public int IdentityPort { get; private set; }

    public static async Task<CrmHost> StartAsync(CrmPipeline pipeline, IPAddress address, int sitePort, int identityPort, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Listen(address, sitePort);
            kestrel.Listen(address, identityPort);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var host = new CrmHost(app);
        app.Run(context => context.Connection.LocalPort == host.IdentityPort
            ? pipeline.HandleIdentityAsync(context, host._stopping.Token)
            : pipeline.HandleAsync(context, host._stopping.Token));
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        // In the order of the Listen calls.
        var ports = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Select(url => new Uri(url).Port)
            .ToArray();
        (host.SitePort, host.IdentityPort) = (ports[0], ports[1]);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        // First wake what hangs, else the graceful stop waits for it.
        await _stopping.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }
}
