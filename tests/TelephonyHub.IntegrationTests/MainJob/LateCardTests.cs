using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class LateCardsOnSqlite() : LateCardTests(DatabaseProvider.Sqlite);

public sealed class LateCardsOnPostgres() : LateCardTests(DatabaseProvider.Postgres);

/// <summary>Never later than the ring (contract, section 2).</summary>
public abstract class LateCardTests(DatabaseProvider provider)
{
    private const string Client = "79035550002";

    [SkippableFact]
    public async Task RoutingAnswer_OfACallThatAnotherProcessSawAnswered_ShowsNoRinging()
    {
        await using var world = await HubWorld.StartAsync(provider, o => o.Seed = s => s.AddContact("Клиент", Company.SeedUsers(s)["nina.pavlova@krepezh.example"].ContactId, null, "+" + Client));
        var answered = SharedWorld.NewSession();
        await world.PostEventAsync("sgt", UisWire.Body("in_call_session", answered, TimeProvider.System.GetUtcNow(), Client, SimulatorCompany.SurgutNumber, offsetHours: 5));
        await world.PostEventAsync("sgt", UisWire.Body("talk_started", answered, TimeProvider.System.GetUtcNow(), Client, SimulatorCompany.SurgutNumber, ",\"employee_id\":104001", offsetHours: 5));
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Calls.AnyAsync(r => r.SessionId == answered && r.Answered)), "the call is answered");
        await world.StopHubAsync();
        await world.StartHubAsync();

        await world.RouteAsync("sgt", Client, SimulatorCompany.SurgutNumber, answered);

        // Cards of one client go out in order: once the next one is there, the first was decided.
        var next = SharedWorld.NewSession();
        await world.RouteAsync("sgt", Client, SimulatorCompany.SurgutNumber, next);
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Cards.AnyAsync(r => r.SessionId == next)), "the next call's card is there");
        (await world.InDatabaseAsync(c => c.Cards.Where(r => r.SessionId == answered && r.Event == "ringing").CountAsync())).Should().Be(0);
    }
}
