using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>A call that was played, with what the hub's API and the stand-ins' journals tell of it.</summary>
/// <param name="Detail">Answer of <c>GET /api/v1/calls/{cabinet}/{session}</c> when all was written.</param>
/// <param name="Requests">What the CRM was asked for this call.</param>
/// <param name="IsRight">Each expected record stands in the CRM once.</param>
public sealed record PlayedCall(DemoCall Call, SimCall Pbx, JsonNode Detail, CallRequests Requests, bool IsRight)
{
    public long Session => Pbx.SessionId;

    /// <summary>The hub's own link.</summary>
    public string? RecordingUrl => Detail["recordings"]!.AsArray().FirstOrDefault()?["url"]?.GetValue<string>();
}

/// <summary>Plays one call, tells each step when it happens, waits until the hub is done, and counts what stands in the CRM.</summary>
public sealed class CallPlay(DemoWorld world, DemoOutput output)
{
    /// <summary>Calls happen faster here than their time stamps say; begun so long ago, none of them ends in the future.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(5);

    /// <summary>How often the journals are looked at while the call goes on.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task<PlayedCall> PlayAsync(DemoCall call, CancellationToken ct)
    {
        var cabinet = world.Uis.Cabinets[call.Cabinet];
        var before = new CrmBefore(world.Crm);
        var lastSession = world.Uis.Cabinets.Values.SelectMany(c => c.Calls).Select(c => c.SessionId).DefaultIfEmpty(0).Max();
        Break(call);
        var playing = PlayAsync(cabinet, call, ct);
        var steps = new CallSteps(world, output, call, () => cabinet.Calls.FirstOrDefault(c => c.SessionId > lastSession));
        while (!playing.IsCompleted)
        {
            await steps.PrintNewAsync(ct);
            await Task.WhenAny(playing, Task.Delay(Look, ct));
        }

        var pbx = await playing;
        Break(null);
        var detail = await world.Api.WhenAsync(string.Create(CultureInfo.InvariantCulture, $"api/v1/calls/{call.Cabinet}/{pbx.SessionId}"), answer => IsDone(answer, pbx), ct);
        await steps.PrintNewAsync(ct);
        var records = new RecordCheck(world, call, pbx, before, detail);
        records.Print(output);
        return new PlayedCall(call, pbx, detail, CallRequests.Of(world.Crm.Requests.Skip(before.Requests)), records.IsRight);
    }

    private static async Task<SimCall> PlayAsync(SimCabinet cabinet, DemoCall call, CancellationToken ct)
    {
        var start = TimeProvider.System.GetUtcNow() - Back;
        return call.Incoming is { } incoming
            ? await cabinet.IncomingAsync(incoming with { StartedAt = start }, ct)
            : await cabinet.OutgoingAsync(call.Outgoing! with { StartedAt = start }, ct);
    }

    /// <summary>Sets the faults that the call is about; null takes them away.</summary>
    private void Break(DemoCall? call)
    {
        world.Uis.Faults.LoseDigit = call?.LoseDigit == true;
        world.Uis.Faults.Notifications.Duplicates = call?.Chaos == true ? 1 : 0;
        world.Uis.Faults.Notifications.Order = call?.Chaos == true ? NotificationOrder.Reversed : NotificationOrder.AsHappened;
    }

    /// <summary>Planned, every task finished, every recording known, and the card gone from every screen.</summary>
    private static bool IsDone(JsonNode answer, SimCall pbx)
    {
        var tasks = answer["tasks"]!.AsArray();
        var cards = answer["cards"]!.AsArray();
        var told = cards.Select(c => c!["recipient"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count();
        return answer["plan"] is not null
            && tasks.All(t => t!["state"]!.GetValue<string>() is "done" or "dead")
            && answer["recordings"]!.AsArray().Count == pbx.RecordHashes.Count
            && tasks.Count(t => t!["kind"]!.GetValue<string>() == "recordingLink") >= (tasks.Count == 0 ? 0 : pbx.RecordHashes.Count)
            && cards.All(c => c!["deliveredAt"] is not null)
            && cards.Count(c => c!["event"]!.GetValue<string>() == "ended") == told;
    }
}

/// <summary>What the CRM held before a call: what is new afterwards is the call's.</summary>
public sealed class CrmBefore(CreatioSimulator crm)
{
    public int Requests { get; } = crm.Requests.Count;

    public IReadOnlySet<Guid> Contacts { get; } = Ids(crm, "Contact");

    public IReadOnlySet<Guid> Deals { get; } = Ids(crm, "Opportunity");

    public IReadOnlySet<Guid> Tasks { get; } = Ids(crm, "Activity");

    private static HashSet<Guid> Ids(CreatioSimulator crm, string entity) => [.. crm.Store.All(entity).Select(r => r.Id)];
}
