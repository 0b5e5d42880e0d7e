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
    public static void UseHubLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog((services, configuration) =>
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
            if (!string.Equals(builder.Configuration["Hub:ConsoleLog"], "false", StringComparison.OrdinalIgnoreCase))
            {
                configuration.WriteTo.Console(new MaskingFormatter(settings));
            }

            if (builder.Configuration["Hub:LogFile"] is { Length: > 0 } file)
            {
                configuration.WriteTo.File(new MaskingFormatter(settings), file, shared: true, flushToDiskInterval: TimeSpan.FromSeconds(1));
            }
        });

    internal sealed partial class MaskingFormatter(HubSettings settings) : ITextFormatter
    {
        private readonly RenderedCompactJsonFormatter _inner = new();
        private readonly string[] _secrets =
        [
            .. settings.Cabinets.Values.SelectMany(c => c.WebhookTokens.Append(c.AccessToken))
                .Concat(settings.Auth.ApiKeys.Select(k => k.Key))
                .Append(settings.Auth.AdminPassword)
                .Append(settings.Creatio.Password ?? "")
                .Append(settings.Creatio.ClientSecret ?? "")
                .Where(s => s.Length >= 4)
                .Distinct(StringComparer.Ordinal),
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

        // Eleven digits beginning with 7 or 8, with or without a plus: a Russian number as UIS, Creatio and people write it. Also its reverse is none's business,
        // but SearchNumber never reaches a log: filters are not logged.
        [GeneratedRegex(@"(?<![0-9A-Fa-f-])\+?[78]\d{10}(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Number();
    }
}
