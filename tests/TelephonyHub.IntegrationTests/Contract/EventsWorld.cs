using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>Petersburg lets nobody in from here, Ryazan is in the middle of a rotation of its token, Moscow and Surgut are as usual.</summary>
public abstract class EventsWorld(DatabaseProvider provider) : SharedWorld(provider)
{
    public const string ClosedCabinet = "spb";
    public const string RotatingCabinet = "rzn";
    public const string NewToken = "webhook-token-after-rotation";

    protected override void Configure(WorldOptions options)
    {
        options.Settings[$"Cabinets:{ClosedCabinet}:AllowedSources:0"] = "10.9.8.0/24";
        options.Settings[$"Cabinets:{RotatingCabinet}:AllowedSources:0"] = "127.0.0.0/8";
        options.Settings[$"Cabinets:{RotatingCabinet}:AllowedSources:1"] = "::1";
        options.Settings[$"Cabinets:{RotatingCabinet}:WebhookTokens:0"] = NewToken;
    }
}

public sealed class EventsWorldOnSqlite() : EventsWorld(DatabaseProvider.Sqlite);

public sealed class EventsWorldOnPostgres() : EventsWorld(DatabaseProvider.Postgres);
