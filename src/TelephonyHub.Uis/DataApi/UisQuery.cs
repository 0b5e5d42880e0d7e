namespace TelephonyHub.Uis.DataApi;

/// <summary>Common parameters of the <c>get.*</c> methods (reference 2.1).</summary>
public sealed record UisQuery
{
    /// <summary>Filter; see <see cref="UisFilter"/>. Not every field may be filtered (<c>filter_prohibited</c>).</summary>
    public UisFilter? Filter { get; init; }

    /// <summary>Order of rows; not every field may be sorted (<c>sort_prohibited</c>).</summary>
    public IReadOnlyList<UisSort> Sort { get; init; } = [];

    /// <summary>Columns; empty = the method's default columns.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Rows a request, 1 to 10 000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The customer's user for whom an agent asks; mandatory for agents (reference 5.4).</summary>
    public long? UserId { get; init; }
}

/// <summary>Order by one column.</summary>
/// <param name="Field">Column.</param>
/// <param name="Descending">Greatest first.</param>
public sealed record UisSort(string Field, bool Descending = false);

/// <summary>Parameters of a report. Times are in the account's zone (Kind Unspecified), both ends included, to the second.</summary>
/// <param name="From">Start; any distance, intervals over three months are asked in parts.</param>
/// <param name="Till">End.</param>
public sealed record UisReportQuery(DateTime From, DateTime Till)
{
    /// <summary>Filter, order, columns and page size. Without columns the adapter asks for all that the row type holds; without order, by
    /// <c>start_time</c>, so that paging is stable.</summary>
    public UisQuery Query { get; init; } = new();
}
