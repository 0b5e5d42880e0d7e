using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Faults;

/// <summary>Two whole hubs on one PostgreSQL are told of the same calls at the same time: nothing is there twice.</summary>
public sealed class TwoReplicaTests
{
    private static readonly string[] Clients = ["79035550021", "79035550022", "79035550023", "79035550024"];

    [SkippableFact]
    public async Task SameCalls_ToldToBothReplicasAtOnce_LeaveOneOfEverything()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Postgres, o => o.Seed = s => Company.SeedUsers(s));
        await using var second = await world.StartReplicaAsync();

        // Each client calls two cities at once, one of them is answered there and there; Moscow tells the first replica, Petersburg the second, and then each the other one, too.
        StandInSettings.Connect(world.Uis, second.Http.BaseAddress!, "spb");
        var calls = await Task.WhenAll(Clients.SelectMany(c => new[] { CallAsync(world, "msk", c, SimulatorCompany.MoscowNumber), CallAsync(world, "spb", c, SimulatorCompany.PetersburgNumber) }));
        var told = world.Uis.Notifications.Where(n => n.Body is not null).ToList();
        told.Select(n => n.Url.Authority).Distinct().Should().HaveCount(2, "each replica has calls of its own");
        await Task.WhenAll(told.Select(async n =>
        {
            using var body = new StringContent(n.Body!);
            var other = n.Url.Authority == world.Address.Authority ? second.Http : world.Http;
            (await other.PostAsync(n.Url.PathAndQuery, body)).EnsureSuccessStatusCode();
        }));
        foreach (var call in calls)
        {
            await world.SettledAsync(call.Cabinet, call.SessionId);
        }

        var store = world.Crm.Store;
        foreach (var client in Clients)
        {
            var contact = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + client).Subject.Ref("ContactId");
            var deal = store.All("Opportunity").Should().ContainSingle(d => d.Ref("ContactId") == contact, client).Subject;
            store.All("Call").Where(c => c.Ref("ContactId") == contact).Should().HaveCount(2).And.OnlyContain(c => c.Ref("OpportunityId") == deal.Id);
            store.All("Activity").Count(a => a.Ref("ContactId") == contact).Should().Be(2, "a follow-up of each call");
        }

        store.All("Call").Select(c => c.Text("IntegrationId")).Should().OnlyHaveUniqueItems().And.HaveCount(calls.Length);
        store.All("CallFile").GroupBy(f => f.Ref("CallId")).Should().OnlyContain(f => f.Count() == 1);
    }

    private static Task<SimCall> CallAsync(HubWorld world, string cabinet, string client, string number) => world.Uis.Cabinets[cabinet].IncomingAsync(
        new IncomingCall(client, number) { StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40), AnsweredBy = Answers.First });
}
