namespace TelephonyHub.Simulator.Uis;

/// <summary>A call scenario: operations joined by named branches (sections 4.5 and 4.6). The first operation is the entry.</summary>
public sealed record SimScenario(long Id, string Name, IReadOnlyList<SimOperation> Operations)
{
    /// <summary>Hook; whatever it cannot settle goes to the fallback group, and from there to voice mail.</summary>
    public static SimScenario Hook(long id, string name, long fallbackGroupId, IReadOnlyDictionary<int, long>? returnedCodes = null)
    {
        var operations = new List<SimOperation>();
        AddHook(operations, hookId: 1, fallbackGroupId, returnedCodes, menuForCode: null);
        return new SimScenario(id, name, operations);
    }

    /// <summary>8-800: greeting → menu with the digit → hook.</summary>
    /// <param name="askTwice">the hook is asked before the menu, too; its <paramref name="menuCode"/> leads into the menu and the digit comes with the second request</param>
    public static SimScenario WithMenu(
        long id, string name, long fallbackGroupId, IReadOnlyDictionary<int, long>? returnedCodes = null, bool askTwice = false, int menuCode = 9)
    {
        const long Greeting = 1, Menu = 2, Hook = 3, FirstHook = 4;
        var toHook = Enumerable.Range(0, 10).Select(digit => digit.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Concat(["input_timeout", "incorrect_input"]).ToDictionary(branch => branch, _ => Hook, StringComparer.Ordinal);
        var operations = new List<SimOperation>
        {
            new(Greeting, SimOperationKind.Info, "Приветствие") { Branches = Branch("play_done", askTwice ? FirstHook : Menu) },
            new(Menu, SimOperationKind.Menu, "Выбор региона") { Branches = toHook },
        };
        AddHook(operations, Hook, fallbackGroupId, returnedCodes, menuForCode: null);
        if (askTwice)
        {
            AddHook(operations, FirstHook, fallbackGroupId, returnedCodes, (menuCode, Menu));
        }

        return new SimScenario(id, name, operations);
    }

    internal SimOperation? Find(long id) => Operations.FirstOrDefault(operation => operation.Id == id);

    private static void AddHook(
        List<SimOperation> operations, long hookId, long fallbackGroupId, IReadOnlyDictionary<int, long>? returnedCodes, (int Code, long Menu)? menuForCode)
    {
        // Operation ids of groups and voice mail are hook * 100 + n, so that two hooks of one scenario do not share them.
        var branches = new Dictionary<string, long>(StringComparer.Ordinal);
        var fallback = hookId * 100;
        var voiceMail = fallback + 99;
        branches["http_request_failed"] = fallback;
        branches["dial_failed"] = fallback;
        operations.Add(new SimOperation(hookId, SimOperationKind.Integration, "Интерактивная обработка вызова") { Branches = branches });
        operations.Add(GroupOperation(fallback, fallbackGroupId, voiceMail));
        operations.Add(new SimOperation(voiceMail, SimOperationKind.VoiceMail, "Голосовая почта"));
        foreach (var (code, groupId) in returnedCodes ?? new Dictionary<int, long>())
        {
            var operationId = fallback + 1 + code;
            branches[code.ToString(System.Globalization.CultureInfo.InvariantCulture)] = operationId;
            operations.Add(GroupOperation(operationId, groupId, voiceMail));
        }

        if (menuForCode is { } menu)
        {
            branches[menu.Code.ToString(System.Globalization.CultureInfo.InvariantCulture)] = menu.Menu;
        }
    }

    private static SimOperation GroupOperation(long id, long groupId, long voiceMail) =>
        new(id, SimOperationKind.Dialing, "Переадресация на группу") { GroupId = groupId, Branches = Branch("dial_failed", voiceMail) };

    private static Dictionary<string, long> Branch(string name, long target) => new(StringComparer.Ordinal) { [name] = target };
}

public enum SimOperationKind
{
    Info,
    Menu,
    Integration,
    Dialing,
    VoiceMail,

    /// <summary>Operation 10: the personal manager of the address book (section 4.6).</summary>
    PersonalManager,
}

public sealed record SimOperation(long Id, SimOperationKind Kind, string Name)
{
    /// <summary>Branch mnemonic → operation id; a branch that is not linked ends the call.</summary>
    public IReadOnlyDictionary<string, long> Branches { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Of a dialling operation.</summary>
    public long? GroupId { get; init; }

    /// <summary>Of a dialling operation without a group.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>"Показывать при звонке": true = the virtual number, false = the caller's number (section 5.1).</summary>
    public bool ShowServiceNumber { get; init; }

    /// <summary>The hook collects the caller's digit itself (`max_access_code_len`).</summary>
    public bool CollectsDigit { get; init; }
}
