using System.Text.Json;
using TelephonyHub.Calls;

namespace TelephonyHub.Rules;

/// <summary>Which calls a rule is for.</summary>
/// <param name="Cabinet">Key; null: any.</param>
/// <param name="Direction"><c>in | out</c></param>
/// <param name="Client"><c>known | unknown</c> in the CRM at the time of the call</param>
/// <param name="Result"><c>answered | missed</c>; an outgoing call that reached nobody is missed</param>
/// <param name="DialledNumber">Number of the company; null: any.</param>
/// <param name="MinTalkSeconds">Only of answered calls.</param>
/// <param name="Tag">A tag of UIS, compared without case.</param>
/// <param name="MinWaitSeconds">Only of missed calls.</param>
public sealed record RuleWhenItem(string? Cabinet, string Direction, string Client, string Result, string? DialledNumber, int? MinTalkSeconds, string? Tag, int? MinWaitSeconds);

/// <param name="Action"><c>none | ifNoneOpen | always | close</c>; close: a deal that this call made is closed if nobody has touched it, only of rules with a tag</param>
/// <param name="Entity"><c>opportunity | lead | order</c>; null: as <c>Sync:DealEntity</c></param>
/// <param name="StageId">Null: the hub's default. Of a lead its qualification status, of an order its status. With close the one it is closed with.</param>
/// <param name="TypeId">Null: the hub's default. Of a lead the customer's need; orders have none.</param>
/// <param name="Title">Template: <c>{client} {name} {phone} {region} {cabinet} {dialled} {talked}</c></param>
public sealed record RuleDealItem(string Action, string? Entity, Guid? StageId, Guid? TypeId, string Title);

/// <param name="Amount">1–1000 minutes, 1–200 hours, 1–60 days</param>
/// <param name="Unit"><c>workingMinutes | workingHours | workingDays</c> of the owner's region</param>
public sealed record RuleDueItem(int Amount, string Unit);

/// <param name="Action"><c>none | create</c></param>
/// <param name="Text">Template, as of a deal's title</param>
/// <param name="ReviewText">Template for the owner of a client with whom somebody else talked</param>
/// <param name="Due">When it is due.</param>
/// <param name="Whose"><c>owner | talked | duty | person</c></param>
/// <param name="PersonId">Contact of the person, with <c>person</c></param>
public sealed record RuleTaskItem(string Action, string Text, string ReviewText, RuleDueItem Due, string Whose, Guid? PersonId);

/// <summary>What is done after calls of one kind.</summary>
/// <param name="Id">Given by the hub.</param>
/// <param name="Version">Version of the table in which it was made or last changed; also its ETag.</param>
/// <param name="Name">For people.</param>
/// <param name="When">Which calls it is for; no two rules are for the same.</param>
/// <param name="Contact"><c>none | find | create</c> (found, else created)</param>
/// <param name="Deal">What becomes of a deal.</param>
/// <param name="Task">Follow-up, or call-back after a missed call.</param>
/// <param name="Card"><c>none | onRing | onAnswer</c>; only of answered incoming calls</param>
/// <param name="CallRecord">A Call record is made.</param>
/// <param name="RecordingLinks">Any of <c>call, contact, deal</c></param>
public sealed record RuleItem(
    string Id, int Version, string Name, RuleWhenItem When, string Contact, RuleDealItem Deal, RuleTaskItem Task, string Card, bool CallRecord, IReadOnlyList<string> RecordingLinks)
{
    internal static RuleItem Of(CallRule rule) => new(
        rule.Id,
        rule.Version,
        rule.Name,
        new RuleWhenItem(
            rule.When.Cabinet, rule.When.Direction == CallDirection.In ? "in" : "out", rule.When.KnownClient ? "known" : "unknown", rule.When.Answered ? "answered" : "missed",
            rule.When.DialledNumber, rule.When.MinTalkSeconds, rule.When.Tag, rule.When.MinWaitSeconds),
        rule.Contact == ContactAction.FindOrCreate ? "create" : Word(rule.Contact),
        new RuleDealItem(Word(rule.Deal.Action), rule.Deal.Entity is { } entity ? Word(entity) : null, rule.Deal.StageId, rule.Deal.TypeId, rule.Deal.Title),
        new RuleTaskItem(Word(rule.Task.Action), rule.Task.Text, rule.Task.ReviewText, new RuleDueItem(rule.Task.Amount, Word(rule.Task.Unit)), Word(rule.Task.Assignee), rule.Task.PersonId),
        Word(rule.Card),
        rule.CallRecord,
        [.. rule.RecordingLinks.Select(Word)]);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <param name="Change">What was done to the version before.</param>
/// <param name="Rules">Only where one version is asked for.</param>
public sealed record RuleVersionItem(int Version, DateTimeOffset? ChangedAt, string? ChangedBy, string Change, IReadOnlyList<RuleItem>? Rules);
