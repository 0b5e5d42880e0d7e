using System.Security.Claims;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Cabinets;

/// <summary>What a person does to a cabinet; audited.</summary>
public sealed class CabinetCommands(EarlyImports imports, HubDatabase database, Audit audit)
{
    /// <summary>Reads the whole cabinet from UIS now, in the background.</summary>
    /// <returns>False: it was asked for seconds ago.</returns>
    public async Task<bool> ImportAsync(CabinetKey cabinet, ClaimsPrincipal who, CancellationToken ct)
    {
        await database.WriteAsync((context, token) => audit.WriteAsync(context, who, "cabinet.import", new { cabinet = cabinet.Value }, token), ct);
        return imports.AskNow(cabinet);
    }
}
