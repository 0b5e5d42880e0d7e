using System.Collections.Frozen;
using TelephonyHub.Creatio;

namespace TelephonyHub.Directory;

/// <summary>
/// Which types of communication are phones. The CRM says it (reference 4.1); where it does not, all are but the shipped ones for other things, for a number of
/// an unknown type is rather a client's than nobody's.
/// </summary>
/// <param name="phones">As the CRM says; null: it does not.</param>
public sealed class PhoneTypes(IEnumerable<Guid>? phones)
{
    private static readonly FrozenSet<Guid> Others = new[]
    {
        CreatioIds.CommunicationType.Fax, CreatioIds.CommunicationType.Email, CreatioIds.CommunicationType.Skype, CreatioIds.CommunicationType.Web,
    }.ToFrozenSet();

    private readonly FrozenSet<Guid>? _phones = phones?.ToFrozenSet();

    public static PhoneTypes Unknown { get; } = new(null);

    public bool Has(Guid? type) => type is not { } known || (_phones?.Contains(known) ?? !Others.Contains(known));
}
