using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Sync;

/// <summary>Whether a person has ended call-back tasks in the CRM: he may have reached the client by a phone that the hub does not see.</summary>
internal sealed class CallBackTasks(ICreatioClient crm, MissedCalls missed, TimeProvider time)
{
    private const int MostOfARequest = 50;

    /// <summary>
    /// The client tried again, and his task is to say so: not one that a person has ended, then the later calls get a new one; and not in a title that a person has
    /// written.
    /// </summary>
    public async Task SettleEndedAsync(SessionKey session, TaskBoard board, CancellationToken ct)
    {
        foreach (var task in board.Open.Where(t => t is { Kind: SyncKinds.CallBack, CrmId: not null, Written: not null, Wanted: WantedActivity { Open: true, Calls: > 1 } }).ToList())
        {
            var state = (await ReadAsync([task.CrmId!.Value], ct))[task.CrmId.Value];
            if (state.EndedAt is { } at)
            {
                task.Finish(task.CrmId, task.Written!);
                await missed.CloseAsync(session, at, ct);
            }

            task.TitleIsTheirs = task.Written!["Title"]?.GetValue<string>() is { } ours && state.Title?.Trim() != ours.Trim();
        }
    }

    /// <returns>Those that are in a final state, or gone, with the time of it; a deleted record tells none.</returns>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndedAsync(IReadOnlyList<Guid> tasks, CancellationToken ct) =>
        (await ReadAsync(tasks, ct)).Where(t => t.Value.EndedAt is not null).ToDictionary(t => t.Key, t => t.Value.EndedAt!.Value);

    private async Task<Dictionary<Guid, TaskInCrm>> ReadAsync(IReadOnlyList<Guid> tasks, CancellationToken ct)
    {
        var read = new Dictionary<Guid, TaskInCrm>();
        foreach (var chunk in tasks.Chunk(MostOfARequest))
        {
            var which = ODataFilter.AnyOf("Id", chunk);
            var answer = await crm.BatchAsync(
                [
                    BatchPart.Query(new ODataQuery("Activity").Where(which).Selecting("Id", "Title").Taking(MostOfARequest)),
                    BatchPart.Query(new ODataQuery("Activity").Where(ODataFilter.And(which, ODataFilter.Equal("Status/Finish", value: true))).Selecting("Id", "ModifiedOn").Taking(MostOfARequest)),
                ],
                ct);
            var titles = answer.Parts[0].OrThrow().Rows.ToDictionary(r => r.Id, r => r.GetText("Title"));
            var ended = answer.Parts[1].OrThrow().Rows.ToDictionary(r => r.Id, r => r.GetInstant("ModifiedOn") ?? time.GetUtcNow());
            foreach (var id in chunk)
            {
                var isThere = titles.TryGetValue(id, out var title);
                read[id] = new TaskInCrm(ended.TryGetValue(id, out var at) ? at : isThere ? null : time.GetUtcNow(), title);
            }
        }

        return read;
    }

    private sealed record TaskInCrm(DateTimeOffset? EndedAt, string? Title);
}
