using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class CrmRequestsOnSqlite() : CrmRequestTests(DatabaseProvider.Sqlite);

public sealed class CrmRequestsOnPostgres() : CrmRequestTests(DatabaseProvider.Postgres);

/// <summary>What a finished call costs the CRM: one batch of reads and one of writes, whatever kind of call it was (contract, section 2).</summary>
public abstract class CrmRequestTests(DatabaseProvider provider)
{
    private const string Client = "79035550002";
    private const string Stranger = "79035550001";
    private Dictionary<string, SimUser> _users = [];

    [SkippableTheory]
    [InlineData(Client, true)]
    [InlineData(Client, false)]
    [InlineData(Stranger, true)]
    [InlineData(Stranger, false)]
    public async Task IncomingCall_FromItsEndOn_CostsAtMostTwoRequests(string number, bool answered)
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var live = await world.Uis.Cabinets["sgt"].BeginIncomingAsync(new IncomingCall(number, SimulatorCompany.SurgutNumber) { StartedAt = TimeProvider.System.GetUtcNow() });
        await live.RingAsync();
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Popups.Count > 0), "the card, and what is read for it, is over");
        if (answered)
        {
            await live.AnswerAsync();
        }

        var before = world.Crm.Requests.Count;
        await live.HangUpAsync();
        await world.SettledAsync("sgt", live.SessionId);

        Work(world, before).Should().HaveCountLessThanOrEqualTo(2, Told(world, before));
        world.Crm.Store.All("Call").Should().ContainSingle();
    }

    [SkippableFact]
    public async Task OutgoingCallThatReachedNobody_CostsAtMostTwoRequests()
    {
        await using var world = await StartAsync();

        var call = await world.Uis.Cabinets["spb"].OutgoingAsync(new OutgoingCall(102_002, Client, false) { StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-60), Ring = TimeSpan.FromSeconds(3) });
        await world.SettledAsync("spb", call.SessionId);

        Work(world, 0).Should().HaveCountLessThanOrEqualTo(2, Told(world, 0));
    }

    [SkippableFact]
    public async Task RecordingThatComesLater_CostsOneRequestMore()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");

        // Ends now: what is missing for a minute would be taken from the report.
        var call = await world.Uis.Cabinets["sgt"].IncomingAsync(new IncomingCall(Client, SimulatorCompany.SurgutNumber)
        {
            StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-45),
            Ring = TimeSpan.FromSeconds(5),
            Talk = TimeSpan.FromSeconds(40),
            AnsweredBy = Answers.First,
        });
        await world.SettledAsync("sgt", call.SessionId);
        var before = world.Crm.Requests.Count;

        var lost = world.Uis.Notifications.Single(n => n.SessionId == call.SessionId && n.Mnemonic == "talk_record_file");
        (await world.Http.PostAsync(lost.Url, new StringContent(lost.Body!))).EnsureSuccessStatusCode();
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("CallFile").Count == 1), "the recording is linked");
        await world.SettledAsync("sgt", call.SessionId);

        Work(world, before).Should().ContainSingle(Told(world, before));
        world.Crm.Store.All("ContactFile").Should().ContainSingle();
        world.Crm.Store.All("OpportunityFile").Should().ContainSingle();
    }

    /// <summary>Without cards, and without what no call causes: the directory's own reading, and the comparison's, which begins twenty seconds after the start.</summary>
    private static List<CrmRequest> Work(HubWorld world, int after) => [.. world.Crm.Requests.Skip(after).Where(r =>
        r.IsWork && r.Kind != CrmRequestKind.Notify && !r.Touches("Reminding")
        && !r.Operations.All(o => o.IsRead && o.DecodedUrl.StartsWith("Call?$filter=IntegrationId eq", StringComparison.Ordinal))
        && !r.Operations.Any(o => o.DecodedUrl.Contains("$orderby=ModifiedOn", StringComparison.Ordinal) || o.Entity is "SysAdminUnit" or "VwSysAdminUnit" or "SysMsgUserSettings" or "ComTypebyCommunication"
            || (o.IsRead && o.Entity is "ContactCommunication" or "AccountCommunication" && !o.DecodedUrl.Contains("SearchNumber", StringComparison.Ordinal))))];

    private static string Told(HubWorld world, int after) => string.Join(" | ", Work(world, after).SelectMany(r => r.Operations.Select(o => $"{r.Kind} {o.Method} {o.DecodedUrl}")));

    private Task<HubWorld> StartAsync() => HubWorld.StartAsync(provider, o => o.Seed = s =>
    {
        _users = Company.SeedUsers(s);
        s.AddContact("Клиент", _users["nina.pavlova@krepezh.example"].ContactId, null, "+7 903 555 00 02");
    });
}
