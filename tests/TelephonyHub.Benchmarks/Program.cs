using BenchmarkDotNet.Running;
using TelephonyHub.Benchmarks.Load;
using TelephonyHub.Benchmarks.Peers;

// micro [BenchmarkDotNet's arguments]   pure parts: parse, fold, policy, plan, look-up
// load  [scenario …] [--seconds n] [--write]   real processes on this machine; all scenarios without a name
// peer  hangfire|rebus <connection string> <port>   a receiver to compare with; started by "load"
switch (args.FirstOrDefault())
{
    case "micro":
        BenchmarkSwitcher.FromAssembly(typeof(LoadRun).Assembly).Run(args[1..]);
        return 0;
    case "load":
        return await LoadRun.RunAsync(LoadOptions.Parse(args[1..]));
    case "peer":
        await Receivers.RunAsync(args[1], args[2], int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    default:
        await Console.Error.WriteLineAsync("dotnet run -c Release --project tests/TelephonyHub.Benchmarks -- micro|load [scenario …] [--seconds n] [--write]");
        return 2;
}
