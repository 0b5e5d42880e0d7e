using System.Security.Claims;
using System.Text.Json;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Hosting;

/// <summary>Every admin action, in the transaction that does it.</summary>
public sealed class Audit(TimeProvider time)
{
    public async Task WriteAsync(HubDbContext context, ClaimsPrincipal who, string action, object details, CancellationToken ct)
    {
        context.Audit.Add(new AuditRow { At = time.GetUtcNow(), Who = who.Identity?.Name ?? "?", Action = action, Details = JsonSerializer.Serialize(details, HubJson.Stored) });
        await context.SaveChangesAsync(ct);
    }
}
