using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Hosting;

/// <summary>
/// Keys of cookies and form tokens, in the database: each replica takes what another gave out, and a restart ends no session. While the database is away
/// at the start a key of this process alone serves, so that the administrator of the settings can sign in; with the database come the stored keys.
/// </summary>
internal sealed class ProtectionKeys(HubDatabase database, TimeProvider time) : IXmlRepository
{
    /// <summary>In the usual start the database is there before anybody asks; nobody waits longer for one that is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<XElement> _known = [];
    private readonly List<(string Name, XElement Element)> _unstored = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        if (_open.Task.Wait(Patience))
        {
            try
            {
                using var context = database.CreateContext();
                var stored = context.ProtectionKeys.AsNoTracking().Select(k => k.Xml).ToList().ConvertAll(x => XElement.Parse(x));
                lock (_gate)
                {
                    _known.Clear();
                    _known.AddRange(stored);
                }
            }
            catch (Exception e) when (database.IsAway(e))
            {
                // Those read before serve on.
            }
        }

        lock (_gate)
        {
            return [.. _known];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        if (_open.Task.IsCompleted)
        {
            database.WriteAsync((context, ct) => AddAsync(context, friendlyName, element, ct), CancellationToken.None).GetAwaiter().GetResult(); // the framework's interface is a synchronous one
        }

        lock (_gate)
        {
            _known.Add(element);
            if (!_open.Task.IsCompleted)
            {
                _unstored.Add((friendlyName, element));
            }
        }
    }

    /// <summary>The database is there. The first of all replicas stores the first key; where there are some, a key that was made meanwhile ends with its sessions.</summary>
    /// <param name="makeFirst">Makes a key, which arrives at <see cref="StoreElement"/>.</param>
    /// <param name="ct">Cancels.</param>
    public async Task OpenAsync(Action makeFirst, CancellationToken ct)
    {
        await database.WriteAsync(
            async (context, token) =>
            {
                if (database.IsPostgres)
                {
                    await context.Database.ExecuteSqlRawAsync("LOCK TABLE protection_keys IN EXCLUSIVE MODE", token);
                }

                if (await context.ProtectionKeys.AnyAsync(token))
                {
                    return;
                }

                if (_unstored.Count == 0)
                {
                    makeFirst();
                }

                foreach (var (name, element) in _unstored)
                {
                    await AddAsync(context, name, element, token);
                }
            },
            ct);
        _open.TrySetResult();
    }

    private async Task AddAsync(HubDbContext context, string name, XElement element, CancellationToken ct)
    {
        context.ProtectionKeys.Add(new ProtectionKeyRow { Name = name, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = time.GetUtcNow() });
        await context.SaveChangesAsync(ct);
    }
}
