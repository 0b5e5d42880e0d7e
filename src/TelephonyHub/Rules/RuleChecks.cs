namespace TelephonyHub.Rules;

/// <summary>What must hold of all rules together. Pure.</summary>
internal static class RuleChecks
{
    private const int MostRules = 500;

    /// <param name="rules">As they would be.</param>
    /// <param name="changed">The one that is new or other than before; null when one was taken away.</param>
    /// <returns>Null when all is well.</returns>
    public static string? ReasonAgainst(IReadOnlyList<CallRule> rules, CallRule? changed)
    {
        if (rules.Count > MostRules)
        {
            return $"there may be at most {MostRules} rules.";
        }

        if (changed is not null && rules.FirstOrDefault(r => r.Id != changed.Id && IsSameKey(r.When, changed.When)) is { } other)
        {
            return $"rule '{other.Name}' ({other.Id}) is for the same calls: change that one, or give this one another cabinet or condition.";
        }

        var missing = RuleTable.BuiltIn.Rules.Select(r => r.When).FirstOrDefault(cell => !rules.Any(r => r.When == cell));
        return missing is null
            ? null
            : $"the rule for any cabinet without conditions (direction {(missing.Direction == Calls.CallDirection.In ? "in" : "out")}, client {(missing.KnownClient ? "known" : "unknown")}, "
                + $"result {(missing.Answered ? "answered" : "missed")}) must stay: without it nothing would be said of such calls. Change what it does instead.";
    }

    private static bool IsSameKey(RuleKey one, RuleKey other) =>
        one with { Tag = null } == other with { Tag = null } && string.Equals(one.Tag, other.Tag, StringComparison.OrdinalIgnoreCase);
}
