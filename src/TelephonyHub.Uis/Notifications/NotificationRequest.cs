namespace TelephonyHub.Uis.Notifications;

/// <summary>One HTTP notification as it came over the wire (reference 3.1, 3.2).</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>; UIS sends no other.</param>
/// <param name="QueryString">Raw query of the URL, still percent-encoded; a leading <c>?</c> is tolerated.</param>
/// <param name="ContentType">What the sender claims; only a hint, because UIS's value is unknown (reference 3.2).</param>
/// <param name="Body">Body as bytes; may hold NUL and invalid UTF-8.</param>
public sealed record NotificationRequest(string Method, string QueryString, string? ContentType, ReadOnlyMemory<byte> Body);
