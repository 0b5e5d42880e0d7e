using System.Net;
using System.Net.Http.Headers;
using TelephonyHub.Hosting;

namespace TelephonyHub.Recordings;

/// <summary>The PBX's files: only from its own hosts, never through redirects.</summary>
public sealed class RecordingSource(IHttpClientFactory http, HubSettings settings)
{
    public const string ClientName = "media";

    /// <summary>Asks for a file; the caller reads and disposes the answer, which is 200, 206 or 416.</summary>
    /// <exception cref="MediaFaultException">There is none to read.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string link, RangeHeaderValue? range, CancellationToken ct)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !settings.Uis.MediaHosts.Contains(url.Host))
        {
            throw Fault(MediaFaultKind.HostNotAllowed, "The recording lies on a host that is not in Uis:MediaHosts.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        HttpResponseMessage response;
        try
        {
            response = await http.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new MediaFaultException(new MediaFault(MediaFaultKind.Unreachable, "The PBX's recordings cannot be reached."), e);
        }

        var read = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent;
        if ((read && !IsPage(response)) || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        using (response)
        {
            throw read ? Fault(MediaFaultKind.NotAudio, "What the PBX sent is no audio.") : Refusal(response);
        }
    }

    /// <summary>A sign-in page or a message with status 200. What calls itself audio and is none, the archive finds out.</summary>
    private static bool IsPage(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("json", StringComparison.OrdinalIgnoreCase));

    private static MediaFaultException Refusal(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        404 => Fault(MediaFaultKind.Missing, "The PBX does not have the file (yet, or any more)."),
        410 => Fault(MediaFaultKind.Gone, "The PBX does not have the file any more."),
        >= 300 and < 400 => Fault(MediaFaultKind.Redirected, "The PBX redirected, which is not followed."),
        429 or >= 500 => new MediaFaultException(new MediaFault(MediaFaultKind.Unreachable, $"The PBX answered {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta)),
        var status => Fault(MediaFaultKind.Refused, $"The PBX answered {status}."),
    };

    private static MediaFaultException Fault(MediaFaultKind kind, string words) => new(new MediaFault(kind, words));
}
