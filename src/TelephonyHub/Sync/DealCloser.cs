using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>
/// A rule wants the call's deal closed: the call turned out to be none of a client (row F). Only a deal that the hub made, that nobody has touched since, and that
/// no other call of the client needs. Everything else is people's.
/// </summary>
internal sealed class DealCloser(HubDatabase database, ICreatioClient crm, CrmColumns crmColumns, HubSettings settings)
{
    /// <summary>Leaves open on the board what is to be closed, and finishes what is to be left alone.</summary>
    public async Task SettleAsync(SyncWork work, TaskBoard board, CancellationToken ct)
    {
        if (board.Deal is not { Open: true, Wanted: WantedDeal { Closed: true } wanted } task)
        {
            return;
        }

        var entity = wanted.Entity ?? settings.Sync.DealEntity;
        var name = CrmBodies.DealEntityName(entity);
        var id = task.CrmId ?? HubIds.Deal(work.Session);
        var known = await crmColumns.OfAsync([name], ct);
        string[] columns = ["Id", .. new[] { CrmBodies.StageColumn(entity), "CreatedById", "ModifiedById" }.Where(c => known.Has(name, c))];
        if (await crm.FindAsync(name, id, columns, ct) is not { } deal)
        {
            task.Finish(null, []);
            return;
        }

        // Its id says who made it: this call or another one of the client.
        var calls = (await OthersAsync(work, task, id, ct)).Prepend(new DealOfCall(work.Session, task.Written, wanted)).ToList();
        var made = calls.Exists(c => HubIds.Deal(c.Session) == id);
        var stage = calls.Select(c => c.Written?[CrmBodies.StageColumn(entity)]).FirstOrDefault(s => s is not null);
        if (!made || calls.Exists(c => !c.Wanted.Closed) || !IsUntouched(deal, stage, CrmBodies.StageColumn(entity)))
        {
            task.Finish(id, task.Written ?? []);
        }
        else if (task.Written is null)
        {
            task.Exists(id, []);
        }
    }

    /// <summary>Other calls that made this deal or found it open. On the client's lane, which is held.</summary>
    private async Task<List<DealOfCall>> OthersAsync(SyncWork work, BoardTask task, Guid deal, CancellationToken ct)
    {
        var (lane, own) = (work.Lane, task.Row.Id);
        await using var context = database.CreateContext();
        var rows = await context.SyncTasks.AsNoTracking().Where(t => t.Lane == lane && t.Kind == SyncKinds.Deal && t.CrmId == deal && t.Id != own).ToListAsync(ct);
        return rows.ConvertAll(r => new DealOfCall(
            new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId), r.Written is null ? null : JsonNode.Parse(r.Written) as JsonObject, (WantedDeal)Wanted.Read(r.Wanted)));
    }

    /// <summary>The stage is the one it was made with, as far as one was given, and whoever made it changed it last.</summary>
    private static bool IsUntouched(CreatioRow deal, JsonNode? stage, string stageColumn) =>
        (stage is null || (Guid.TryParse(stage.GetValue<string>(), out var given) && deal.GetGuid(stageColumn) == given))
        && deal.GetGuid("CreatedById") is { } maker && deal.GetGuid("ModifiedById") == maker;

    private sealed record DealOfCall(SessionKey Session, JsonObject? Written, WantedDeal Wanted);
}
