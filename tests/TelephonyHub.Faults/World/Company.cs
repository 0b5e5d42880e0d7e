using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>The CRM's side of the simulated company: a user for every employee, matched by e-mail.</summary>
public static class Company
{
    public static Dictionary<string, SimUser> SeedUsers(CreatioStore store, string? except = null) =>
        SimulatorCompany.Cabinets()
            .SelectMany(c => c.Employees)
            .Where(e => e.Email != except)
            .DistinctBy(e => e.Email)
            .ToDictionary(
                e => e.Email!,
                e => store.AddUser($"{e.LastName} {e.FirstName}", e.Email!, e.Email, $"+{e.PhoneNumbers[^1]}"),
                StringComparer.Ordinal);
}
