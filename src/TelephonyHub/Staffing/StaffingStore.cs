using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Staffing;

/// <summary>A document that is to be stored.</summary>
/// <param name="Value">Null: taken away.</param>
internal sealed record StaffingChange(StaffingKind Kind, string Key, object? Value);

/// <summary>Each change makes a new version of its document, with its audit entry, in one transaction.</summary>
internal sealed class StaffingStore(HubDatabase database, StaffingBook book, Audit audit, TimeProvider time)
{
    private const int LongestInAudit = 20_000;

    /// <param name="who">Asks for it.</param>
    /// <param name="action">For the audit, e.g. <c>routing.rota.put</c>.</param>
    /// <param name="changes">All or none of them.</param>
    /// <param name="refusal">What is there now → why not. May be asked again, after a deadlock.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The rows as stored, or why there are none.</returns>
    public async Task<(IReadOnlyList<StaffingRow> Rows, IResult? Refusal)> ChangeAsync(
        ClaimsPrincipal who, string action, IReadOnlyList<StaffingChange> changes, Func<StaffingRow?, IResult?> refusal, CancellationToken ct)
    {
        var made = await database.WriteAsync((context, token) => ChangeOnceAsync(context, who, action, changes, refusal, token), ct);
        book.Take(made.Rows);
        return made;
    }

    private async Task<(IReadOnlyList<StaffingRow> Rows, IResult? Refusal)> ChangeOnceAsync(
        HubDbContext context, ClaimsPrincipal who, string action, IReadOnlyList<StaffingChange> changes, Func<StaffingRow?, IResult?> refusal, CancellationToken ct)
    {
        // Changes queue up, on all replicas: each sees the one before it, then follows it or is refused.
        await database.LockAsync(context, LockSpace.Staffing, [""], ct);
        var version = await context.Staffing.MaxAsync(s => (long?)s.Version, ct) ?? 0;
        var rows = new List<StaffingRow>();
        foreach (var change in changes)
        {
            var row = await context.Staffing.FirstOrDefaultAsync(s => s.Kind == change.Kind.Name && s.Key == change.Key, ct);
            if (refusal(row) is { } why)
            {
                return ([], why);
            }

            var before = row?.Data;
            if (row is null)
            {
                row = new StaffingRow { Kind = change.Kind.Name, Key = change.Key, ChangedBy = "" };
                context.Staffing.Add(row);
            }

            row.Version = ++version;
            row.Data = change.Value is null ? null : JsonSerializer.Serialize(change.Value, change.Value.GetType(), HubJson.Stored);
            row.ChangedAt = time.GetUtcNow();
            row.ChangedBy = who.Identity?.Name ?? "?";
            rows.Add(row);
            await audit.WriteAsync(context, who, action, new { change.Key, row.Version, before = ForAudit(before), after = ForAudit(row.Data) }, ct);
        }

        await database.TellReplicasAsync(context, WakeUp.Staffing, ct);
        return (rows, null);
    }

    /// <summary>A packed numbering plan says nothing to a reader.</summary>
    private static JsonNode? ForAudit(string? data) => data is null ? null : data.Length > LongestInAudit ? JsonValue.Create($"{data.Length} characters") : JsonNode.Parse(data);
}
