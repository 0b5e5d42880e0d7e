namespace TelephonyHub.Simulator.Creatio;

/// <summary>The three JSON error bodies seen (reference 1.8).</summary>
public enum ErrorForm
{
    /// <summary><c>{"error":{"code":"","message":"…"}}</c></summary>
    OData,

    /// <summary><c>{"Message","ExceptionMessage","ExceptionType","StackTrace"}</c></summary>
    Exception,

    /// <summary><c>{"Message","MessageDetail"}</c></summary>
    Detail,
}

/// <summary>What goes wrong with a whole request.</summary>
public abstract record CrmFault
{
    private CrmFault()
    {
    }

    /// <summary>The answer waits that long on the stand-in's clock, then is normal.</summary>
    public sealed record Delay(TimeSpan Time) : CrmFault;

    /// <summary>No answer until the client gives up or the stand-in stops; nothing is executed.</summary>
    public sealed record Hang : CrmFault;

    /// <summary>Executed, then no answer until the client gives up: the worst kind of timeout.</summary>
    public sealed record HangAfterCommit : CrmFault;

    /// <summary>A JSON error in one of the forms; nothing is executed.</summary>
    public sealed record Error(ErrorForm Form = ErrorForm.OData, int Status = 500, string Message = "Injected failure.") : CrmFault;

    /// <summary>An HTML page of a proxy; nothing is executed.</summary>
    public sealed record Html(int Status = 502, TimeSpan? RetryAfter = null) : CrmFault;

    /// <summary>429 with an optional Retry-After; nothing is executed.</summary>
    public sealed record TooManyRequests(TimeSpan? RetryAfter = null) : CrmFault;

    /// <summary>The cookie session or token of this request has just expired.</summary>
    public sealed record SessionExpired : CrmFault;

    /// <summary>The session ends after that many parts of a batch; the parts after it get 401.</summary>
    public sealed record SessionExpiresInBatch(int AfterParts) : CrmFault;

    /// <summary>403 with an empty body, as a failed CSRF check.</summary>
    public sealed record CsrfRejected : CrmFault;

    /// <summary>Executed and committed, then the connection is cut in the middle of the answer.</summary>
    public sealed record CutAfterCommit : CrmFault;

    /// <summary>The connection is cut before anything is executed.</summary>
    public sealed record CutBefore : CrmFault;
}
