using System.Net.Http.Headers;
using TelephonyHub.Creatio.Auth;

namespace TelephonyHub.Creatio.Wire;

/// <summary>One request, in a form that can be sent twice.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Address">Absolute address; never logged, it may hold a phone number.</param>
/// <param name="Entity">Entity set or service, for logs and messages.</param>
internal sealed record CreatioRequest(HttpMethod Method, Uri Address, string Entity)
{
    /// <summary>Content type of the vendor's samples for single writes (reference 1.3).</summary>
    public const string WriteType = "application/json; charset=utf-8; IEEE754Compatible=true";

    /// <summary>Content type of <c>$batch</c> (reference 1.6).</summary>
    public const string BatchType = "application/json; odata=verbose; IEEE754Compatible=true";

    public const string JsonType = "application/json";

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    public string Accept { get; init; } = JsonType;

    /// <summary>The server changes something: a lost answer leaves it open whether it did.</summary>
    public bool IsWrite { get; init; }

    /// <summary>The address names one record, so that 404 speaks of the record and not of the entity set.</summary>
    public bool IsRecord { get; init; }

    public bool IsCreate { get; init; }

    /// <summary>"Not there" is an answer the caller counts on, not a failure to throw and to log.</summary>
    public bool IsLookup { get; init; }

    /// <summary>An answer of success must be JSON to be of use.</summary>
    public bool NeedsJson { get; init; } = true;

    public HttpRequestMessage ToMessage(CreatioSession? session)
    {
        var message = new HttpRequestMessage(Method, Address);
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType ?? JsonType);
        }

        session?.Apply(message);
        return message;
    }
}
