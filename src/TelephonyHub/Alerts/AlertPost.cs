using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Alerts;

/// <summary>
/// Posts what began and what is over to <c>Alerts:WebhookUrl</c>: at least once, in the order of beginning. What does not get through is posted at the next look.
/// </summary>
internal sealed partial class AlertPost(IHttpClientFactory http, HubDatabase database, HubSettings settings, TimeProvider time, ILogger<AlertPost> logger)
{
    public const string ClientName = "alerts";

    /// <summary>A receiver that is slow must not hold up the looks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task TellAsync(CancellationToken ct)
    {
        if (settings.AlertWebhook is not { } url)
        {
            return;
        }

        await using var context = database.CreateContext();

        // What came and went before anybody was told is nobody's news.
        var news = await context.Alerts.AsNoTracking()
            .Where(a => (a.ResolvedAt == null && a.Told != "open") || (a.ResolvedAt != null && a.Told == "open"))
            .OrderBy(a => a.FirstAt).ThenBy(a => a.Id)
            .Take(50)
            .ToListAsync(ct);
        foreach (var alert in news)
        {
            if (!await PostAsync(url, alert, ct))
            {
                return;
            }

            var (id, told) = (alert.Id, alert.ResolvedAt is null ? "open" : "resolved");
            await database.WriteAsync((c, token) => c.Alerts.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Told, told), token), ct);
        }
    }

    private async Task<bool> PostAsync(Uri url, AlertRow alert, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var client = http.CreateClient(ClientName);
            using var answer = await client.PostAsJsonAsync(url, AlertItem.Of(alert), JsonSerializerOptions.Web, either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                LogNotTold(logger, $"status {(int)answer.StatusCode}");
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogNotTold(logger, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An alert could not be posted to Alerts:WebhookUrl ({Why}); it is posted again.")]
    private static partial void LogNotTold(ILogger logger, string why);
}
