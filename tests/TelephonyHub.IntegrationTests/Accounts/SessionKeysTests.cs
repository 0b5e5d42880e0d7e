using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>Keys of cookies lie in the database: a session outlives a restart and holds at every replica; without a database the administrator still gets in.</summary>
public sealed class SessionKeysTests
{
    [SkippableTheory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Session_GoesOnAfterARestart_AsAtAnotherReplica(DatabaseProvider provider)
    {
        await using var world = await HubWorld.StartAsync(provider);
        using var admin = await Person.AdministratorAsync(world);
        (await admin.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.OK);

        await world.StopHubAsync();
        await world.StartHubAsync();
        admin.Follow();

        (await admin.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.OK);
        (await world.InDatabaseAsync(c => c.ProtectionKeys.CountAsync())).Should().Be(1, "the first start made it, the second found it");
    }

    /// <summary>It did: two seconds for the keys that are there and two for those after the first, of every start.</summary>
    [Fact]
    public async Task Start_WaitsForNoKeys()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite);

        world.Services.GetServices<IHostedService>().Select(s => s.GetType().FullName).Should().NotContain(n => n!.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task DatabaseAway_AdministratorOfTheSettingsSignsIn_OthersAreToldWhyNot()
    {
        var real = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync());
        await using var door = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, real.Port));
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Postgres, o =>
        {
            o.WaitForDatabase = false;

            // Signed in again and again below, until the database is there: who was limited would wait longer than this test does.
            o.Settings["Auth:SignInsPerMinute"] = "10000";
            o.Settings["ConnectionStrings:Hub"] = new NpgsqlConnectionStringBuilder(real.ConnectionString) { Host = "127.0.0.1", Port = door.Port, Timeout = 2 }.ConnectionString;
        });
        using var person = new Person(world);

        var wrong = await person.SignInAsync("admin", "wrong");
        var right = await person.SignInAsync("admin", "admin-password");

        wrong.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        wrong.Text.Should().Contain("database");
        right.Status.Should().Be(HttpStatusCode.Redirect);
        (await person.GetAsync("/api/v1/me")).Json["kind"]!.GetValue<string>().Should().Be("settings");
        (await person.GetAsync("/api/v1/cabinets")).Status.Should().Be(HttpStatusCode.OK, "what is in memory can be looked at");

        door.Open();
        await HubWorld.EventuallyAsync(async () => (await person.SignInAsync("admin", "admin-password")).Status == HttpStatusCode.Redirect && (await person.GetAsync("/api/v1/me")) is { Status: HttpStatusCode.OK } me && me.Json["kind"]!.GetValue<string>() == "user", "he is a user of the database again");
    }

    [Fact]
    public async Task SignIns_AreLimitedPerMinute()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o => o.Settings["Auth:SignInsPerMinute"] = "3");
        using var person = new Person(world);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await person.SignInAsync("nobody", "wrong")).Status);
        }

        statuses.Should().Equal(HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task PasswordOfTheSettings_WhenChanged_EndsTheOldSessions(DatabaseProvider provider)
    {
        await using var world = await HubWorld.StartAsync(provider);
        using var admin = await Person.AdministratorAsync(world);
        await HubWorld.EventuallyAsync(async () => (await world.InDatabaseAsync(c => c.Users.CountAsync())) == 1 && (await admin.SignInAsync("admin", "admin-password")).Status == HttpStatusCode.Redirect, "he is a user of the database");

        await world.StopHubAsync();
        world.Change("Auth:Admin:Password", "another-password");
        await world.StartHubAsync();
        admin.Follow();

        await HubWorld.EventuallyAsync(async () => (await admin.GetAsync("/api/v1/me")).Status == HttpStatusCode.Unauthorized, "the old session has ended");
        (await admin.SignInAsync("admin", "admin-password")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await admin.SignInAsync("admin", "another-password")).Status.Should().Be(HttpStatusCode.Redirect);
    }
}
