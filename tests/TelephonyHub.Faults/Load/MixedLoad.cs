using System.Globalization;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>
/// The working day of the company, seeded: known and unknown clients, answered, missed, with voice mail, outgoing, by 8-800 with and without a digit, transferred
/// within a cabinet and into another, colleagues among each other, and a client who calls two cities at the same moment.
/// </summary>
/// <param name="live">Webhooks say what happens just now. Else the calls lie some minutes back, the longest transfer has ended a minute ago: a comparison needs not wait for what is still on its way.</param>
public sealed class MixedLoad(FaultWorld world, int seed, int firstClient, bool live)
{
    private readonly TimeSpan _ago = live ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(9);
    private readonly int _longestTalk = live ? 20 : 200;
    private readonly Random _random = new(seed);
    private readonly SimCabinet[] _cabinets = [.. world.Uis.Cabinets.Values.OrderBy(c => c.Key, StringComparer.Ordinal)];
    private int _client = firstClient;

    /// <summary>Decides everything, and makes the known clients in the CRM; nothing rings yet.</summary>
    public IReadOnlyList<Func<CancellationToken, Task<ClientStory>>> Prepare(int calls)
    {
        var stories = new List<Func<CancellationToken, Task<ClientStory>>>();
        for (var planned = 0; planned < calls;)
        {
            var kind = _random.Next(100);
            var cabinet = Pick(_cabinets);
            stories.Add(kind switch
            {
                < 22 => Calls(Known(), c => Incoming(c, cabinet)),
                < 40 => Calls(Stranger(), c => Incoming(c, cabinet)),
                < 49 => Calls(Known(), c => Missed(c, cabinet)),
                < 58 => Calls(Stranger(), c => Missed(c, cabinet)),
                < 62 => Calls(_random.Next(2) == 0 ? Known() : Stranger(), c => VoiceMail(c, cabinet)),
                < 70 => Calls(_random.Next(2) == 0 ? Known() : Stranger(), c => Outgoing(c, cabinet, answered: true)),
                < 75 => Calls(_random.Next(2) == 0 ? Known() : Stranger(), c => Outgoing(c, cabinet, answered: false)),
                < 83 => Calls(_random.Next(3) == 0 ? Known() : Stranger(), EightHundred),
                < 88 => Calls(Stranger(), c => TransferWithin(c, cabinet)),
                < 93 => Calls(Stranger(), c => TransferAcross(c, cabinet)),
                < 95 => Colleague(cabinet),
                _ => Calls(Stranger(), c => Incoming(c, _cabinets[0]), c => Incoming(c, _cabinets[^1])),
            });
            planned += kind >= 95 ? 2 : 1;
        }

        return stories;
    }

    private DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() - _ago).ToUnixTimeSeconds());

    private (string Phone, KnownClient? Known) Stranger() => (Phone(), null);

    private (string Phone, KnownClient? Known) Known()
    {
        var phone = Phone();
        var owner = Pick(world.Users.Values.ToArray()).ContactId;
        string[] typed = ["+" + phone, "8" + phone[1..], $"8 ({phone[1..4]}) {phone[4..7]}-{phone[7..9]}-{phone[9..]}", $"+7 {phone[1..4]} {phone[4..]}"];
        var contact = world.Crm.Store.AddContact($"Клиент {phone[^6..]}", owner, null, Pick(typed));
        var openDeal = _random.Next(2) == 0;
        if (openDeal)
        {
            world.Crm.Store.AddOpportunity("Прежняя сделка", contact, ownerId: owner);
        }

        return (phone, new KnownClient(contact, owner, openDeal));
    }

    /// <summary>Mobile numbers that no employee has.</summary>
    private string Phone() => "7985" + (1_000_000 + _client++).ToString(CultureInfo.InvariantCulture);

    private Func<CancellationToken, Task<SimCall>> Incoming(string client, SimCabinet cabinet, Func<IncomingCall, IncomingCall>? more = null)
    {
        var call = new IncomingCall(client, cabinet.Options.VirtualNumbers[0])
        {
            AnsweredBy = Answers.First,
            Ring = TimeSpan.FromSeconds(_random.Next(2, 15)),
            Talk = TimeSpan.FromSeconds(_random.Next(5, _longestTalk)),
            EndedByEmployee = _random.Next(2) == 0,
        };
        call = more?.Invoke(call) ?? call;
        return ct => cabinet.IncomingAsync(call with { StartedAt = Start }, ct);
    }

    private Func<CancellationToken, Task<SimCall>> Missed(string client, SimCabinet cabinet) =>
        Incoming(client, cabinet, c => c with { AnsweredBy = null, GivesUpAfter = TimeSpan.FromSeconds(_random.Next(8, 50)) });

    private Func<CancellationToken, Task<SimCall>> VoiceMail(string client, SimCabinet cabinet) => Incoming(client, cabinet, c => c with { AnsweredBy = null, VoiceMail = true });

    private Func<CancellationToken, Task<SimCall>> EightHundred(string client) => Incoming(
        client,
        world.Uis.Cabinets["msk"],
        c => c with { To = SimulatorCompany.CommonNumber, Digit = _random.Next(5) is > 0 and var digit ? digit.ToString(CultureInfo.InvariantCulture) : null });

    private Func<CancellationToken, Task<SimCall>> TransferWithin(string client, SimCabinet cabinet) =>
        Incoming(client, cabinet, c => c with { TransferTo = cabinet.Options.Employees[3].PhoneNumbers[^1] });

    private Func<CancellationToken, Task<SimCall>> TransferAcross(string client, SimCabinet cabinet)
    {
        var other = Pick(_cabinets.Where(c => c != cabinet).ToArray());
        return Incoming(client, cabinet, c => c with { TransferTo = other.Options.VirtualNumbers[0] });
    }

    private Func<CancellationToken, Task<SimCall>> Outgoing(string client, SimCabinet cabinet, bool answered)
    {
        var call = new OutgoingCall(Pick(cabinet.Options.Employees.ToArray()).Id, client, answered) { Talk = TimeSpan.FromSeconds(_random.Next(5, _longestTalk)) };
        return ct => cabinet.OutgoingAsync(call with { StartedAt = Start }, ct);
    }

    private Func<CancellationToken, Task<ClientStory>> Colleague(SimCabinet cabinet)
    {
        var (from, to) = (cabinet.Options.Employees[0], cabinet.Options.Employees[2].PhoneNumbers[^1]);
        return async ct => new ClientStory(to, null, Internal: true, [await cabinet.OutgoingAsync(new OutgoingCall(from.Id, to, Answered: true) { StartedAt = Start }, ct)]);
    }

    private static Func<CancellationToken, Task<ClientStory>> Calls(
        (string Phone, KnownClient? Known) client, params IReadOnlyList<Func<string, Func<CancellationToken, Task<SimCall>>>> calls)
    {
        var decided = calls.Select(c => c(client.Phone)).ToList();
        return async ct => new ClientStory(client.Phone, client.Known, Internal: false, await Task.WhenAll(decided.Select(c => c(ct))));
    }

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
