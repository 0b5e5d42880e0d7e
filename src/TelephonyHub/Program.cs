using TelephonyHub.Hosting;

try
{
    await HubApplication.Build(args).RunAsync();
    return 0;
}
catch (SettingsException e)
{
    // One line per fault, on the plain error stream: nobody reads JSON while a service does not start.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
