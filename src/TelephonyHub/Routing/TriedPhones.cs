using System.Collections.Concurrent;
using System.Collections.Immutable;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Routing;

/// <summary>
/// Phones given per session in the last hour. A repeated request without a new digit means that they did not answer; with a new digit the caller
/// chose anew and starts over.
/// </summary>
public sealed class TriedPhones
{
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // All are looked at for that: now and then only.
    private const int LookEvery = 1_000;
    private int _added;
    private readonly ConcurrentDictionary<(CabinetKey, long), ImmutableList<GivenPhones>> _sessions = new();

    public IReadOnlySet<string> Of(RouteQuestion question)
    {
        var tried = new HashSet<string>();
        string? digit = null;
        foreach (var given in question.CallId is { } id ? _sessions.GetValueOrDefault((question.Cabinet, id), []) : [])
        {
            if (given.Digit is not null && given.Digit != digit)
            {
                (digit, tried) = (given.Digit, []);
            }

            tried.UnionWith(given.Phones);
        }

        return question.Digit is null || question.Digit == digit ? tried : new HashSet<string>();
    }

    public bool Knows(RouteQuestion question) => question.CallId is { } id && _sessions.ContainsKey((question.Cabinet, id));

    public void Add(RouteQuestion question, IReadOnlyList<string> phones, DateTimeOffset now) => Restore(question, [new GivenPhones(question.Digit, phones, now)]);

    /// <summary>Adds answers that may be known already: the same one twice changes nothing.</summary>
    public void Restore(RouteQuestion question, IReadOnlyList<GivenPhones> answers)
    {
        if (question.CallId is not { } id || answers.Count == 0)
        {
            return;
        }

        _sessions.AddOrUpdate((question.Cabinet, id), _ => InOrder(answers), (_, known) => InOrder(known.Concat(answers)));
        if (Interlocked.Increment(ref _added) % LookEvery == 0)
        {
            var limit = answers[^1].At - Kept;
            foreach (var old in _sessions.Where(s => s.Value[^1].At < limit).ToList())
            {
                _sessions.TryRemove(old.Key, out _);
            }
        }
    }

    // Stored instants are whole microseconds.
    private static ImmutableList<GivenPhones> InOrder(IEnumerable<GivenPhones> answers) =>
        [.. answers.DistinctBy(a => (a.At.UtcTicks / TimeSpan.TicksPerMicrosecond, a.Digit, string.Join(',', a.Phones))).OrderBy(a => a.At)];
}

/// <summary>Phones of one answer.</summary>
/// <param name="Digit">Pressed before it; null: nothing.</param>
public sealed record GivenPhones(string? Digit, IReadOnlyList<string> Phones, DateTimeOffset At);
