using Microsoft.AspNetCore.Http.Features;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>One request from arrival to answer: record, faults, sign-in, execution, wire.</summary>
internal sealed class CrmPipeline(
    CreatioSimulatorOptions options,
    CreatioFaults faults,
    CrmJournal journal,
    SessionKeeper sessions,
    CrmRouter router,
    TimeProvider time)
{
    /// <summary>The identity service: tokens only.</summary>
    public async Task HandleIdentityAsync(HttpContext context, CancellationToken stopping)
    {
        var isToken = context.Request is { Method: "POST", Path.Value: "/connect/token" };
        var form = isToken && context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)
            : [];
        var request = journal.Arrive(number => new CrmRequest(
            number, time.GetUtcNow(), context.Request.Method, RawTarget(context), isToken ? CrmRequestKind.Token : CrmRequestKind.Other, [], Bearer: false));
        var fault = await BeforeAsync(context, request, stopping);
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var answer = Replace(fault) ?? (isToken ? sessions.Token(form) : CrmAnswer.Html(404, "404 Not Found"));
        await SendAsync(context, request, answer, fault, stopping);
    }

    /// <summary>The site.</summary>
    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        var body = await BodyAsync(context);
        var path = context.Request.Path.Value ?? "";
        var route = router.Classify(context.Request.Method, path, RawTarget(context), body);
        var token = Bearer(context.Request);
        var request = journal.Arrive(number => new CrmRequest(
            number, time.GetUtcNow(), context.Request.Method, RawTarget(context), route.Kind, route.Operations, token is not null));
        var fault = await BeforeAsync(context, request, stopping);
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var (answer, operations) = Answer(context.Request, route, body, token, fault);
        await SendAsync(context, operations is null ? request : request with { Operations = operations }, answer, fault, stopping);
    }

    private (CrmAnswer Answer, IReadOnlyList<CrmOperation>? Operations) Answer(
        HttpRequest request, CrmRoute route, byte[] body, string? token, CrmFault? fault)
    {
        try
        {
            var refused = Replace(fault) ?? router.Anonymous(request, route, body) ?? CheckSignIn(request, token, fault);
            return refused is not null
                ? (refused, null)
                : router.Execute(request, route, body, Expiry(request, token, fault));
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // A fault of the stand-in itself: shown whole, so that the test that met it can name it.
            return (CrmAnswer.Error(500, ErrorForm.Exception, "Bug in the stand-in: " + bug, bug.GetType().FullName!), null);
        }
    }

    /// <summary>Latency, hanging and cutting before anything is done.</summary>
    private async Task<CrmFault?> BeforeAsync(HttpContext context, CrmRequest request, CancellationToken stopping)
    {
        if (faults.DropConnections)
        {
            Cut(context, request);
            return null;
        }

        var fault = faults.Take(request);
        var wait = faults.Latency + ((fault as CrmFault.Delay)?.Time ?? TimeSpan.Zero);
        if (wait > TimeSpan.Zero)
        {
            await WaitAsync(context, wait, stopping);
        }

        if (fault is CrmFault.Hang)
        {
            await WaitAsync(context, Timeout.InfiniteTimeSpan, stopping);
        }

        if (fault is CrmFault.Hang or CrmFault.CutBefore)
        {
            Cut(context, request);
        }

        return fault;
    }

    /// <summary>The answer of a fault that takes the place of execution.</summary>
    private static CrmAnswer? Replace(CrmFault? fault) => fault switch
    {
        CrmFault.Error error => CrmAnswer.Error(error.Status, error.Form, error.Message),
        CrmFault.Html html => CrmAnswer.Html(html.Status, html.Status == 503 ? "503 Service Unavailable" : $"{html.Status} Bad Gateway", html.RetryAfter),
        CrmFault.TooManyRequests many => CrmAnswer.Html(429, "429 Too Many Requests", many.RetryAfter),
        CrmFault.CsrfRejected => CrmAnswer.Empty(403),
        _ => null,
    };

    private CrmAnswer? CheckSignIn(HttpRequest request, string? token, CrmFault? fault)
    {
        var session = token is null ? request.Cookies[SessionKeeper.AuthCookie] : null;
        if (fault is CrmFault.SessionExpired || faults.CountSessionUse())
        {
            sessions.End(session, token);
        }

        if (token is not null)
        {
            return sessions.IsTokenValid(token) ? null : SessionAnswers.BadToken();
        }

        if (sessions.UseSession(session) is not { } csrf)
        {
            return SessionAnswers.Expired(options, request.Path.Value ?? "", request.Path + request.QueryString.Value);
        }

        return HttpMethods.IsGet(request.Method) || string.Equals(request.Headers[options.CsrfName], csrf, StringComparison.Ordinal)
            ? null
            : CrmAnswer.Empty(403);
    }

    // The session is gone for the requests after this one, too.
    private int? Expiry(HttpRequest request, string? token, CrmFault? fault)
    {
        if (fault is not CrmFault.SessionExpiresInBatch batch)
        {
            return null;
        }

        sessions.End(request.Cookies[SessionKeeper.AuthCookie], token);
        return batch.AfterParts;
    }

    private async Task SendAsync(HttpContext context, CrmRequest request, CrmAnswer answer, CrmFault? fault, CancellationToken stopping)
    {
        var cut = fault is CrmFault.CutAfterCommit or CrmFault.HangAfterCommit;
        // Recorded before the client can see the answer: a test that has it, finds it in the journal.
        journal.Answer(request with { Status = cut ? 0 : answer.Status });
        if (fault is CrmFault.HangAfterCommit)
        {
            await WaitAsync(context, Timeout.InfiniteTimeSpan, stopping);
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Cookies.Count > 0)
        {
            response.Headers.SetCookie = answer.Cookies.ToArray();
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        if (cut)
        {
            await CutAnswerAsync(context, answer);
            return;
        }

        if (answer.Status is not (204 or 304))
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static async Task CutAnswerAsync(HttpContext context, CrmAnswer answer)
    {
        if (answer.Body.Length > 1)
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Abort();
    }

    private void Cut(HttpContext context, CrmRequest request)
    {
        journal.Answer(request with { Status = 0 });
        context.Abort();
    }

    /// <summary>Waits on the stand-in's clock until the time is over, the client gives up, or the stand-in stops.</summary>
    private async Task WaitAsync(HttpContext context, TimeSpan wait, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(wait, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }
}
