using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;

namespace TelephonyHub.Routing;

/// <summary>A reason in the two languages of the console.</summary>
public sealed record Reason(string En, string Ru);

/// <param name="Kind"><c>transfer | responsible | deputy | lastTalked | group | substitute | duty</c></param>
/// <param name="Phone">As UIS dials it, a post-dial tail included (<c>74955140578...2345</c>).</param>
/// <param name="Name">The person, where one is known.</param>
/// <param name="ContactId">His contact in the CRM.</param>
public sealed record ChainEntry(string Kind, string Phone, string? Name, Guid? ContactId, Reason Reason);

/// <summary>Who or what could have stood in the chain, and why it does not.</summary>
/// <param name="Kind">As in the chain; <c>caller</c> where the call itself is not put through.</param>
public sealed record LeftOut(string Kind, string? Phone, string? Name, Reason Reason);

/// <summary>What to do with the call, and why.</summary>
public sealed record RouteDecision
{
    public required IReadOnlyList<ChainEntry> Chain { get; init; }

    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    public required CallRegion Region { get; init; }

    public required Reason RegionReason { get; init; }

    public Client? Client { get; init; }

    /// <summary>The outside party; of a call that another one of the company handed over, that one's client.</summary>
    public PhoneNumber? ClientPhone { get; init; }

    /// <summary>The session that handed the client over.</summary>
    public SessionKey? HandedOverBy { get; init; }

    /// <summary>Numbers to dial, in order; empty: <see cref="ReturnedCode"/> is set.</summary>
    public required IReadOnlyList<string> Phones { get; init; }

    public int? ReturnedCode { get; init; }

    /// <summary>Why a code was returned instead of phones.</summary>
    public Reason? CodeReason { get; init; }

    /// <summary>Told to the manager before he is connected.</summary>
    public string? OperatorText { get; init; }

    /// <summary>Moment for which calendars and rota were read.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Version of calendars, rotas and settings that decided; 0: the settings file alone.</summary>
    public long PlanVersion { get; init; }

    /// <summary>The code's place among what a session was given before: a branch that was taken once does not help a second time.</summary>
    public static string CodeAsGiven(int code) => $"code:{code}";
}
