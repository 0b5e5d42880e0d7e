namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Storage kinds of columns; the mapping to OData types is that of reference 1.2.</summary>
internal enum ColumnKind
{
    Guid,
    Lookup,
    Text,
    Integer,
    Decimal,
    Boolean,
    DateTime,
    Date,
    Binary,
}

/// <summary>
/// One column: <c>Name</c> is its code and for lookups also the navigation property, <c>Property</c> the OData property (<c>OwnerId</c> for the lookup
/// <c>Owner</c>); a text size of 0 is unlimited; the default is kept as in the reference: a value, <c>now</c>, <c>current user contact</c> or
/// <c>setting X</c>.
/// </summary>
internal sealed record ColumnSchema(
    int Ordinal, string Name, string Property, ColumnKind Kind, int MaxLength, bool Required, string? Default, string? Target)
{
    public bool IsLookup => Kind == ColumnKind.Lookup;

    /// <summary>The type name that OData messages and the metadata use.</summary>
    public string EdmType => Kind switch
    {
        ColumnKind.Guid or ColumnKind.Lookup => "Edm.Guid",
        ColumnKind.Text => "Edm.String",
        ColumnKind.Integer => "Edm.Int32",
        ColumnKind.Decimal => "Edm.Decimal",
        ColumnKind.Boolean => "Edm.Boolean",
        ColumnKind.Binary => "Edm.Stream",
        _ => "Edm.DateTimeOffset",
    };

    /// <summary>What an unset value looks like in an answer (reference 1.4): never null.</summary>
    public object Empty => Kind switch
    {
        ColumnKind.Guid or ColumnKind.Lookup => Guid.Empty,
        ColumnKind.Text => "",
        ColumnKind.Integer => 0,
        ColumnKind.Decimal => 0m,
        ColumnKind.Boolean => false,
        ColumnKind.Binary => Array.Empty<byte>(),
        _ => DateTimeOffset.MinValue,
    };
}
