using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace TelephonyHub.Hosting;

/// <summary>
/// Structured logs as JSON lines. The last gate before the output masks what looks like a phone number and every configured secret, whatever message,
/// property or exception it stands in: one careless log line must not reveal a client.
/// </summary>
internal static partial class HubLogging
{
    // Each host keeps its own logger: in the static one, hubs of one process (demo, tests) would write into each other's log.
    public static void UseHubLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(preserveStaticLogger: true, configureLogger: (services, configuration) =>
        {
            var settings = services.GetRequiredService<HubSettings>();
            configuration
                .MinimumLevel.Information()

                // Their information lines hold request URLs, and those hold tokens and numbers.
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
                .MinimumLevel.Override("Polly", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                .ReadFrom.Configuration(builder.Configuration)
                .Enrich.FromLogContext();
            if (settings.ConsoleLog)
            {
                configuration.WriteTo.Console(new MaskingFormatter(settings));
            }

            if (settings.LogFile is { } file)
            {
                configuration.WriteTo.File(new MaskingFormatter(settings), file, shared: true, flushToDiskInterval: TimeSpan.FromSeconds(1));
            }
        });

    internal sealed partial class MaskingFormatter(HubSettings settings) : ITextFormatter
    {
        private readonly RenderedCompactJsonFormatter _inner = new();

        // The longest first: of two secrets one may begin with the other.
        private readonly string[] _secrets =
        [
            .. settings.Cabinets.Values.SelectMany(c => c.WebhookTokens.Append(c.AccessToken ?? "").Append(c.Password ?? ""))
                .Concat(settings.Auth.ApiKeys.Select(k => k.Key))
                .Append(settings.Auth.AdminPassword)
                .Append(settings.Creatio.Password ?? "")
                .Append(settings.Creatio.ClientSecret ?? "")
                .Append(settings.Auth.Oidc?.ClientSecret ?? "")
                .Append(DatabasePassword(settings.ConnectionString))
                .Where(s => s.Length >= 4)
                .SelectMany(Spellings)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(s => s.Length),
        ];

        public void Format(LogEvent logEvent, TextWriter output)
        {
            using var line = new StringWriter();
            _inner.Format(logEvent, line);
            output.Write(Mask(line.ToString()));
        }

        internal string Mask(string line)
        {
            foreach (var secret in _secrets)
            {
                line = line.Replace(secret, "***", StringComparison.Ordinal);
            }

            return Number().Replace(line, m => $"{m.Value[..2]}***{m.Value[^2..]}");
        }

        /// <summary>As it is, in a JSON string, in a string value inside a rendered message, and in a URL.</summary>
        private static IEnumerable<string> Spellings(string secret) =>
        [
            secret,
            JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            JsonEncodedText.Encode(secret.Replace("\"", "\\\"", StringComparison.Ordinal), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(secret),
        ];

        private static string DatabasePassword(string connectionString)
        {
            try
            {
                var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
                return parts.TryGetValue("Password", out var password) || parts.TryGetValue("Pwd", out password) ? password.ToString() ?? "" : "";
            }
            catch (ArgumentException)
            {
                return ""; // not a connection string: opening the database will say so
            }
        }

        // With a plus (or %2B) any international number, with or without blanks, hyphens and brackets; without one a Russian number, eleven digits that
        // begin with 7 or 8, unless they stand inside a GUID or a hash. The reverse (SearchNumber) never reaches a log: filters are not logged.
        [GeneratedRegex(@"(?:\+|%2[Bb])[1-9](?:[ \u00A0()-]{0,2}\d){7,14}(?!\d)|(?<![0-9A-Fa-f-])[78](?:[ \u00A0()-]{0,2}\d){10}(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Number();
    }
}
