using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Faults;

public sealed class KilledProcessOnSqlite() : KilledProcessTests(DatabaseProvider.Sqlite);

public sealed class KilledProcessOnPostgres() : KilledProcessTests(DatabaseProvider.Postgres);

/// <summary>
/// A real process, killed without a word between any two steps of a call's way and started again: exactly one of everything stands in the CRM. The walk
/// finds its points itself: it goes on until no further request is left to be killed at.
/// </summary>
public abstract class KilledProcessTests(DatabaseProvider provider)
{
    private const int MostPoints = 12;

    [SkippableFact]
    public async Task KilledAtEachRequestToTheCrm_BeforeAndAfterItsCommit_LeavesOneOfEverything()
    {
        await using var world = await World.StartAsync(provider);
        foreach (var afterCommit in new[] { false, true })
        {
            var point = 1;
            while (await world.KilledAtRequestAsync(point, afterCommit))
            {
                point++;
                point.Should().BeLessThan(MostPoints, "a call is no more than a few requests");
            }

            point.Should().BeGreaterThan(2, "there are reads and writes to be killed at");
        }
    }

    [SkippableFact]
    public async Task KilledAfterEachStepOfTheCall_LeavesOneOfEverything()
    {
        await using var world = await World.StartAsync(provider);
        for (var step = 0; step < World.Steps; step++)
        {
            await world.KilledAfterStepAsync(step);
        }
    }

    private sealed class World : IAsyncDisposable
    {
        public const int Steps = 4;
        private readonly UisSimulator _uis;
        private readonly CreatioSimulator _crm;
        private readonly Dictionary<string, string> _environment;
        private readonly string _folder;
        private readonly Dictionary<string, SimUser> _users;
        private HubProcess _hub = null!;
        private HttpClient _api = null!;
        private int _clients;

        private World(UisSimulator uis, CreatioSimulator crm, Dictionary<string, string> environment, string folder, Dictionary<string, SimUser> users) =>
            (_uis, _crm, _environment, _folder, _users) = (uis, crm, environment, folder, users);

        public static async Task<World> StartAsync(DatabaseProvider provider)
        {
            var options = new WorldOptions();
            var uis = new UisSimulator(SimulatorCompany.Options() with { FirstSessionId = 700_000_000 }, TimeProvider.System);
            await uis.StartAsync();
            var crm = new CreatioSimulator(options.Creatio, TimeProvider.System);
            await crm.StartAsync(CancellationToken.None);
            var users = Company.SeedUsers(crm.Store);
            var folder = System.IO.Directory.CreateTempSubdirectory("hub-killed-").FullName;

            // Requests of the background would be points, too: numbers are asked live here.
            options.Settings["Directory:RefreshSeconds"] = "3600";
            options.Settings["Hub:ConsoleLog"] = "true";

            // What a dead process held comes free when its lease ends; on SQLite at the next start, as nobody else can hold it.
            options.Settings["Sync:LeaseSeconds"] = "5";
            var settings = HubWorld.Settings(uis, crm, provider, await TestDatabase.NewAsync(provider, folder, empty: true), options);
            var world = new World(uis, crm, StandInSettings.AsEnvironment(settings), folder, users);
            await world.StartHubAsync();
            return world;
        }

        /// <summary>A call whose n-th batch to the CRM is where the process dies.</summary>
        /// <returns>False when the call was done before.</returns>
        public async Task<bool> KilledAtRequestAsync(int point, bool afterCommit)
        {
            var (client, seen) = (NextClient(), 0);
            using var reached = new SemaphoreSlim(0);
            _crm.Faults.Add(
                afterCommit ? new CrmFault.HangAfterCommit() : new CrmFault.Hang(),
                null,
                r =>
                {
                    if (r.Kind != CrmRequestKind.Batch || Interlocked.Increment(ref seen) != point)
                    {
                        return false;
                    }

                    reached.Release();
                    return true;
                });
            var call = await _uis.Cabinets["msk"].IncomingAsync(Incoming(client) with { AnsweredBy = Answers.First, Talk = TimeSpan.FromSeconds(40) });
            var settled = HubWorld.SettledAsync(_api, "msk", call.SessionId);
            var hit = reached.WaitAsync();
            if (await Task.WhenAny(settled, hit) == hit)
            {
                if (afterCommit)
                {
                    await HubWorld.EventuallyAsync(() => Task.FromResult(_crm.Requests.Count(r => r.Kind == CrmRequestKind.Batch) >= seen), "the request is in the CRM's journal");
                }

                await _hub.KillAsync();
                await settled.ContinueWith(_ => { }, TaskScheduler.Default);
            }

            _crm.Faults.Clear();
            if (!hit.IsCompleted)
            {
                return false;
            }

            await StartHubAsync();
            await HubWorld.SettledAsync(_api, "msk", call.SessionId);
            await ExpectOneOfEverythingAsync(client, call.SessionId, $"killed {(afterCommit ? "after the commit of" : "before")} request {point}");
            return true;
        }

