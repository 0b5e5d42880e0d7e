using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Whose call it is besides its owner's, in the transaction of the fold. Only added to: a fold before the managers are loaded knows nobody.</summary>
internal static class CallPeople
{
    public static async Task StoreAsync(HubDbContext context, IEnumerable<(SessionKey Call, IReadOnlyCollection<Guid> People)> calls, CancellationToken ct)
    {
        var peopled = calls.Where(c => c.People.Count > 0).ToList();
        if (peopled.Count == 0)
        {
            return;
        }

        var (cabinets, ids) = FoldBatch.Keys(peopled.Select(c => c.Call));
        var known = (await context.CallPeople.AsNoTracking().Where(p => cabinets.Contains(p.Cabinet) && ids.Contains(p.SessionId)).ToListAsync(ct)).Select(p => (p.Cabinet, p.SessionId, p.ContactId)).ToHashSet();
        context.CallPeople.AddRange(peopled.SelectMany(c => c.People
            .Where(p => !known.Contains((c.Call.Cabinet.Value, c.Call.Id, p)))
            .Select(p => new CallPersonRow { Cabinet = c.Call.Cabinet.Value, SessionId = c.Call.Id, ContactId = p })));
    }
}
