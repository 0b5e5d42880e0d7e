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
catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or HttpRequestException)
{
    // Ctrl+C in the middle of a call: the hub goes down at the same time as the demo that asks it.
    return once ? 1 : 0;
}
