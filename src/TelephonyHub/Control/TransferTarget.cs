using TelephonyHub.Cabinets;
using TelephonyHub.Directory;

namespace TelephonyHub.Control;

/// <summary>Whom a transfer rings.</summary>
/// <param name="To">As UIS dials it from the call's cabinet: extension, SIP number or <c>7XXXXXXXXXX</c>.</param>
/// <param name="Kind"><c>extension | sip | phone | cabinetNumber</c></param>
/// <param name="Cabinet">Cabinet in which he is rung; null for a number outside.</param>
/// <param name="Manager">Null for a bare number that is nobody's.</param>
/// <param name="Reason">Why this number.</param>
public sealed record TransferTarget(string To, string Kind, CabinetKey? Cabinet, Manager? Manager, Words Reason)
{
    /// <summary>The company's own number that is dialled, where there is one: a second session arises at it.</summary>
    public PhoneNumber? OwnNumber { get; init; }
}

/// <summary>What the choice of the number rests on.</summary>
/// <param name="Cabinet">The call's.</param>
/// <param name="Client">Its outside party.</param>
/// <param name="VirtualNumber">The number the call came in on.</param>
/// <param name="NumbersOf">A cabinet's numbers that lead into it: not the common ones, configured first, then those UIS lists.</param>
/// <param name="CabinetOf">Whose number it is; null for a common or a stranger's number.</param>
/// <param name="IsOwn">A number the company rents.</param>
/// <param name="NameOf">Display name of a cabinet.</param>
/// <param name="IsSilent">A SIP line of a cabinet that UIS says is not registered, or switched off: nothing would ring.</param>
public sealed record TransferFacts(
    CabinetKey Cabinet,
    PhoneNumber? Client,
    PhoneNumber? VirtualNumber,
    Func<CabinetKey, IEnumerable<PhoneNumber>> NumbersOf,
    Func<PhoneNumber, CabinetKey?> CabinetOf,
    Func<PhoneNumber, bool> IsOwn,
    Func<CabinetKey, string> NameOf,
    Func<CabinetKey, string, bool> IsSilent);

/// <summary>
/// The best number for a transfer. Pure. In the call's own cabinet the manager's phone, else his extension: one session, nothing to join. Of another
/// cabinet its own number, because the second session there is recorded and counted where he works, and routing there rings all his phones; only
/// without one his full number.
/// </summary>
public static class TransferTargets
{
    public static TransferTarget? ToManager(Manager manager, TransferFacts facts)
    {
        if (manager.Employees.FirstOrDefault(e => e.Cabinet == facts.Cabinet) is { } here && ToEmployee(here, manager, facts) is { } direct)
        {
            return direct;
        }

        foreach (var cabinet in manager.Employees.Select(e => e.Cabinet).Where(c => c != facts.Cabinet).Distinct())
        {
            foreach (var number in facts.NumbersOf(cabinet))
            {
                if (number != facts.VirtualNumber && number != facts.Client)
                {
                    var name = facts.NameOf(cabinet);
                    return new TransferTarget(number.Digits, "cabinetNumber", cabinet, manager, new Words($"He works in {name}: its number, and routing there rings him first.", $"Он работает в кабинете {name}: набран номер кабинета, маршрутизация там первым наберёт его."))
                    {
                        OwnNumber = number,
                    };
                }
            }
        }

        var outside = manager.Employees.SelectMany(e => e.Phones).Where(IsReached).Select(p => PhoneNumber.TryParse(p.Number)).Append(manager.Mobile).Append(manager.Work);
        return outside.FirstOrDefault(p => p is not null && p != facts.Client) is { } phone
            ? new TransferTarget(phone.Digits, "phone", null, manager, new Words("No number of his own cabinet leads to him: his own phone.", "Номера его кабинета нет: набран его собственный телефон."))
            {
                OwnNumber = facts.IsOwn(phone) ? phone : null,
            }
            : null;
    }

    /// <summary>A number as somebody typed it: full in any format, or short as the cabinet knows it.</summary>
    /// <returns>Null when it is neither.</returns>
    public static TransferTarget? ToNumber(string text, ManagerDirectory managers, TransferFacts facts)
    {
        var typed = text.Trim();
        if (PhoneNumber.TryParse(typed) is { } phone)
        {
            var own = facts.IsOwn(phone);
            var cabinet = facts.CabinetOf(phone);
            return new TransferTarget(phone.Digits, own ? "cabinetNumber" : "phone", cabinet, own ? null : managers.ByNumber(facts.Cabinet, typed), new Words("The number that was asked for.", "Указанный номер."))
            {
                OwnNumber = own ? phone : null,
            };
        }

        // An extension or a SIP number of this cabinet: UIS itself knows best which there are.
        return typed.Length is >= 2 and <= 12 && typed.All(char.IsAsciiDigit)
            ? new TransferTarget(typed, typed.Length <= 4 ? "extension" : "sip", facts.Cabinet, managers.ByNumber(facts.Cabinet, typed), new Words("The number that was asked for.", "Указанный номер."))
            : null;
    }

    private static Words ExtensionReason(PbxEmployee employee) => employee.Phones.Any(p => p.Active && !IsReached(p))
        ? new Words("His extension in this cabinet; his number with a post-dial tail cannot be a transfer's.", "Его внутренний номер в этом кабинете; на номер с донабором перевести нельзя.")
        : new Words("His extension in this cabinet.", "Его внутренний номер в этом кабинете.");

    /// <summary>Nothing says that <c>make.call</c> dials a post-dial tail (reference 1.8), and without it the client would be given to a switchboard.</summary>
    private static bool IsReached(PbxPhone phone) => phone.Active && DialNumber.TailOf(phone.Number).Length == 0;

    private static TransferTarget? ToEmployee(PbxEmployee employee, Manager manager, TransferFacts facts)
    {
        // A line that was not registered a minute ago is better than nothing, but a blind transfer to it loses the client.
        foreach (var phone in employee.Phones.Where(IsReached).OrderBy(p => facts.IsSilent(facts.Cabinet, p.Number)))
        {
            if (PhoneNumber.TryParse(phone.Number) is { } number)
            {
                if (number != facts.Client)
                {
                    return new TransferTarget(number.Digits, "phone", facts.Cabinet, manager, new Words("His first phone in this cabinet.", "Его первый телефон в этом кабинете."));
                }
            }
            else if (phone.Number.Length > 0 && phone.Number.All(char.IsAsciiDigit))
            {
                return new TransferTarget(phone.Number, "sip", facts.Cabinet, manager, new Words("His SIP line in this cabinet.", "Его SIP-линия в этом кабинете."));
            }
        }

        return string.IsNullOrWhiteSpace(employee.Extension)
            ? null
            : new TransferTarget(employee.Extension.Trim(), "extension", facts.Cabinet, manager, ExtensionReason(employee));
    }
}
