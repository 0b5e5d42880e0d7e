using System.Security.Claims;
using System.Text.Json;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Rules;

/// <summary>What became of an edit.</summary>
/// <param name="Saved">The rule as it stands now; null when nothing was changed, or it was taken away.</param>
/// <param name="Faults">By field of the draft.</param>
/// <param name="Newer">What somebody else made of it meanwhile.</param>
/// <param name="Gone">It is not there any more: somebody else took it away meanwhile, or this edit did.</param>
/// <param name="Refusal">Why it does not fit the other rules.</param>
public sealed record RuleEdit(RuleItem? Saved, IReadOnlyDictionary<string, string[]>? Faults = null, RuleItem? Newer = null, bool Gone = false, string? Refusal = null);

/// <summary>Rules as people read and change them in the console; the same checks, versions and audit as by the API.</summary>
public sealed class RuleEditor
{
    private readonly HubDatabase _database;
    private readonly RuleBook _book;
    private readonly RuleStore _store;
    private readonly RuleReader _reader;
    private readonly TimeProvider _time;

    internal RuleEditor(HubDatabase database, RuleBook book, RuleStore store, RuleReader reader, TimeProvider time) =>
        (_database, _book, _store, _reader, _time) = (database, book, store, reader, time);

    /// <summary>The newest rules that a person sees, and the version of their table.</summary>
    public async Task<(int Version, IReadOnlyList<RuleItem> Rules)> ListAsync(HubAccess access, CancellationToken ct)
    {
        await using var context = _database.CreateContext();
        var table = await _book.LatestAsync(context, ct);
        return (table.Version, [.. table.Rules.Where(r => r.IsSeenBy(access)).Select(RuleItem.Of)]);
    }

    /// <param name="draft">Its id and version are given by the hub.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RuleEdit> CreateAsync(RuleItem draft, ClaimsPrincipal who, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(_time.GetUtcNow()).ToString("N");
        return TryRead(draft, id, out var rule, out var faulty)
            ? await ChangeAsync(who, "rule.create", (table, version) => Checked([.. table.Rules, rule with { Version = version }], null, rule with { Version = version }), ct)
            : faulty;
    }

    /// <param name="draft">With the id of the rule, and the version that its editor has seen.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RuleEdit> UpdateAsync(RuleItem draft, ClaimsPrincipal who, CancellationToken ct) =>
        TryRead(draft, draft.Id, out var rule, out var faulty)
            ? await ChangeAsync(
                who,
                "rule.update",
                (table, version) => Seen(table, draft, out var current) ?? Checked([.. table.Rules.Select(r => r.Id == draft.Id ? rule with { Version = version } : r)], current, rule with { Version = version }),
                ct)
            : faulty;

    /// <param name="seen">The rule as it stood before who wants it away.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public Task<RuleEdit> DeleteAsync(RuleItem seen, ClaimsPrincipal who, CancellationToken ct) =>
        ChangeAsync(who, "rule.delete", (table, _) => Seen(table, seen, out var current) ?? Checked([.. table.Rules.Where(r => r.Id != seen.Id)], current, null), ct);

    private bool TryRead(RuleItem draft, string id, out CallRule rule, out RuleEdit faulty)
    {
        rule = _reader.Read(JsonSerializer.SerializeToElement(draft, JsonSerializerOptions.Web), id, out _, out var faults);
        faulty = new RuleEdit(null, faults);
        return faults.Count == 0;
    }

    /// <returns>Null when the rule is still the one that was seen.</returns>
    private static (RuleChange, RuleEdit)? Seen(RuleTable table, RuleItem seen, out CallRule? current)
    {
        current = table.Rules.FirstOrDefault(r => r.Id == seen.Id);
        return current is null ? Refused(new RuleEdit(null, Gone: true))
            : current.Version != seen.Version ? Refused(new RuleEdit(null, Newer: RuleItem.Of(current)))
            : null;
    }

    private static (RuleChange, RuleEdit) Checked(IReadOnlyList<CallRule> rules, CallRule? before, CallRule? after) =>
        RuleChecks.ReasonAgainst(rules, after) is { } reason
            ? Refused(new RuleEdit(null, Refusal: reason))
            : (new RuleChange(rules, before, after), new RuleEdit(after is null ? null : RuleItem.Of(after), Gone: after is null));

    private static (RuleChange, RuleEdit) Refused(RuleEdit edit) => (RuleChange.Refused(Results.Conflict()), edit);

    private async Task<RuleEdit> ChangeAsync(ClaimsPrincipal who, string action, Func<RuleTable, int, (RuleChange Change, RuleEdit Edit)> change, CancellationToken ct)
    {
        // The store may ask again, after a deadlock: the last answer counts.
        RuleEdit? edit = null;
        await _store.ChangeAsync(
            who,
            action,
            (table, version) =>
            {
                (var made, edit) = change(table, version);
                return made;
            },
            ct);
        return edit!;
    }
}
