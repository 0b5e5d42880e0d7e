using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Recordings;

/// <summary>A hub with an archive folder, and one answered call of Moscow whose recording the PBX has.</summary>
public sealed class RecordingWorld : IAsyncDisposable
{
    public const string AuditorKey = "test-key-auditor";
    private readonly DirectoryInfo _folder;

    private RecordingWorld(HubWorld hub, DirectoryInfo folder, Dictionary<string, SimUser> users) => (Hub, _folder, Users) = (hub, folder, users);

    public HubWorld Hub { get; }

    public Dictionary<string, SimUser> Users { get; }

    public SimCall Call { get; private set; } = null!;

    public string Archive => Path.Combine(_folder.FullName, "archive");

    public MediaFaults Media => Hub.Uis.Faults.Media;

    public static async Task<RecordingWorld> StartAsync(DatabaseProvider provider, Action<string>? prepare = null, Action<Dictionary<string, string?>>? settings = null, Action<MediaFaults>? media = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("hub-recordings-");
        prepare?.Invoke(Path.Combine(folder.FullName, "archive"));
        var users = new Dictionary<string, SimUser>(StringComparer.Ordinal);
        var hub = await HubWorld.StartAsync(provider, o =>
        {
            o.Seed = s => users = Company.SeedUsers(s);
            o.Settings["Recordings:ArchiveFolder"] = Path.Combine(folder.FullName, "archive");
            o.Settings["Auth:ApiKeys:2:Name"] = "auditor";
            o.Settings["Auth:ApiKeys:2:Key"] = AuditorKey;
            o.Settings["Auth:ApiKeys:2:Roles:0"] = "auditor";
            settings?.Invoke(o.Settings);
        });
        var world = new RecordingWorld(hub, folder, users);
        media?.Invoke(world.Media);
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        world.Call = await hub.Uis.Cabinets["msk"].IncomingAsync(
            new IncomingCall("79035550001", SimulatorCompany.MoscowNumber) { StartedAt = now.AddSeconds(-60), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(30), AnsweredBy = Answers.First });
        return world;
    }

    /// <summary>The recording, once the list says so of it.</summary>
    public async Task<JsonNode> WaitAsync(string state, string? category = null)
    {
        JsonNode? found = null;
        await HubWorld.EventuallyAsync(
            async () =>
            {
                found = (await Hub.GetAsync($"/api/v1/recordings?session={Call.SessionId}"))["items"]!.AsArray().SingleOrDefault();
                return found?["state"]!.GetValue<string>() == state && (category is null || found["category"]?.GetValue<string>() == category);
            },
            $"the recording is {state} {category}",
            () => found?.ToJsonString());
        return found!;
    }

    public static string LinkOf(JsonNode recording) => $"/r/{recording["code"]!.GetValue<string>()}";

    public Task<HttpResponseMessage> PlayAsync(JsonNode recording, RangeHeaderValue? range = null, HttpMethod? method = null, Action<HttpRequestHeaders>? headers = null, string key = HubWorld.ApiKey)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, LinkOf(recording)) { Headers = { Range = range } };
        request.Headers.Add("X-Api-Key", key);
        headers?.Invoke(request.Headers);
        return Hub.Http.SendAsync(request);
    }

    public async Task<JsonNode> PostAsync(string path, object? body = null)
    {
        using var answer = await Hub.Api.PostAsJsonAsync(path, body);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public IReadOnlyList<string> Files() => System.IO.Directory.Exists(Archive) ? System.IO.Directory.GetFiles(Archive, "*", SearchOption.AllDirectories) : [];

    /// <summary>As if the recording had become known that long ago; its file moves with its month.</summary>
    public async Task BackdateAsync(TimeSpan age)
    {
        var before = Files().Single();
        await Hub.Services.GetRequiredService<HubDatabase>().WriteAsync(
            async (context, ct) =>
            {
                var row = await context.Recordings.SingleAsync(ct);
                row.CreatedAt -= age;
                await context.SaveChangesAsync(ct);
                var month = System.IO.Directory.CreateDirectory(Path.Combine(Archive, "msk", row.CreatedAt.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)));
                File.Move(before, Path.Combine(month.FullName, Path.GetFileName(before)), overwrite: true);
            },
            CancellationToken.None);
    }

    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> read)
    {
        await using var context = Hub.Services.GetRequiredService<HubDatabase>().CreateContext();
        return await read(context);
    }

    public Task<List<AuditRow>> AuditAsync(string action) => ReadAsync(c => c.Audit.AsNoTracking().Where(a => a.Action == action).OrderBy(a => a.Id).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
