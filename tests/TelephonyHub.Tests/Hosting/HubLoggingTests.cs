using Serilog;
using Serilog.Core;
using Serilog.Events;
using TelephonyHub.Hosting;

namespace TelephonyHub.Tests.Hosting;

/// <summary>No log line bears a whole phone number or a secret, wherever in the line it stands.</summary>
public sealed class HubLoggingTests
{
    private const string OddPassword = "pa\"ss\\wörd+1";

    private static readonly HubLogging.MaskingFormatter Formatter = new(Company.Settings(
        ("Auth:Admin:Password", OddPassword),
        ("Cabinets:msk:WebhookTokens:0", "hook-msk-2027"),
        ("Auth:ApiKeys:0:Name", "erp"),
        ("Auth:ApiKeys:0:Key", "api/key=1"),
        ("Auth:ApiKeys:0:Roles:0", "integration"),
        ("Database:Provider", "Postgres"),
        ("ConnectionStrings:Hub", "Host=db;Username=hub;Password=db-password")));

    [Theory]
    [InlineData("79161234567")]
    [InlineData("+79161234567")]
    [InlineData("89161234567")]
    [InlineData("+7 916 123-45-67")]
    [InlineData("8 (916) 123-45-67")]
    [InlineData("8-916-123-45-67")]
    [InlineData("%2B79161234567")]
    [InlineData("+4930901820")]
    [InlineData("+49 30 901820")]
    [InlineData("79161234567...2345")]
    public void Format_PhoneNumber_NeverWhole(string number)
    {
        Line(l => l.Information("Call of {Phone}", number)).Should().NotContain(number);
        Line(l => l.Information($"text {number}, more")).Should().NotContain(number);
        Line(l => l.Error(new InvalidOperationException($"filter Number eq '{number}'"), "Failed")).Should().NotContain(number);
    }

    [Fact]
    public void Format_PhoneNumber_EndsStayForPeople() => Formatter.Mask("call of 79161234567.").Should().Be("call of 79***67.");

    [Theory]
    [InlineData("hook-msk")]
    [InlineData("hook-msk-2027")]
    [InlineData("access-sgt")]
    [InlineData("crm-password")]
    [InlineData("db-password")]
    [InlineData("api/key=1")]
    [InlineData(OddPassword)]
    public void Format_Secret_Masked(string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        var inJson = System.Text.Json.JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

        Line(l => l.Information("{Value}", secret)).Should().NotContain(secret).And.NotContain(inJson);
        Line(l => l.Information("GET /uis/msk/events?token={Value}", escaped)).Should().NotContain(escaped);
    }

    [Fact]
    public void Mask_OneSecretBeginsAnother_NothingOfEitherStays() => Formatter.Mask("token=hook-msk-2027").Should().Be("token=***");

    [Theory]
    [InlineData("a1b2c3d4-7c55-5b0a-9a37-712345678901")]
    [InlineData("00000000-0000-0000-0000-81234567890a")]
    [InlineData("3dd1e8815bde5e7f9bb15831e1f51e63")]
    [InlineData("2026-03-08T09:00:00.1234567Z")]
    [InlineData("2026-03-08 09:00:00 +03:00")]
    [InlineData("msk:187020303")]
    [InlineData("took 812 ms, 7 of 12 rows, version 10.0.15")]
    public void Mask_WhatIsNoNumber_Untouched(string text) => Formatter.Mask(text).Should().Be(text);

    private static string Line(Action<ILogger> write)
    {
        var sink = new Sink();
        using (var logger = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger())
        {
            write(logger);
        }

        return sink.Written.ToString();
    }

    private sealed class Sink : ILogEventSink
    {
        public StringWriter Written { get; } = new();

        public void Emit(LogEvent logEvent) => Formatter.Format(logEvent, Written);
    }
}
