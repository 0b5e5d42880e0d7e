using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Presence;

/// <summary>Reads of managers for API and console.</summary>
public sealed class ManagerQueries(DirectoryService directory, PresenceService presence)
{
    /// <summary>Those without CRM user or employee first, then by name.</summary>
    /// <param name="access">Only who works in a cabinet that is seen, and his records there.</param>
    /// <param name="cabinet">Only who has a record there; null: all.</param>
    public IReadOnlyList<Manager> Find(HubAccess access, string? cabinet) =>
    [
        .. directory.Managers.Managers
            .Where(m => access.SeesAll || m.Employees.Any(e => access.Sees(e.Cabinet.Value)))
            .Where(m => cabinet is null || m.Employees.Any(e => e.Cabinet.Value.Equals(cabinet, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(m => m.Employees.Count > 0 && m.ContactId is not null)
            .ThenBy(m => m.Name, StringComparer.Ordinal)
            .ThenBy(m => m.ContactId),
    ];

    /// <param name="managers">Of <see cref="Find"/>.</param>
    /// <param name="looking">Somebody looks: UIS may be asked for its list of calls.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="access">Of <see cref="Find"/>.</param>
    public async Task<IReadOnlyList<ManagerItem>> WithPresenceAsync(HubAccess access, IReadOnlyList<Manager> managers, bool looking, CancellationToken ct)
    {
        var calls = await presence.CallsAsync(directory.Managers, looking, ct);
        return SeenBy([.. managers.Select(m => ToItem(m, presence.Of(m, calls)))], access);
    }

    /// <summary>Employees whom no CRM user answers for, and why.</summary>
    public IReadOnlyList<UnmatchedItem> Unmatched(HubAccess access, string? cabinet) =>
    [
        .. directory.Managers.Managers
            .Where(m => m.ContactId is null)
            .SelectMany(m => m.Employees)
            .Where(e => access.Sees(e.Cabinet.Value))
            .Where(e => cabinet is null || e.Cabinet.Value.Equals(cabinet, StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.Cabinet.Value, StringComparer.Ordinal)
            .ThenBy(e => e.Id)
            .Select(e => new UnmatchedItem(ManagerEmployeeItem.Of(e), ReasonOf(e))),
    ];

    /// <summary>Who works in a cabinet that is seen, with what belongs to it.</summary>
    public static IReadOnlyList<ManagerItem> SeenBy(IReadOnlyList<ManagerItem> items, HubAccess access) => access.SeesAll
        ? items
        : [.. items.Select(i => SeenBy(i, access)).Where(i => i.Employees.Count > 0)];

    private static ManagerItem SeenBy(ManagerItem item, HubAccess access)
    {
        IReadOnlyList<ManagerEmployeeItem> employees = [.. item.Employees.Where(e => access.Sees(e.Cabinet))];
        var presence = item.Presence;
        var homeIsSeen = item.HomeCabinet is { } home && access.Sees(home);
        return item with
        {
            Employees = employees,
            HomeCabinet = homeIsSeen ? item.HomeCabinet : null,
            HomeBy = homeIsSeen ? item.HomeBy : null,
            Presence = presence with { Calls = [.. presence.Calls.Where(c => access.Sees(c.Cabinet))], Records = [.. presence.Records.Where(r => access.Sees(r.Cabinet))] },
        };
    }

    private static ManagerItem ToItem(Manager m, ManagerPresence presence) => new(
        m.Name,
        m.ContactId,
        m.UserId,
        m.IsActiveUser,
        ManagerEmployeeItem.RuleOf(m.MatchedBy),
        m.HomeCabinet?.Value,
        ManagerHome.Of(m.Employees) is { } home ? ManagerEmployeeItem.RuleOf(home.By) : null,
        [.. m.Employees.Select(ManagerEmployeeItem.Of)],
        m.Mobile?.E164,
        m.Work?.E164,
        presence);

    private static Words ReasonOf(PbxEmployee e)
    {
        var has = string.IsNullOrWhiteSpace(e.Email) ? ("no e-mail", "нет почты") : ("an e-mail", "почта есть");
        return new Words(
            $"No CRM user has his e-mail, one of his phones or, alone, his full name (the record has {has.Item1}). Give both the same e-mail, or map him: Managers__n__ContactId and Managers__n__Employees__0={e.Cabinet}:{e.Id}.",
            $"Ни у одного пользователя CRM нет его почты, телефона или (единственного) полного имени (в карточке сотрудника {has.Item2}). Укажите одинаковую почту или сопоставьте явно: Managers__n__ContactId и Managers__n__Employees__0={e.Cabinet}:{e.Id}.");
    }
}
