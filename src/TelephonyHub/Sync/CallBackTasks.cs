using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Sync;

/// <summary>Whether a person has ended call-back tasks in the CRM: he may have reached the client by a phone that the hub does not see.</summary>
internal sealed class CallBackTasks(ICreatioClient crm, MissedCalls missed, TimeProvider time)
{
    private const int MostOfARequest = 50;

    /// <summary>The client tried again, and his task is to say so: not one that a person has ended. Then the later calls get a new one.</summary>
    public async Task SettleEndedAsync(SessionKey session, TaskBoard board, CancellationToken ct)
    {
        foreach (var task in board.Open.Where(t => t is { Kind: SyncKinds.CallBack, CrmId: not null, Written: not null, Wanted: WantedActivity { Open: true, Calls: > 1 } }).ToList())
        {
            if ((await EndedAsync([task.CrmId!.Value], ct)).TryGetValue(task.CrmId.Value, out var at))
            {
                task.Finish(task.CrmId, task.Written!);
                await missed.CloseAsync(session, at, ct);
            }
        }
    }

    /// <returns>Those that are in a final state, or gone, with the time of it; a deleted record tells none.</returns>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndedAsync(IReadOnlyList<Guid> tasks, CancellationToken ct)
    {
        var ended = new Dictionary<Guid, DateTimeOffset>();
        foreach (var chunk in tasks.Chunk(MostOfARequest))
        {
            var which = ODataFilter.AnyOf("Id", chunk);
            var answer = await crm.BatchAsync(
                [
                    BatchPart.Query(new ODataQuery("Activity").Where(which).Selecting("Id").Taking(MostOfARequest)),
                    BatchPart.Query(new ODataQuery("Activity").Where(ODataFilter.And(which, ODataFilter.Equal("Status/Finish", value: true))).Selecting("Id", "ModifiedOn").Taking(MostOfARequest)),
                ],
                ct);
            if (answer.Parts.FirstOrDefault(p => p is not { WasAnswered: true, Failure: null }) is { } failed)
            {
                throw new CreatioException(failed.Failure ?? CreatioFailure.Transient, failed.Error ?? "A read of the batch was not answered.") { Status = failed.Status };
            }

            var there = answer.Parts[0].Rows.Select(r => r.Id).ToHashSet();
            foreach (var gone in chunk.Where(id => !there.Contains(id)))
            {
                ended[gone] = time.GetUtcNow();
            }

            foreach (var row in answer.Parts[1].Rows)
            {
                ended[row.Id] = row.GetInstant("ModifiedOn") ?? time.GetUtcNow();
            }
        }

        return ended;
    }
}
