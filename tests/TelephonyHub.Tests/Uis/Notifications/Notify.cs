using System.Text;
using TelephonyHub.Uis.Notifications;

namespace TelephonyHub.Tests.Uis.Notifications;

/// <summary>Sends as the PBX would.</summary>
internal static class Notify
{
    internal static NotificationResult Post(string body, string query = "token=T", string? contentType = null) =>
        Bytes(Encoding.UTF8.GetBytes(body), query, contentType);

    internal static NotificationResult Bytes(byte[] body, string query = "token=T", string? contentType = null) =>
        NotificationParser.Parse(new NotificationRequest("POST", query, contentType, body));

    internal static NotificationResult Get(string query) =>
        NotificationParser.Parse(new NotificationRequest("GET", query, null, ReadOnlyMemory<byte>.Empty));

    internal static UisNotification Event(this NotificationResult result) =>
        result.Should().BeOfType<NotificationResult.Understood>().Subject.Notification;

    internal static string Reason(this NotificationResult result) =>
        result.Should().BeOfType<NotificationResult.NotUnderstood>().Subject.Reason;
}