        /// <summary>A call during which the process dies after the n-th step; UIS does not know and goes on.</summary>
        public async Task KilledAfterStepAsync(int step)
        {
            var client = NextClient();
            var live = await _uis.Cabinets["msk"].BeginIncomingAsync(Incoming(client));
            Func<Task>[] steps =
            [
                () => live.RingAsync("79161000002"),
                () => live.AnswerAsync("79161000002"),
                () => live.AdvanceAsync(TimeSpan.FromSeconds(20)),
                () => live.HangUpAsync(),
            ];
            for (var i = 0; i < Steps; i++)
            {
                await steps[i]();
                if (i == step)
                {
                    await _hub.KillAsync();
                    await StartHubAsync();
                }
            }

            await HubWorld.SettledAsync(_api, "msk", live.SessionId);
            await ExpectOneOfEverythingAsync(client, live.SessionId, $"killed after step {step}");
        }

        public async ValueTask DisposeAsync()
        {
            _api.Dispose();
            await _hub.DisposeAsync();
            await _uis.DisposeAsync();
            await _crm.DisposeAsync();
            System.IO.Directory.Delete(_folder, recursive: true);
        }

        private async Task StartHubAsync()
        {
            if (_hub is not null)
            {
                await _hub.DisposeAsync();
                _api.Dispose();
            }

            _hub = HubProcess.Start(_environment);
            var address = await _hub.ListeningAsync();
            _api = new HttpClient { BaseAddress = address };
            _api.DefaultRequestHeaders.Add("X-Api-Key", HubWorld.ApiKey);
            StandInSettings.Connect(_uis, address);

            await HubWorld.EventuallyAsync(async () => (await _api.GetAsync("/health/ready")).IsSuccessStatusCode, "the hub is ready");
            await HubWorld.EventuallyAsync(async () => (await _api.GetAsync("/api/v1/calls")).IsSuccessStatusCode, "the database is ready");
        }

        private string NextClient() => $"7903777{++_clients:D4}";

        private static IncomingCall Incoming(string client) => new(client, SimulatorCompany.MoscowNumber) { StartedAt = TimeProvider.System.GetUtcNow(), Ring = TimeSpan.FromSeconds(5) };

        private async Task ExpectOneOfEverythingAsync(string client, long session, string when)
        {
            var store = _crm.Store;
            var contact = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + client, when).Subject.Ref("ContactId")!.Value;
            store.Find("Contact", contact)!.Ref("OwnerId").Should().Be(_users["boris.petrov@krepezh.example"].ContactId, when);
            var deal = store.All("Opportunity").Should().ContainSingle(o => o.Ref("ContactId") == contact, when).Subject;
            var task = store.All("Activity").Should().ContainSingle(a => a.Ref("ContactId") == contact, when).Subject;
            var call = store.All("Call").Should().ContainSingle(c => c.Text("IntegrationId") == $"msk:{session}", when).Subject;
            (call.Ref("ContactId"), call.Ref("OpportunityId"), call.Ref("ActivityId")).Should().Be((contact, deal.Id, task.Id), when);
            task.Ref("StatusId").Should().Be(CreatioIds.ActivityStatus.NotStarted, when);

            // The notification of the recording may have come while nobody was there: then the report tells of it.
            // A comparison of the hub's own, after its start, may be going on.
            await HubWorld.EventuallyAsync(async () => (await _api.PostAsync("/api/v1/reconciliation/run", null)).IsSuccessStatusCode, "PBX, journal and CRM are compared");
            int Links(string entity, string parent, Guid id) => store.All(entity).Count(f => f.Ref(parent) == id && f.Ref("TypeId") == CreatioIds.FileType.Link);
            await HubWorld.EventuallyAsync(() => Task.FromResult(Links("OpportunityFile", "OpportunityId", deal.Id) > 0), "the recording is linked");
            await HubWorld.SettledAsync(_api, "msk", session);
            (Links("CallFile", "CallId", call.Id), Links("ContactFile", "ContactId", contact), Links("OpportunityFile", "OpportunityId", deal.Id)).Should().Be((1, 1, 1), when);
        }
    }
}
