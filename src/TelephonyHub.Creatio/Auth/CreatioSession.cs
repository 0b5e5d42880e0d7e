using System.Collections.Concurrent;
using System.Net.Http.Headers;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Creatio.Auth;

/// <summary>What one login has won. A new login makes a new session; the old one is never mended.</summary>
internal abstract class CreatioSession
{
    private readonly ConcurrentDictionary<string, byte> _forbidden = new(StringComparer.Ordinal);

    /// <summary>403 may mean a stale CSRF value, which a new login mends.</summary>
    public abstract bool UsesCookies { get; }

    public abstract void Apply(HttpRequestMessage message);

    public abstract bool NeedsRenewal(DateTimeOffset now);

    /// <summary>Takes over what an answer renews.</summary>
    public virtual void Absorb(CreatioReply reply)
    {
    }

    /// <summary>403 has outlived a fresh login here: it is a matter of rights, and more logins would only fill the audit log.</summary>
    public void MarkForbidden(string what) => _forbidden.TryAdd(what, 0);

    public bool IsForbidden(string what) => _forbidden.ContainsKey(what);
}

/// <summary>Cookies and CSRF header (reference 2.1).</summary>
internal sealed class CookieSession(CookieJar jar, TimeProvider time) : CreatioSession
{
    /// <summary>Newer name first, as the vendor's own client does it; cookie and header bear the same name.</summary>
    private static readonly string[] CsrfNames = ["CRT_CSRF", "BPMCSRF"];

    public override bool UsesCookies => true;

    public bool HasCsrf => CsrfNames.Any(name => jar.Get(name) is not null);

    /// <summary>The server ends a cookie session when it likes; there is nothing to foresee.</summary>
    public override bool NeedsRenewal(DateTimeOffset now) => false;

    public override void Apply(HttpRequestMessage message)
    {
        message.Headers.TryAddWithoutValidation("ForceUseSession", "true");
        message.Headers.TryAddWithoutValidation("Cookie", jar.ToHeader());
        foreach (var name in CsrfNames)
        {
            if (jar.Get(name) is { } value)
            {
                message.Headers.TryAddWithoutValidation(name, value);
                break;
            }
        }
    }

    /// <summary>Sliding tickets are renewed by any good answer; the cookies of a refusal (removals) concern a session that is over anyway.</summary>
    public override void Absorb(CreatioReply reply)
    {
        if (!reply.SaysSessionEnded && reply.Status < 400)
        {
            jar.Take(reply.SetCookies, time.GetUtcNow());
        }
    }
}

/// <summary>Bearer token; needs neither cookies nor CSRF header (reference 2.2).</summary>
internal sealed class TokenSession(string token, DateTimeOffset renewAt) : CreatioSession
{
    public override bool UsesCookies => false;

    public override bool NeedsRenewal(DateTimeOffset now) => now >= renewAt;

    public override void Apply(HttpRequestMessage message) => message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
}
