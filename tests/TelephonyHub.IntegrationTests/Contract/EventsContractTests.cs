using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class EventsContractOnSqlite(EventsWorldOnSqlite shared) : EventsContractTests(shared), IClassFixture<EventsWorldOnSqlite>;

public sealed class EventsContractOnPostgres(EventsWorldOnPostgres shared) : EventsContractTests(shared), IClassFixture<EventsWorldOnPostgres>;

/// <summary>What is accepted, what is quarantined, and that both are on disk (contract, section 1). The same on both databases.</summary>
public abstract class EventsContractTests(EventsWorld shared)
{
    private const string Caller = "79035550001";

    [SkippableFact]
    public async Task Event_DeliveredTwiceInDifferentForms_IsAcceptedTwiceAndStoredOnce()
    {
        var world = await shared.WorldAsync();
        var (session, at) = (SharedWorld.NewSession(), TimeProvider.System.GetUtcNow());
        var local = at.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var query = $"&event=in_call_session&call_session_id={session}&notification_time={Uri.EscapeDataString(local)}&direction=in&contact_phone_number={Caller}&virtual_phone_number={SimulatorCompany.MoscowNumber}";

        var first = await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Caller, SimulatorCompany.MoscowNumber));
        var second = await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, at, Caller, SimulatorCompany.MoscowNumber), contentType: "text/plain");
        var third = await world.Http.GetAnswerAsync(UisWire.EventsUrl("msk", query: query).ToString());

        new[] { first, second, third }.Should().OnlyContain(a => a.Outcome == "accepted");
        (await world.EventRowsAsync("msk", session)).Should().Be(1);
    }

    [SkippableTheory]
    [InlineData("chat_finished", "\"chat_id\":1,\"status\":\"ok\"")]
    [InlineData("lost_chat", "\"chat_id\":2")]
    [InlineData("unanswered_chats", "\"chat_ids\":[1,2]")]
    [InlineData("offline_message", "\"offline_message_id\":3")]
    [InlineData("event", "\"communication_id\":4")]
    [InlineData("sip_line_unregister", "\"sip_line_id\":5,\"sip_line_login\":\"0101001\"")]
    [InlineData("fax_receive_finished", "\"call_session_id\":999000111,\"file_link\":\"https://app.uiscom.ru/f/1\"")]
    public async Task Event_OfAKnownKindWithoutCall_IsAcceptedAndMakesNoCall(string mnemonic, string fields)
    {
        var world = await shared.WorldAsync();
        var marker = Guid.CreateVersion7();

        var named = await world.PostEventAsync("msk", $$"""{"notification_mnemonic":"{{mnemonic}}","marker":"{{marker}}",{{fields}}}""");
        var inUrl = await world.PostEventAsync("msk", $$"""{"marker":"{{marker}}-url",{{fields}}}""", query: $"&event={mnemonic}");

        (named.Outcome, inUrl.Outcome).Should().Be(("accepted", "accepted"));
        var rows = await world.InDatabaseAsync(c => c.Events.Where(e => e.Kind == mnemonic && e.Cabinet == "msk").ToListAsync());
        rows.FindAll(r => Encoding.UTF8.GetString(r.Body!).Contains(marker.ToString(), StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyContain(r => r.SessionId == null);
        (await world.CallAsync("msk", 999000111)).Should().BeNull();
    }

    [SkippableTheory]
    [InlineData("""{"notification_mnemonic":"call_of_the_wild","call_session_id":1,"marker":"@"}""", "call_of_the_wild")]
    [InlineData("""{"notification_mnemonic":"talk_started","marker":"@"}""", "call_session_id")]
    [InlineData("""{"notification_mnemonic":"talk_started","call_session_id":"not a number","marker":"@"}""", "call_session_id")]
    [InlineData("""{"marker":"@"}""", "kind")]
    [InlineData("""<xml>@</xml>""", "neither")]
    public async Task Event_NotUnderstood_IsQuarantinedWholeAndShown(string template, string reason)
    {
        var world = await shared.WorldAsync();
        var body = template.Replace("@", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);

        var answer = await world.PostEventAsync("sgt", body, contentType: "application/x-odd");

        answer.Outcome.Should().Be("quarantined");
        var item = (await world.GetAsync("/api/v1/quarantine?cabinet=SGT&limit=200"))["items"]!.AsArray().Should().ContainSingle(i => i!["body"]!.GetValue<string>() == body).Subject!;
        item["cabinet"]!.GetValue<string>().Should().Be("sgt");
        item["reason"]!.GetValue<string>().Should().Contain(reason);
        item["contentType"]!.GetValue<string>().Should().Be("application/x-odd");
        DateTimeOffset.Parse(item["receivedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture).Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(2));
        var whole = await world.GetAsync($"/api/v1/quarantine/{item["id"]!.GetValue<string>()}");
        Convert.FromBase64String(whole["bodyBase64"]!.GetValue<string>()).Should().Equal(Encoding.UTF8.GetBytes(body));
    }

    [SkippableFact]
    public async Task Quarantine_Replay_CountsFirstThenReadsAgainWithTheParserOfTodayAndIsAudited()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        var id = await QuarantineByHandAsync(world, UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), Caller, SimulatorCompany.SurgutNumber, offsetHours: 5));
        var hopeless = await QuarantineByHandAsync(world, "still garbage");
        string Request(bool dryRun) => $$"""{"filter":{"cabinet":"SGT","ids":["{{id}}","{{hopeless}}"]},"dryRun":{{(dryRun ? "true" : "false")}}}""";

        var dry = await world.Api.PostJsonAsync("/api/v1/quarantine/replay", Request(dryRun: true));
        (await world.EventRowsAsync("sgt", session)).Should().Be(0);
        var real = await world.Api.PostJsonAsync("/api/v1/quarantine/replay", Request(dryRun: false));
        var again = await world.Api.PostJsonAsync("/api/v1/quarantine/replay", Request(dryRun: false));

        Counts(dry).Should().Be((2, 0));
        Counts(real).Should().Be((2, 1), "only one of them is understood now");
        Counts(again).Should().Be((1, 0), "what was replayed waits no more");
        (await world.EventRowsAsync("sgt", session)).Should().Be(1);
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("sgt", session) is not null, "the replayed event has become a call");
        var waiting = (await world.GetAsync("/api/v1/quarantine?limit=200"))["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()).ToList();
        waiting.Should().Contain($"{hopeless}").And.NotContain($"{id}");
        var audit = await world.InDatabaseAsync(c => c.Audit.Where(a => a.Action == "quarantine.replay").ToListAsync());
        audit.Should().Contain(a => a.Who == "tests" && a.Details!.Contains($"\"{id}\"") && a.Details.Contains("\"replayed\":1"));
        audit.Count(a => a.Details!.Contains($"\"{id}\"")).Should().Be(2, "a dry run does nothing and is no entry");
    }

    [SkippableFact]
    public async Task Body_WithNulAndInvalidUtf8_IsStoredByteForByte()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        byte[] understood =
        [
            .. Encoding.UTF8.GetBytes($$"""{"notification_mnemonic":"in_call_session","call_session_id":{{session}},"notification_time":"2026-01-10 12:00:00","contact_phone_number":"{{Caller}}","virtual_phone_number":"{{SimulatorCompany.SurgutNumber}}","contact_full_name":"a"""),
            0x00, 0xFF, 0xC3, 0x28,
            .. "\"}"u8,
        ];
        byte[] garbage = [0x00, 0xFF, 0xFE, .. Guid.CreateVersion7().ToByteArray(), 0x00];

        var first = await world.PostAsync(UisWire.EventsUrl("sgt"), understood);
        var second = await world.PostAsync(UisWire.EventsUrl("sgt"), garbage);

        (first.Outcome, second.Outcome).Should().Be(("accepted", "quarantined"));
        (await world.InDatabaseAsync(c => c.Events.SingleAsync(e => e.SessionId == session))).Body.Should().Equal(understood);
        (await world.InDatabaseAsync(c => c.Quarantine.Where(q => q.Cabinet == "sgt").ToListAsync())).Should().ContainSingle(q => q.Body.SequenceEqual(garbage));
        (await world.Api.GetAnswerAsync("/api/v1/quarantine?limit=200")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("sgt", session) is not null, "the call can be read");
    }

    [SkippableFact]
    public async Task Event_Stored_ShowsInTheReadsWithinASecond()
    {
        var world = await shared.WorldAsync();
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 7; i++)
        {
            var session = SharedWorld.NewSession();
            await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), Caller, SimulatorCompany.MoscowNumber));
            await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", session) is not null, "the call can be read");
            var received = await world.InDatabaseAsync(c => c.Events.Where(e => e.SessionId == session).Select(e => e.ReceivedAt).SingleAsync());
            var folded = await world.InDatabaseAsync(c => c.Calls.Where(e => e.SessionId == session).Select(e => e.UpdatedAt).SingleAsync());
            delays.Add(folded - received);
        }

        // By the hub's own clock, and the median: a loaded machine may stall one of them.
        delays.Order().ElementAt(3).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [SkippableFact]
    public async Task Event_WithFieldsNoColumnCanHold_NeverHoldsUpOtherCalls()
    {
        // A number of many kilobytes (no index takes it) and one whose hundredth character is half of a surrogate pair.
        var world = await shared.WorldAsync();
        string[] phones = [new string('9', 50_000), "x" + string.Concat(Enumerable.Repeat("😀", 200)), "\\u0000\\ud800", "+" + new string('☎', 9_000)];
        var odd = new List<long>();
        foreach (var phone in phones)
        {
            var session = SharedWorld.NewSession();
            odd.Add(session);
            foreach (var kind in new[] { "in_call_session", "lost_call_session" })
            {
                (await world.PostEventAsync("sgt", UisWire.Body(kind, session, TimeProvider.System.GetUtcNow(), phone, phone, $",\"contact_full_name\":\"{phone}\""))).Outcome.Should().Be("accepted");
            }
        }

        var normal = SharedWorld.NewSession();
        await world.PostEventAsync("sgt", UisWire.Body("in_call_session", normal, TimeProvider.System.GetUtcNow(), Caller, SimulatorCompany.SurgutNumber));
        foreach (var session in odd.Append(normal))
        {
            await HubWorld.EventuallyAsync(async () => await world.CallAsync("sgt", session) is not null, $"call {session} can be read");
        }

        var read = (await world.CallAsync("sgt", odd[0]))!;
        read["foldError"].Should().BeNull();
        read["call"]!["clientPhoneUnparsed"]!.GetValue<bool>().Should().BeTrue("a number that cannot be parsed is kept raw and flagged");
    }

    [SkippableFact]
    public async Task Stop_UnderLoad_EveryAcknowledgedEventIsOnDisk()
    {
        await using var world = await HubWorld.StartAsync(shared.Provider);
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<long>();
        var warm = new TaskCompletionSource();
        var http = world.Http;
        async Task SendAsync()
        {
            for (var i = 0; i < 500; i++)
            {
                var session = SharedWorld.NewSession();
                try
                {
                    using var content = new StringContent(UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), Caller, SimulatorCompany.MoscowNumber));
                    using var response = await http.PostAsync(UisWire.EventsUrl("msk"), content);
                    if (response.IsSuccessStatusCode)
                    {
                        acknowledged.Add(session);
                        if (acknowledged.Count > 50)
                        {
                            warm.TrySetResult();
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    return; // The hub is gone.
                }
            }
        }

        var senders = Enumerable.Range(0, 8).Select(_ => SendAsync()).ToList();
        await warm.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await world.StopHubAsync();
        await Task.WhenAll(senders);
        await world.StartHubAsync();

        var stored = (await world.InDatabaseAsync(c => c.Events.Where(e => e.SessionId != null).Select(e => e.SessionId!.Value).ToListAsync())).ToHashSet();
        acknowledged.Except(stored).Should().BeEmpty("200 is said only after the commit");
        acknowledged.Count.Should().BeGreaterThan(50);
    }

    private static (int, int) Counts(Answer answer) => (answer.Json["matched"]!.GetValue<int>(), answer.Json["replayed"]!.GetValue<int>());

    /// <summary>As an older parser would have left it.</summary>
    private static Task<long> QuarantineByHandAsync(HubWorld world, string body) => world.Services.GetRequiredService<HubDatabase>().WriteAsync(
        async (context, ct) =>
        {
            var row = new QuarantineRow
            {
                Cabinet = "sgt",
                ReceivedAt = TimeProvider.System.GetUtcNow(),
                ContentKey = Guid.CreateVersion7().ToString("N"),
                Reason = "An older parser did not understand it.",
                Method = "POST",
                Body = Encoding.UTF8.GetBytes(body),
            };
            context.Quarantine.Add(row);
            await context.SaveChangesAsync(ct);
            return row.Id;
        },
        CancellationToken.None);
}
