using Microsoft.Extensions.Logging;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>Log lines of the pipeline; never bodies, because the key is in each of them.</summary>
internal static partial class UisLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "UIS {Cabinet} {Method} answered in {ElapsedMs} ms (request {RequestId})")]
    internal static partial void Answered(this ILogger logger, string cabinet, string method, double elapsedMs, string requestId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "UIS {Cabinet} {Method} failed in {ElapsedMs} ms: {Mnemonic}, {Failure}, code {Code}, field {Field} (request {RequestId})")]
    internal static partial void Failed(
        this ILogger logger, string cabinet, string method, double elapsedMs, string mnemonic, UisFailure failure, int code, string? field,
        string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "UIS {Cabinet} {Method}: {Count} rows without id were left out")]
    internal static partial void RowsLeftOut(this ILogger logger, string cabinet, string method, int count);
}
