using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>Cookies and form tokens are made with <see cref="ProtectionKeys"/>.</summary>
internal static partial class HubDataProtection
{
    public static void AddHubDataProtection(this IServiceCollection services)
    {
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton<KeyManager>();
        services.AddSingleton<IKeyManager>(s => s.GetRequiredService<KeyManager>());
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((o, keys) => o.XmlRepository = keys);
        services.AddDataProtection().SetApplicationName("TelephonyHub");
        services.AddHostedService<Opening>();
    }

    /// <summary>
    /// The framework asks for the keys while the host starts and would hold up the start until the database is there; here the first who needs one asks. To be called
    /// when all services are added: anti-forgery and the console each bring the eager one again.
    /// </summary>
    public static void AskForKeysWhenNeeded(this IServiceCollection services)
    {
        foreach (var eager in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly).ToList())
        {
            services.Remove(eager);
        }
    }

    /// <summary>The framework's, and a word when the stored keys have come: it would go on with those it knows for a day.</summary>
    private sealed class KeyManager(XmlKeyManager inner) : IKeyManager, IDisposable
    {
        private CancellationTokenSource _outdated = new();

        public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => inner.CreateNewKey(activationDate, expirationDate);

        public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

        public CancellationToken GetCacheExpirationToken() => CancellationTokenSource.CreateLinkedTokenSource(inner.GetCacheExpirationToken(), _outdated.Token).Token;

        public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);

        public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);

        public void ReadAgain() => Interlocked.Exchange(ref _outdated, new CancellationTokenSource()).Cancel();

        public void Dispose() => _outdated.Dispose();
    }

    private sealed partial class Opening(HubDatabase database, ProtectionKeys store, KeyManager keys, IDataProtectionProvider protection, TimeProvider time, ILogger<Opening> logger) : BackgroundService
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan FirstLives = TimeSpan.FromDays(90);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await database.WhenReadyAsync(stoppingToken);
            while (true)
            {
                try
                {
                    await store.OpenAsync(() => keys.CreateNewKey(time.GetUtcNow(), time.GetUtcNow() + FirstLives), stoppingToken);
                    keys.ReadAgain();
                    protection.CreateProtector("opening").Protect("");
                    return;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(logger, e);
                    await Task.Delay(Pause, time, stoppingToken);
                }
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of cookies cannot be read or stored; trying again.")]
        private static partial void LogFailed(ILogger logger, Exception exception);
    }
}
