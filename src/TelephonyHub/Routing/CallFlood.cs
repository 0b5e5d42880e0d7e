using System.Collections.Concurrent;
using TelephonyHub.Directory;

namespace TelephonyHub.Routing;

/// <summary>
/// Counts identical calls: the same number to the same number dialled. A repeated request of one session is no further call. Per process: with n replicas behind a
/// balancer the limit is up to n times as high, which still stops a robot and costs no caller a wait.
/// </summary>
public sealed class CallFlood
{
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(PhoneNumber Caller, string? Dialled), Dictionary<long, DateTimeOffset>> _calls = new();
    private long _nameless;

    /// <summary>Calls within the last minute, with this one.</summary>
    public int Add(RouteQuestion question, DateTimeOffset now)
    {
        if (question.Caller is not { } caller)
        {
            return 1;
        }

        if (_calls.Count > Most)
        {
            foreach (var old in _calls.Where(c => Fresh(c.Value, now) == 0).Select(c => c.Key).ToList())
            {
                _calls.TryRemove(old, out _);
            }
        }

        // A question without an id is a call of its own; ids of UIS are positive.
        var id = question.CallId ?? -Interlocked.Increment(ref _nameless);
        var calls = _calls.GetOrAdd((caller, question.Dialled?.E164 ?? question.DialledRaw), _ => []);
        lock (calls)
        {
            calls.TryAdd(id, now);
            foreach (var old in calls.Where(c => c.Value <= now - Window).Select(c => c.Key).ToList())
            {
                calls.Remove(old);
            }

            return calls.Count;
        }
    }

    private static int Fresh(Dictionary<long, DateTimeOffset> calls, DateTimeOffset now)
    {
        lock (calls)
        {
            return calls.Values.Count(at => at > now - Window);
        }
    }
}
