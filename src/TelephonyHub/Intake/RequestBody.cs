using System.Buffers;

namespace TelephonyHub.Intake;

/// <summary>Reads a body whole, as bytes, up to a limit. The framework's own form and JSON readers would judge by Content-Type, which UIS gets wrong.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;

    /// <returns>Null when the body is larger than <see cref="MaxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(ct);
            if (result.Buffer.Length > MaxBytes)
            {
                // What was looked at is given back: else the server cannot drain the rest and breaks the connection under the next event.
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The query string without the secret: what may be stored and shown.</summary>
    public static string QueryWithoutToken(HttpRequest request)
    {
        var query = request.QueryString.Value?.TrimStart('?') ?? "";
        return string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !p.StartsWith("token=", StringComparison.OrdinalIgnoreCase)));
    }
}
