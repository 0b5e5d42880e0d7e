using TelephonyHub.Control;
using TelephonyHub.Uis;

namespace TelephonyHub.Tests.Control;

/// <summary>What the asker is told when UIS refuses: one place, every category.</summary>
public sealed class ControlProblemTests
{
    [Theory]
    [InlineData(UisFailure.Permanent, "tts_text_exceeded", 422)]
    [InlineData(UisFailure.NotFound, "no_active_phone_number", 422)]
    [InlineData(UisFailure.NotFound, "leg_not_found", 404)]
    [InlineData(UisFailure.NotFound, "call_session_not_found", 409)]
    [InlineData(UisFailure.Conflict, "invalid_state", 409)]
    [InlineData(UisFailure.Limit, "limit_exceeded", 429)]
    [InlineData(UisFailure.Authentication, "access_token_invalid", 502)]
    [InlineData(UisFailure.AccessDenied, "ip_not_whitelisted", 502)]
    [InlineData(UisFailure.Transient, "connection", 503)]
    [InlineData(UisFailure.Unknown, "timeout", 504)]
    public void Of_EachCategory_HasOneStatus(UisFailure failure, string mnemonic, int status)
    {
        var problem = ControlProblem.Of(new UisApiException(failure, "hold.call", mnemonic), CallStates.Talk, default);

        (problem.Status, problem.Mnemonic).Should().Be((status, mnemonic));
        problem.Title.Should().NotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Of_EveryCategory_IsKnown()
    {
        foreach (var failure in Enum.GetValues<UisFailure>())
        {
            ControlProblem.Of(new UisApiException(failure, "hold.call", "x"), CallStates.Talk, default).Status.Should().BeInRange(400, 599);
        }
    }

    [Fact]
    public void Of_AConflict_NamesTheState()
    {
        ControlProblem.Of(new UisApiException(UisFailure.Conflict, "hold.call", "invalid_state"), CallStates.OperatorTalk, default).Title.Should().Contain("operatorTalk");
    }

    [Fact]
    public void Of_RecordingThatTheCabinetSets_IsNoMatterOfTheKeyAlone()
    {
        ControlProblem.Of(new UisApiException(UisFailure.AccessDenied, "record.call", "forbidden"), CallStates.Talk, default).Status.Should().Be(422);
    }

    [Fact]
    public void Of_UsedUpPoints_SaysWhenToComeAgain()
    {
        ControlProblem.Of(new UisApiException(UisFailure.Limit, "hold.call", "limit_exceeded", retryAfter: TimeSpan.FromSeconds(17)), CallStates.Talk, default).RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public void WrongState_SaysTheStateAndWhereItWouldBePossible()
    {
        ControlProblem.WrongState(CallAction.Restore, CallStates.Talk).Title.Should().Be("The call is in state talk; restore is possible in dialing|operatorTalk.");
    }
}
