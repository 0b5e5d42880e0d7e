using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>Lists of what was imported of one cabinet. They come from memory; how old they are says the cabinet itself.</summary>
internal static class CabinetLists
{
    public static void MapCabinetLists(this IEndpointRouteBuilder api)
    {
        Map<NumberItem>(api, "numbers", "Virtual numbers: listed by UIS, configured, or both", n => n.Number, (c, facts, settings) => Numbers(c, facts, settings));
        Map<EmployeeItem>(api, "employees", "Employee records, phones in dialling order", e => e.EmployeeId, (c, facts, _) => [.. (facts.People?.Employees ?? []).OrderBy(e => e.Id).Select(e => EmployeeItem.Of(c.Key, e, facts))]);
        Map<GroupItem>(api, "groups", "Groups, phones in dialling order", g => g.Id, (_, facts, _) => [.. (facts.Dictionaries?.Groups ?? []).OrderBy(g => g.Id).Select(GroupItem.Of)]);
        Map<ScheduleItem>(api, "schedules", "Working times, in the account's clock", s => s.Id, (_, facts, _) => [.. (facts.Dictionaries?.Schedules ?? []).OrderBy(s => s.Id).Select(ScheduleItem.Of)]);
        Map<StatusItem>(api, "statuses", "Presence statuses and what they let through", s => s.Id, (_, facts, _) => [.. (facts.Dictionaries?.Statuses ?? []).OrderBy(s => s.Id).Select(StatusItem.Of)]);
        Map<SipLineItem>(api, "sip-lines", "SIP lines and whether a phone is registered", l => l.Id, (c, facts, _) => [.. (facts.People?.SipLines ?? []).OrderBy(l => l.Id).Select(l => SipLineItem.Of(l, c.TimeZone))]);
        Map<NamedItem>(api, "scenarios", "Call scenarios", s => s.Id, (_, facts, _) => [.. (facts.Dictionaries?.Scenarios ?? []).OrderBy(s => s.Id).Select(s => NamedItem.Of(new Uis.DataApi.UisNamed(s.Id, s.Name)))]);
    }

    private static void Map<T>(IEndpointRouteBuilder api, string path, string summary, Func<T, string> idOf, Func<CabinetSettings, CabinetFacts, HubSettings, IReadOnlyList<T>> read) =>
        api.MapGet($"/{{key}}/{path}", (string key, HttpContext http, HubAccess access, HubSettings settings, CabinetBook book) =>
            {
                if (CabinetEndpoints.Find(key, access, settings, out var cabinet) is { } unknown)
                {
                    return unknown;
                }

                var query = new ApiQuery(http.Request);
                return query.TryPage(read(cabinet, book.Of(cabinet.Key), settings), idOf, out var page, out var next) ? Results.Ok(new ApiPage<T>(page, next)) : query.Problem!;
            })
            .WithSummary(summary)
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<T>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    private static IReadOnlyList<NumberItem> Numbers(CabinetSettings cabinet, CabinetFacts facts, HubSettings settings)
    {
        var common = settings.Routing.CommonNumbers;
        var listed = (facts.Dictionaries?.Numbers ?? []).Where(n => n.ChildCustomerId is null)
            .Select(n => (Number: PhoneNumber.TryParse(n.VirtualPhoneNumber), Uis: n))
            .Where(n => n.Number is not null)
            .DistinctBy(n => n.Number)
            .Select(n => NumberItem.Of(n.Number!.Value, n.Uis, true, cabinet.Numbers.Contains(n.Number!.Value), common.Contains(n.Number!.Value)))
            .ToList();
        var known = listed.Select(n => n.Number).ToHashSet(StringComparer.Ordinal);
        bool? absent = facts.Dictionaries?.Numbers is null ? null : false;
        return [.. listed.Concat(cabinet.Numbers.Where(n => !known.Contains(n.E164)).Select(n => NumberItem.Of(n, null, absent, true, common.Contains(n)))).OrderBy(n => n.Number, StringComparer.Ordinal)];
    }
}
