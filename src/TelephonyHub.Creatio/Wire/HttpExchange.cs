using System.Net.Http.Headers;
using TelephonyHub.Creatio.Auth;

namespace TelephonyHub.Creatio.Wire;

/// <summary>One request and its answer, under one deadline; network faults become <see cref="CreatioException"/>.</summary>
internal sealed class HttpExchange(HttpClient http, TimeSpan deadline, TimeProvider time)
{
    public async Task<CreatioReply> SendAsync(CreatioRequest request, CreatioSession? session, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var message = request.ToMessage(session);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var reply = new CreatioReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false))
            {
                MediaType = response.Content.Headers.ContentType?.MediaType,
                Location = response.Headers.Location,
                RetryAfter = Wait(response.Headers.RetryAfter),
                SetCookies = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
                Session = session,
            };
            session?.Absorb(reply);
            return reply;
        }
        catch (OperationCanceledException cancelled) when (!ct.IsCancellationRequested)
        {
            throw Lost(request, $"no whole answer within {deadline.TotalSeconds:0.#} s", cancelled, mayHaveGoneOut: true);
        }
        catch (HttpRequestException fault)
        {
            // Without a connection the request cannot have gone out.
            var mayHaveGoneOut = fault.HttpRequestError
                is not (HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError);
            throw Lost(request, $"network fault {fault.HttpRequestError}", fault, mayHaveGoneOut);
        }
        catch (IOException fault)
        {
            throw Lost(request, "the connection broke within the answer", fault, mayHaveGoneOut: true);
        }
    }

    private static CreatioException Lost(CreatioRequest request, string why, Exception inner, bool mayHaveGoneOut) =>
        new(CreatioFailure.Transient, $"Creatio did not answer {request.Method} {request.Entity}: {why}.", inner)
        {
            MayHaveBeenApplied = request.IsWrite && mayHaveGoneOut,
        };

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
