using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Routing;

public sealed class StaffingApiOnSqlite(StaffingWorldOnSqlite shared) : StaffingApiTests(shared), IClassFixture<StaffingWorldOnSqlite>;

public sealed class StaffingApiOnPostgres(StaffingWorldOnPostgres shared) : StaffingApiTests(shared), IClassFixture<StaffingWorldOnPostgres>
{
    [SkippableFact]
    public async Task Change_OnOneReplica_ActsOnTheOther_AndSurvivesARestart()
    {
        var one = await shared.EmptyAsync();
        var connection = one.Services.GetRequiredService<HubSettings>().ConnectionString;
        await using var other = await HubWorld.StartAsync(DatabaseProvider.Postgres, o =>
        {
            o.Settings["ConnectionStrings:Hub"] = connection;
            o.Settings["Routing:BudgetMs"] = "5000";
        });

        await one.PutAsync("cabinets/msk", """{"groupPhones":["84951112222"],"dutyPhones":["84951113333"]}""");

        // By the explanation, which may be asked as often as one likes: a stranger who calls more than ten times a minute is not put through.
        await HubWorld.EventuallyAsync(async () => await FirstPhoneAsync(other) == "74951112222", "the other replica follows");
        (await other.RouteAsync("msk", "79035550801", SimulatorCompany.MoscowNumber)).Phones().Should().Equal("74951112222", "74951113333");
        await other.StopHubAsync();
        await other.StartHubAsync();
        await HubWorld.EventuallyAsync(async () => await FirstPhoneAsync(other) == "74951112222", "it is known again after a restart");
    }

    [SkippableFact]
    public async Task Change_TellsTheOtherReplicas_SoThatTheyNeedNotLookForIt()
    {
        var world = await shared.EmptyAsync();
        var signal = new StaffingSignal();
        using var listener = new ReplicaListener(
            world.Services.GetRequiredService<HubDatabase>(), new FoldSignal(), new SyncSignal(), signal, TimeProvider.System, NullLogger<ReplicaListener>.Instance);
        await listener.StartAsync(default);
        (await signal.WaitAsync(TimeSpan.FromSeconds(60), default)).Should().BeTrue("whoever begins to listen looks once");

        await world.PutAsync("cabinets/msk", """{"fallbackCode":4}""");

        (await signal.WaitAsync(TimeSpan.FromSeconds(60), default)).Should().BeTrue("the replica that made the change said so");
        await listener.StopAsync(default);
    }

    private static async Task<string?> FirstPhoneAsync(HubWorld world) => (await world.ExplainAsync("79035550802"))["answer"]?["phones"]?[0]?.GetValue<string>();
}

/// <summary>Calendars, rotas, deputies and settings through the API: what a change does to the next call, refusals by field, versions, the audit. The same on both databases.</summary>
public abstract class StaffingApiTests(StaffingWorld shared)
{
    [SkippableFact]
    public async Task Calendar_Put_ActsOnTheNextCall_AndTakenAwayEveryHourIsWorkingAgain()
    {
        var world = await shared.EmptyAsync();
        const string Stranger = "79035550811";
        (await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber)).Phones().Should().Equal([.. RouteWorld.MoscowGroup, RouteWorld.MoscowDuty]);

        var put = await world.SendAsync(HttpMethod.Put, "calendars/MSK", StaffingWorld.ClosedNow);

