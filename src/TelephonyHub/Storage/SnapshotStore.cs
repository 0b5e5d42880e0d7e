using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Storage;

/// <summary>What the hub knows of an outside system, kept for a restart while that system is away.</summary>
public sealed class SnapshotStore(HubDatabase database, TimeProvider time)
{
    public Task SaveAsync<T>(string name, T value, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
            var row = await context.Snapshots.FirstOrDefaultAsync(s => s.Name == name, token);
            if (row is null)
            {
                context.Snapshots.Add(new SnapshotRow { Name = name, Data = json, TakenAt = time.GetUtcNow() });
            }
            else
            {
                (row.Data, row.TakenAt) = (json, time.GetUtcNow());
            }

            await context.SaveChangesAsync(token);
        },
        ct);

    public async Task<T?> LoadAsync<T>(string name, CancellationToken ct)
        where T : class
    {
        await database.WhenReadyAsync(ct);
        await using var context = database.CreateContext();
        var json = await context.Snapshots.AsNoTracking().Where(s => s.Name == name).Select(s => s.Data).FirstOrDefaultAsync(ct);
        return json is null ? null : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
    }

    /// <summary>All that is kept under names with this beginning, by the rest of the name.</summary>
    public async Task<IReadOnlyDictionary<string, T>> LoadAllAsync<T>(string prefix, CancellationToken ct)
        where T : class
    {
        await database.WhenReadyAsync(ct);
        await using var context = database.CreateContext();
        var rows = await context.Snapshots.AsNoTracking().Where(s => s.Name.StartsWith(prefix)).Select(s => new { s.Name, s.Data }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Name[prefix.Length..], r => JsonSerializer.Deserialize<T>(r.Data, JsonSerializerOptions.Web) ?? throw new JsonException("A snapshot holds 'null'."), StringComparer.Ordinal);
    }

    public Task RemoveAsync(string name, CancellationToken ct) =>
        database.WriteAsync((context, token) => context.Snapshots.Where(s => s.Name == name).ExecuteDeleteAsync(token), ct);
}
