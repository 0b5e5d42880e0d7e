namespace TelephonyHub.Uis;

/// <summary>
/// A request to Call API or Data API failed. The message holds method, mnemonic, code and field, so it may be logged;
/// <see cref="VendorMessage"/> may hold phone numbers and must not be.
/// </summary>
public sealed class UisApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Category.</param>
    /// <param name="method">Method, such as <c>get.account</c>.</param>
    /// <param name="mnemonic">Vendor's mnemonic, or one of our own: <c>timeout</c>, <c>connection</c>, <c>http_503</c>, <c>unreadable_answer</c>,
    /// <c>points_exhausted</c>, <c>missing_mnemonic</c>.</param>
    /// <param name="code">JSON-RPC code; the HTTP status where no JSON-RPC error was read; else 0.</param>
    /// <param name="field">Parameter at fault, dotted path.</param>
    /// <param name="retryAfter">When a repetition makes sense.</param>
    /// <param name="vendorMessage">Text of the vendor.</param>
    /// <param name="inner">Cause.</param>
    public UisApiException(
        UisFailure failure, string method, string mnemonic, int code = 0, string? field = null, TimeSpan? retryAfter = null,
        string? vendorMessage = null, Exception? inner = null)
        : base($"UIS {method} failed: {mnemonic} ({failure}, code {code}{(field is null ? "" : $", field {field}")})", inner)
    {
        Failure = failure;
        Method = method;
        Mnemonic = mnemonic;
        Code = code;
        Field = field;
        RetryAfter = retryAfter;
        VendorMessage = vendorMessage;
    }

    /// <summary>Category; decide by it.</summary>
    public UisFailure Failure { get; }

    /// <summary>Method of the API.</summary>
    public string Method { get; }

    /// <summary>Unique code of the fault.</summary>
    public string Mnemonic { get; }

    /// <summary>JSON-RPC group code, or the HTTP status, or 0.</summary>
    public int Code { get; }

    /// <summary>Parameter at fault.</summary>
    public string? Field { get; }

    /// <summary>Time until a repetition makes sense; set for <see cref="UisFailure.Limit"/> and where the server said so.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>English text of the vendor. May contain phone numbers and names: not for logs.</summary>
    public string? VendorMessage { get; }
}
