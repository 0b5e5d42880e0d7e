using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Uis;

namespace TelephonyHub.Sync;

/// <summary>The closed set of failures; this file alone decides what follows.</summary>
public enum FailureCategory
{
    Transient,
    Permanent,
    Limit,
    Authentication,
    Conflict,
    NotFound,

    /// <summary>Another record of the same call must be written first.</summary>
    Blocked,
}

/// <param name="Category">What kind of failure.</param>
/// <param name="Words">For people; no personal data, no secrets.</param>
/// <param name="RetryAfter">Asked for by the other side.</param>
public sealed record SyncFailure(FailureCategory Category, string Words, TimeSpan? RetryAfter = null)
{
    /// <summary>An error of the hub itself, which time alone does not mend.</summary>
    public bool OfTheHub { get; init; }

    public static SyncFailure Of(Exception e) => e switch
    {
        CreatioException c => new SyncFailure(Of(c.Failure), c.Message, c.RetryAfter),
        UisApiException u => new SyncFailure(Of(u.Failure), u.Message, u.RetryAfter),
        TimeoutException or HttpRequestException or IOException => new SyncFailure(FailureCategory.Transient, e.GetType().Name),

        // An error of the hub's own: retried, because a deployment may mend it, and dead in the end, because it may not.
        _ => new SyncFailure(FailureCategory.Transient, $"{e.GetType().Name}: {e.Message}") { OfTheHub = true },
    };

    public static FailureCategory Of(CreatioFailure failure) => failure switch
    {
        CreatioFailure.Permanent => FailureCategory.Permanent,
        CreatioFailure.Limit => FailureCategory.Limit,
        CreatioFailure.Authentication => FailureCategory.Authentication,
        CreatioFailure.Conflict => FailureCategory.Conflict,
        CreatioFailure.NotFound => FailureCategory.NotFound,
        _ => FailureCategory.Transient,
    };

    private static FailureCategory Of(UisFailure failure) => failure switch
    {
        UisFailure.Permanent or UisFailure.AccessDenied or UisFailure.Unknown => FailureCategory.Permanent,
        UisFailure.Limit => FailureCategory.Limit,
        UisFailure.Authentication => FailureCategory.Authentication,
        UisFailure.Conflict => FailureCategory.Conflict,
        UisFailure.NotFound => FailureCategory.NotFound,
        _ => FailureCategory.Transient,
    };
}

/// <summary>What follows a failure: again at a time, or dead until somebody replays it.</summary>
public sealed class RetryPolicy(HubSettings settings)
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    /// <param name="failure">What went wrong.</param>
    /// <param name="attempts">So far, this one included.</param>
    /// <param name="failing">For how long already; a plan or a replay begins anew.</param>
    /// <param name="now">The present.</param>
    /// <param name="jitter">Of <see cref="Jitter"/>; one for all tasks of a call.</param>
    /// <returns>When to try again; null: never by itself.</returns>
    public DateTimeOffset? NextAttempt(SyncFailure failure, int attempts, TimeSpan failing, DateTimeOffset now, double jitter)
    {
        return failure.Category switch
        {
            FailureCategory.Permanent or FailureCategory.NotFound or FailureCategory.Blocked => null,
            _ when IsSpent(failure, attempts, failing) => null,
            FailureCategory.Limit => now + (failure.RetryAfter ?? TimeSpan.FromMinutes(1)),

            // A refused login locks the user after a few tries: knock slowly.
            FailureCategory.Authentication => now + TimeSpan.FromSeconds(Math.Min(30 * attempts, Most.TotalSeconds)),
            _ => now + (failure.RetryAfter ?? Backoff(attempts) * jitter),
        };
    }

    /// <summary>How often says nothing of a CRM that is away over the weekend, or of a password that is mended on Monday; it does of what time alone does not mend.</summary>
    private bool IsSpent(SyncFailure failure, int attempts, TimeSpan failing) =>
        failure.OfTheHub || failure.Category == FailureCategory.Conflict ? attempts >= settings.Sync.MaxAttempts : failing >= settings.Sync.RetryFor;

    /// <summary>Between a half and the whole, so that many calls do not come back at one moment.</summary>
    public static double Jitter() => 0.5 + (Random.Shared.NextDouble() / 2);

    /// <summary>1, 2, 4, … seconds up to ten minutes.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Clamp(attempts - 1, 0, 12)), Most.TotalSeconds));
}
