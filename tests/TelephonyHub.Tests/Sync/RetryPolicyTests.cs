using TelephonyHub.Creatio;
using TelephonyHub.Sync;
using TelephonyHub.Tests.Hosting;
using TelephonyHub.Uis;

namespace TelephonyHub.Tests.Sync;

/// <summary>Promise 5: a permanent error is not retried, a passing one is.</summary>
public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly RetryPolicy _policy = new(Company.Settings(("Sync:MaxAttempts", "5")));

    [Theory]
    [InlineData(CreatioFailure.Permanent, FailureCategory.Permanent)]
    [InlineData(CreatioFailure.Limit, FailureCategory.Limit)]
    [InlineData(CreatioFailure.Authentication, FailureCategory.Authentication)]
    [InlineData(CreatioFailure.Conflict, FailureCategory.Conflict)]
    [InlineData(CreatioFailure.NotFound, FailureCategory.NotFound)]
    [InlineData(CreatioFailure.Transient, FailureCategory.Transient)]
    public void Of_FailureOfTheCrm_Category(CreatioFailure failure, FailureCategory expected) => SyncFailure.Of(new CreatioException(failure, "words")).Category.Should().Be(expected);

    [Theory]
    [InlineData(UisFailure.Permanent, FailureCategory.Permanent)]
    [InlineData(UisFailure.AccessDenied, FailureCategory.Permanent)]
    [InlineData(UisFailure.Unknown, FailureCategory.Permanent)]
    [InlineData(UisFailure.Limit, FailureCategory.Limit)]
    [InlineData(UisFailure.Authentication, FailureCategory.Authentication)]
    [InlineData(UisFailure.Conflict, FailureCategory.Conflict)]
    [InlineData(UisFailure.NotFound, FailureCategory.NotFound)]
    [InlineData(UisFailure.Transient, FailureCategory.Transient)]
    public void Of_FailureOfThePbx_Category(UisFailure failure, FailureCategory expected) => SyncFailure.Of(new UisApiException(failure, "get.account", "x")).Category.Should().Be(expected);

    [Fact]
    public void Of_VendorsTextWithANumber_NotInTheWords() =>
        SyncFailure.Of(new UisApiException(UisFailure.Permanent, "get.account", "x", vendorMessage: "79161234567 is wrong")).Words.Should().NotContain("79161234567");

    [Fact]
    public void Of_NetworkOrAFaultOfOurOwn_Transient()
    {
        SyncFailure.Of(new HttpRequestException("x")).Category.Should().Be(FailureCategory.Transient);
        SyncFailure.Of(new TimeoutException()).Category.Should().Be(FailureCategory.Transient);
        SyncFailure.Of(new InvalidOperationException("bug")).Should().Be(new SyncFailure(FailureCategory.Transient, "InvalidOperationException: bug") { OfTheHub = true });
    }

    [Theory]
    [InlineData(FailureCategory.Permanent)]
    [InlineData(FailureCategory.NotFound)]
    [InlineData(FailureCategory.Blocked)]
    public void NextAttempt_WillNotPass_Never(FailureCategory category) => Next(category, 1).Should().BeNull();

    [Theory]
    [InlineData(FailureCategory.Transient)]
    [InlineData(FailureCategory.Limit)]
    [InlineData(FailureCategory.Authentication)]
    public void NextAttempt_CrmAwayOverTheWeekend_TriedEveryTenMinutesUntilTheHoursAreOver(FailureCategory category)
    {
        Next(category, 500, failing: TimeSpan.FromHours(71.9)).Should().BeAfter(Now).And.BeOnOrBefore(Now.AddMinutes(10), "however often it was tried");
        Next(category, 2, failing: TimeSpan.FromHours(72)).Should().BeNull("dead after Sync:RetryHours");
    }

    [Fact]
    public void NextAttempt_RetryHoursSet_Obeyed() =>
        new RetryPolicy(Company.Settings(("Sync:RetryHours", "0.5"))).NextAttempt(new SyncFailure(FailureCategory.Transient, ""), 2, TimeSpan.FromMinutes(30), Now, 1).Should().BeNull();

    public static TheoryData<SyncFailure> FailuresOfOurOwn => [new SyncFailure(FailureCategory.Conflict, "no such record"), SyncFailure.Of(new InvalidOperationException("bug"))];

    [Theory]
    [MemberData(nameof(FailuresOfOurOwn))]
    public void NextAttempt_WhatTimeAloneWillHardlyMend_UntilTheAttemptsAreUsedUp(SyncFailure failure)
    {
        _policy.NextAttempt(failure, 4, TimeSpan.FromMinutes(1), Now, 1).Should().BeAfter(Now);
        _policy.NextAttempt(failure, 5, TimeSpan.FromMinutes(1), Now, 1).Should().BeNull("dead after Sync:MaxAttempts");
    }

    [Fact]
    public void NextAttempt_Transient_TwiceAsLongEachTimeWithJitter()
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var whole = TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));

            Next(FailureCategory.Transient, attempt).Should().BeOnOrAfter(Now + (whole / 2)).And.BeOnOrBefore(Now + whole);
        }
    }

    [Fact]
    public void NextAttempt_ManyAttempts_TenMinutesAtMost() =>
        Next(FailureCategory.Transient, 900).Should().BeOnOrBefore(Now.AddMinutes(10)).And.BeOnOrAfter(Now.AddMinutes(5));

    [Theory]
    [InlineData(FailureCategory.Transient)]
    [InlineData(FailureCategory.Limit)]
    public void NextAttempt_OtherSideAsksToWait_Obeyed(FailureCategory category) =>
        _policy.NextAttempt(new SyncFailure(category, "", TimeSpan.FromSeconds(77)), 1, TimeSpan.Zero, Now, RetryPolicy.Jitter()).Should().Be(Now.AddSeconds(77));

    [Fact]
    public void NextAttempt_LoginRefused_KnocksSlowlySoThatTheUserIsNotLocked() => Next(FailureCategory.Authentication, 1).Should().Be(Now.AddSeconds(30));

    private DateTimeOffset? Next(FailureCategory category, int attempts, TimeSpan failing = default) =>
        _policy.NextAttempt(new SyncFailure(category, "words"), attempts, failing, Now, RetryPolicy.Jitter());
}
