namespace TelephonyHub.Simulator.Uis;

/// <summary>One UIS account. <see cref="EventsUrl"/> and <see cref="RouteUrl"/> stay settable: the hub's address is known only once it runs.</summary>
/// <param name="Key">the hub's key of the cabinet (msk, spb, …)</param>
/// <param name="TimeZone">IANA zone of all times on the wire</param>
public sealed record SimCabinetOptions(string Key, string Name, string TimeZone, string AccessToken, long AppId)
{
    /// <summary>Full URL of the notification handler, secret included; null = nothing is sent.</summary>
    public Uri? EventsUrl { get; set; }

    /// <summary>Full URL of the interactive handler, secret included; null = straight to the fallback group.</summary>
    public Uri? RouteUrl { get; set; }

    public IReadOnlyList<string> VirtualNumbers { get; init; } = [];

    public IReadOnlyList<SimEmployee> Employees { get; init; } = [];

    public IReadOnlyList<SimGroup> Groups { get; init; } = [];

    public IReadOnlyList<SimSipLine> SipLines { get; init; } = [];

    public IReadOnlyList<SimTag> Tags { get; init; } = [new(101, "Целевой"), new(102, "Нецелевой"), new(103, "Спам")];

    /// <summary>The first serves every number that <see cref="ScenarioByNumber"/> does not name; empty = one hook scenario made of the settings below.</summary>
    public IReadOnlyList<SimScenario> Scenarios { get; init; } = [];

    /// <summary>Number → scenario; 0 = the number has none.</summary>
    public IReadOnlyDictionary<string, long> ScenarioByNumber { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Group behind the branches `http_request_failed` and `dial_failed` of the default scenario; null = the first group.</summary>
    public long? FallbackGroupId { get; init; }

    /// <summary>Branch "Код возврата n" of the default scenario → group.</summary>
    public IReadOnlyDictionary<int, long> ReturnedCodes { get; init; } = new Dictionary<int, long>();

    /// <summary>GET or POST of the interactive request.</summary>
    public string RouteMethod { get; set; } = "GET";

    /// <summary>The ticked parameters, in order; `cdr_id` is the old name of `call_session_id` (section 4.3).</summary>
    public IReadOnlyList<string> RouteParameters { get; set; } = ["call_session_id", "numa", "numb", "start_time", "input_result", "direction"];

    /// <summary>GET or POST of the notifications.</summary>
    public string NotificationMethod { get; set; } = "POST";

    public NotificationTemplates Templates { get; set; } = NotificationTemplates.Default;

    /// <summary>Of POST notifications; the vendor's is not documented (section 3.2).</summary>
    public string NotificationContentType { get; set; } = "application/json";

    /// <summary>How a value of a GET notification is written (not documented, section 3.2).</summary>
    public GetValueStyle GetValues { get; set; } = GetValueStyle.Plain;

    /// <summary>Adds event=&lt;mnemonic&gt; to <see cref="EventsUrl"/>, as the URLs that the hub hands out do.</summary>
    public bool AppendEventToUrl { get; set; }

    /// <summary>Login and password of `login.user`; null = only the permanent key works.</summary>
    public string? Login { get; init; }

    public string? Password { get; init; }

    /// <summary>Data API points (section 2.1).</summary>
    public int MinutePoints { get; init; } = 60;

    public int DayPoints { get; init; } = 3000;

    /// <summary>Points an hour of the new report methods (section 2.1).</summary>
    public int ReportHourPoints { get; init; } = 100_000;

    /// <summary>Call API points (section 1.4).</summary>
    public int CallMinutePoints { get; init; } = 150;

    public int CallDayPoints { get; init; } = 750;

    /// <summary>Addresses or networks that may call the API; empty = default deny, as at the vendor.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = ["0.0.0.0/0", "::/0"];

    /// <summary>Components the account has bought (section 1.3).</summary>
    public IReadOnlySet<string> Components { get; init; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "callapi", "callapi_management_call", "callapi_informer_call", "callapi_scenario_call", "dataapi", "dataapi_provisioning", "notification_by_http", "integration", "va", "sip", "recording",
    };

    /// <summary>Numbers on the blacklist at the start: the API refuses them with `contact_in_blacklist`, their calls end with `numa_in_black_list`.</summary>
    public IReadOnlySet<string> Blacklist { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The address book at the start.</summary>
    public IReadOnlyList<SimContact> Contacts { get; init; } = [];

    /// <summary>What a key pressed during a talk does (list.talk_options).</summary>
    public IReadOnlyList<SimTalkOption> TalkOptions { get; init; } = SimTalkOption.Usual;

    /// <summary>The media library.</summary>
    public IReadOnlyList<SimMediaFile> MediaFiles { get; init; } = SimMediaFile.Usual;

    /// <summary>Longest text to be spoken (`max_callapi_tts_length`).</summary>
    public int TtsMaxLength { get; init; } = 500;

    /// <summary>"Показывать при звонке" of all operations and transfers: true = the virtual number, false = the caller's; null = each operation's own.</summary>
    public bool? UseNumbAsNuma { get; set; }

    /// <summary>How far the cabinet's clock is ahead; every time that it puts on the wire is wrong by it.</summary>
    public double ClockSkewSeconds { get; set; }

    /// <summary>Roubles per minute of a leg to the public network, by `direction_type` (section 2.5).</summary>
    public IReadOnlyDictionary<string, decimal> Tariff { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["local"] = 0.5m,
        ["mobile"] = 1.8m,
        ["national"] = 2.5m,
        ["international"] = 15m,
    };
}

public enum GetValueStyle
{
    /// <summary>Strings bare, null empty, arrays as JSON text.</summary>
    Plain,

    /// <summary>The JSON literal, quotes included, percent-encoded.</summary>
    JsonLiteral,
}
