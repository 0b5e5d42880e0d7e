using System.Text.Json;
using System.Text.Json.Serialization;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Kinds of tasks, in the order in which they are written.</summary>
public static class SyncKinds
{
    /// <summary>Ask the PBX's report who talked: no event said it.</summary>
    public const string Talker = "talker";
    public const string Contact = "contact";
    public const string Deal = "deal";
    public const string FollowUp = "followUp";
    public const string CallBack = "callBack";
    public const string Call = "call";
    public const string RecordingLink = "recordingLink";

    public static int RankOf(string kind) => kind switch
    {
        Talker => 0,
        Contact => 10,
        Deal => 20,
        FollowUp or CallBack => 30,
        Call => 40,
        _ => 50,
    };
}

/// <summary>What a record should look like; references to other records of the call are filled in when it is written.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(WantedTalker), "talker")]
[JsonDerivedType(typeof(WantedContact), "contact")]
[JsonDerivedType(typeof(WantedDeal), "deal")]
[JsonDerivedType(typeof(WantedActivity), "activity")]
[JsonDerivedType(typeof(WantedCall), "call")]
[JsonDerivedType(typeof(WantedLink), "link")]
public abstract record Wanted
{
    public string ToJson() => JsonSerializer.Serialize(this, HubJson.Stored);

    public static Wanted Read(string json) =>
        JsonSerializer.Deserialize<Wanted>(json, HubJson.Stored) ?? throw new JsonException("A task holds 'null' where a wanted record belongs.");
}

public sealed record WantedTalker : Wanted;

/// <summary>A record with a responsible.</summary>
public abstract record WantedOwned : Wanted
{
    /// <summary>The owner is who talked last with the client: where an earlier plan knew less and wrote another, he is put right.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByTalk { get; init; }
}

/// <param name="Phone">E.164; the number it is found by.</param>
/// <param name="Name">Of a contact that has to be made.</param>
/// <param name="Unlinked">Only looked for, because that decides what is wanted; the other records do not refer to it.</param>
/// <param name="OwnedBefore">Owners that the same call gave it, or may have, while less was known of who talked; null: none.</param>
public sealed record WantedContact(
    bool MayCreate,
    string Phone,
    string Name,
    Guid? OwnerId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unlinked = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? OwnedBefore = null) : WantedOwned;

/// <param name="Entity">What a deal is; null: as <c>Sync:DealEntity</c> says.</param>
/// <param name="StageId">With which it is made, or closed. Null: the default of the entity.</param>
/// <param name="TypeId">Null: the default of the entity.</param>
/// <param name="Always">A new one also while another is open.</param>
/// <param name="Closed">It is not wanted any more.</param>
public sealed record WantedDeal(
    string Title,
    string ClientName,
    string? Phone,
    Guid? OwnerId,
    DealEntity? Entity = null,
    Guid? StageId = null,
    Guid? TypeId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Always = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Closed = false) : WantedOwned;

/// <param name="Open">False: the reason is gone, the task is completed.</param>
/// <param name="Calls">How often the client tried, where it was more than once.</param>
/// <param name="Session">The second session it was made for before that was known as one, as its Call bears it; null: the task's own.</param>
public sealed record WantedActivity(
    bool Open,
    string Title,
    Guid? OwnerId,
    DateTimeOffset Start,
    DateTimeOffset Due,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Calls = 0,
    string? Session = null) : WantedOwned;

public sealed record WantedCall : Wanted
{
    public required string IntegrationId { get; init; }

    /// <summary>Of a second session: the one it followed from, as its Call bears it.</summary>
    public string? ParentCallId { get; init; }

    /// <summary>The same on all sessions of a conversation; null where there is only one.</summary>
    public string? LinkageId { get; init; }

    public required bool Incoming { get; init; }

    public required bool NoAnswer { get; init; }

    /// <summary>E.164 with plus, as received if unparsable, empty if hidden.</summary>
    public required string CallerId { get; init; }

    public required string CalledId { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public int Duration { get; init; }

    public int BeforeConnection { get; init; }

    public int Talk { get; init; }

    public int Hold { get; init; }

    public required string Caption { get; init; }

    public string? Notes { get; init; }

    /// <summary>The call-back task of an earlier missed call that this one belongs to, too; null: the task of its own plan.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>Only where the setting says so.</summary>
    public Guid? CreatedById { get; init; }
}

/// <param name="Parent"><c>call | contact | deal</c></param>
/// <param name="Hash">Of the file.</param>
/// <param name="Url">The hub's own.</param>
/// <param name="Session">The second session that was recorded, as its Call bears it; null: the task's own.</param>
public sealed record WantedLink(string Parent, string Hash, string Url, string? Session = null) : Wanted;
