namespace TelephonyHub.Simulator.Uis;

/// <summary>The source story's company: four cities, four cabinets, one common 8-800 number in Moscow. Fresh records on each call.</summary>
public static class SimulatorCompany
{
    public const string CommonNumber = "78005553535";
    public const string MoscowNumber = "74951230001";
    public const string MoscowSecondNumber = "74951230002";
    public const string PetersburgNumber = "78121230001";
    public const string RyazanNumber = "74912230001";
    public const string SurgutNumber = "73462230001";

    /// <summary>The menu scenario of <see cref="CommonNumber"/>.</summary>
    public const long MenuScenarioId = 101_002;

    public static IReadOnlyList<SimCabinetOptions> Cabinets() => [Moscow(), Petersburg(), Ryazan(), Surgut()];

    public static UisSimulatorOptions Options() => new() { Cabinets = Cabinets() };

    private static SimCabinetOptions Moscow()
    {
        IReadOnlyDictionary<int, long> codes = Codes(10_001, 10_002);
        return new SimCabinetOptions("msk", "Крепёж Москва", "Europe/Moscow", "sim-token-msk", 10_100)
        {
            Login = "api-msk",
            Password = "sim-password-msk",
            VirtualNumbers = [MoscowNumber, MoscowSecondNumber, CommonNumber],
            Employees =
            [
                Person(101_001, "Иванова", "Анна", "anna.ivanova@krepezh.example", "79161000001", "0101001", "101"),
                Person(101_002, "Петров", "Борис", "boris.petrov@krepezh.example", "79161000002", "0101002", "102"),
                Person(101_003, "Сидоров", "Виктор", "viktor.sidorov@krepezh.example", "79161000003", "0101003", "103"),
                Person(101_004, "Кузнецова", "Галина", "galina.kuznetsova@krepezh.example", "79161000004", "0101004", "104"),
            ],
            SipLines = Lines(101_001, 4, "0101", MoscowNumber),
            Groups = Groups(10_001, "Продажи Москва", [101_002, 101_003, 101_004], "79161000099"),
            Scenarios =
            [
                SimScenario.Hook(101_001, "Москва", 10_001, codes),
                SimScenario.WithMenu(MenuScenarioId, "8-800", 10_001, codes),
            ],
            ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal) { [CommonNumber] = MenuScenarioId },
            ReturnedCodes = codes,
            FallbackGroupId = 10_001,
        };
    }

    private static SimCabinetOptions Petersburg() => new("spb", "Крепёж Санкт-Петербург", "Europe/Moscow", "sim-token-spb", 10_200)
    {
        Login = "api-spb",
        Password = "sim-password-spb",
        VirtualNumbers = [PetersburgNumber],
        Employees =
        [
            // The same person as 101_001: she sells in both cities.
            Person(102_001, "Иванова", "Анна", "anna.ivanova@krepezh.example", "79161000001", "0102001", "201"),
            Person(102_002, "Соколов", "Дмитрий", "dmitry.sokolov@krepezh.example", "79211000002", "0102002", "202"),
            Person(102_003, "Лебедева", "Елена", "elena.lebedeva@krepezh.example", "79211000003", "0102003", "203"),
            Person(102_004, "Козлов", "Захар", "zakhar.kozlov@krepezh.example", "79211000004", "0102004", "204"),
        ],
        SipLines = Lines(102_001, 4, "0102", PetersburgNumber),
        Groups = Groups(10_201, "Продажи Санкт-Петербург", [102_002, 102_003, 102_004], "79211000099"),
        ReturnedCodes = Codes(10_201, 10_202),
        FallbackGroupId = 10_201,
    };

    private static SimCabinetOptions Ryazan() => new("rzn", "Крепёж Рязань", "Europe/Moscow", "sim-token-rzn", 10_300)
    {
        Login = "api-rzn",
        Password = "sim-password-rzn",
        VirtualNumbers = [RyazanNumber],
        Employees =
        [
            Person(103_001, "Новикова", "Ирина", "irina.novikova@krepezh.example", "79101000001", "0103001", "301"),
            Person(103_002, "Морозов", "Кирилл", "kirill.morozov@krepezh.example", "79101000002", "0103002", "302"),
            Person(103_003, "Волкова", "Лариса", "larisa.volkova@krepezh.example", "79101000003", "0103003", "303"),
            Person(103_004, "Зайцев", "Михаил", "mikhail.zaitsev@krepezh.example", "79101000004", "0103004", "304"),
        ],
        SipLines = Lines(103_001, 4, "0103", RyazanNumber),
        Groups = Groups(10_301, "Продажи Рязань", [103_001, 103_002, 103_003], "79101000099"),
        ReturnedCodes = Codes(10_301, 10_302),
        FallbackGroupId = 10_301,
    };

    private static SimCabinetOptions Surgut() => new("sgt", "Крепёж Сургут", "Asia/Yekaterinburg", "sim-token-sgt", 10_400)
    {
        Login = "api-sgt",
        Password = "sim-password-sgt",
        VirtualNumbers = [SurgutNumber],
        Employees =
        [
            Person(104_001, "Павлова", "Нина", "nina.pavlova@krepezh.example", "79221000001", "0104001", "401"),
            Person(104_002, "Семёнов", "Олег", "oleg.semenov@krepezh.example", "79221000002", "0104002", "402"),
            Person(104_003, "Голубева", "Полина", "polina.golubeva@krepezh.example", "79221000003", "0104003", "403"),
            Person(104_004, "Виноградов", "Роман", "roman.vinogradov@krepezh.example", "79221000004", "0104004", "404"),
        ],
        SipLines = Lines(104_001, 4, "0104", SurgutNumber),
        Groups = Groups(10_401, "Продажи Сургут", [104_001, 104_002, 104_003], "79221000099"),
        ReturnedCodes = Codes(10_401, 10_402),
        FallbackGroupId = 10_401,
    };

    /// <summary>SIP line first, then the mobile, as most people are rung.</summary>
    private static SimEmployee Person(long id, string lastName, string firstName, string email, string mobile, string sip, string extension) =>
        new(id, lastName, firstName, email, [sip, mobile], extension) { Login = email };

    private static SimSipLine[] Lines(long firstEmployeeId, int count, string prefix, string virtualNumber) =>
    [
        .. Enumerable.Range(1, count).Select(n => new SimSipLine(
            firstEmployeeId * 10 + n, prefix + n.ToString("D3", System.Globalization.CultureInfo.InvariantCulture), virtualNumber, firstEmployeeId + n - 1)),
    ];

    private static SimGroup[] Groups(long id, string name, IReadOnlyList<long> members, string dutyPhone) =>
    [
        new(id, name, members),
        new(id + 1, "Дежурный", []) { ExtraPhones = [dutyPhone] },
    ];

    /// <summary>Branch 0: the city's group; 1: its duty phone.</summary>
    private static Dictionary<int, long> Codes(long group, long duty) => new() { [0] = group, [1] = duty };
}
