using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Uis.CallApi;

/// <summary>Item of <c>list.calls</c> (reference 1.8).</summary>
public sealed record UisLiveCall
{
    /// <summary>Session.</summary>
    public required long CallSessionId { get; init; }

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Start: account-local (Kind Unspecified), or UTC where the wire says <c>Z</c>.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>The account's number.</summary>
    public string? VirtualPhoneNumber { get; init; }

    /// <summary>The outside party.</summary>
    public string? ContactPhoneNumber { get; init; }

    /// <summary>Our correlation id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<UisTag> Tags { get; init; } = [];

    /// <summary>Legs.</summary>
    public IReadOnlyList<UisLiveLeg> Legs { get; init; } = [];
}

/// <summary>Leg of a live call.</summary>
public sealed record UisLiveLeg
{
    /// <summary>Leg.</summary>
    public required long LegId { get; init; }

    /// <summary>Calling side.</summary>
    public string? CallingPhoneNumber { get; init; }

    /// <summary>Called side; may carry a tail such as <c>...9.2.3.3</c>.</summary>
    public string? CalledPhoneNumber { get; init; }

    /// <summary>May use talk options.</summary>
    public bool? IsOperator { get; init; }

    /// <summary>Employee.</summary>
    public long? EmployeeId { get; init; }

    /// <summary>His name.</summary>
    public string? EmployeeFullName { get; init; }

    /// <summary>Is recorded.</summary>
    public bool? RecordCallEnabled { get; init; }

    /// <summary>State, read from <see cref="StateText"/>.</summary>
    public UisLegState State { get; init; }

    /// <summary>State as sent, Russian.</summary>
    public string? StateText { get; init; }
}

/// <summary>State of a live leg.</summary>
public enum UisLegState
{
    /// <summary>A text that is not in the reference.</summary>
    Unknown,

    /// <summary>«Дозвон».</summary>
    Dialing,

    /// <summary>«Разговор».</summary>
    Talk,

    /// <summary>«На очереди».</summary>
    Queued,

    /// <summary>«Разъединено».</summary>
    Disconnected,

    /// <summary>«Разговор операторов».</summary>
    OperatorTalk,

    /// <summary>«На удержании».</summary>
    OnHold,

    /// <summary>«Перевод вызова».</summary>
    Transfer,

    /// <summary>«Отправка dtmf».</summary>
    SendingDtmf,

    /// <summary>«Получение факса».</summary>
    ReceivingFax,

    /// <summary>«Факс получен».</summary>
    FaxReceived,

    /// <summary>«Отправка факса».</summary>
    SendingFax,

    /// <summary>«Факс отправлен».</summary>
    FaxSent,
}

/// <summary>Item of <c>list.talk_options</c>.</summary>
/// <param name="Button">Key.</param>
/// <param name="Mnemonic"><c>finish_conversation</c>, <c>transfer_call</c>, …</param>
/// <param name="Name">Name.</param>
/// <param name="ValueId">Id of the option's object.</param>
/// <param name="Value">Its text.</param>
public sealed record UisTalkOption(string? Button, string? Mnemonic, string? Name, long? ValueId, string? Value);
