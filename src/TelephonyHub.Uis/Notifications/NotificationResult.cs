namespace TelephonyHub.Uis.Notifications;

/// <summary>What became of a notification: exactly one of the two nested records.</summary>
public abstract record NotificationResult
{
    private NotificationResult()
    {
    }

    /// <summary>The kind of event is known and, for a call event, its session.</summary>
    /// <param name="Notification">The event.</param>
    public sealed record Understood(UisNotification Notification) : NotificationResult;

    /// <summary>The body goes into quarantine.</summary>
    /// <param name="Reason">Why, in English; holds no field values except an unknown mnemonic (at most 64 characters).</param>
    public sealed record NotUnderstood(string Reason) : NotificationResult;
}
