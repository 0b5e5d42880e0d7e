using System.Security.Claims;
using System.Text.Json;
using TelephonyHub.Storage;

namespace TelephonyHub.Rules;

/// <summary>What became of an edit.</summary>
/// <param name="Saved">The rule as it stands now; null when nothing was changed.</param>
/// <param name="Faults">By field of the draft.</param>
/// <param name="Newer">What somebody else made of it meanwhile.</param>
/// <param name="Gone">Somebody else took it away meanwhile.</param>
/// <param name="Refusal">Why it does not fit the other rules.</param>
public sealed record RuleEdit(RuleItem? Saved, IReadOnlyDictionary<string, string[]>? Faults = null, RuleItem? Newer = null, bool Gone = false, string? Refusal = null);

/// <summary>Rules as people read and change them in the console; the same checks, versions and audit as by the API.</summary>
public sealed class RuleEditor
{
    private readonly HubDatabase _database;
    private readonly RuleBook _book;
    private readonly RuleStore _store;
    private readonly RuleReader _reader;

    internal RuleEditor(HubDatabase database, RuleBook book, RuleStore store, RuleReader reader) => (_database, _book, _store, _reader) = (database, book, store, reader);

    /// <summary>The newest rules and the version of their table.</summary>
    public async Task<(int Version, IReadOnlyList<RuleItem> Rules)> ListAsync(CancellationToken ct)
    {
        await using var context = _database.CreateContext();
        var table = await _book.LatestAsync(context, ct);
        return (table.Version, [.. table.Rules.Select(RuleItem.Of)]);
    }

    /// <param name="draft">With the id of the rule, and the version that its editor has seen.</param>
    /// <param name="who">Asks for it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RuleEdit> UpdateAsync(RuleItem draft, ClaimsPrincipal who, CancellationToken ct)
    {
        var rule = _reader.Read(JsonSerializer.SerializeToElement(draft, JsonSerializerOptions.Web), draft.Id, out _, out var faults);
        if (faults.Count > 0)
        {
            return new RuleEdit(null, faults);
        }

        RuleEdit? refused = null;
        var (_, change) = await _store.ChangeAsync(
            who,
            "rule.update",
            (table, version) =>
            {
                var current = table.Rules.FirstOrDefault(r => r.Id == draft.Id);
                var after = rule with { Version = version };
                IReadOnlyList<CallRule> rules = [.. table.Rules.Select(r => r.Id == draft.Id ? after : r)];
                refused = current is null ? new RuleEdit(null, Gone: true)
                    : current.Version != draft.Version ? new RuleEdit(null, Newer: RuleItem.Of(current))
                    : RuleChecks.ReasonAgainst(rules, after) is { } reason ? new RuleEdit(null, Refusal: reason)
                    : null;
                return refused is null ? new RuleChange(rules, current, after) : RuleChange.Refused(Results.Conflict());
            },
            ct);
        return refused ?? new RuleEdit(RuleItem.Of(change.After!));
    }
}
