using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Recordings;
using TelephonyHub.Recordings.Archive;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Recordings;

public sealed class ArchiveQueueOnSqlite() : ArchiveQueueTests(DatabaseProvider.Sqlite);

public sealed class ArchiveQueueOnPostgres() : ArchiveQueueTests(DatabaseProvider.Postgres);

/// <summary>Several replicas archive at the same time, and each file is fetched by one of them.</summary>
public abstract class ArchiveQueueTests(DatabaseProvider provider)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [SkippableFact]
    public async Task TwoReplicas_AtTheSameTime_GetEachRecordingOnce()
    {
        await using var store = await StorageWorld.CreateAsync(provider);
        var (one, two) = (await QueueAsync(store, 30), await QueueAsync(store, 0));
        var claimed = new ConcurrentBag<string>();
        async Task ClaimAllAsync(ArchiveQueue queue)
        {
            // One that lost all its candidates to the other may find nothing once although there is more.
            for (var idle = 0; idle < 50;)
            {
                if (await queue.ClaimAsync(CancellationToken.None) is { } row)
                {
                    claimed.Add(row.Code);
                }
                else
                {
                    idle++;
                }
            }
        }

        await Task.WhenAll(Task.Run(() => ClaimAllAsync(one)), Task.Run(() => ClaimAllAsync(two)));

        claimed.Should().HaveCount(30).And.OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task Replica_ThatDiedWhileFetching_IsFollowedByAnother_AndWritesNothingWhenItComesBack()
    {
        await using var store = await StorageWorld.CreateAsync(provider);
        var (dead, alive) = (await QueueAsync(store, 1), await QueueAsync(store, 0));
        var lost = (await dead.ClaimAsync(CancellationToken.None))!;
        (await alive.ClaimAsync(CancellationToken.None)).Should().BeNull("it is being fetched");

        _time.Advance(ArchiveQueue.LongestDownload + TimeSpan.FromMinutes(3));
        var taken = (await alive.ClaimAsync(CancellationToken.None))!;
        taken.Code.Should().Be(lost.Code);

        await dead.FailedAsync(lost, new MediaFault(MediaFaultKind.Gone, "late"), CancellationToken.None);
        (await dead.DoneAsync(lost, new ArchivedFile(1, "audio/mpeg"), CancellationToken.None)).Should().BeFalse();
        (await alive.DoneAsync(taken, new ArchivedFile(7, "audio/wav"), CancellationToken.None)).Should().BeTrue();
        (await RowAsync(store)).Should().BeEquivalentTo(new { ArchiveState = "archived", Bytes = 7L, ContentType = "audio/wav", ArchiveCategory = (string?)null });
    }

    private static async Task<RecordingRow> RowAsync(StorageWorld store)
    {
        await using var context = (await store.OpenAsync()).CreateContext();
        return await context.Recordings.SingleAsync();
    }

    private async Task<ArchiveQueue> QueueAsync(StorageWorld store, int recordings)
    {
        var database = await store.OpenAsync();
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.Recordings.AddRange(Enumerable.Range(0, recordings).Select(i => new RecordingRow
                {
                    Code = $"code-{i}",
                    Cabinet = "msk",
                    SessionId = i,
                    Hash = "h",
                    SourceLink = "http://x/",
                    Kind = "talk",
                    CreatedAt = Start,
                    ArchiveDueAt = Start,
                }));
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);
        var settings = store.Settings with { Recordings = new RecordingSettings("/nowhere", 2) };
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new ArchiveQueue(database, new RecordingArchive(settings), new HubMetrics(meters), _time);
    }
}
