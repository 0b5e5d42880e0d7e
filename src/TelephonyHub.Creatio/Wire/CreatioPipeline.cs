using Microsoft.Extensions.Logging;
using TelephonyHub.Creatio.Auth;

namespace TelephonyHub.Creatio.Wire;

/// <summary>
/// Every request but the login goes through here: session on, answer judged, once more with a new session if the old one is over (reference 2.3),
/// one log line for a failure. Nothing else is repeated; that is the hub's decision.
/// </summary>
internal sealed partial class CreatioPipeline(HttpExchange exchange, CreatioAuthenticator authenticator, TimeProvider time, ILogger logger)
{
    public CreatioAuthState AuthState => authenticator.State;

    public Task<CreatioAuthState> LoginAgainAsync(CancellationToken ct) => authenticator.LoginAgainAsync(ct);

    /// <summary>Sends and returns an answer of success, or the absence that a lookup counts on; everything else is thrown.</summary>
    public async Task<CreatioReply> SendAsync(CreatioRequest request, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        try
        {
            return await SendJudgedAsync(request, ct).ConfigureAwait(false);
        }
        catch (CreatioException failure)
        {
            LogFailed(logger, request.Method.Method, request.Entity, failure.Status, failure.Failure, time.GetElapsedTime(started).TotalMilliseconds, failure.MayHaveBeenApplied);
            throw;
        }
    }

    /// <summary>Makes the next request use another session than this one.</summary>
    public Task RenewAsync(CreatioSession? ended, CancellationToken ct) => authenticator.AcquireAsync(ended, ct);

    /// <summary>The log line for a part of a batch.</summary>
    public void LogPart(BatchPart part, BatchPartAnswer answer) => LogPartFailed(logger, part.Method, part.Entity, answer.Status, answer.Failure);

    private async Task<CreatioReply> SendJudgedAsync(CreatioRequest request, CancellationToken ct)
    {
        var session = await authenticator.AcquireAsync(refused: null, ct).ConfigureAwait(false);
        var reply = await exchange.SendAsync(request, session, ct).ConfigureAwait(false);
        if (reply.SaysSessionEnded || MayBeStaleCsrf(request, reply, session))
        {
            session = await authenticator.AcquireAsync(session, ct).ConfigureAwait(false);
            reply = await exchange.SendAsync(request, session, ct).ConfigureAwait(false);
            if (reply.SaysSessionEnded)
            {
                authenticator.NoteRefused(session);
                throw new CreatioException(CreatioFailure.Authentication, $"Creatio refuses {request.Method} {request.Entity} also after a new login ({reply.Status}).")
                {
                    Status = reply.Status,
                };
            }

            if (reply.Status == 403)
            {
                session.MarkForbidden(Key(request));
            }
        }

        if (!reply.IsSuccess)
        {
            var failure = FailureRules.Describe(request, reply);
            return IsExpectedAbsence(request, reply, failure) ? reply : throw failure;
        }

        authenticator.NoteAccepted(session);
        return request.NeedsJson && !reply.LooksLikeJson ? throw FailureRules.Garbled(request, reply) : reply;
    }

    /// <summary>A refusal that names rights is one; an empty 403 or a page may come from a CSRF value that no longer holds.</summary>
    private static bool MayBeStaleCsrf(CreatioRequest request, CreatioReply reply, CreatioSession session) =>
        reply.Status == 403
        && session.UsesCookies
        && !session.IsForbidden(Key(request))
        && !ErrorBody.Of(reply).AllText.Contains("SecurityException", StringComparison.Ordinal);

    /// <summary>A service that is not installed may answer with a page; a record that is gone never does (see <see cref="FailureRules.Describe"/>).</summary>
    private static bool IsExpectedAbsence(CreatioRequest request, CreatioReply reply, CreatioException failure) =>
        request.IsLookup && reply.Status == 404 && (!request.IsRecord || failure.Failure == CreatioFailure.NotFound);

    private static string Key(CreatioRequest request) => $"{request.Method} {request.Entity}";

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Creatio {Method} {Entity} failed: status {Status}, category {Category}, after {ElapsedMs} ms, may have been applied: {MayHaveBeenApplied}")]
    private static partial void LogFailed(ILogger logger, string method, string entity, int? status, CreatioFailure category, double elapsedMs, bool mayHaveBeenApplied);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Creatio batch part {Method} {Entity} failed: status {Status}, category {Category}")]
    private static partial void LogPartFailed(ILogger logger, string method, string entity, int status, CreatioFailure? category);
}
