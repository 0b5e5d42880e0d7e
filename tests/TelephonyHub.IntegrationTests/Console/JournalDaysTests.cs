using System.Net;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Console;

public sealed class JournalDaysOnSqlite(ApiWorldOnSqlite shared) : JournalDaysTests(shared), IClassFixture<ApiWorldOnSqlite>;

public sealed class JournalDaysOnPostgres(ApiWorldOnPostgres shared) : JournalDaysTests(shared), IClassFixture<ApiWorldOnPostgres>;

/// <summary>Days of the journal, as the page and its exports filter them. The same on both databases.</summary>
public abstract class JournalDaysTests(ApiWorld shared)
{
    private static readonly DateTimeOffset HalfPastMidnightInSurgut = new(2026, 2, 10, 0, 30, 0, TimeSpan.FromHours(5));

    [SkippableTheory]
    [InlineData("from=2026-02-10&to=2026-02-10", true, false)]
    [InlineData("from=2026-02-09&to=2026-02-09", false, true)]
    [InlineData("from=2026-02-09&to=2026-02-10", true, true)]
    [InlineData("to=2026-02-09", false, true)]
    [InlineData("from=2026-02-10", true, false)]
    [InlineData("from=2026-02-10&cabinet=sgt", true, false)]
    [InlineData("from=2026-02-10&cabinet=msk", false, false)]
    public async Task Day_OfAllCabinets_IsThatOfEachCallsOwnCity(string query, bool ofSurgut, bool ofMoscow)
    {
        var world = await shared.WorldAsync();
        var (inSurgut, inMoscow) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        foreach (var (cabinet, session, zone) in new[] { ("sgt", inSurgut, 5), ("msk", inMoscow, 3) })
        {
            await world.PostEventAsync(cabinet, UisWire.Body("in_call_session", session, HalfPastMidnightInSurgut, ApiWorld.Caller, SimulatorCompany.MoscowNumber, offsetHours: zone));
            await HubWorld.EventuallyAsync(async () => await world.CallAsync(cabinet, session) is not null, "the call can be read");
        }

        var journal = await world.Api.GetAnswerAsync($"/console/journal.csv?{query}");

        journal.Text.Contains($";{inSurgut};").Should().Be(ofSurgut, "there it is the tenth");
        journal.Text.Contains($";{inMoscow};").Should().Be(ofMoscow, "there it is still the ninth");
    }

    [SkippableFact]
    public async Task Statistics_OfADay_CountEachCallByItsOwnCitysClock()
    {
        var world = await shared.WorldAsync();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-40);
        var at = new DateTimeOffset(day, new TimeOnly(0, 30), TimeSpan.FromHours(5)); // in Moscow it is still the day before
        foreach (var (cabinet, zone) in new[] { ("sgt", 5), ("msk", 3) })
        {
            var session = SharedWorld.NewSession();
            await world.PostEventAsync(cabinet, UisWire.Body("in_call_session", session, at, ApiWorld.Caller, SimulatorCompany.MoscowNumber, offsetHours: zone));
            await world.PostEventAsync(cabinet, UisWire.Body("call_session_finished", session, at.AddMinutes(1), ApiWorld.Caller, SimulatorCompany.MoscowNumber, offsetHours: zone));
            await HubWorld.EventuallyAsync(async () => (await world.CallAsync(cabinet, session))?["call"]?["endedAt"] is not null, "the call is over");
        }

        (await MissedAsync("sgt")).Should().Equal(0, 1);
        (await MissedAsync("msk")).Should().Equal(1, 0);
        (await MissedAsync(null)).Should().Equal(1, 1);

        async Task<IEnumerable<int>> MissedAsync(string? cabinet)
        {
            var days = (await world.GetAsync($"/api/v1/statistics?days=60&cabinet={cabinet}"))["items"]!.AsArray();
            return new[] { day.AddDays(-1), day }.Select(d => days.Single(i => i!["date"]!.GetValue<string>() == $"{d:yyyy-MM-dd}")!["missed"]!.GetValue<int>());
        }
    }

    [SkippableTheory]
    [InlineData("csv", "from=0001-01-01")]
    [InlineData("csv", "to=9999-12-31")]
    [InlineData("xlsx", "from=0001-01-01&to=9999-12-31")]
    [InlineData("csv", "from=0001-01-01&cabinet=sgt")]
    [InlineData("csv", "to=9999-12-31&cabinet=sgt")]
    public async Task Export_OfDaysBeyondAllCalendars_IsThatOfAllDays(string type, string query)
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();

        var journal = await world.Api.GetAnswerAsync($"/console/journal.{type}?{query}");

        journal.Status.Should().Be(HttpStatusCode.OK, journal.Text);
        journal.Text.Should().NotBeEmpty();
    }
}
