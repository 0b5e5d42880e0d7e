using TelephonyHub.Cabinets;
using TelephonyHub.Directory;

namespace TelephonyHub.Routing;

/// <summary>
/// The numbers a manager can be dialled under from a cabinet, in his order: active numbers of his employee record, then (in his own cabinet, if
/// allowed) the extension; from another cabinet only full numbers. Without an employee record the CRM user's mobile and work phone.
/// </summary>
public static class ManagerPhones
{
    public static IReadOnlyList<string> Of(Manager manager, CabinetKey from, bool useExtensions)
    {
        if (manager.Employees.Count == 0)
        {
            return [.. new[] { manager.Mobile, manager.Work }.Where(p => p is not null).Select(p => p!.Value.Digits).Distinct(StringComparer.Ordinal)];
        }

        // His record in this cabinet first: a SIP number or extension there is the shortest way.
        var records = manager.Employees.OrderByDescending(e => e.Cabinet == from);
        return [.. records.SelectMany(e => OfEmployee(e, from, useExtensions)).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> OfEmployee(PbxEmployee employee, CabinetKey from, bool useExtensions)
    {
        var own = employee.Cabinet == from;
        foreach (var phone in employee.Phones.Where(p => p.Active))
        {
            if (PhoneNumber.TryParse(phone.Number) is { } number)
            {
                yield return number.Digits + DialNumber.TailOf(phone.Number);
            }
            else if (own && phone.Number.Length > 0 && phone.Number.All(char.IsAsciiDigit))
            {
                yield return phone.Number; // a SIP number
            }
        }

        if (own && useExtensions && !string.IsNullOrWhiteSpace(employee.Extension))
        {
            yield return employee.Extension.Trim();
        }
    }
}
