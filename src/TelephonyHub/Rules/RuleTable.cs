using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;

namespace TelephonyHub.Rules;

/// <summary>What of a call decides which rule acts.</summary>
public sealed record RuleQuestion(CabinetKey Cabinet, CallDirection Direction, bool KnownClient, bool Answered)
{
    public PhoneNumber? Dialled { get; init; }

    public int TalkSeconds { get; init; }

    public int WaitSeconds { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>One version of all rules. Immutable; for each kind of call there is one rule without conditions for any cabinet, so there is always an answer.</summary>
public sealed class RuleTable
{
    /// <summary>Of the table that a new hub begins with; stored ones follow it.</summary>
    public const int BuiltInVersion = 1;

    private readonly IReadOnlyList<CallRule> _bySpecificity;

    public RuleTable(int version, IReadOnlyList<CallRule> rules)
    {
        (Version, Rules) = (version, rules);
        _bySpecificity = [.. rules
            .OrderBy(r => r.When.Cabinet is null)
            .ThenBy(r => r.When.DialledNumber is null)
            .ThenBy(r => r.When.Tag is null)
            .ThenByDescending(r => r.When.MinTalkSeconds ?? -1)
            .ThenByDescending(r => r.When.MinWaitSeconds ?? -1)
            .ThenBy(r => r.When.Tag, StringComparer.OrdinalIgnoreCase)
            .ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    public static RuleTable BuiltIn { get; } = new(BuiltInVersion, DefaultRules.All);

    public int Version { get; }

    public IReadOnlyList<CallRule> Rules { get; }

    /// <summary>
    /// The most specific rule that fits: of this cabinet before any, then with the number dialled, then with a tag, then with the longest talk or wait.
    /// </summary>
    public CallRule For(RuleQuestion question) =>
        _bySpecificity.FirstOrDefault(r => Fits(r.When, question))
        ?? throw new InvalidOperationException($"Version {Version} of the rules lacks one for calls {question.Direction}, known {question.KnownClient}, answered {question.Answered}.");

    /// <summary>
    /// Asked while the phone rings, for the card: the rule that would act if the call were answered, as far as it is known by then (a talk that has not
    /// been and tags that are not set narrow nothing; rules with such conditions have no say on cards).
    /// </summary>
    public CallRule CardRuleFor(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled) =>
        For(new RuleQuestion(cabinet, CallDirection.In, knownClient, Answered: true) { Dialled = dialled, TalkSeconds = -1 });

    private static bool Fits(RuleKey key, RuleQuestion call) =>
        key.Direction == call.Direction
        && key.KnownClient == call.KnownClient
        && key.Answered == call.Answered
        && (key.Cabinet is null || key.Cabinet == call.Cabinet.Value)
        && (key.DialledNumber is null || key.DialledNumber == call.Dialled?.E164)
        && (key.MinTalkSeconds is not { } talk || call.TalkSeconds >= talk)
        && (key.MinWaitSeconds is not { } wait || call.WaitSeconds >= wait)
        && (key.Tag is not { } tag || call.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase));
}
