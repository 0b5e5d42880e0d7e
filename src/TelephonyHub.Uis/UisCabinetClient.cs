using Microsoft.Extensions.Logging;
using TelephonyHub.Uis.CallApi;
using TelephonyHub.Uis.DataApi;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis;

/// <summary>Both APIs of one account. Keep one instance a cabinet: it holds the points budget and the session tokens. Thread-safe.</summary>
public sealed class UisCabinetClient : IUisCabinetClient, IDisposable
{
    private readonly UisCabinetOptions _options;
    private readonly RpcChannel _calls;
    private readonly RpcChannel _data;

    /// <summary>Creates the client; nothing is sent.</summary>
    /// <param name="http">Client whose own time-out is longer than <see cref="UisCabinetOptions.Timeout"/>; without retries of its own.</param>
    /// <param name="options">Account.</param>
    /// <param name="time">Clock of back-off, time-outs, points and tokens.</param>
    /// <param name="logger">Gets method, outcome and duration, never bodies or keys.</param>
    /// <exception cref="ArgumentException">Neither key nor login and password.</exception>
    public UisCabinetClient(HttpClient http, UisCabinetOptions options, TimeProvider time, ILogger<UisCabinetClient> logger)
    {
        if (string.IsNullOrEmpty(options.AccessToken) && (string.IsNullOrEmpty(options.Login) || string.IsNullOrEmpty(options.Password)))
        {
            throw new ArgumentException($"Cabinet {options.Cabinet} has neither access token nor login and password.", nameof(options));
        }

        _options = options with { AccessToken = string.IsNullOrEmpty(options.AccessToken) ? null : options.AccessToken };
        _calls = new RpcChannel(http, options.CallApiUrl, _options, time, logger);
        _data = new RpcChannel(http, options.DataApiUrl, _options, time, logger);
        Calls = new UisCallApi(_calls);
        Data = new UisDataApi(_data);
    }

    /// <inheritdoc/>
    public string Cabinet => _options.Cabinet;

    /// <inheritdoc/>
    public IUisDataApi Data { get; }

    /// <inheritdoc/>
    public IUisCallApi Calls { get; }

    /// <inheritdoc/>
    public UisLimits Limits => new(_calls.Limits, _data.Limits);

    /// <summary>Releases the gates of the login; the <see cref="HttpClient"/> stays the caller's.</summary>
    public void Dispose()
    {
        _calls.Dispose();
        _data.Dispose();
    }
}
