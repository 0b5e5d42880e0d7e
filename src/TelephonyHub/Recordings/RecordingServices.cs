using TelephonyHub.Calls;
using TelephonyHub.Recordings.Archive;

namespace TelephonyHub.Recordings;

internal static class RecordingServices
{
    public static void AddRecordings(this IServiceCollection services)
    {
        // No redirects: the host was checked, where it points to was not.
        services.AddHttpClient(RecordingSource.ClientName).UseSocketsHttpHandler((handler, _) => (handler.AllowAutoRedirect, handler.UseCookies) = (false, false));
        services.AddSingleton<RecordingSource>();
        services.AddSingleton<ListeningLog>();
        services.AddSingleton<RecordingArchive>();
        services.AddSingleton<ArchiveQueue>();
        services.AddSingleton<ArchiveSignal>();
        services.AddSingleton<RecordingPlayer>();
        services.AddSingleton<RecordingArchiver>();
        services.AddSingleton<ICallListener>(s => s.GetRequiredService<RecordingArchiver>());
        services.AddHostedService(s => s.GetRequiredService<RecordingArchiver>());
        services.AddSingleton<RecordingRetention>();
        services.AddHostedService(s => s.GetRequiredService<RecordingRetention>());
    }
}
