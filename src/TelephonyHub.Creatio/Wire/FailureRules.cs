using System.Text.RegularExpressions;

namespace TelephonyHub.Creatio.Wire;

/// <summary>The one place that decides what a failed answer means (reference 1.8, 2.3).</summary>
internal static partial class FailureRules
{
    /// <summary>Category of an answer. What the text says wins over the status, since Creatio answers 500 to whatever its entity logic throws.</summary>
    public static CreatioFailure Categorise(int status, ErrorBody body, bool isRecord, bool isCreate)
    {
        if (status == 401 || body.AllText.Contains("Authentication.AuthenticationException", StringComparison.Ordinal))
        {
            return CreatioFailure.Authentication;
        }

        if (body.AllText.Length > 0 && ByText(body.AllText) is { } told)
        {
            return told;
        }

        return status switch
        {
            404 when isRecord && body is { NamesUnknownSet: false } => CreatioFailure.NotFound,
            409 when isCreate => CreatioFailure.Conflict,
            408 or 423 or 425 => CreatioFailure.Transient,
            429 => CreatioFailure.Limit,
            501 => CreatioFailure.Permanent,
            >= 500 => CreatioFailure.Transient,
            _ => CreatioFailure.Permanent,
        };
    }

    /// <summary>The failure of a whole request.</summary>
    public static CreatioException Describe(CreatioRequest request, CreatioReply reply)
    {
        var body = ErrorBody.Of(reply);

        // A page instead of JSON at 404 comes from a wrong address or prefix; it must not count as "this record is gone".
        var failure = Categorise(reply.Status, body, request.IsRecord && !reply.IsHtml, request.IsCreate);
        var said = body.Message.Length > 0 ? $": {body.Message}" : reply.IsHtml ? " with a page instead of JSON" : string.Empty;
        var hint = reply.Status is >= 300 and < 400 && reply.Location is not null ? $" (sent on to {Origin(request.Address, reply.Location)})" : string.Empty;
        return new CreatioException(failure, $"Creatio answered {request.Method} {request.Entity} with {reply.Status}{said}{hint}")
        {
            Status = reply.Status,
            RetryAfter = reply.RetryAfter,

            // A gateway's page tells nothing about what the application behind it did; 503 is said before anything is done.
            MayHaveBeenApplied = request.IsWrite && reply.Status >= 500 && reply.Status != 503 && !body.IsJson,
        };
    }

    /// <summary>An answer of success that cannot be read.</summary>
    public static CreatioException Garbled(CreatioRequest request, CreatioReply reply) =>
        new(CreatioFailure.Transient, $"Creatio answered {request.Method} {request.Entity} with {reply.Status} and a body that cannot be read.")
        {
            Status = reply.Status,
            MayHaveBeenApplied = request.IsWrite,
        };

    private static CreatioFailure? ByText(string text)
    {
        if (NoRights().IsMatch(text))
        {
            return CreatioFailure.Permanent;
        }

        if (DuplicateKey().IsMatch(text))
        {
            return CreatioFailure.Conflict;
        }

        if (MissingReference().IsMatch(text))
        {
            return CreatioFailure.NotFound;
        }

        return NeverAccepted().IsMatch(text) ? CreatioFailure.Permanent : null;
    }

    private static string Origin(Uri asked, Uri location) => new Uri(asked, location).GetLeftPart(UriPartial.Authority);

    [GeneratedRegex("SecurityException|недостаточно прав|нет прав", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoRights();

    // SQL Server 2627 and 2601, PostgreSQL 23505, Oracle 1, in English and Russian.
    [GeneratedRegex(
        @"duplicate key|violation of (primary|unique) key|unique constraint|\b23505\b|ORA-00001|already exists|уже существует|повторяющ\S+ (значение )?ключ|нарушение\W+(primary|unique) key|ограничение уникальности",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DuplicateKey();

    // The written value names a record that is gone. A delete that others still refer to ("update or delete on table", "REFERENCE constraint") is not meant.
    [GeneratedRegex(
        @"conflicted with the foreign key|insert or update on table .* violates foreign key|INSERT или UPDATE в таблице .* внешнего ключа|ORA-02291",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingReference();

    // Missing required columns, unknown columns, texts too long: the same request gets the same answer for ever.
    [GeneratedRegex(
        @"is required|required (column|field|value)|must be filled|NULL into column|not-null constraint|\b23502\b|обязательн|не заполнен|Column by path|Could not find a property|does not exist on type|would be truncated|value too long|\b22001\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NeverAccepted();
}
