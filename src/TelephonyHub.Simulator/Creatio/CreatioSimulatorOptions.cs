using System.Net;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>How the stand-in is hosted: decides the application prefix (reference 1.1).</summary>
public enum CrmFlavor
{
    /// <summary>.NET Framework edition: application under <c>/0</c>, login at the site root.</summary>
    Framework,

    /// <summary>.NET edition: no prefix.</summary>
    Core,
}

/// <summary>What a request with an expired or absent cookie session gets (reference 2.3).</summary>
public enum ExpiredSessionAnswer
{
    /// <summary>Framework: redirect for OData and rest, 401 for <c>.svc</c>; Core: 401 everywhere.</summary>
    ByEndpoint,

    /// <summary>302 to the login page, which answers 200 and HTML.</summary>
    Redirect,

    /// <summary>200 and the HTML of the login page at once: what a client that follows redirects ends up with.</summary>
    LoginPage,

    /// <summary>401 with the JSON of 2.3.</summary>
    Unauthorized,
}

/// <summary>Settings of one stand-in. Those that a test may want to flip while it runs can be set at any time.</summary>
public sealed class CreatioSimulatorOptions
{
    /// <summary>Address to listen on.</summary>
    public string Host { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Port of the site; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Port of the identity service, a site of its own (reference 2.2); 0 takes a free one.</summary>
    public int IdentityPort { get; set; }

    public CrmFlavor Flavor { get; set; } = CrmFlavor.Framework;

    public string UserName { get; set; } = "TelephonyHub";

    public string Password { get; set; } = "hub-password";

    public string ClientId { get; set; } = "telephony-hub";

    public string ClientSecret { get; set; } = "hub-client-secret";

    /// <summary>Cookie and header of the CSRF check: <c>BPMCSRF</c>, in newer builds <c>CRT_CSRF</c>.</summary>
    public string CsrfName { get; set; } = "BPMCSRF";

    /// <summary>Rows per OData answer (<c>MaxEntityRowCount</c>, reference 1.7).</summary>
    public int PageCap { get; set; } = 20_000;

    /// <summary>Whether the hub's package with <c>UsrTelephonyHubService</c> is installed; without it Notify answers 404.</summary>
    public bool PackageInstalled { get; set; } = true;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Idle time after which a cookie session ends.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromMinutes(60);

    public ExpiredSessionAnswer ExpiredSession { get; set; } = ExpiredSessionAnswer.ByEndpoint;

    /// <summary>Wrong passwords in a row after which the user is locked.</summary>
    public int LockAfterAttempts { get; set; } = 5;

    public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Status of a PATCH of a missing row: 204 (ignored) or 404; the reference leaves it open (1.5).</summary>
    public int PatchMissing { get; set; } = 204;

    /// <summary>Whether every active user has a browser open until <see cref="CreatioSimulator.DisconnectBrowser"/>.</summary>
    public bool BrowsersConnected { get; set; } = true;

    /// <summary>Whether a <c>CreatedById</c> in a POST body is kept; likely but unverified (reference 3.7).</summary>
    public bool HonourCreatedBy { get; set; } = true;

    /// <summary>System setting <c>MaxFileSize</c>, bytes.</summary>
    public long MaxFileSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>Process schemas that <c>RunProcess</c> starts; others answer <c>success: false</c>. Read at construction.</summary>
    public IList<string> KnownProcesses { get; set; } = ["UsrAfterCallProcess"];

    /// <summary>Columns that this installation lacks, as <c>Entity.Column</c>: other versions and bundles have fewer (reference 3). Read at construction.</summary>
    public IList<string> RemovedColumns { get; set; } = [];
}
