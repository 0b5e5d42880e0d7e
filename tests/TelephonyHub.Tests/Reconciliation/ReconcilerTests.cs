using TelephonyHub.Reconciliation;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Reconciliation;

/// <summary>The figures of the proof.</summary>
public sealed class ReconcilerTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Before = new(2026, 3, 2);
    private static readonly DateOnly After = new(2026, 3, 3);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(-2, -1)]
    public void CompareDay_SessionSecondsFromMidnightByTwoClocks_CountsOnTheReportsDay(int report, int journal)
    {
        Reconciler.Reported[] reported = [Row(1, Midnight.AddSeconds(report))];
        CallRow[] journaled = [Call(1, Midnight.AddSeconds(journal))];

        var (expected, other) = report < 0 ? (Before, After) : (After, Before);
        var proof = Reconciler.CompareDay(expected, Moscow, reported, journaled, new HashSet<long> { 1 });
        var rest = Reconciler.CompareDay(other, Moscow, reported, journaled, new HashSet<long> { 1 });

        (proof.Pbx, proof.Journal, proof.CrmExpected, proof.Crm, proof.Differences.Count).Should().Be((1, 1, 1, 1, 0));
        (rest.Pbx, rest.Journal, rest.Differences.Count).Should().Be((0, 0, 0));
    }

    [Fact]
    public void CompareDay_WhatOnlyOneSideHas_IsNamed()
    {
        var proof = Reconciler.CompareDay(After, Moscow, [Row(1, Midnight.AddHours(1)), Row(2, Midnight.AddHours(2))], [Call(2, Midnight.AddHours(2)), Call(3, Midnight.AddHours(3))], new HashSet<long> { 3 });

        (proof.Pbx, proof.Journal, proof.CrmExpected, proof.Crm).Should().Be((2, 2, 2, 1));
        proof.Differences.Select(d => (d.SessionId, d.Reason)).Should().BeEquivalentTo(
        [
            ("1", "in the PBX's report, not in the journal"),
            ("3", "in the journal, not in the PBX's report"),
            ("2", "expected in the CRM, not there"),
        ]);
    }

    private static Reconciler.Reported Row(long id, DateTimeOffset start) => new(new UisCallRow { Id = id }, start, start.AddSeconds(30));

    private static CallRow Call(long id, DateTimeOffset start) => new()
    {
        Cabinet = "msk",
        SessionId = id,
        ConversationId = $"msk:{id}",
        Direction = "in",
        State = "answered",
        Data = "{}",
        StartedAt = start,
        Ended = true,
        CrmExpected = true,
    };
}
