using System.Text.Json;
using System.Text.Json.Nodes;
using Jint;

namespace TelephonyHub.Tests.Package;

/// <summary>One tab of a manager's browser: the package's JavaScript runs in it, over a stub of the platform's documented API.</summary>
internal sealed class BrowserTab
{
    private readonly Engine _engine = new(o => o.TimeoutInterval(TimeSpan.FromSeconds(20)));

    private BrowserTab()
    {
        Run(PackageFiles.Stub("browser.js"));
        Run(PackageFiles.Schema("UsrTelephonyHubCards", "js"));
    }

    /// <param name="vendor"><c>Terrasoft</c> (Creatio) or <c>BPMSoft</c>: the name of the platform's namespace. The other is not defined.</param>
    public static BrowserTab Classic(string vendor = "Terrasoft")
    {
        var tab = new BrowserTab();
        tab.Run(PackageFiles.Stub("creatio-classic.js"));
        tab.Run($"startClassic('{vendor}')");
        tab.Run(PackageFiles.Schema("ClientMessageBridge", "js"));
        tab.Run("startBridge()");
        return tab;
    }

    public static BrowserTab Freedom()
    {
        var tab = new BrowserTab();
        tab.Run(PackageFiles.Stub("creatio-freedom.js"));
        tab.Run(PackageFiles.Read("FreedomPage/UsrTelephonyHub_Page.js"));
        return tab;
    }

    /// <summary>Texts of the cards on the screen, from the oldest to the newest.</summary>
    public IReadOnlyList<string> Cards => JsonSerializer.Deserialize<string[]>(_engine.Evaluate("cardTexts()").AsString())!;

    public IReadOnlyList<string> Buttons => JsonSerializer.Deserialize<string[]>(_engine.Evaluate("buttons()").AsString())!;

    /// <summary>What the platform was asked to open.</summary>
    public JsonArray Opened => JsonNode.Parse(Text("JSON.stringify(opened)"))!.AsArray();

    public IReadOnlyList<string> Errors => JsonSerializer.Deserialize<string[]>(Text("JSON.stringify(errors)"))!;

    public void Run(string script)
    {
        _engine.Execute(script);
        _engine.Advanced.ProcessTasks();
    }

    public string Text(string expression) => _engine.Evaluate(expression).ToString();

    /// <summary>The server sends what it was given by <c>Notify</c>: a message whose body is text.</summary>
    public void Receive(JsonNode payload) => ReceiveText(payload.ToJsonString());

    public void ReceiveText(string body, string sender = "UsrTelephonyHub") => Run($"serverSends({JsonSerializer.Serialize(sender)}, {JsonSerializer.Serialize(body)})");

    public void Click(string label) => Run($"click({JsonSerializer.Serialize(label)})");
}
