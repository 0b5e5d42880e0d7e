namespace TelephonyHub.Creatio;

/// <summary>Answers of a batch.</summary>
/// <param name="Parts">One answer for each part, in the order asked.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchPartAnswer> Parts)
{
    /// <summary>True when every part was done.</summary>
    public bool AllSucceeded => Parts.All(part => part.Succeeded);
}

/// <summary>Answer to one part of a batch.</summary>
/// <param name="WasAnswered">False: the server stopped at an earlier failure and did not do this part (reference 1.6); it is to be sent again.</param>
/// <param name="Status">HTTP status of the part; 0 when it was not answered.</param>
/// <param name="Failure">Category, null when the part was done or not answered.</param>
/// <param name="Error">The server's words, phone numbers masked; null without failure.</param>
/// <param name="Rows">Rows of a query; the record as the server sent it back for a write, if it did.</param>
public sealed record BatchPartAnswer(bool WasAnswered, int Status, CreatioFailure? Failure, string? Error, IReadOnlyList<CreatioRow> Rows)
{
    /// <summary>The part was done.</summary>
    public bool Succeeded => WasAnswered && Failure is null;

    /// <summary>True when the server cut a query at its row cap: ask again with <see cref="ICreatioClient.QueryAllAsync"/>.</summary>
    public bool HasMore { get; init; }

    /// <summary>For a part without which the rest is of no use.</summary>
    /// <returns>This part, which was done.</returns>
    /// <exception cref="CreatioException">It failed, with its category; or was not answered, which may pass.</exception>
    public BatchPartAnswer OrThrow() => Succeeded
        ? this
        : throw new CreatioException(Failure ?? CreatioFailure.Transient, Error ?? "A part of the batch was not answered.") { Status = Status };

    internal static BatchPartAnswer NotAnswered { get; } = new(false, 0, null, null, []);
}
