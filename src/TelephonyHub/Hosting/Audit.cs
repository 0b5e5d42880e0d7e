using System.Security.Claims;
using System.Text.Json;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Hosting;

/// <summary>Every admin action, in the transaction that does it.</summary>
public sealed class Audit(TimeProvider time)
{
    /// <summary>What the hub does of itself, by its settings.</summary>
    public const string TheHub = "hub";

    public Task WriteAsync(HubDbContext context, ClaimsPrincipal who, string action, object details, CancellationToken ct) =>
        WriteAsync(context, who.Identity?.Name ?? "?", action, details, ct);

    public async Task WriteAsync(HubDbContext context, string who, string action, object details, CancellationToken ct)
    {
        context.Audit.Add(new AuditRow { At = time.GetUtcNow(), Who = who, Action = action, Details = JsonSerializer.Serialize(details, HubJson.Stored) });
        await context.SaveChangesAsync(ct);
    }
}