        put.Status.Should().Be(HttpStatusCode.Created, put.Text);
        (await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber)).Phones().Should().Equal(RouteWorld.MoscowDuty);
        (await world.SendAsync(HttpMethod.Delete, "calendars/msk", null, put.Headers.ETag!.Tag)).Status.Should().Be(HttpStatusCode.NoContent);
        (await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber)).Phones().Should().StartWith(RouteWorld.MoscowGroup[0]);
    }

    [SkippableFact]
    public async Task Change_OfWhatSomebodyElseChanged_IsRefused_AndAudited()
    {
        var world = await shared.EmptyAsync();
        var first = await world.SendAsync(HttpMethod.Put, "cabinets/msk", """{"maxPhones":5}""");

        (await world.SendAsync(HttpMethod.Put, "cabinets/msk", """{"maxPhones":6}""")).Status.Should().Be((HttpStatusCode)428);
        var second = await world.SendAsync(HttpMethod.Put, "cabinets/msk", """{"maxPhones":7}""", first.Headers.ETag!.Tag);
        (await world.SendAsync(HttpMethod.Put, "cabinets/msk", """{"maxPhones":8}""", first.Headers.ETag!.Tag)).Status.Should().Be(HttpStatusCode.PreconditionFailed);
        (await world.SendAsync(HttpMethod.Delete, "cabinets/msk", null, first.Headers.ETag!.Tag)).Status.Should().Be(HttpStatusCode.PreconditionFailed);

        second.Status.Should().Be(HttpStatusCode.OK);
        var read = await world.Api.GetAnswerAsync("/api/v1/routing/cabinets/msk");
        read.Headers.ETag!.Tag.Should().Be(second.Headers.ETag!.Tag);
        read.Json["value"]!["maxPhones"]!.GetValue<int>().Should().Be(7);
        read.Json["changedBy"]!.GetValue<string>().Should().Be("tests");
        var audit = await world.InDatabaseAsync(c => c.Audit.Where(a => a.Action == "routing.cabinets.put").OrderByDescending(a => a.Id).FirstAsync());
        JsonNode.Parse(audit.Details!)!["before"]!["maxPhones"]!.GetValue<int>().Should().Be(5);
        JsonNode.Parse(audit.Details!)!["after"]!["maxPhones"]!.GetValue<int>().Should().Be(7);
    }

    [SkippableTheory]
    [InlineData("calendars/nowhere", "{}", "key")]
    [InlineData("calendars/msk", "{}", "mon")]
    [InlineData("calendars/msk", """{"mon":[{"from":"18:00","till":"09:00"}]}""", "mon[0].till")]
    [InlineData("calendars/msk", """{"mon":[{"from":"09:00","till":"18:00"},{"from":"12:00","till":"19:00"}]}""", "mon[1]")]
    [InlineData("calendars/msk", """{"mon":[null]}""", "mon[0]")]
    [InlineData("calendars/msk", """{"mon":"09:00"}""", "mon")]
    [InlineData("calendars/msk", """{"monday":[]}""", "monday")]
    [InlineData("holidays/2026", """{"days":[{"date":"2025-01-01","kind":"off"}]}""", "days[0].date")]
    [InlineData("rota/msk", """{"people":[{}],"from":"2026-01-01"}""", "people[0]")]
    [InlineData("rota/msk", """{"people":[{"phones":["x"]}],"from":"2026-01-01"}""", "people[0].phones[0]")]
    [InlineData("rota/msk", """{"people":[{"phones":["101"]}]}""", "from")]
    [InlineData("rota/msk", """{"people":[{"contactId":"00000000-0000-0000-0000-000000000009"}],"from":"2026-01-01"}""", "people[0].contactId")]
    [InlineData("deputies/00000000-0000-0000-0000-000000000009", """{"deputies":[]}""", "key")]
    [InlineData("cabinets/msk", """{"fallbackCode":100}""", "fallbackCode")]
    [InlineData("cabinets/msk", """{"digits":{"12":"msk"}}""", "digits.12")]
    [InlineData("cabinets/msk", """{"digits":{"1":null}}""", "digits.1")]
    [InlineData("cabinets/msk", """{"substitutes":["msk"]}""", "substitutes[0]")]
    [InlineData("cabinets/msk", """{"onCall":"never"}""", "onCall")]
    [InlineData("blacklist/abc", "{}", "key")]
    [InlineData("blacklist/79035550001", "[]", "$")]
    [InlineData("blacklist/79035550001", "{", "$")]
    [InlineData("blacklist/79035550001", """{"note":"a\u0000b"}""", "note")]
    public async Task Put_Faulty_NamesTheFieldAndChangesNothing(string path, string json, string field)
    {
        var world = await shared.EmptyAsync();

        var answer = await world.SendAsync(HttpMethod.Put, path, json);

        answer.Status.Should().Be(HttpStatusCode.BadRequest, answer.Text);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json["errors"]!.AsObject().Select(e => e.Key).Should().Contain(k => k == field || (field == "monday" && k == "$"), answer.Text);
        (await world.InDatabaseAsync(c => c.Staffing.CountAsync(s => s.Data != null))).Should().Be(0);
    }

    [SkippableFact]
    public async Task Put_WithoutTheRight_IsRefused()
    {
        var world = await shared.EmptyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/routing/cabinets/msk") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Api-Key", HubWorld.IntegrationKey);

        (await world.Http.AnswerAsync(request)).Status.Should().Be(HttpStatusCode.Forbidden);
        (await world.Http.GetAnswerAsync("/api/v1/routing/cabinets")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task DeputyRotaAndAbsence_ActOnTheNextCall()
    {
        var world = await shared.EmptyAsync();
        var (nina, oleg, anna) = (shared.Users["nina.pavlova@krepezh.example"].ContactId, shared.Users["oleg.semenov@krepezh.example"].ContactId, shared.Users["anna.ivanova@krepezh.example"].ContactId);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("msk", StaffingWorld.NinasClient, SimulatorCompany.MoscowNumber)).Phones()[0] == StaffingWorld.NinasMobile, "the directory is loaded");

        await world.PutAsync($"deputies/{nina}", $$"""{"deputies":["{{oleg}}"]}""");
        await world.PutAsync("rota/msk", $$"""{"from":"{{yesterday}}","handover":"00:00","people":[{"contactId":"{{anna}}"}]}""");
        (await world.RouteAsync("msk", StaffingWorld.NinasClient, SimulatorCompany.MoscowNumber)).Phones().Should().Equal([StaffingWorld.NinasMobile, "79221000002", .. RouteWorld.MoscowGroup, "0101001", "79161000001"]);

        await world.PutAsync($"absences/{nina}", $$"""{"periods":[{"from":"{{yesterday}}T00:00:00Z","until":"2100-01-01T00:00:00Z","note":"отпуск"}]}""");
        (await world.RouteAsync("msk", StaffingWorld.NinasClient, SimulatorCompany.MoscowNumber)).Phones()[0].Should().Be("79221000002");
        (await world.ExplainAsync(StaffingWorld.NinasClient))["leftOut"]!.AsArray().Should().Contain(l => l!["reason"]!["ru"]!.GetValue<string>().Contains("(отпуск)"));
    }

    [SkippableFact]
    public async Task Explain_AtAnotherMoment_ReadsTheCalendarOfThatMoment_AndStoredDecisionsStay()
    {
        var world = await shared.EmptyAsync();
        var session = SharedWorld.NewSession();
        await world.RouteAsync("msk", "79035550821", SimulatorCompany.MoscowNumber, session);
        await world.PutAsync("calendars/msk", """{"mon":[{"from":"09:00","till":"18:00"}]}""");
        await world.PutAsync("holidays/2026", """{"days":[{"date":"2026-03-09","kind":"off","name":"8 марта"}]}""");

        (await world.ExplainAsync("79035550821", at: "2026-03-02T12:00:00+03:00")).Kinds().Should().Equal("group", "duty");
        (await world.ExplainAsync("79035550821", at: "2026-03-02T20:00:00+03:00")).Kinds().Should().Equal("duty");
        var holiday = await world.ExplainAsync("79035550821", at: "2026-03-09T12:00:00+03:00");
        holiday.Kinds().Should().Equal("duty");
        holiday["leftOut"]!.AsArray().Should().Contain(l => l!["kind"]!.GetValue<string>() == "group" && l["reason"]!["en"]!.GetValue<string>().Contains("8 марта"));
        holiday["planVersion"]!.GetValue<long>().Should().BePositive();

        var stored = (await world.DecisionAsync("msk", session))["explanation"]!;
        stored["chain"]!.AsArray().Select(c => c!["kind"]!.GetValue<string>()).Should().Equal("group", "group", "duty");
    }

    [SkippableFact]
    public async Task Blacklist_NumberIsNotPutThrough_UntilItIsTakenOff()
    {
        var world = await shared.EmptyAsync();
        const string Number = "79035550831";
        await world.PutAsync("cabinets/msk", """{"blockedCode":9}""");
        var put = await world.SendAsync(HttpMethod.Put, $"blacklist/8(903)555-08-31", """{"note":"реклама"}""");

        put.Json["key"]!.GetValue<string>().Should().Be("+" + Number);
        (await world.RouteAsync("msk", Number, SimulatorCompany.MoscowNumber)).Json.ToJsonString().Should().Be("""{"returned_code":9}""");
        (await world.SendAsync(HttpMethod.Delete, $"blacklist/{Number}", null, put.Headers.ETag!.Tag)).Status.Should().Be(HttpStatusCode.NoContent);
        (await world.RouteAsync("msk", Number, SimulatorCompany.MoscowNumber)).Phones().Should().NotBeEmpty();
    }

    [SkippableFact]
    public async Task IdenticalCalls_OfAnUnknownNumber_AreNotPutThrough_AKnownClientAlwaysIs()
    {
        var world = await shared.EmptyAsync();
        await world.PutAsync("cabinets/msk", """{"identicalCallsPerMinute":3,"tooManyCode":8}""");
        var answers = new List<string>();
        for (var call = 1; call <= 4; call++)
        {
            answers.Add((await world.RouteAsync("msk", "79035550841", SimulatorCompany.MoscowNumber)).Text);
            (await world.RouteAsync("msk", StaffingWorld.NinasClient, SimulatorCompany.MoscowNumber)).Phones()[0].Should().Be(StaffingWorld.NinasMobile);
        }

        answers[..3].Should().OnlyContain(a => a.Contains("phones"));
        answers[3].Should().Be("""{"returned_code":8}""");
    }

    [SkippableFact]
    public async Task NumberingPlan_Imported_SendsAMobileOfRyazanThere()
    {
        var world = await shared.EmptyAsync();
        const string Mobile = "79106001234";
        const string File = "АВС/ DEF;От;До;Емкость;Оператор;Регион;ИНН\n910;6000000;6099999;100000;ПАО \"МТС\";Рязанская обл.;7740000076\n916;0000000;9999999;10000000;ПАО \"МТС\";г. Москва;7740000076\n";
        await world.PutAsync("cabinets/rzn", """{"regionNames":["Рязанск"]}""");

        var import = await world.ImportAsync("numbering/DEF-9xx/import", CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(File));

        import.Status.Should().Be(HttpStatusCode.OK, import.Text);
        import.Json["ranges"]!.GetValue<int>().Should().Be(2);
        import.Json["regions"]!.AsArray().Select(r => (r!["name"]!.GetValue<string>(), r["cabinet"]?.GetValue<string>())).Should().Contain(("Рязанская обл.", "rzn"));
        var explained = await world.ExplainAsync(Mobile, SimulatorCompany.CommonNumber);
        explained["region"]!.GetValue<string>().Should().Be("rzn");
        explained["regionReason"]!["ru"]!.GetValue<string>().Should().Contain("реестр нумерации");
        (await world.RouteAsync("msk", Mobile, SimulatorCompany.CommonNumber)).Phones().Should().Equal("79101000002", "79101000003", "79101000004");
        (await world.GetAsync("/api/v1/routing/numbering/def-9xx"))["value"]!["packed"].Should().BeNull("nobody reads it");

        var broken = await world.ImportAsync("numbering/def-9xx/import", Encoding.UTF8.GetBytes(File.Replace("6099999", "5000000", StringComparison.Ordinal)));
        broken.Status.Should().Be(HttpStatusCode.BadRequest);
        broken.Json["errors"]!["file"]![0]!.GetValue<string>().Should().StartWith("line 2");
        (await world.ExplainAsync(Mobile, SimulatorCompany.CommonNumber))["region"]!.GetValue<string>().Should().Be("rzn", "half a file changes nothing");
    }

    [SkippableFact]
    public async Task ProductionCalendar_Imported_EachOfItsYearsReplaced()
    {
        var world = await shared.EmptyAsync();

        var import = await world.ImportAsync("holidays/import", Encoding.UTF8.GetBytes("""<calendar year="2026"><days><day d="03.09" t="1"/></days></calendar>"""));
        var broken = await world.ImportAsync("holidays/import", Encoding.UTF8.GetBytes("<calendar"));

        import.Status.Should().Be(HttpStatusCode.OK, import.Text);
        broken.Status.Should().Be(HttpStatusCode.BadRequest);
        (await world.GetAsync("/api/v1/routing/holidays/2026"))["value"]!["days"]!.AsArray().Should().ContainSingle().Which!["kind"]!.GetValue<string>().Should().Be("off");
    }

    [SkippableFact]
    public async Task DueDates_FollowTheCalendarOfTheOwnersRegion()
    {
        var world = await shared.EmptyAsync();
        await world.PutAsync("calendars/sgt", StaffingWorld.Calendar("03:00", "05:00"));
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

        var missed = await world.Uis.Cabinets["sgt"].IncomingAsync(new IncomingCall(StaffingWorld.NinasClient, SimulatorCompany.SurgutNumber) { StartedAt = now.AddSeconds(-60), GivesUpAfter = TimeSpan.FromSeconds(10) });
        await world.SettledAsync("sgt", missed.SessionId);

        var due = world.Crm.Store.All("Activity").Should().ContainSingle().Subject;
        var local = TimeZoneInfo.ConvertTime(due.Time("DueDate")!.Value, TimeZoneInfo.FindSystemTimeZoneById("Asia/Yekaterinburg"));
        local.TimeOfDay.Should().BeGreaterThan(TimeSpan.FromHours(3)).And.BeLessThanOrEqualTo(TimeSpan.FromHours(5), "within the hours of the calendar, not nine to six");
    }
}
