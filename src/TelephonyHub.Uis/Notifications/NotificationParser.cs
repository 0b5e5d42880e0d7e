using System.Collections.ObjectModel;
using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.Notifications;

/// <summary>Understands notifications. Pure; never throws, whatever bytes arrive.</summary>
public static class NotificationParser
{
    private const int MaxMnemonicInReason = 64;

    /// <summary>
    /// Reads the body (JSON, JSON as form key, form) and fills in from the query; finds the kind by <c>notification_mnemonic</c> or
    /// <c>event_type</c>, else by <c>?event=</c>, else by the shape of the default template (reference 3.2–3.5).
    /// </summary>
    /// <param name="request">The request as received.</param>
    /// <returns>The event, or the reason why there is none.</returns>
    public static NotificationResult Parse(NotificationRequest request)
    {
        var fields = WireReader.Read(request.QueryString, request.Body);
        if (fields.IsBroken)
        {
            return new NotificationResult.NotUnderstood("The body is neither whole JSON nor form fields.");
        }

        if (fields.IsEmpty)
        {
            return new NotificationResult.NotUnderstood("There are no fields.");
        }

        var stated = WireValues.Text(fields.Value("notification_mnemonic")) ?? WireValues.Text(fields.Value("event_type")) ?? fields.UrlEvent;
        var mnemonic = stated is null ? NotificationShapes.Find(fields) : NotificationKinds.Find(stated);
        if (mnemonic is null)
        {
            return new NotificationResult.NotUnderstood(stated is null
                ? "The kind of event is not named and the fields fit no default template."
                : $"Unknown mnemonic '{Shown(stated)}'.");
        }

        var present = new ReadOnlyDictionary<string, string?>(fields.Present());
        var notification = new UisNotification(mnemonic, IsCallEvent(mnemonic, fields), present, ContentKeys.Of(mnemonic, present));
        return notification is { IsCallEvent: true, CallSessionId: null }
            ? new NotificationResult.NotUnderstood($"Call event {mnemonic} without a valid call_session_id.")
            : new NotificationResult.Understood(notification);
    }

    // Tags are also put on chats, requests and goals; then there is no call.
    private static bool IsCallEvent(string mnemonic, WireFields fields) =>
        mnemonic is NotificationKinds.SetMark or NotificationKinds.UnsetMark or NotificationKinds.MarkUnknown
            ? WireValues.Text(fields.Value("communication_type")) is null or "call"
            : NotificationKinds.IsCallEvent(mnemonic);

    private static string Shown(string mnemonic)
    {
        var cut = mnemonic.Length > MaxMnemonicInReason ? mnemonic[..MaxMnemonicInReason] : mnemonic;
        return SafeText.Harmless(string.Concat(cut.Select(symbol => char.IsControl(symbol) ? '?' : symbol)));
    }
}
