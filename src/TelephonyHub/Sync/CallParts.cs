using System.Text.Json.Nodes;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>The board of a call → the parts of a batch: records that are missing, and what differs from what was written.</summary>
internal sealed class CallParts(CrmColumns crmColumns, HubSettings settings)
{
    /// <summary>What can be sent now, in the order of writing; what needs no sending any more is finished on the board.</summary>
    public List<PlannedPart> Of(SessionKey session, TaskBoard board, KnownColumns columns)
    {
        var parts = new List<PlannedPart>();
        if (board.IsUnplanned)
        {
            return parts;
        }

        var refs = board.References;
        var ready = board.Tasks.Where(t => t.Done).ToHashSet();
        foreach (var task in board.Tasks.Where(t => t.Kind != SyncKinds.Talker))
        {
            ReopenIfMisplaced(session, board, task, refs);
            if (!task.Open || !board.NeededBy(task).All(ready.Contains))
            {
                continue;
            }

            if (task.Wanted is WantedLink { Parent: "contact" } && refs.ContactId is null)
            {
                // Found, and there is none: an account's number, or a missed call of a stranger. Nothing to hang the link on.
                task.Finish(null, []);
                ready.Add(task);
                continue;
            }

            var id = IdOf(session, task);
            var entity = CrmBodies.EntityOf(task.Wanted, board.DealOf(settings));
            var body = CrmBodies.Of(task.Wanted, refs, HubIds.Call(SessionOf(session, task)), board.DealOf(settings));
            crmColumns.Fit(entity, body, columns);
            if (Part(task, id, body, entity, columns) is { } part)
            {
                parts.Add(part);
            }

            ready.Add(task);
            refs = task.Kind switch
            {
                SyncKinds.Contact => refs with { ContactId = id },
                SyncKinds.Deal => refs with { DealId = id },
                _ when task == board.Activity => refs with { ActivityId = id },
                _ => refs,
            };
        }

        return parts;
    }

    /// <summary>
    /// The client of this call was found or made only now, or his number was corrected: what was finished before, because there was no contact, or hangs on
    /// another client's, is taken up again.
    /// </summary>
    private void ReopenIfMisplaced(SessionKey session, TaskBoard board, BoardTask task, CrmReferences refs)
    {
        if (!task.Done || board.Contact is not { Mine: true } || !board.NeededBy(task).All(t => t.Done || t.Open))
        {
            return;
        }

        if (task is { CrmId: null, Wanted: WantedLink { Parent: "contact" } } && refs.ContactId is not null)
        {
            task.Forget();
        }
        else if (task is { CrmId: not null, Written: { } written, Wanted: not WantedContact } && refs.ContactId is not null)
        {
            var body = CrmBodies.Of(task.Wanted, refs, HubIds.Call(SessionOf(session, task)), board.DealOf(settings));
            if (BodyDiff.OfReferences(written, body).Count > 0)
            {
                task.Reopen();
            }
        }
    }

    private PlannedPart? Part(BoardTask task, Guid id, JsonObject body, string entity, KnownColumns columns)
    {
        if (task.CrmId is null || task.Written is not { } known)
        {
            // Also where an earlier look found nobody, and now a contact is wanted.
            var values = (JsonObject)body.DeepClone();
            values["Id"] = id.ToString();
            return new PlannedPart(task, id, body, BatchPart.Create(entity, values));
        }

        // Once they are there, people work with them: of a deal, task or link only whose it is may be corrected, and of a task its end
        // and how often the client tried is written.
        var diff = task.Wanted switch
        {
            WantedCall => BodyDiff.Of(known, body),
            WantedContact => [],
            _ => BodyDiff.OfReferences(known, body),
        };
        if (task.Wanted is WantedOwned { ByTalk: true } && known["OwnerId"] is { } given && !JsonNode.DeepEquals(given, body["OwnerId"]))
        {
            diff["OwnerId"] = body["OwnerId"]?.DeepClone();
        }

        if (task.Wanted is WantedActivity activity)
        {
            string[] written = activity is { Calls: > 1, Open: true } && !task.TitleIsTheirs ? ["StatusId", "Title"] : ["StatusId"];
            foreach (var column in written.Where(c => !JsonNode.DeepEquals(known[c], body[c])))
            {
                diff[column] = body[column]?.DeepClone();
            }
        }

        if (task.Wanted is WantedDeal { Closed: true } deal && CrmBodies.StageColumn(deal.Entity ?? settings.Sync.DealEntity) is var stage && !JsonNode.DeepEquals(known[stage], body[stage]))
        {
            diff[stage] = body[stage]?.DeepClone();
        }

        crmColumns.Fit(entity, diff, columns);
        if (diff.Count == 0)
        {
            task.Finish(id, known);
            return null;
        }

        return new PlannedPart(task, id, task.Wanted is WantedCall ? body : Merged(known, diff), BatchPart.Update(entity, id, diff));
    }

    private static JsonObject Merged(JsonObject known, JsonObject diff)
    {
        var merged = (JsonObject)known.DeepClone();
        foreach (var (column, value) in diff)
        {
            merged[column] = value?.DeepClone();
        }

        return merged;
    }

    /// <summary>Computed, unless the record was found or made under another id.</summary>
    public static Guid IdOf(SessionKey session, BoardTask task) => task.CrmId ?? task.NextId ?? task.Wanted switch
    {
        WantedContact contact => HubIds.Contact(PhoneNumber.Parse(contact.Phone)),
        WantedDeal => HubIds.Deal(session),
        WantedActivity => HubIds.Activity(SessionOf(session, task), task.Kind),
        WantedCall => HubIds.Call(SessionOf(session, task)),
        WantedLink link => HubIds.RecordingLink(SessionOf(session, task), link.Parent, link.Hash),
        _ => throw new InvalidOperationException($"A task of kind {task.Kind} makes no record."),
    };

    /// <summary>A conversation's Calls and recordings belong to one of its sessions each; all else belongs to the first, but for a task that it took over.</summary>
    private static SessionKey SessionOf(SessionKey first, BoardTask task) => task.Wanted switch
    {
        WantedCall call => SessionKey.Parse(call.IntegrationId),
        WantedLink { Session: { } session } => SessionKey.Parse(session),
        WantedActivity { Session: { } session } => SessionKey.Parse(session),
        _ => first,
    };
}

/// <param name="Id">Of the record.</param>
/// <param name="Body">All wanted columns.</param>
internal sealed record PlannedPart(BoardTask Task, Guid Id, JsonObject Body, BatchPart Part);
