using System.Security.Claims;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Rules;

/// <summary>A change that was asked for: the rules after it, or why it is refused.</summary>
internal sealed record RuleChange(IReadOnlyList<CallRule> Rules, CallRule? Before, CallRule? After)
{
    public IResult? Refusal { get; private init; }

    /// <summary>The version whose whole table becomes the next one's.</summary>
    public int? RulesOf { get; init; }

    public static RuleChange Refused(IResult why) => new([], null, null) { Refusal = why };
}

/// <summary>Each change makes a new version of the whole table, with its audit entry, in one transaction.</summary>
internal sealed class RuleStore(HubDatabase database, RuleBook book, Audit audit, TimeProvider time)
{
    /// <param name="who">Asks for it.</param>
    /// <param name="action">For the audit, e.g. <c>rule.update</c>.</param>
    /// <param name="change">The newest table and the number of the next version → what becomes of it. May be asked again, after a deadlock.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(RuleTable Table, RuleChange Change)> ChangeAsync(ClaimsPrincipal who, string action, Func<RuleTable, int, RuleChange> change, CancellationToken ct)
    {
        var (table, made) = await database.WriteAsync((context, token) => ChangeOnceAsync(context, who, action, change, token), ct);
        book.Take(table);
        return (table, made);
    }

    private async Task<(RuleTable, RuleChange)> ChangeOnceAsync(HubDbContext context, ClaimsPrincipal who, string action, Func<RuleTable, int, RuleChange> change, CancellationToken ct)
    {
        // Changes queue up, on all replicas: each sees the one before it, then follows it or is refused.
        await database.LockAsync(context, LockSpace.RuleTable, [""], ct);
        var table = await book.LatestAsync(context, ct);
        var version = table.Version + 1;
        var made = change(table, version);
        if (made.Refusal is not null)
        {
            return (table, made);
        }

        context.RuleVersions.Add(new RuleVersionRow
        {
            Version = version,
            Rules = RuleBook.Write(made.Rules),
            ChangedAt = time.GetUtcNow(),
            ChangedBy = who.Identity?.Name ?? "?",
            Change = (made.After ?? made.Before) is { } rule ? $"{action} {rule.Id}" : action,
        });
        object details = made.RulesOf is { } rulesOf
            ? new { version, before = new { table.Version }, after = new { version, rulesOf } }
            : new { version, before = made.Before, after = made.After };
        await audit.WriteAsync(context, who, action, details, ct);
        return (new RuleTable(version, made.Rules), made);
    }
}
