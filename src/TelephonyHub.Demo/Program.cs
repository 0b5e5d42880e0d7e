using System.Text;
using TelephonyHub.Demo;

// Names and captions are Russian; a console of Windows would show question marks.
Console.OutputEncoding = Encoding.UTF8;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl+C ends in order, a second one at once.
    e.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

var once = args.Contains("--once", StringComparer.Ordinal);
try
{
    return await DemoRun.RunAsync(new DemoOutput(Console.Out, colours: !Console.IsOutputRedirected), once, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return once ? 1 : 0;
}
