using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TelephonyHub.Tests.Package;

/// <summary>The package's service, compiled as Creatio would (C# 7.3) against stubs of the documented server API, and called as over the wire.</summary>
internal sealed class PackagedService
{
    private readonly Assembly _assembly;
    private readonly string _vendor;
    private readonly object _service;
    private readonly Type _channels;

    private PackagedService(Assembly assembly, string vendor)
    {
        (_assembly, _vendor) = (assembly, vendor);
        _service = Activator.CreateInstance(TypeOf("Configuration.UsrTelephonyHubService"))!;
        _channels = TypeOf("Messaging.Common.MsgChannelManager");
        IsRunning = true;
    }

    public Type ServiceType => _service.GetType();

    public bool IsRunning
    {
        set => _channels.GetProperty("IsRunning")!.SetValue(null, value);
    }

    public static PackagedService Compile(string vendor = "Terrasoft")
    {
        // What README.md tells to do for BPMSoft.
        string Of(string source) => source.Replace("Terrasoft.", vendor + ".", StringComparison.Ordinal);
        var options = new CSharpParseOptions(LanguageVersion.CSharp7_3);
        var trees = new[] { PackageFiles.Schema("UsrTelephonyHubService", "cs"), PackageFiles.Stub("server.cs") }.Select(s => CSharpSyntaxTree.ParseText(Of(s), options));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            $"UsrTelephonyHub.{vendor}", trees, platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: ReportDiagnostic.Error));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).Should().BeEmpty();
        image.Position = 0;

        // A context of its own each time: the stub's channels are static.
        return new PackagedService(new AssemblyLoadContext(null).LoadFromStream(image), vendor);
    }

    public void Grant(string operation)
    {
        var connection = ServiceType.GetField("UserConnection")!.GetValue(_service)!;
        var security = connection.GetType().GetField("DBSecurityEngine")!.GetValue(connection)!;
        ((HashSet<string>)security.GetType().GetField("Granted")!.GetValue(security)!).Add(operation);
    }

    /// <returns>What the user's browser got: id, sender and body of each message.</returns>
    public Func<IReadOnlyList<(Guid Id, string Sender, string Body)>> OpenBrowser(Guid user)
    {
        var browser = Add(user, "OpenBrowser");
        return () =>
        [
            .. ((System.Collections.IEnumerable)browser.GetType().GetField("Got")!.GetValue(browser)!).Cast<object>().Select(m =>
            {
                var header = m.GetType().GetProperty("Header")!.GetValue(m)!;
                return ((Guid)m.GetType().GetProperty("Id")!.GetValue(m)!, (string)header.GetType().GetProperty("Sender")!.GetValue(header)!, (string)m.GetType().GetProperty("Body")!.GetValue(m)!);
            }),
        ];
    }

    public void ClosingBrowser(Guid user) => Add(user, "ClosingBrowser");

    /// <summary>Request and answer go through the serializer that such services use.</summary>
    public JsonNode Notify(string body)
    {
        using var request = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var input = new DataContractJsonSerializer(TypeOf("Configuration.UsrTelephonyHubRequest")).ReadObject(request);
        object answer;
        try
        {
            answer = ServiceType.GetMethod("Notify")!.Invoke(_service, [input])!;
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }

        using var response = new MemoryStream();
        new DataContractJsonSerializer(answer.GetType()).WriteObject(response, answer);
        return JsonNode.Parse(response.ToArray())!;
    }

    private object Add(Guid user, string kind)
    {
        var browser = Activator.CreateInstance(TypeOf($"Messaging.Common.{kind}"))!;
        var manager = _channels.GetField("Instance")!.GetValue(null)!;
        ((System.Collections.IDictionary)_channels.GetField("Channels")!.GetValue(manager)!).Add(user, browser);
        return browser;
    }

    private Type TypeOf(string name) => _assembly.GetType($"{_vendor}.{name}", throwOnError: true)!;
}
