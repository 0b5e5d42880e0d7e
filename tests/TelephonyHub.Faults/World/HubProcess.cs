using System.Diagnostics;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;

namespace TelephonyHub.Faults;

/// <summary>The built service as an operator starts it: a process with environment variables and nothing else.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    /// <summary>On a machine that is busy with other things, a start takes minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly string _folder;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _errors = [];

    private HubProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>What is required and nothing more; neither Creatio nor UIS is there.</summary>
    public static Dictionary<string, string> Required => new(StringComparer.Ordinal)
    {
        ["Creatio__BaseUrl"] = "http://127.0.0.1:9",
        ["Creatio__Auth__UserName"] = "hub",
        ["Creatio__Auth__Password"] = "crm-password",
        ["Auth__Admin__UserName"] = "admin",
        ["Auth__Admin__Password"] = "admin-password",
        ["Cabinets__msk__Name"] = "Moscow",
        ["Cabinets__msk__TimeZone"] = "Europe/Moscow",
        ["Cabinets__msk__WebhookToken"] = "webhook-token",
        ["Cabinets__msk__AccessToken"] = "access-token",
    };

    public static HubProcess Start(IReadOnlyDictionary<string, string> environment)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("hub-process-").FullName;

        // A published build is started in a third of the time and leaves the cores to the load.
        var hubs = Environment.GetEnvironmentVariable("HUB_PUBLISHED") is { Length: > 0 } published ? Path.Combine(published, "TelephonyHub.dll") : typeof(HubApplication).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [hubs])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var key in start.Environment.Keys.Where(k => k.Contains("__", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var hub = new HubProcess(new Process { StartInfo = start }, folder);
        hub._process.OutputDataReceived += (_, line) => hub.Heard(line.Data);
        hub._process.ErrorDataReceived += (_, line) => hub.Complained(line.Data);
        hub._process.Start();
        hub._process.BeginOutputReadLine();
        hub._process.BeginErrorReadLine();
        return hub;
    }

    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(Patience);

    /// <summary>Asks it to go, as a service manager does.</summary>
    public void Terminate()
    {
        // Whoever has gone already may have left his id to somebody else.
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            kill.WaitForExit();
        }
    }

    /// <summary>Without a word, as the kernel or a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<(int ExitCode, IReadOnlyList<string> Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        lock (_errors)
        {
            return (_process.ExitCode, [.. _errors]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private void Heard(string? line)
    {
        if (line?.Contains("Now listening on", StringComparison.Ordinal) == true && JsonNode.Parse(line)?["address"]?.GetValue<string>() is { } address)
        {
            _listening.TrySetResult(new Uri(address));
        }
    }

    private void Complained(string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.Add(line);
            }
        }
    }
}
