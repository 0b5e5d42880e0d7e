using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;

namespace TelephonyHub.IntegrationTests.Recordings;

public sealed class RecordingArchiveOnSqlite() : RecordingArchiveTests(DatabaseProvider.Sqlite);

public sealed class RecordingArchiveOnPostgres() : RecordingArchiveTests(DatabaseProvider.Postgres);

/// <summary>A recording comes to the archive however late and whatever happens on the way, and is heard from there.</summary>
public abstract class RecordingArchiveTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task ArchivedRecording_IsHeardWithoutThePbx_WithRangeHeadAndValidators()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        world.Media.Status = 500;

        using var whole = await world.PlayAsync(recording);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        whole.StatusCode.Should().Be(HttpStatusCode.OK);
        whole.Content.Headers.ContentType!.MediaType.Should().Be("audio/mpeg");
        bytes.Should().HaveCount((int)recording["bytes"]!.GetValue<long>());
        await ExpectRangesAsync(world, recording, bytes, whole.Headers.ETag!);
        world.Files().Should().ContainSingle().Which.Should().StartWith(Path.Combine(world.Archive, "msk"));
        (await File.ReadAllBytesAsync(world.Files()[0])).Should().Equal(bytes);
    }

    [SkippableFact]
    public async Task RecordingOfACabinetThatDoesNotArchive_IsStreamedFromThePbx_WithRangeHeadAndValidators()
    {
        await using var world = await RecordingWorld.StartAsync(provider, settings: s => s["Cabinets:msk:RecordingArchive"] = "false");
        var recording = await world.WaitAsync("remote");

        using var whole = await world.PlayAsync(recording);
        whole.StatusCode.Should().Be(HttpStatusCode.OK);
        await ExpectRangesAsync(world, recording, await whole.Content.ReadAsByteArrayAsync(), whole.Headers.ETag!);
        world.Files().Should().BeEmpty();
    }

    [SkippableFact]
    public async Task FileThatIsNotReadyYet_IsFetchedWhenItIs()
    {
        await using var world = await RecordingWorld.StartAsync(provider, media: m => m.NotReadyUntil = DateTimeOffset.MaxValue);
        await world.WaitAsync("waiting", "missing");

        world.Media.NotReadyUntil = null;

        (await world.WaitAsync("archived"))["attempts"]!.GetValue<int>().Should().BeGreaterThan(1);
    }

    [SkippableFact]
    public async Task FileThatIsGone_IsGivenUpWithItsReason_AndFetchedWhenAskedAgain()
    {
        await using var world = await RecordingWorld.StartAsync(provider, media: m => m.Status = 410);
        var recording = await world.WaitAsync("failed", "gone");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        world.Media.Status = null;
        (await world.PostAsync("/api/v1/recordings/replay", new { filter = new { category = "disk" }, dryRun = false }))["matched"]!.GetValue<int>().Should().Be(0);
        (await world.PostAsync("/api/v1/recordings/replay", new { filter = new { cabinet = "MSK", category = "gone" }, dryRun = true }))["replayed"]!.GetValue<int>().Should().Be(0);
        (await world.PostAsync("/api/v1/recordings/replay", new { filter = new { category = "gone" }, dryRun = false }))["replayed"]!.GetValue<int>().Should().Be(1);

        await world.WaitAsync("archived");
        (await world.AuditAsync("recording.replay")).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task FileOnAHostThatIsNotAllowed_IsNeverFetched()
    {
        await using var world = await RecordingWorld.StartAsync(provider, settings: s => s["Uis:MediaHosts:0"] = "media.example");

        var recording = await world.WaitAsync("failed", "hostNotAllowed");

        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.BadGateway);
        world.Files().Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Redirect_IsNotFollowed_AndTheFileFetchedWhenItEnds()
    {
        await using var world = await RecordingWorld.StartAsync(provider, media: m => m.RedirectTo = new Uri("http://127.0.0.1:9/elsewhere.mp3"));
        var recording = await world.WaitAsync("waiting", "redirected");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.BadGateway);

        world.Media.RedirectTo = null;

        await world.WaitAsync("archived");
    }

    [SkippableFact]
    public async Task PageInsteadOfAudio_IsNotArchived_AndTheFileFetchedWhenItComes()
    {
        await using var world = await RecordingWorld.StartAsync(provider, media: m => m.Page = "<html>Sign in</html>");
        var recording = await world.WaitAsync("waiting", "notAudio");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.BadGateway, "a page is not played as if it were a recording");
        world.Files().Should().BeEmpty("what was begun is removed");

        world.Media.Page = null;

        await world.WaitAsync("archived");
    }

    [SkippableFact]
    public async Task DiskThatRefuses_LosesNothing_SaysSoInHealth_AndIsFilledWhenItTakesFilesAgain()
    {
        await using var world = await RecordingWorld.StartAsync(provider, prepare: archive => File.WriteAllText(archive, "a file where the folder should be"));
        var recording = await world.WaitAsync("waiting", "disk");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.OK, "the PBX has it");
        (await world.Hub.Http.GetStringAsync("/health/ready")).Should().Contain("Recordings cannot be archived");

        File.Delete(world.Archive);

        await world.WaitAsync("archived");
        (await world.Hub.Http.GetStringAsync("/health/ready")).Should().NotContain("Recordings cannot be archived");
        await Support.HubWorld.EventuallyAsync(
            async () =>
            {
                var counters = (await world.Hub.Http.GetStringAsync("/metrics")).Split('\n').Where(l => l.StartsWith("hub_recordings_total", StringComparison.Ordinal)).ToList();
                return counters.Exists(c => c.Contains("outcome=\"archived\"", StringComparison.Ordinal)) && counters.Exists(c => c.Contains("outcome=\"retry\"", StringComparison.Ordinal) && c.Contains("category=\"disk\"", StringComparison.Ordinal));
            },
            "the metrics count both");
    }

    [SkippableFact]
    public async Task ArchivedFileThatSomebodyTookAway_IsHeardFromThePbx_AndFetchedAgain()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        File.Delete(world.Files().Single());

        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.OK);

        await Support.HubWorld.EventuallyAsync(() => Task.FromResult(world.Files().Count == 1), "the file is there again");
    }

    [SkippableFact]
    public async Task Retention_WhenTheCabinetsDaysAreOver_DeletesTheFileAndTheLinkSaysSo()
    {
        await using var world = await RecordingWorld.StartAsync(provider, settings: s => s["Cabinets:msk:RecordingRetentionDays"] = "30");
        var recording = await world.WaitAsync("archived");
        var retention = world.Hub.Services.GetRequiredService<TelephonyHub.Recordings.Archive.RecordingRetention>();
        (await retention.SweepAsync(CancellationToken.None)).Should().Be(0, "29 days are left");

        await world.BackdateAsync(TimeSpan.FromDays(31));
        using (var early = await world.PlayAsync(recording))
        {
            early.StatusCode.Should().Be(HttpStatusCode.Gone, "the calendar decides, not the hour of the sweep");
            (await early.Content.ReadAsStringAsync()).Should().Contain("limited number of days");
        }

        (await retention.SweepAsync(CancellationToken.None)).Should().Be(1);
        world.Files().Should().BeEmpty();
        await world.WaitAsync("expired");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.Gone);
        (await retention.SweepAsync(CancellationToken.None)).Should().Be(0);
    }

    private static async Task ExpectRangesAsync(RecordingWorld world, System.Text.Json.Nodes.JsonNode recording, byte[] bytes, EntityTagHeaderValue tag)
    {
        using var part = await world.PlayAsync(recording, new RangeHeaderValue(10, 19));
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange!.Length.Should().Be(bytes.Length);
        part.Headers.ETag.Should().Be(tag);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[10..20]);

        using var tail = await world.PlayAsync(recording, new RangeHeaderValue(null, 5));
        (await tail.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[^5..]);

        using var beyond = await world.PlayAsync(recording, new RangeHeaderValue(bytes.Length + 10, null));
        beyond.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);

        using var head = await world.PlayAsync(recording, method: HttpMethod.Head);
        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.Should().Be(bytes.Length);
        head.Content.Headers.LastModified.Should().NotBeNull();
        head.Headers.AcceptRanges.Should().Contain("bytes");

        using var known = await world.PlayAsync(recording, headers: h => h.IfNoneMatch.Add(tag));
        known.StatusCode.Should().Be(HttpStatusCode.NotModified);

        using var another = await world.PlayAsync(recording, new RangeHeaderValue(10, 19), headers: h => h.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\"")));
        another.StatusCode.Should().Be(HttpStatusCode.OK, "a part of another file is of no use");
        (await another.Content.ReadAsByteArrayAsync()).Should().Equal(bytes);
    }
}
