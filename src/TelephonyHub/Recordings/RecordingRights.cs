using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>Who may hear what: the one place that decides it.</summary>
public interface IRecordingRights
{
    Task<bool> MayListenAsync(ClaimsPrincipal who, RecordingRow recording, HubDbContext context, CancellationToken ct);
}

/// <summary>Who listens by his role hears all; a manager of whom sign-in knows the contact hears the calls that are his.</summary>
internal sealed class RecordingRights(DirectoryService directory) : IRecordingRights
{
    /// <summary>The person's contact in the CRM, if sign-in knows it.</summary>
    public const string ContactClaim = "contact_id";

    public async Task<bool> MayListenAsync(ClaimsPrincipal who, RecordingRow recording, HubDbContext context, CancellationToken ct)
    {
        if (HubRoles.Listening.Any(r => r != HubRoles.Manager && who.IsInRole(r)))
        {
            return true;
        }

        if (!who.IsInRole(HubRoles.Manager))
        {
            return false;
        }

        return !Guid.TryParse(who.FindFirstValue(ContactClaim), out var contact) || await IsHisAsync(contact, recording, context, ct);
    }

    private async Task<bool> IsHisAsync(Guid contact, RecordingRow recording, HubDbContext context, CancellationToken ct)
    {
        var row = await context.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == recording.Cabinet && c.SessionId == recording.SessionId, ct);
        if (row is null)
        {
            return false;
        }

        var cabinet = CabinetKey.Parse(row.Cabinet);
        return row.OwnerContactId == contact
            || row.TalkedContactId == contact
            || CallRows.Read(row).Legs.Any(l => l.TalkedAt is not null && l.Participant is { } p && directory.Managers.Of(cabinet, p.EmployeeId, p.Number)?.ContactId == contact);
    }
}
