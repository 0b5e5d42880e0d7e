using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>UIS has no API for «Показывать при звонке» (reference 5.1): the legs of the last calls tell.</summary>
public sealed class CallerNumberEvidenceTests
{
    private const string Client = "79035550001";
    private const string Service = Company.MoscowNumber;
    private static readonly DateTimeOffset At = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_LegsShowTheClient_IsRight() =>
        CallerNumberEvidence.Of([Call(Leg("+7 903 555-00-01"), Leg(Client))]).Should().Be(new CallerNumberEvidence(2, 0, null));

    [Fact]
    public void Of_OneLegShowsTheVirtualNumber_IsWrong()
    {
        var evidence = CallerNumberEvidence.Of([Call(Leg(Client), Leg(Service))]);

        evidence.Should().Be(new CallerNumberEvidence(1, 1, At));
        evidence.IsWrong.Should().BeTrue("each operation has a switch of its own");
    }

    [Fact]
    public void Of_WhatProvesNothing_IsNone() => CallerNumberEvidence.Of(
    [
        Call(Leg(null)),
        Call(Leg(Service) with { IsClientLeg = true }),
        Call(Leg(Service) with { Participant = null }),
        Call(Leg(Service)) with { Direction = CallDirection.Out },
        Call(Leg(Service)) with { InternalByPbx = true },
        Call(Leg(Service)) with { ClientPhoneRaw = "anonymous" },
    ]).Should().Be(CallerNumberEvidence.None);

    private static Call Call(params CallLeg[] legs) => new()
    {
        Key = new SessionKey(Company.Moscow, 1),
        Direction = CallDirection.In,
        State = CallState.Answered,
        Ended = true,
        Answered = true,
        ClientPhoneRaw = Client,
        VirtualNumber = Service,
        StartedAt = At,
        Legs = legs,
    };

    private static CallLeg Leg(string? calling) => new() { Id = 1, CallingNumber = calling, CalledNumber = "0101001", Participant = new Participant(8, "Анна", "0101001"), FirstSeenAt = At };
}
