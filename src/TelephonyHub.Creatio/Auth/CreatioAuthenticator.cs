using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TelephonyHub.Creatio.Auth;

/// <summary>
/// The current session and the way to the next one. However many requests find the session over, one login is made; after two refused ones none until
/// somebody asks for it, because Creatio locks a user after a few wrong passwords (reference 2.4). Once in six hours one is tried all the same: a refusal may
/// have been the server's own mistake, and that is slower than any lock counts.
/// </summary>
internal sealed partial class CreatioAuthenticator(ICreatioLogin login, TimeProvider time, ILogger logger)
{
    private const int RefusalsBeforeStop = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    private readonly Lock _gate = new();
    private CreatioSession? _current;
    private Task<CreatioSession>? _running;
    private int _refusals;
    private CreatioAuthState _state = new(CreatioAuthStatus.Unknown, "Creatio was not asked yet.");

    public CreatioAuthState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>A session other than the refused one; joins a login that is under way.</summary>
    public Task<CreatioSession> AcquireAsync(CreatioSession? refused, CancellationToken ct)
    {
        Task<CreatioSession> running;
        lock (_gate)
        {
            if (_current is { } current)
            {
                if (current != refused && !current.NeedsRenewal(time.GetUtcNow()))
                {
                    return Task.FromResult(current);
                }

                _current = null;
            }

            // Its own task, without the caller's token: one impatient caller must not spoil the login for the others.
            running = _running ??= Task.Run(() => LoginAsync(), CancellationToken.None);
        }

        return running.WaitAsync(ct);
    }

    /// <summary>One login more than the guard allows, because somebody says that the credentials are mended. Refused, it stops again.</summary>
    public async Task<CreatioAuthState> LoginAgainAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_state.NoLoginBefore is null)
            {
                return _state;
            }

            _state = new CreatioAuthState(CreatioAuthStatus.Unknown, "A login was asked for, and Creatio has not answered it yet.");
        }

        try
        {
            await AcquireAsync(null, ct).ConfigureAwait(false);
        }
        catch (CreatioException)
        {
            // The state says it. A fault that says nothing about the credentials leaves the guard open for the next request.
        }

        return State;
    }

    /// <summary>A request has gone through.</summary>
    public void NoteAccepted(CreatioSession session)
    {
        lock (_gate)
        {
            if (session == _current && _state.Status != CreatioAuthStatus.Ok)
            {
                _state = new CreatioAuthState(CreatioAuthStatus.Ok, string.Empty);
            }
        }
    }

    /// <summary>A request was refused right after a login that worked.</summary>
    public void NoteRefused(CreatioSession session)
    {
        lock (_gate)
        {
            if (session == _current)
            {
                _state = new CreatioAuthState(CreatioAuthStatus.Refused, "The login works, but Creatio refuses the requests of this session.");
            }
        }
    }

    private async Task<CreatioSession> LoginAsync()
    {
        try
        {
            if (HeldBack() is { } pause)
            {
                throw pause;
            }

            var outcome = await login.LoginAsync(CancellationToken.None).ConfigureAwait(false);
            return Settle(outcome);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    private CreatioSession Settle(LoginOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.Session is { } session)
            {
                _refusals = 0;
                _state = new CreatioAuthState(CreatioAuthStatus.Ok, string.Empty);
                _current = session;
                LogAccepted(logger);
                return session;
            }

            _refusals++;
            var until = _refusals >= RefusalsBeforeStop ? time.GetUtcNow() + Pause : (DateTimeOffset?)null;
            var reason = $"Creatio refuses the login: {outcome.Refusal}.";
            _state = new CreatioAuthState(
                CreatioAuthStatus.Refused,
                until is null
                    ? reason
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{reason} After {_refusals} refusals no login is tried any more, so that the user does not get locked: mend the credentials and ask for a login. Else one is tried at {until:yyyy-MM-dd HH:mm} UTC."),
                until);
            LogRefused(logger, _refusals, until);

            // Not when the next login is due: it may be asked for any minute, and being held back costs Creatio nothing.
            throw new CreatioException(CreatioFailure.Authentication, _state.Reason);
        }
    }

    private CreatioException? HeldBack()
    {
        lock (_gate)
        {
            return _state.NoLoginBefore > time.GetUtcNow() ? new CreatioException(CreatioFailure.Authentication, _state.Reason) : null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Logged in to Creatio")]
    private static partial void LogAccepted(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Creatio refused the login ({Refusals} in a row); no login before {NoLoginBefore}")]
    private static partial void LogRefused(ILogger logger, int refusals, DateTimeOffset? noLoginBefore);
}
