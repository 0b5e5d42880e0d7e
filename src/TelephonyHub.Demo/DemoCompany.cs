using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>A client of the company as the CRM knows him.</summary>
/// <param name="Phone">7XXXXXXXXXX, as UIS sends it; the CRM holds it as a person typed it.</param>
/// <param name="OpenDeal">Null when he has none.</param>
public sealed record DemoClient(Guid ContactId, string Name, string Phone, string Owner, Guid? OpenDeal);

/// <summary>What stands in the CRM before the first call: users that match the employees of UIS by e-mail, duty managers, and clients.</summary>
public sealed class DemoCompany
{
    /// <summary>Who answers each city's duty phone: users of the CRM without an employee in UIS.</summary>
    private static readonly (string Cabinet, string Name, string Phone)[] Duty =
    [
        ("msk", "Егорова Татьяна", "79161000099"),
        ("spb", "Фёдоров Степан", "79211000099"),
        ("rzn", "Щербакова Юлия", "79101000099"),
        ("sgt", "Яковлев Эдуард", "79221000099"),
    ];

    private readonly Dictionary<string, SimUser> _users = new(StringComparer.Ordinal);

    private DemoCompany(CreatioStore crm, IReadOnlyList<SimCabinetOptions> cabinets)
    {
        foreach (var person in cabinets.SelectMany(c => c.Employees).DistinctBy(e => e.Email, StringComparer.Ordinal))
        {
            _users[person.FullName] = crm.AddUser(person.FullName, person.Email!, person.Email);
        }

        foreach (var (cabinet, name, phone) in Duty)
        {
            _users[name] = crm.AddUser(name, $"duty-{cabinet}@krepezh.example", mobile: "+" + phone);
        }

        // Numbers as people type them: the hub finds the client in any spelling.
        Moscow = Add(crm, "Белова Ольга (ООО «Ромашка»)", "79165550101", "+7 (916) 555-01-01", "Иванова Анна");
        MoscowImpatient = Add(crm, "Громов Павел", "79165550102", "8-916-555-01-02", "Петров Борис");
        Petersburg = Add(crm, "Орлов Максим (ЗАО «Нева»)", "79215550201", "8 921 555 02 01", "Соколов Дмитрий", "Поставка анкеров, весна");
        Ryazan = Add(crm, "Титова Вера", "79105550301", "+79105550301", "Новикова Ирина");
        RyazanAbsent = Add(crm, "Комаров Глеб", "79105550302", "8(910)5550302", "Морозов Кирилл");
        Surgut = Add(crm, "Данилов Артём (ООО «Северстрой»)", "79225550401", "8 (922) 555-04-01", "Семёнов Олег");
    }

    public DemoClient Moscow { get; }

    public DemoClient MoscowImpatient { get; }

    /// <summary>Has an open deal: no second one may be made.</summary>
    public DemoClient Petersburg { get; }

    public DemoClient Ryazan { get; }

    public DemoClient RyazanAbsent { get; }

    public DemoClient Surgut { get; }

    public IReadOnlyDictionary<string, SimUser> Users => _users;

    public IReadOnlyList<DemoClient> Clients => [Moscow, MoscowImpatient, Petersburg, Ryazan, RyazanAbsent, Surgut];

    public static DemoCompany Seed(CreatioStore crm, IReadOnlyList<SimCabinetOptions> cabinets) => new(crm, cabinets);

    public static string DutyPhone(string cabinet) => Array.Find(Duty, d => d.Cabinet == cabinet).Phone;

    /// <summary>Name of the user by his contact or user id.</summary>
    public string NameOf(Guid? id) => _users.Values.FirstOrDefault(u => u.ContactId == id || u.UserId == id)?.Name ?? "nobody";

    private DemoClient Add(CreatioStore crm, string name, string phone, string typed, string owner, string? openDeal = null)
    {
        var ownerId = _users[owner].ContactId;
        var contact = crm.AddContact(name, ownerId, null, typed);
        Guid? deal = openDeal is null ? null : crm.AddOpportunity(openDeal, contact, ownerId: ownerId);
        return new DemoClient(contact, name, phone, owner, deal);
    }
}
