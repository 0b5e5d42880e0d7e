using System.Globalization;

namespace TelephonyHub.Demo;

/// <summary>The demo from the first line to the last: start, calls, one decision explained, the proof, then serving.</summary>
public static class DemoRun
{
    /// <returns>0 only if every record stands exactly once and the proof agrees in every cabinet.</returns>
    public static async Task<int> RunAsync(DemoOutput output, bool once, CancellationToken ct)
    {
        await using var world = await DemoWorld.StartAsync(ct);
        output.Line($"TelephonyHub's console: {world.Address}/console   (sign in with {DemoWorld.AdminName} / {DemoWorld.AdminPassword}; Swagger UI: {world.Address}/swagger)");
        output.Line("Everything runs in this process: the hub on SQLite, a stand-in for UIS with four cabinets, a stand-in for Creatio.");
        output.Line($"Data and the hub's log: {world.Folder}");
        await world.WhenReadyAsync(ct);
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"The CRM holds {world.Company.Users.Count} users and {world.Company.Clients.Count} clients; e-mail joins them with the employees of the four cabinets."));

        var script = DemoScript.Calls(world.Company);
        var player = new CallPlay(world, output);
        var played = new List<PlayedCall>();
        foreach (var (call, number) in script.Select((c, i) => (c, i + 1)))
        {
            output.Heading(string.Create(CultureInfo.InvariantCulture, $"{number}/{script.Count}  {world.NameOf(call.Cabinet)}: {call.Title}"));
            try
            {
                played.Add(await player.PlayAsync(call, ct));
            }
            catch (TimeoutException e)
            {
                output.Verdict(good: false, $"The hub did not finish this call. {e.Message}");
                return 1;
            }
        }

        await ExplainedDecision.PrintAsync(world, output, ct);
        var records = RecordTotals.Print(world, output, played);
        var cheap = RequestFigures.Print(output, played);
        var proof = await Proof.PrintAsync(world, output, played, ct);
        var good = records && cheap && proof && played.TrueForAll(p => p.IsRight);
        output.Blank();
        output.Verdict(good, good
            ? "Everything agrees: every call is in the journal, every expected record stands in the CRM exactly once."
            : "Something differs: see the lines marked ✗ above.");
        if (!once)
        {
            await ServeAsync(world, output, played, ct);
        }

        return good ? 0 : 1;
    }

    private static async Task ServeAsync(DemoWorld world, DemoOutput output, List<PlayedCall> played, CancellationToken ct)
    {
        var call = played[0];
        output.Heading("The hub keeps running until Ctrl+C. Links to try:");
        Link(output, $"{world.Address}/console/journal", "the console: every call; click one to see why it went where it went, and what stands in the CRM");
        Link(output, string.Create(CultureInfo.InvariantCulture, $"{world.Address}/console/calls/{call.Call.Cabinet}/{call.Session}"), "the first call of all, as a page");
        Link(output, $"{world.Address}/swagger", "every endpoint; press Authorize and paste the API key");
        Link(output, string.Create(CultureInfo.InvariantCulture, $"{world.Address}/api/v1/calls/{call.Call.Cabinet}/{call.Session}"), "all about the first call, after signing in");
        Link(output, call.RecordingUrl ?? $"{world.Address}/health/ready", "its recording, as the link in the CRM leads to it");
        output.Blank();
        output.Line($"  Sign in at {world.Address}/sign-in with {DemoWorld.AdminName} / {DemoWorld.AdminPassword}");
        output.Line($"  API key for programs: curl -H \"X-Api-Key: {DemoWorld.ApiKey}\" {world.Address}/api/v1/calls");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    private static void Link(DemoOutput output, string url, string what) => output.Line($"  {url,-52}  {what}");
}
