using Microsoft.Extensions.Configuration;
using TelephonyHub.Benchmarks.Load;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;

namespace TelephonyHub.Benchmarks.Micro;

/// <summary>The settings of the benchmarks' company, as the hub reads them.</summary>
internal static class Company
{
    public static HubSettings Settings { get; } = HubSettingsLoader.Load(new ConfigurationBuilder()
        .AddInMemoryCollection(HubUnderLoad.Settings("Host=127.0.0.1", world: null).ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value, StringComparer.Ordinal))
        .Build());

    public static CabinetSettings Moscow => Settings.Cabinets[CabinetKey.Parse("msk")];
}
