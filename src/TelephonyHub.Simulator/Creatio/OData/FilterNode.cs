namespace TelephonyHub.Simulator.Creatio.OData;

internal enum CompareOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

internal enum TextFunction
{
    Contains,
    StartsWith,
    EndsWith,
}

/// <summary>A parsed condition; evaluated inside the store's lock.</summary>
internal abstract record FilterNode
{
    public abstract bool Matches(CrmRow row, CreatioStore store);

    /// <summary>Ids that can match, from an index; null when only a scan can tell.</summary>
    public virtual IEnumerable<Guid>? Candidates(Storage.CrmTable table) => null;
}

internal sealed record AndNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override bool Matches(CrmRow row, CreatioStore store) => Left.Matches(row, store) && Right.Matches(row, store);

    public override IEnumerable<Guid>? Candidates(Storage.CrmTable table) => Left.Candidates(table) ?? Right.Candidates(table);
}

internal sealed record OrNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override bool Matches(CrmRow row, CreatioStore store) => Left.Matches(row, store) || Right.Matches(row, store);

    public override IEnumerable<Guid>? Candidates(Storage.CrmTable table) =>
        Left.Candidates(table) is { } left && Right.Candidates(table) is { } right ? left.Union(right) : null;
}

internal sealed record NotNode(FilterNode Inner) : FilterNode
{
    public override bool Matches(CrmRow row, CreatioStore store) => !Inner.Matches(row, store);
}

internal sealed record TextNode(TextFunction Function, PropertyPath Path, string Text) : FilterNode
{
    public override bool Matches(CrmRow row, CreatioStore store)
    {
        var value = Path.Value(row, store) as string ?? "";
        return Function switch
        {
            TextFunction.Contains => value.Contains(Text, StringComparison.OrdinalIgnoreCase),
            TextFunction.StartsWith => value.StartsWith(Text, StringComparison.OrdinalIgnoreCase),
            _ => value.EndsWith(Text, StringComparison.OrdinalIgnoreCase),
        };
    }

    public override IEnumerable<Guid>? Candidates(Storage.CrmTable table) =>
        Function == TextFunction.StartsWith && Path.Steps.Count == 0 && Text.Length > 0
            ? table.Sorted(Path.Final.Property)?.Prefix(Text)
            : null;
}

/// <summary>Text is compared without case, as the usual collation of the product's database does [our assumption].</summary>
internal sealed record CompareNode(PropertyPath Path, CompareOperator Operator, object? Literal) : FilterNode
{
    public override bool Matches(CrmRow row, CreatioStore store)
    {
        var value = Path.Value(row, store);
        if (Literal is null or "" || value is null)
        {
            var same = value is null == Literal is null or "";
            return Operator switch
            {
                CompareOperator.Equal => same,
                CompareOperator.NotEqual => !same,
                _ => false,
            };
        }

        var order = value switch
        {
            string text => string.Compare(text, (string)Literal, StringComparison.OrdinalIgnoreCase),
            int number => ((decimal)number).CompareTo((decimal)Literal),
            IComparable comparable => comparable.CompareTo(Literal),
            _ => throw new InvalidOperationException($"{Path.Text} cannot be compared."),
        };
        return Operator switch
        {
            CompareOperator.Equal => order == 0,
            CompareOperator.NotEqual => order != 0,
            CompareOperator.Greater => order > 0,
            CompareOperator.GreaterOrEqual => order >= 0,
            CompareOperator.Less => order < 0,
            _ => order <= 0,
        };
    }

    public override IEnumerable<Guid>? Candidates(Storage.CrmTable table)
    {
        if (Literal is Guid id && Operator == CompareOperator.Equal)
        {
            return Path.Steps.Count == 0 && Path.Final.Ordinal == 0 ? [id]
                : Path.OwnLookup is { } lookup ? table.Lookup(lookup.Property)?.Equal(id)
                : null;
        }

        if (Path.Steps.Count > 0 || table.Sorted(Path.Final.Property) is not { } index)
        {
            return null;
        }

        return (Literal, Operator) switch
        {
            (string text, CompareOperator.Equal) when text.Length > 0 => index.Between(text, text),
            (DateTimeOffset time, CompareOperator.Equal) => index.Between(time, time),
            (DateTimeOffset time, CompareOperator.Greater or CompareOperator.GreaterOrEqual) => index.Between(time, null),
            (DateTimeOffset time, CompareOperator.Less or CompareOperator.LessOrEqual) => index.Between(null, time),
            _ => null,
        };
    }
}
