using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>
/// The one way to one API of one cabinet: points, token, one attempt with its own time-out, errors by mnemonic, and for methods that may be
/// repeated one repetition after a failure, and the next minutes where the points of this one are gone.
/// </summary>
internal sealed class RpcChannel : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private const int MostMinutes = 5;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly UisCabinetOptions _options;
    private readonly TimeProvider _time;
    private readonly PointBudget _budget;
    private readonly TokenSource _tokens;

    internal RpcChannel(HttpClient http, Uri url, UisCabinetOptions options, TimeProvider time, ILogger logger)
    {
        _http = http;
        _url = url;
        _options = options;
        _time = time;
        Logger = logger;
        _budget = new PointBudget(time);
        _tokens = new TokenSource(options, time, LoginAsync);
    }

    internal string Cabinet => _options.Cabinet;

    internal ILogger Logger { get; }

    internal UisApiLimits? Limits => _budget.Limits;

    public void Dispose() => _tokens.Dispose();

    internal async Task<RpcAnswer> CallAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var (failures, minutes) = (0, 0);
        while (true)
        {
            try
            {
                return await WithTokenAsync(request, cancellationToken);
            }
            catch (UisApiException fault) when (UisMethods.MayRepeat(request.Method) && PauseAfter(fault, request, failures, minutes) is { } pause)
            {
                (failures, minutes) = fault.Failure == UisFailure.Limit ? (failures, minutes + 1) : (failures + 1, minutes);
                await Task.Delay(pause, _time, cancellationToken);
            }
        }
    }

    // Background work waits out a minute limit (in the budget), several times where another replica or program spends the same points; a person is told at once,
    // a used-up day is told to everybody.
    private static TimeSpan? PauseAfter(UisApiException fault, RpcRequest request, int failures, int minutes) => fault switch
    {
        { Failure: UisFailure.Transient, RetryAfter: { } wait } => failures == 0 && wait <= LongestPause ? wait : null,
        { Failure: UisFailure.Transient } => failures == 0 ? Pause : null,
        { Failure: UisFailure.Limit, Mnemonic: "limit_exceeded", RetryAfter: { } wait }
            when request.Priority == UisPriority.Background && minutes < MostMinutes && wait <= TimeSpan.FromMinutes(1) => wait,
        _ => null,
    };

    private async Task<RpcAnswer> WithTokenAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(cancellationToken);
        try
        {
            return await OnceAsync(request, token, cancellationToken);
        }
        catch (UisApiException fault) when (fault.Mnemonic is "access_token_invalid" && _tokens.CanRenew)
        {
            // Refused before anything happened, so even start.* may go again.
            _tokens.Forget(token);
        }

        return await OnceAsync(request, await _tokens.GetAsync(cancellationToken), cancellationToken);
    }

    private Task<RpcAnswer> LoginAsync(CancellationToken cancellationToken) => OnceAsync(
        new RpcRequest(UisMethods.Login, new JsonObject { ["login"] = _options.Login, ["password"] = _options.Password }, UisPriority.Interactive),
        token: null,
        cancellationToken);

    private async Task<RpcAnswer> OnceAsync(RpcRequest request, string? token, CancellationToken cancellationToken)
    {
        await _budget.AcquireAsync(request.Method, request.Priority, cancellationToken);
        var id = Guid.CreateVersion7(_time.GetUtcNow()).ToString("N");
        var started = _time.GetTimestamp();
        RpcAnswer? answer = null;
        try
        {
            (answer, var status, var retryAfter) = await SendAsync(request, id, token, cancellationToken);
            if (answer is null)
            {
                throw Unreadable(request.Method, status, retryAfter);
            }
        }
        catch (UisApiException fault)
        {
            Log(request, id, started, fault);
            throw;
        }
        finally
        {
            // Refusals are free (reference 1.4); the documented samples of the Call API come without metadata.
            _budget.Complete(answer?.Points, maySpend: answer?.Error is null);
        }

        if (answer.Error is { } error)
        {
            var fault = Refused(request.Method, error);
            Log(request, id, started, fault);
            throw fault;
        }

        Logger.Answered(Cabinet, request.Method, _time.GetElapsedTime(started).TotalMilliseconds, id);
        return answer;
    }

    private async Task<(RpcAnswer? Answer, HttpStatusCode Status, TimeSpan? RetryAfter)> SendAsync(
        RpcRequest request, string id, string? token, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var content = request.ToContent(id, token);
        using var message = new HttpRequestMessage(HttpMethod.Post, _url) { Content = content, Version = HttpVersion.Version11 };
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            var body = await response.Content.ReadAsByteArrayAsync(stop.Token);

            // The status of JSON-RPC errors is not documented, so the body speaks first (reference 1.1).
            return (RpcAnswer.Parse(body), response.StatusCode, RetryAfter(response));
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UisApiException(Unclear(request.Method), request.Method, "timeout", inner: cause);
        }
        catch (HttpRequestException cause)
        {
            throw new UisApiException(WasNotSent(cause) ? UisFailure.Transient : Unclear(request.Method), request.Method, "connection", inner: cause);
        }
        catch (IOException cause)
        {
            throw new UisApiException(Unclear(request.Method), request.Method, "connection", inner: cause);
        }
    }

    // A call may be ringing already: only reading methods may call a lost answer transient.
    private static UisFailure Unclear(string method) => UisMethods.MayRepeat(method) ? UisFailure.Transient : UisFailure.Unknown;

    private static bool WasNotSent(HttpRequestException cause) => cause.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static UisApiException Unreadable(string method, HttpStatusCode status, TimeSpan? retryAfter)
    {
        var code = (int)status;
        var failure = code switch
        {
            401 => UisFailure.Authentication,
            403 => UisFailure.AccessDenied,
            429 => UisFailure.Limit,
            408 or >= 500 => Unclear(method),
            >= 300 => UisFailure.Permanent,
            _ => Unclear(method),
        };
        return new UisApiException(failure, method, code is >= 200 and < 300 ? "unreadable_answer" : $"http_{code}", code, retryAfter: retryAfter);
    }

    private UisApiException Refused(string method, RpcError error)
    {
        var mnemonic = error.Mnemonic ?? "missing_mnemonic";
        var failure = UisErrors.FailureOf(error.Mnemonic);
        TimeSpan? retryAfter = failure == UisFailure.Limit
            ? _budget.Exhausted(day: error.LimitType is "day" || error.Message?.Contains("per day", StringComparison.Ordinal) == true)
            : null;
        return new UisApiException(failure, method, mnemonic, error.Code, error.Field, retryAfter, error.Message);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };

    private void Log(RpcRequest request, string id, long started, UisApiException fault) => Logger.Failed(
        Cabinet, request.Method, _time.GetElapsedTime(started).TotalMilliseconds, fault.Mnemonic, fault.Failure, fault.Code, fault.Field, id);
}
