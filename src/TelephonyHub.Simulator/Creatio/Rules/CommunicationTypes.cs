using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>Which column of the card mirrors which communication type (reference 3.3), and which types are phones.</summary>
internal static class CommunicationTypes
{
    private static readonly (string Column, Guid Type)[] ContactColumns =
        [("MobilePhone", CrmIds.MobilePhone), ("Phone", CrmIds.WorkPhone), ("HomePhone", CrmIds.HomePhone), ("Email", CrmIds.Email)];

    private static readonly (string Column, Guid Type)[] AccountColumns =
        [("Phone", CrmIds.MainPhone), ("AdditionalPhone", CrmIds.AdditionalPhone), ("Fax", CrmIds.Fax), ("Web", CrmIds.Web)];

    public static readonly IReadOnlyList<Guid> Phones =
    [
        CrmIds.WorkPhone, CrmIds.MobilePhone, CrmIds.HomePhone, CrmIds.MainPhone, CrmIds.AdditionalPhone, CrmIds.OtherPhone, CrmIds.Extension, CrmIds.Fax,
    ];

    public static IReadOnlyList<(string Column, Guid Type)> Columns(string entity) => entity == "Contact" ? ContactColumns : AccountColumns;

    public static string? Column(string entity, Guid type) =>
        Columns(entity).Where(pair => pair.Type == type).Select(pair => pair.Column).FirstOrDefault();

    /// <summary>
    /// Phones: digits only, reversed; other kinds: the text in lower case (reference 4.2: stated for e-mail, assumed for the rest).
    /// </summary>
    public static string SearchNumber(Guid type, string number) => Phones.Contains(type)
        ? string.Concat(number.Where(char.IsAsciiDigit).Reverse())
        : number.Trim().ToLowerInvariant();
}
