namespace TelephonyHub.Simulator.Uis.Engine;

internal static class UrlParts
{
    /// <summary>Adds rendered query text; what the URL already carries is preserved (section 4.2).</summary>
    public static Uri Append(Uri url, IReadOnlyList<string> parts)
    {
        if (parts.Count == 0)
        {
            return url;
        }

        var text = url.AbsoluteUri;
        var separator = !text.Contains('?', StringComparison.Ordinal) ? "?" : text[^1] is '?' or '&' ? string.Empty : "&";
        return new Uri(text + separator + string.Join('&', parts));
    }
}
