using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class RouteFuzzOnSqlite(RouteWorldOnSqlite shared) : RouteFuzzTests(shared), IClassFixture<RouteWorldOnSqlite>;

public sealed class RouteFuzzOnPostgres(RouteWorldOnPostgres shared) : RouteFuzzTests(shared), IClassFixture<RouteWorldOnPostgres>;

/// <summary>Whatever is asked, an instruction that UIS can follow; and what was asked so strangely leaves no trace on the next caller.</summary>
public abstract class RouteFuzzTests(RouteWorld shared)
{
    [SkippableTheory]
    [InlineData(20260110)]
    [InlineData(11)]
    public async Task AnyQuestion_WithAValidToken_GetsAnInstruction(int seed)
    {
        var world = await shared.WorldAsync();
        var fuzz = new RouteFuzz(seed);
        var requests = Enumerable.Range(0, 300).Select(fuzz.Next).ToList();
        var phones = 0;

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (r, ct) =>
        {
            // Petersburg answers step by step: what its sessions were given before decides, too.
            var url = RouteWire.Url(r.Number % 3 == 0 ? "spb" : "msk", r.Query);
            var answer = r.Method == "GET" ? await world.Http.GetAnswerAsync(url) : await world.PostAsync(new Uri(url, UriKind.Relative), r.Body, r.ContentType);
            answer.ShouldBeAnInstruction($"request {r.Number} of seed {seed} is {r.Method} and the answer {answer.Text}");
            Interlocked.Add(ref phones, answer.Json["phones"] is null ? 0 : 1);
        });

        phones.Should().BeGreaterThan(requests.Count / 4, "strange fields beside good ones keep nobody from being rung");
        (await world.RouteAsync("msk", RouteWorld.NinasClient, SimulatorCompany.MoscowNumber)).Phones()[0].Should().Be(RouteWorld.NinasMobile);
    }

    [SkippableFact]
    public async Task ManyLargeQuestions_LeaveNoMemoryBehind()
    {
        var world = await shared.WorldAsync();
        const long Bound = 100 * 1024 * 1024;
        var body = new byte[900 * 1024];
        new Random(5).NextBytes(body);
        await AskAsync(20);

        // Other tests of this process take memory, too, now and then; what is kept of the questions would be there after every round.
        var least = long.MaxValue;
        for (var round = 0; round < 5 && least >= Bound; round++)
        {
            var before = ManagedBytes();
            await AskAsync(200);
            least = Math.Min(least, ManagedBytes() - before);
        }

        least.Should().BeLessThan(Bound, "180 MiB were asked, and none of it is kept");

        async Task AskAsync(int times) => await Parallel.ForEachAsync(Enumerable.Range(0, times), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            (await world.PostAsync(new Uri(RouteWire.Url("msk"), UriKind.Relative), body, "application/json")).ShouldBeAnInstruction("however large"));
    }

    private static long ManagedBytes() => GC.GetTotalMemory(forceFullCollection: true);
}
