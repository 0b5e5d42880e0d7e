namespace TelephonyHub.Simulator.Uis;

/// <summary>An entry of the PBX's address book (get.contacts, section 2.6).</summary>
public sealed record SimContact(long Id, string LastName, IReadOnlyList<string> PhoneNumbers)
{
    public string? FirstName { get; init; }

    public string? Patronymic { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Employee to whom operation 10 of a scenario forwards.</summary>
    public long? PersonalManagerId { get; init; }

    public string FullName => string.Join(' ', new[] { LastName, FirstName, Patronymic }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>A number on the blacklist (get.blacklist_phone_numbers).</summary>
public sealed record SimBlacklistEntry(long Id, string PhoneNumber, string? Comment, DateTimeOffset AddedAt);

/// <summary>A file of the media library.</summary>
public sealed record SimMediaFile(long Id, string Name, TimeSpan Duration)
{
    public static IReadOnlyList<SimMediaFile> Usual { get; } =
    [
        new(1, "10sec.mp3", TimeSpan.FromSeconds(10)),
        new(2, "op_hint.mp3", TimeSpan.FromSeconds(3)),
        new(3, "silent-is-gold.mp3", TimeSpan.FromSeconds(1)),
        new(2561, "hold.mp3", TimeSpan.FromSeconds(30)),
    ];
}

/// <summary>What a key does during a talk (list.talk_options, section 1.8).</summary>
/// <param name="Mnemonic">finish_conversation, tag_call, record_talk, transfer_call, call_coach, save_numa; run_scenario and receive_fax are refused</param>
/// <param name="ValueId">id of the tag</param>
/// <param name="Value">name of the tag; number to transfer to</param>
public sealed record SimTalkOption(string Button, string Mnemonic, string Name, long? ValueId = null, string? Value = null)
{
    public static IReadOnlyList<SimTalkOption> Usual { get; } =
    [
        new("1", "tag_call", "Проставить тег", 101, "Целевой"),
        new("2", "record_talk", "Записать разговор"),
        new("3", "call_coach", "Позвать тренера"),
        new("4", "save_numa", "Сохранить номер абонента"),
        new("#", "finish_conversation", "Завершить разговор"),
    ];
}
