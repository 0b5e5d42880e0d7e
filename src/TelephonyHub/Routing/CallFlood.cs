using System.Collections.Concurrent;
using TelephonyHub.Directory;

namespace TelephonyHub.Routing;

/// <summary>
/// Counts identical calls: the same number to the same number dialled. A repeated request of one session is no further call. Those that another replica answered are
/// brought in by <see cref="EarlierAnswers"/>; of questions without an id each process counts its own.
/// </summary>
public sealed class CallFlood
{
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Most = 20_000;

    // To count such a dictionary takes all its locks: looked at now and then only.
    private const int LookEvery = 1_000;
    private int _added;

    private readonly ConcurrentDictionary<(PhoneNumber Caller, string? Dialled), Dictionary<long, DateTimeOffset>> _calls = new();
    private long _nameless;

    /// <summary>Calls within the last minute, with this one.</summary>
    public int Add(RouteQuestion question, DateTimeOffset now)
    {
        // A question without an id is a call of its own; ids of UIS are positive.
        Restore(question, [(question.CallId ?? -Interlocked.Increment(ref _nameless), now)], now);
        return CountOf(question, now);
    }

    /// <summary>Adds calls that may be known already.</summary>
    public void Restore(RouteQuestion question, IEnumerable<(long Id, DateTimeOffset At)> answered, DateTimeOffset now)
    {
        if (question.Caller is not { } caller)
        {
            return;
        }

        if (Interlocked.Increment(ref _added) % LookEvery == 0 && _calls.Count > Most)
        {
            foreach (var old in _calls.Where(c => Fresh(c.Value, now) == 0).Select(c => c.Key).ToList())
            {
                _calls.TryRemove(old, out _);
            }
        }

        var calls = _calls.GetOrAdd((caller, question.Dialled?.E164 ?? question.DialledRaw), _ => []);
        lock (calls)
        {
            foreach (var (id, at) in answered)
            {
                calls.TryAdd(id, at);
            }

            foreach (var old in calls.Where(c => c.Value <= now - Window).Select(c => c.Key).ToList())
            {
                calls.Remove(old);
            }
        }
    }

    /// <summary>Calls within the last minute; a hidden caller's cannot be told apart.</summary>
    public int CountOf(RouteQuestion question, DateTimeOffset now) =>
        question.Caller is { } caller && _calls.TryGetValue((caller, question.Dialled?.E164 ?? question.DialledRaw), out var calls) ? Fresh(calls, now) : 1;

    private static int Fresh(Dictionary<long, DateTimeOffset> calls, DateTimeOffset now)
    {
        lock (calls)
        {
            return calls.Values.Count(at => at > now - Window);
        }
    }
}
