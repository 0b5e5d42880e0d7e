using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Whose call it is besides its owner's, in the transaction of the fold. Only added to: a fold before the managers are loaded knows nobody.</summary>
internal static class CallPeople
{
    public static async Task StoreAsync(HubDbContext context, SessionKey call, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var (cabinet, id) = (call.Cabinet.Value, call.Id);
        var known = people.Count == 0 ? [] : await context.CallPeople.Where(p => p.Cabinet == cabinet && p.SessionId == id).Select(p => p.ContactId).ToListAsync(ct);
        context.CallPeople.AddRange(people.Except(known).Select(p => new CallPersonRow { Cabinet = cabinet, SessionId = id, ContactId = p }));
    }
}
