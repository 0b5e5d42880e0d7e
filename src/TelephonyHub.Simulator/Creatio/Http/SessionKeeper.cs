using System.Security.Cryptography;
using System.Text.Json;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>Sign-in by password, cookie sessions and OAuth tokens (reference 2).</summary>
internal sealed class SessionKeeper(CreatioSimulatorOptions options, CreatioStore store, TimeProvider time)
{
    public const string AuthCookie = ".ASPXAUTH";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    /// <summary>Answers 200 for right and wrong passwords alike; wrong ones are counted and lock the user.</summary>
    public CrmAnswer Login(byte[] body)
    {
        JsonElement credentials;
        try
        {
            credentials = CrmJson.Object(body);
        }
        catch (CrmException refused)
        {
            return CrmAnswer.Error(refused);
        }

        var users = store.Where("SysAdminUnit", row => string.Equals(row.Text("Name"), credentials.String("UserName"), StringComparison.OrdinalIgnoreCase));
        if (users is not [var user])
        {
            return Refused("You entered an incorrect user name or password.");
        }

        var now = time.GetUtcNow();
        if (user.Time("UnblockTime") > now || !user.Flag("Active"))
        {
            return Refused("The user is locked.");
        }

        if (user.Id != store.ApiUser.UserId || !string.Equals(credentials.String("UserPassword"), options.Password, StringComparison.Ordinal))
        {
            var attempts = user.Int("LoginAttemptCount") + 1;
            var locked = attempts >= options.LockAfterAttempts;
            store.Update(
                "SysAdminUnit",
                user.Id,
                ("LoginAttemptCount", locked ? 0 : attempts),
                ("UnblockTime", locked ? now + options.LockDuration : null));
            return Refused("You entered an incorrect user name or password.");
        }

        if (user.Int("LoginAttemptCount") > 0)
        {
            store.Update("SysAdminUnit", user.Id, ("LoginAttemptCount", 0));
        }

        var id = Secret();
        var session = new Session(Secret(), now);
        lock (_gate)
        {
            _sessions[id] = session;
        }

        var answer = CrmAnswer.Json(
            200,
            new { Code = 0, Message = "", Exception = (object?)null, PasswordChangeUrl = (string?)null, RedirectUrl = (string?)null });
        answer.Cookies.Add("BPMLOADER=" + Secret() + "; path=/; HttpOnly");
        answer.Cookies.Add($"{AuthCookie}={id}; path=/; HttpOnly");
        answer.Cookies.Add($"{options.CsrfName}={session.Csrf}; path=/");
        answer.Cookies.Add($"UserName={Uri.EscapeDataString(options.UserName)}; expires={now.AddDays(30):R}; path=/; HttpOnly");
        return answer;
    }

    /// <summary>Client credentials grant.</summary>
    public CrmAnswer Token(IReadOnlyDictionary<string, string> form)
    {
        string Field(string name) => form.GetValueOrDefault(name) ?? "";
        if (Field("grant_type") != "client_credentials")
        {
            return CrmAnswer.Json(400, new { error = "unsupported_grant_type" });
        }

        if (Field("client_id") != options.ClientId || Field("client_secret") != options.ClientSecret)
        {
            return CrmAnswer.Json(400, new { error = "invalid_client" });
        }

        var token = Secret();
        lock (_gate)
        {
            _tokens[token] = time.GetUtcNow() + options.TokenLifetime;
        }

        return CrmAnswer.Json(200, new { access_token = token, expires_in = (int)options.TokenLifetime.TotalSeconds, token_type = "Bearer" });
    }

    public bool IsTokenValid(string token)
    {
        lock (_gate)
        {
            return _tokens.TryGetValue(token, out var until) && until > time.GetUtcNow();
        }
    }

    /// <summary>The CSRF value of a live session, renewing its idle time; null when there is none.</summary>
    public string? UseSession(string? id)
    {
        lock (_gate)
        {
            if (id is null || !_sessions.TryGetValue(id, out var session))
            {
                return null;
            }

            var now = time.GetUtcNow();
            if (now - session.LastUsed > options.SessionTimeout)
            {
                _sessions.Remove(id);
                return null;
            }

            _sessions[id] = session with { LastUsed = now };
            return session.Csrf;
        }
    }

    /// <summary>Ends the session or token that a request carries.</summary>
    public void End(string? session, string? token)
    {
        lock (_gate)
        {
            if (session is not null)
            {
                _sessions.Remove(session);
            }

            if (token is not null)
            {
                _tokens.Remove(token);
            }
        }
    }

    public void EndSessions()
    {
        lock (_gate)
        {
            _sessions.Clear();
        }
    }

    public void EndTokens()
    {
        lock (_gate)
        {
            _tokens.Clear();
        }
    }

    private static CrmAnswer Refused(string message) => CrmAnswer.Json(
        200,
        new
        {
            Code = 1,
            Message = message,
            Exception = new { Message = message, Type = "System.Security.Authentication.AuthenticationException" },
            PasswordChangeUrl = (string?)null,
            RedirectUrl = (string?)null,
        });

    private static string Secret() => Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    private sealed record Session(string Csrf, DateTimeOffset LastUsed);
}
