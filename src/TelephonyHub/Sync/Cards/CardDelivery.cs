using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync.Cards;

/// <summary>One card's way into the CRM, with a notification where no browser shows it, and the record of it.</summary>
internal sealed partial class CardDelivery(
    ICreatioClient crm, DirectoryService directory, CardContent content, CardBook book, HubMetrics metrics, TimeProvider time, ILogger<CardDelivery> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task DeliverAsync(CardJob job, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var (outcome, reminding) = ("", (Guid?)null);
        try
        {
            var payload = await content.OfAsync(job, patience.Token);
            var answer = await NotifyAsync(job, payload, patience.Token);
            outcome = answer.PackageAbsent ? "no package" : answer.Delivered > 0 ? "card" : "no browser";
            if (job.Event == CardEvent.Ringing && answer is { PackageAbsent: true } or { Delivered: 0 })
            {
                // Known before it is written: if only the answer is lost, it is still set read at the end.
                reminding = HubIds.Reminding(job.Session, job.Manager.ContactId!.Value);
                await RemindAsync(reminding.Value, job, payload, patience.Token);
                outcome = "reminding";
            }
        }
        catch (Exception e) when (e is CreatioException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // Not sent again: at most once, and a late card is worse than none.
            outcome = e is CreatioException c ? $"failed: {c.Failure}" : "failed: too slow";
            LogFailed(logger, job.Session.IntegrationId, job.Event, e);
        }

        await StoreAsync(job, outcome, reminding, ct);
    }

    /// <returns>False when it failed and may succeed later.</returns>
    public async Task<bool> MarkReadAsync(ToldCard card, CancellationToken ct)
    {
        if (await book.RemindingAsync(card, ct) is not { } row)
        {
            return true;
        }

        try
        {
            await crm.UpdateAsync("Reminding", row, new JsonObject { ["IsRead"] = true }, ct);
        }
        catch (CreatioException e)
        {
            LogUnread(logger, card.Session.IntegrationId, e);
            if (e.Failure is not (CreatioFailure.Permanent or CreatioFailure.NotFound))
            {
                return false;
            }
        }

        await book.ForgetRemindingAsync(card, ct);
        return true;
    }

    /// <summary>A refusal for good (the service lets the hub's user in only with its operation) is as if there were no service.</summary>
    private async Task<NotifyAnswer> NotifyAsync(CardJob job, JsonObject card, CancellationToken ct)
    {
        try
        {
            return await crm.NotifyAsync([job.Manager.UserId!.Value], card.ToJsonString(HubJson.Compact), ct);
        }
        catch (CreatioException e) when (e.Failure == CreatioFailure.Permanent)
        {
            LogFailed(logger, job.Session.IntegrationId, job.Event, e);
            return new NotifyAnswer(0, Running: false, PackageAbsent: true);
        }
    }

    private Task RemindAsync(Guid id, CardJob job, JsonObject card, CancellationToken ct)
    {
        var caption = string.Join(", ", new[] { card["name"]?.GetValue<string>(), PhoneNumber.TryParse(job.ClientPhone)?.Display ?? job.ClientPhone }.Where(t => !string.IsNullOrWhiteSpace(t)));
        var body = new JsonObject
        {
            ["Id"] = id.ToString(),
            ["ContactId"] = job.Manager.ContactId.ToString(),
            ["SourceId"] = CreatioIds.RemindingSource.Author.ToString(),
            ["RemindTime"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["PopupTitle"] = "Входящий звонок",
            ["SubjectCaption"] = caption.Length == 0 ? "Номер скрыт" : caption,
            ["Description"] = "Входящий звонок",
            ["TypeCaption"] = "Звонок",
            ["SysEntitySchemaId"] = CreatioIds.Schema.Contact.ToString(),
            ["NotificationTypeId"] = CreatioIds.NotificationType.Notification.ToString(),
            ["IsRead"] = false,
        };
        if (card["contactId"] is { } contact)
        {
            body["SubjectId"] = contact.DeepClone();
        }

        if (directory.Managers.OwnContactId is { } author)
        {
            body["AuthorId"] = author.ToString();
        }

        return crm.CreateAsync("Reminding", body, ct);
    }

    private Task StoreAsync(CardJob job, string outcome, Guid? reminding, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var elapsed = now - job.Since;
        metrics.Card(job.Session.Cabinet.Value, CardSender.NameOf(job.Event), outcome, elapsed);
        var stored = outcome is "card" or "reminding"
            ? new CardOutcome(job, outcome, now, (int)Math.Clamp(elapsed.TotalMilliseconds, 0, int.MaxValue))
            : new CardOutcome(job, outcome, null, null);
        if (reminding is { } row)
        {
            return book.StoreAsync(stored, row, ct);
        }

        book.StoreSoon(stored);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Card of call {Session} ({CardEvent}) failed.")]
    private static partial void LogFailed(ILogger logger, string session, CardEvent cardEvent, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notification of call {Session} could not be marked read.")]
    private static partial void LogUnread(ILogger logger, string session, Exception exception);
}
