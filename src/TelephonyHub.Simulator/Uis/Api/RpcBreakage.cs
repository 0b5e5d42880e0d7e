namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Plays the API faults of <see cref="ApiFaults"/> around a request.</summary>
internal sealed class RpcBreakage(UisSimulator simulator)
{
    /// <summary>The faults that concern this request; null = none.</summary>
    public ApiFaults? Active(string method)
    {
        var faults = simulator.Faults.Api;
        var any = faults.Hang || faults.BadGateway || faults.InternalError || faults.LoseAnswer || faults.Latency > TimeSpan.Zero;
        if (!any || faults.Only?.Invoke(method) == false)
        {
            return null;
        }

        lock (faults)
        {
            if (faults.Times is { } left)
            {
                if (left <= 0)
                {
                    return null;
                }

                faults.Times = left - 1;
            }
        }

        return faults;
    }

    /// <summary>True = the request was answered, or not, by the fault itself.</summary>
    public async Task<bool> BreakAsync(HttpContext context, ApiFaults faults)
    {
        if (faults.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, simulator.Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }

        if (faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(faults.Latency, simulator.Time, context.RequestAborted);
        }

        if (faults.BadGateway)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", context.RequestAborted);
            return true;
        }

        return false;
    }
}
