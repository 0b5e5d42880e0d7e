using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Presence;

/// <summary>Who is at his phone. From memory but for the live board; never asks UIS for people.</summary>
public sealed class PresenceService(CabinetBook book, LiveCalls live, HubDatabase database, HubSettings settings, TimeProvider time)
{
    /// <summary>Calls of this moment by manager; empty while the database is away.</summary>
    /// <param name="managers">As of one join: the answer's keys are its managers.</param>
    /// <param name="looking">Somebody looks: UIS may be asked for its list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ILookup<Manager, PresenceCall>> CallsAsync(ManagerDirectory managers, bool looking, CancellationToken ct)
    {
        IReadOnlyList<LiveCallItem> calls = database.IsReady ? (await live.NowAsync(looking, ct)).Board.Calls : [];
        return calls
            .SelectMany(c => c.Parties.Select(p => (Manager: ManagerOf(managers, CabinetKey.Parse(c.Cabinet), p), Call: new PresenceCall(c.Cabinet, c.SessionId, p.State))))
            .Where(p => p.Manager is not null)
            .Distinct()
            .ToLookup(p => p.Manager!, p => p.Call);
    }

    public ManagerPresence Of(Manager manager, ILookup<Manager, PresenceCall> calls) => PresenceRules.OfManager(RecordsOf(manager), [.. calls[manager]]);

    /// <summary>What each cabinet says of him. From memory.</summary>
    public IReadOnlyList<EmployeePresence> RecordsOf(Manager manager)
    {
        var now = time.GetUtcNow();
        return [.. manager.Employees
            .Select(e => (e.Cabinet, Facts: book.Of(e.Cabinet), e.Id))
            .Select(e => (e.Cabinet, e.Facts, Employee: e.Facts.People?.Employees.FirstOrDefault(x => x.Id == e.Id)))
            .Where(e => e.Employee is not null)
            .Select(e => PresenceRules.OfEmployee(e.Cabinet, e.Employee!, e.Facts, settings.Cabinets[e.Cabinet].TimeZone, now))];
    }

    private static Manager? ManagerOf(ManagerDirectory managers, CabinetKey cabinet, LiveParty party) =>
        (long.TryParse(party.EmployeeId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? managers.ByEmployee(cabinet, id) : null)
        ?? managers.ByNumber(cabinet, party.Number);
}
