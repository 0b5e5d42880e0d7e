using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Rules;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Rules;

public sealed class RuleApiOnSqlite() : RuleApiTests(DatabaseProvider.Sqlite);

public sealed class RuleApiOnPostgres() : RuleApiTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task Change_OnOneReplica_ActsOnTheNextCallAndTheNextCardOfTheOther()
    {
        await using var one = await StartAsync();
        var connection = one.Services.GetRequiredService<HubSettings>().ConnectionString;
        await using var other = await StartAsync(o => o.Settings["ConnectionStrings:Hub"] = connection);
        var rule = (await one.GetAsync("/api/v1/rules/in-answered-unknown")).AsObject();
        (rule["deal"]!["action"], rule["card"], rule["recordingLinks"]) = ("none", "onAnswer", new JsonArray("call"));

        (await SendAsync(one, HttpMethod.Put, "/api/v1/rules/in-answered-unknown", rule.ToJsonString())).Status.Should().Be(HttpStatusCode.OK);
        var call = await other.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
        var planned = await SettledSomewhereAsync(other, call);

        planned["rule"]!["version"]!.GetValue<int>().Should().Be(2);
        planned["tasks"]!.AsArray().Select(t => t!["kind"]!.GetValue<string>()).Should().NotContain("deal");
        var cards = other.Services.GetRequiredService<ICardRules>();
        await HubWorld.EventuallyAsync(() => Task.FromResult(cards.TimingOf(TelephonyHub.Cabinets.CabinetKey.Parse("msk"), knownClient: false, null) == CardTiming.OnAnswer), "the other replica's cards follow");
    }

    /// <summary>Either replica may have written it, into the CRM it knows.</summary>
    private static async Task<JsonNode> SettledSomewhereAsync(HubWorld world, SimCall call) => await world.SettledAsync(call.Cabinet, call.SessionId);
}

/// <summary>The table of rules through the API: versions, refusals by field, the audit; and what a change does to calls. The same on both databases.</summary>
public abstract class RuleApiTests(DatabaseProvider provider)
{
    private const string Url = "/api/v1/rules";

    [SkippableFact]
    public async Task List_NewHub_TheTableOfTheProductAndItsVersion()
    {
        await using var world = await StartAsync();

        var answer = await world.Api.GetAnswerAsync(Url);

        answer.Headers.ETag!.Tag.Should().Be("\"1\"");
        var items = answer.Json["items"]!.AsArray();
        items.Should().HaveCount(8);
        items[0]!.AsObject().Select(p => p.Key).Should().Equal("id", "version", "name", "when", "contact", "deal", "task", "card", "callRecord", "recordingLinks");
        (await world.GetAsync($"{Url}/versions"))["items"]!.AsArray().Should().ContainSingle().Which!["version"]!.GetValue<int>().Should().Be(1);
    }

    [SkippableFact]
    public async Task Create_ThenAgain_SecondRuleForOneKeyIsRefusedWithTheOtherNamed()
    {
        await using var world = await StartAsync();
        const string Rule = """{"name":"Москва, реклама","when":{"cabinet":"msk","direction":"in","client":"unknown","result":"answered","tag":"Target"},"contact":"create","deal":{"action":"always"}}""";

        var created = await SendAsync(world, HttpMethod.Post, Url, Rule);
        var again = await SendAsync(world, HttpMethod.Post, Url, Rule.Replace("Target", "TARGET", StringComparison.Ordinal).Replace("реклама", "вторая", StringComparison.Ordinal));

        created.Status.Should().Be(HttpStatusCode.Created, created.Text);
        created.Headers.Location!.ToString().Should().Be($"{Url}/{created.Json["id"]!.GetValue<string>()}");
        created.Headers.ETag!.Tag.Should().Be("\"2\"");
        created.Json["task"]!["due"]!["unit"]!.GetValue<string>().Should().Be("workingDays");
        again.Status.Should().Be(HttpStatusCode.Conflict);
        again.ContentType.Should().Be("application/problem+json");
        again.Json["errors"]!["when"]![0]!.GetValue<string>().Should().Contain("Москва, реклама");
        (await world.GetAsync(Url))["items"]!.AsArray().Should().HaveCount(9);
    }

