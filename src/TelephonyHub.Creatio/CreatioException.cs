namespace TelephonyHub.Creatio;

/// <summary>What a failure means for the one who asked; closed set, decided in one place (reference 1.8, 2.3).</summary>
public enum CreatioFailure
{
    /// <summary>May succeed when repeated: network, timeout, 408, 5xx, an answer that cannot be read.</summary>
    Transient,

    /// <summary>Will not succeed unless somebody changes something: 400, 403, 405, 406, 410, 412, unknown entity set, missing required column, no rights.</summary>
    Permanent,

    /// <summary>Too many requests (429); see <see cref="CreatioException.RetryAfter"/>.</summary>
    Limit,

    /// <summary>The credentials or the session are refused, also after one fresh login.</summary>
    Authentication,

    /// <summary>Duplicate key: a record with this Id is there already. After a repeated create it usually means that the first one worked.</summary>
    Conflict,

    /// <summary>The record, or a record that the written values refer to, is not there.</summary>
    NotFound,
}

/// <summary>A request to Creatio failed. The message is meant for people; phone numbers and addresses in the server's text are masked.</summary>
/// <param name="failure">Category, the basis of every decision about repeating.</param>
/// <param name="message">Plain words.</param>
/// <param name="innerException">The network fault, if there was one.</param>
public sealed class CreatioException(CreatioFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Category of the failure.</summary>
    public CreatioFailure Failure { get; } = failure;

    /// <summary>HTTP status, if an answer came.</summary>
    public int? Status { get; init; }

    /// <summary>How long the server (or the locked-account guard) asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True when a write went out and its answer was lost or cannot be read: the server may have done it. Repeat it only because its Id is chosen
    /// (a <see cref="CreatioFailure.Conflict"/> then tells that it was done). Always false for reads.
    /// </summary>
    public bool MayHaveBeenApplied { get; init; }
}
