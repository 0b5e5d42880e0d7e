namespace TelephonyHub.Recordings;

internal static class RecordingServices
{
    public static void AddRecordings(this IServiceCollection services)
    {
        // No redirects: the host was checked, where it points to was not.
        services.AddHttpClient(RecordingSource.ClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<RecordingSource>();
    }
}