    [SkippableFact]
    public async Task Change_Faulty_EachFieldNamedAndNothingChanged()
    {
        await using var world = await StartAsync();

        var answer = await SendAsync(world, HttpMethod.Post, Url, """{"name":"","when":{"direction":"up","client":"known","result":"missed"},"contact":"find","task":{"action":"create","due":{"amount":-1}}}""");
        var broken = await SendAsync(world, HttpMethod.Post, Url, "{");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Json["errors"]!.AsObject().Select(e => e.Key).Should().BeEquivalentTo("name", "when.direction", "task.due.amount");
        broken.Status.Should().Be(HttpStatusCode.BadRequest);
        broken.Json["errors"]!["$"].Should().NotBeNull();
        (await world.InDatabaseAsync(c => c.RuleVersions.CountAsync())).Should().Be(0);
    }

    [SkippableFact]
    public async Task Update_OfWhatSomebodyElseChanged_IsRefused()
    {
        await using var world = await StartAsync();
        var rule = (await world.GetAsync($"{Url}/in-missed-known")).AsObject();
        var mine = rule.DeepClone().AsObject();
        rule["task"]!["due"] = new JsonObject { ["amount"] = 15, ["unit"] = "workingMinutes" };
        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-missed-known", rule.ToJsonString(), "\"1\"")).Status.Should().Be(HttpStatusCode.OK);

        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-missed-known", mine.ToJsonString())).Status.Should().Be(HttpStatusCode.PreconditionFailed, "its version is of the body");
        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-missed-known", mine.ToJsonString(), "\"1\"")).Status.Should().Be(HttpStatusCode.PreconditionFailed);
        mine.Remove("version");
        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-missed-known", mine.ToJsonString())).Status.Should().Be((HttpStatusCode)428);
        (await SendAsync(world, HttpMethod.Delete, $"{Url}/in-missed-known")).Status.Should().Be((HttpStatusCode)428);
        (await SendAsync(world, HttpMethod.Put, $"{Url}/nowhere", mine.ToJsonString(), "*")).Status.Should().Be(HttpStatusCode.NotFound);
        (await world.GetAsync($"{Url}/in-missed-known"))["task"]!["due"]!["amount"]!.GetValue<int>().Should().Be(15);
    }

    [SkippableFact]
    public async Task Delete_LastRuleOfAKindOfCall_IsRefused_AFurtherOneGoes()
    {
        await using var world = await StartAsync();
        var created = await SendAsync(world, HttpMethod.Post, Url, """{"name":"Сургут","when":{"cabinet":"sgt","direction":"in","client":"known","result":"missed"},"contact":"find"}""");
        var id = created.Json["id"]!.GetValue<string>();

        var refused = await SendAsync(world, HttpMethod.Delete, $"{Url}/in-missed-known", null, "\"1\"");
        var gone = await SendAsync(world, HttpMethod.Delete, $"{Url}/{id}", null, "\"2\"");

        refused.Status.Should().Be(HttpStatusCode.Conflict);
        refused.Json["errors"]!["when"].Should().NotBeNull();
        gone.Status.Should().Be(HttpStatusCode.NoContent);
        (await world.Api.GetAnswerAsync($"{Url}/{id}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task EveryChange_IsAVersionAndAnAuditEntryWithBeforeAndAfter_AndCanBeRestored()
    {
        await using var world = await StartAsync();
        var rule = (await world.GetAsync($"{Url}/out-missed-known")).AsObject();
        (rule["name"], rule["task"]!["action"]) = ("Перенабор", "create");
        await SendAsync(world, HttpMethod.Put, $"{Url}/out-missed-known", rule.ToJsonString(), "\"1\"");

        var restored = await SendAsync(world, HttpMethod.Post, $"{Url}/versions/1/restore", "{}");

        restored.Status.Should().Be(HttpStatusCode.OK, restored.Text);
        (await world.GetAsync($"{Url}/out-missed-known"))["name"]!.GetValue<string>().Should().Be("Недозвон, известный клиент");
        (await world.GetAsync($"{Url}/versions?limit=2"))["items"]!.AsArray().Select(v => v!["version"]!.GetValue<int>()).Should().Equal(3, 2);
        var next = (await world.GetAsync($"{Url}/versions?limit=2"))["nextCursor"]!.GetValue<string>();
        (await world.GetAsync($"{Url}/versions?limit=2&cursor={Uri.EscapeDataString(next)}"))["items"]!.AsArray().Select(v => v!["version"]!.GetValue<int>()).Should().Equal(1);
        (await world.GetAsync($"{Url}/versions/2"))["rules"]!.AsArray().Single(r => r!["id"]!.GetValue<string>() == "out-missed-known")!["name"]!.GetValue<string>().Should().Be("Перенабор");
        (await world.Api.GetAnswerAsync($"{Url}/versions/9")).Status.Should().Be(HttpStatusCode.NotFound);
        (await SendAsync(world, HttpMethod.Post, $"{Url}/versions/9/restore", "{}")).Status.Should().Be(HttpStatusCode.NotFound);

        var audit = await world.InDatabaseAsync(c => c.Audit.Where(a => a.Who == "tests").OrderBy(a => a.Id).ToListAsync());
        audit.Select(a => (a.Action, a.Who)).Should().Equal(("rule.update", "tests"), ("rules.restore 1", "tests"));
        var details = JsonNode.Parse(audit[0].Details!)!;
        details["before"]!["name"]!.GetValue<string>().Should().Be("Недозвон, известный клиент");
        details["after"]!["name"]!.GetValue<string>().Should().Be("Перенабор");
        var restore = JsonNode.Parse(audit[1].Details!)!;
        restore["version"]!.GetValue<int>().Should().Be(3);
        restore["before"]!["version"]!.GetValue<int>().Should().Be(2);
        restore["after"]!.ToJsonString().Should().Be("""{"version":3,"rulesOf":1}""");
    }

    [SkippableFact]
    public async Task CreateAndRestore_RepeatedWithTheSameKey_ActOnce()
    {
        await using var world = await StartAsync();
        const string Rule = """{"name":"Москва","when":{"cabinet":"msk","direction":"in","client":"known","result":"missed"},"contact":"find"}""";

        var created = await SendAsync(world, HttpMethod.Post, Url, Rule, key: "k1");
        var again = await SendAsync(world, HttpMethod.Post, Url, Rule, key: "k1");
        var other = await SendAsync(world, HttpMethod.Post, Url, Rule.Replace("Москва", "Тверь", StringComparison.Ordinal), key: "k1");
        var restored = await SendAsync(world, HttpMethod.Post, $"{Url}/versions/1/restore", key: "k1");
        var restoredAgain = await SendAsync(world, HttpMethod.Post, $"{Url}/versions/1/restore", key: "k1");

        created.Status.Should().Be(HttpStatusCode.Created, created.Text);
        (again.Status, again.Text, again.Header("Idempotency-Replayed")).Should().Be((HttpStatusCode.Created, created.Text, "true"));
        other.Status.Should().Be(HttpStatusCode.UnprocessableEntity, "the body is another one");
        restored.Status.Should().Be(HttpStatusCode.OK, "a key is one of its resource");
        (restoredAgain.Status, restoredAgain.Text, restoredAgain.Header("Idempotency-Replayed")).Should().Be((HttpStatusCode.OK, restored.Text, "true"));
        (await world.InDatabaseAsync(c => c.RuleVersions.CountAsync())).Should().Be(2);
    }

    [SkippableFact]
    public async Task Changes_AtOnce_EachIsAVersion()
    {
        await using var world = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(n => SendAsync(
            world, HttpMethod.Post, Url, $$$"""{"name":"n","when":{"direction":"in","client":"known","result":"answered","minTalkSeconds":{{{n}}}},"contact":"find"}""")));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created);
        answers.Select(a => a.Json["version"]!.GetValue<int>()).Should().BeEquivalentTo([2, 3, 4, 5, 6, 7]);
        (await world.GetAsync(Url))["items"]!.AsArray().Should().HaveCount(14);
    }

    [SkippableFact]
    public async Task Change_ActsOnTheNextCall_AndNotOnOneThatWasPlanned()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseKinds.Add("talk_record_file");
        var before = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
        (await world.SettledAsync("msk", before.SessionId))["rule"]!["version"]!.GetValue<int>().Should().Be(1);
        var rule = (await world.GetAsync($"{Url}/in-answered-unknown")).AsObject();
        (rule["deal"]!["action"], rule["task"]!["action"], rule["recordingLinks"]) = ("none", "none", new JsonArray("call"));
        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-answered-unknown", rule.ToJsonString())).Status.Should().Be(HttpStatusCode.OK);

        var after = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550002"));
        var read = await world.SettledAsync("msk", after.SessionId);
        await world.PostEventAsync("msk", UisWire.Body("talk_record_file", before.SessionId, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber, ",\"file_link\":\"https://app.uiscom.ru/system/media/talk/1/abc/\",\"file_duration\":40"));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("OpportunityFile").Count == 1), "the recording hangs on the deal, as the first version says");
        var late = await world.SettledAsync("msk", before.SessionId);

        read["rule"]!["id"]!.GetValue<string>().Should().Be("in-answered-unknown");
        read["rule"]!["version"]!.GetValue<int>().Should().Be(2);
        read["tasks"]!.AsArray().Select(t => t!["kind"]!.GetValue<string>()).Should().BeEquivalentTo("contact", "call");
        late["rule"]!["version"]!.GetValue<int>().Should().Be(1);
        late["rule"]!["id"]!.GetValue<string>().Should().Be("in-answered-unknown", "the contact is in the CRM by this very call");
        world.Crm.Store.All("Opportunity").Should().ContainSingle();
        world.Crm.Store.All("Activity").Should().ContainSingle();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TagSetLater_NonTarget_ClosesTheDealUnlessSomebodyWorksOnIt(bool touched)
    {
        const string Rule = """{"name":"Нецелевой","when":{"direction":"in","client":"unknown","result":"answered","tag":"Нецелевой"},"contact":"create","deal":{"action":"close"},"task":{"action":"none"},"recordingLinks":["call"]}""";
        Dictionary<string, SimUser> users = [];
        await using var world = await StartAsync(o => o.Seed = s => users = Company.SeedUsers(s));
        (await SendAsync(world, HttpMethod.Post, Url, Rule)).Status.Should().Be(HttpStatusCode.Created);
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
        await world.SettledAsync("msk", call.SessionId);
        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        if (touched)
        {
            world.Crm.Store.Update("Opportunity", deal.Id, ("Title", "Болты М8"), ("ModifiedById", users["boris.petrov@krepezh.example"].ContactId));
        }

        await world.PostEventAsync("msk", UisWire.Body("set_mark", call.SessionId, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber, ",\"tag_id\":1,\"tag_name\":\"нецелевой\""));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Activity").Single().Ref("StatusId") == CreatioIds.ActivityStatus.Completed), "nobody has to follow it up");
        var read = await world.SettledAsync("msk", call.SessionId);

        read["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
        world.Crm.Store.Get("Opportunity", deal.Id).Ref("StageId").Should().Be(touched ? CreatioIds.OpportunityStage.Qualification : CreatioIds.OpportunityStage.ClosedRejected);
        var next = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
        await world.SettledAsync("msk", next.SessionId);
        world.Crm.Store.All("Opportunity").Should().HaveCount(touched ? 1 : 2, "a closed deal keeps no other from being made");
    }

    [SkippableFact]
    public async Task TagSetLater_DealThatAnotherCallFoundOpen_IsClosedWithTheLastOfThem()
    {
        const string Rule = """{"name":"Нецелевой","when":{"direction":"in","client":"CLIENT","result":"answered","tag":"Нецелевой"},"contact":"create","deal":{"action":"close"},"task":{"action":"none"}}""";
        await using var world = await StartAsync();
        (await SendAsync(world, HttpMethod.Post, Url, Rule.Replace("CLIENT", "unknown", StringComparison.Ordinal))).Status.Should().Be(HttpStatusCode.Created);
        (await SendAsync(world, HttpMethod.Post, Url, Rule.Replace("CLIENT", "known", StringComparison.Ordinal))).Status.Should().Be(HttpStatusCode.Created);
        var calls = new List<SimCall>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            calls.Add(await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001")));
            await world.SettledAsync("msk", calls[^1].SessionId);
        }

        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        foreach (var (call, stage) in calls.Zip([CreatioIds.OpportunityStage.Qualification, CreatioIds.OpportunityStage.ClosedRejected]))
        {
            await world.PostEventAsync("msk", UisWire.Body("set_mark", call.SessionId, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber, ",\"tag_id\":1,\"tag_name\":\"Нецелевой\""));
            await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Activity").Count(a => a.Ref("StatusId") == CreatioIds.ActivityStatus.Completed) == calls.IndexOf(call) + 1), "its follow-up is closed");
            await world.SettledAsync("msk", call.SessionId);
            world.Crm.Store.Get("Opportunity", deal.Id).Ref("StageId").Should().Be(stage);
        }
    }

    [SkippableFact]
    public async Task DealOfTheRule_AlwaysAndALead_MadeBesideAnOpenOne()
    {
        await using var world = await StartAsync();
        var rule = (await world.GetAsync($"{Url}/in-answered-unknown")).AsObject();
        rule["deal"] = new JsonObject { ["action"] = "ifNoneOpen", ["entity"] = "lead", ["stageId"] = "14cfc644-e3ed-497e-8279-ed4319bb8093", ["title"] = "x" };
        await SendAsync(world, HttpMethod.Put, $"{Url}/in-answered-unknown", rule.ToJsonString());
        var known = (await world.GetAsync($"{Url}/in-answered-known")).AsObject();
        known["deal"] = new JsonObject { ["action"] = "always", ["entity"] = "lead" };
        await SendAsync(world, HttpMethod.Put, $"{Url}/in-answered-known", known.ToJsonString());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
            (await world.SettledAsync("msk", call.SessionId))["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done");
        }

        world.Crm.Store.All("Opportunity").Should().BeEmpty();
        world.Crm.Store.All("Lead").Should().HaveCount(2).And.ContainSingle(l => l.Ref("QualifyStatusId") == Guid.Parse("14cfc644-e3ed-497e-8279-ed4319bb8093"));
        world.Crm.Store.All("Call").Select(c => c.Ref("LeadId")).Should().BeEquivalentTo(world.Crm.Store.All("Lead").Select(l => (Guid?)l.Id));
        world.Crm.Store.All("FileLead").Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task ContactOfTheRule_None_KnownClientIsNotLinked()
    {
        await using var world = await StartAsync(o => o.Seed += s => s.AddContact("Клиент", null, null, "+79035550001"));
        var rule = (await world.GetAsync($"{Url}/in-answered-known")).AsObject();
        (rule["contact"], rule["deal"]!["action"], rule["recordingLinks"]) = ("none", "none", new JsonArray("call"));
        (await SendAsync(world, HttpMethod.Put, $"{Url}/in-answered-known", rule.ToJsonString())).Status.Should().Be(HttpStatusCode.OK);

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming("79035550001"));
        await world.SettledAsync("msk", call.SessionId);

        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("ContactId").Should().BeNull();
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("ContactId").Should().BeNull();
    }

    [SkippableTheory]
    [InlineData("none", 0)]
    [InlineData("onAnswer", 1)]
    public async Task CardOfTheRule_SaysWhenItComes(string card, int answered)
    {
        await using var world = await StartAsync(o => o.Seed += s => s.AddContact("Клиент", null, null, "+79035550001"));
        var rule = (await world.GetAsync($"{Url}/in-answered-known")).AsObject();
        rule["card"] = card;
        await SendAsync(world, HttpMethod.Put, $"{Url}/in-answered-known", rule.ToJsonString());

        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall("79035550001", SimulatorCompany.MoscowNumber) { StartedAt = Now(-20) });
        await live.RingAsync();
        await live.AnswerAsync();
        if (answered > 0)
        {
            await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Popups.Count > 0), "the card comes with the answer");
        }

        await live.HangUpAsync();
        await world.SettledAsync("msk", live.SessionId);

        var events = world.Crm.Popups.Where(p => p.Source == PopupSource.Notify).Select(p => JsonNode.Parse(p.Payload)!["event"]!.GetValue<string>()).ToList();
        events.Should().NotContain("ringing");
        events.Count(e => e == "answered").Should().Be(answered);
    }

    protected Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    protected static async Task<Answer> SendAsync(HubWorld world, HttpMethod method, string url, string? json = null, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await world.Api.AnswerAsync(request);
    }

    protected static IncomingCall Incoming(string from) =>
        new(from, SimulatorCompany.MoscowNumber) { StartedAt = Now(-120), Ring = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(40), AnsweredBy = Answers.First };

    private static DateTimeOffset Now(int seconds) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds);
}
