using System.Text.RegularExpressions;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Hosting;

/// <summary>The log of a whole run, good and bad, tells of no client and no secret.</summary>
public sealed partial class LogTests
{
    private const string Client = "79035550002";
    private const string Stranger = "79035550001";
    private const string Name = "Аристарх Велимирович";

    [Theory]
    [InlineData("Information")]
    [InlineData("Verbose")]
    public async Task Log_OfTheWholeMainJobAndItsFaults_HoldsNeitherNumbersNorNamesNorSecrets(string level)
    {
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("hub-log-").FullName, "hub.log");
        var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o =>
        {
            o.Settings["Hub:LogFile"] = file;
            o.Settings["Serilog:MinimumLevel:Default"] = level;
            o.Seed = s => s.AddContact(Name, Company.SeedUsers(s)["nina.pavlova@krepezh.example"].ContactId, null, "+" + Client);
        });
        await using (world)
        {
            await RunAsync(world);
        }

        var log = Decoded(await File.ReadAllTextAsync(file));

        log.Should().Contain("Writing call", "the faults of the run are in it");
        foreach (var secret in Secrets(world).Where(s => s.Length > 0))
        {
            log.Should().NotContain(secret);
        }

        // However it is written: +7 (903) 555-00-01, 8-903…, or reversed as Creatio searches.
        var digits = string.Concat(log.Where(c => !" ()-+".Contains(c, StringComparison.Ordinal)));
        digits.Should().NotContain("9035550001").And.NotContain("9035550002").And.NotContain("1000555309").And.NotContain("2000555309");
        log.Should().NotContain(Name).And.NotContain("Аристарх");
        System.IO.Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static async Task RunAsync(HubWorld world)
    {
        foreach (var (from, answer) in new[] { (Client, Answers.First), (Stranger, Answers.First), (Stranger, null) })
        {
            var call = await world.Uis.Cabinets["sgt"].IncomingAsync(new IncomingCall(from, SimulatorCompany.SurgutNumber)
            {
                StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 120),
                AnsweredBy = answer,
                ContactFullName = Name,
            });
            await world.SettledAsync("sgt", call.SessionId);
        }

        await world.Api.GetAnswerAsync($"/api/v1/calls?phone={Client}");
        await world.Http.GetAnswerAsync($"/uis/sgt/events?token={Stranger}-wrong-token&contact_phone_number={Stranger}");
        await world.PostEventAsync("sgt", $"garbage of {Stranger} and {Name}");
        await world.Api.PostJsonAsync("/api/v1/routing/explain", $$"""{"cabinet":"sgt","caller":"{{Client}}"}""");

        // The CRM's own words may hold what it was given.
        world.Crm.Faults.Add(new CrmFault.Error(ErrorForm.Exception, 400, $"Number +7 (903) 555-00-01 or {Client} is not right."), when: r => r.Kind == CrmRequestKind.Batch);
        world.Crm.Faults.Add(new CrmFault.Error(ErrorForm.Exception, 500, $"Number +7 (903) 555-00-01 or {Client} is not right."), when: r => r.Kind == CrmRequestKind.ODataRead);
        var bad = await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall(Stranger, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First, Talk = TimeSpan.FromSeconds(3) });
        await world.SettledAsync("msk", bad.SessionId);
        await world.RouteAsync("msk", "79035550001", SimulatorCompany.MoscowNumber);
    }

    private static IEnumerable<string> Secrets(HubWorld world) =>
    [
        .. world.Uis.Cabinets.Keys.Select(HubWorld.TokenOf),
        .. world.Uis.Cabinets.Values.Select(c => c.Options.AccessToken),
        world.Crm.Options.Password, world.Crm.Options.ClientSecret, "admin-password", HubWorld.ApiKey, HubWorld.IntegrationKey, $"{Stranger}-wrong-token",
    ];

    /// <summary>JSON may write Cyrillic and plus as escapes.</summary>
    private static string Decoded(string log) => Escape().Replace(log, m => ((char)Convert.ToInt32(m.Groups["code"].Value, 16)).ToString());

    [GeneratedRegex(@"\\u(?<code>[0-9A-Fa-f]{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}
