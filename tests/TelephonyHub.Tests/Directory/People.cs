using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Directory;

/// <summary>Managers, employees and CRM users as tests speak of them.</summary>
internal static class People
{
    public static readonly Guid Anna = new("a0000000-0000-0000-0000-000000000001");
    public static readonly Guid Boris = new("b0000000-0000-0000-0000-000000000002");

    /// <summary>The API user's own contact.</summary>
    public static readonly Guid Hub = new("f0000000-0000-0000-0000-00000000000f");

    public static CrmUser User(Guid contact, string name, string? email = null, string? mobile = null, string? work = null, bool active = true) =>
        new(new Guid($"1{contact.ToString()[1..]}"), contact, name, email, mobile, work, active);

    public static PbxEmployee Employee(CabinetKey cabinet, long id, string name, string? email = null, string? extension = null, params string[] phones) =>
        new(cabinet, id, name, email, [.. phones.Select(p => new PbxPhone(p, Active: true))], extension);

    /// <summary>Anna of the Moscow cabinet: a mobile, a SIP number and an extension.</summary>
    public static Manager AnnaOfMoscow(params PbxEmployee[] more) => new()
    {
        ContactId = Anna,
        UserId = Guid.Parse("10000000-0000-0000-0000-000000000001"),
        Name = "Анна Иванова",
        IsActiveUser = true,
        Employees = [Employee(Company.Moscow, 8, "Анна Иванова", null, "101", "79260000001", "0083506"), .. more],
    };

    public static Manager Crm(Guid contact, string name, string? mobile = null, string? work = null, bool active = true) => new()
    {
        ContactId = contact,
        UserId = contact,
        Name = name,
        IsActiveUser = active,
        Mobile = PhoneNumber.TryParse(mobile),
        Work = PhoneNumber.TryParse(work),
    };

    public static ManagerDirectory Directory(params Manager[] managers) => new(managers, Hub);
}
