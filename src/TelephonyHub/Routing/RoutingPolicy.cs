using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>
/// Facts → chain with reasons. Pure. Known client: the responsible manager's phones, who talked with him last, the region's group, duty. Unknown:
/// group, duty (contract, section 1). Whatever the facts, the answer is a valid instruction.
/// </summary>
public static class RoutingPolicy
{
    public static RouteDecision Decide(RoutingFacts facts)
    {
        var chain = new List<ChainEntry>();
        var leftOut = new List<LeftOut>();
        foreach (var candidate in Candidates(facts, leftOut))
        {
            if (ReasonAgainst(candidate, facts, chain) is { } reason)
            {
                leftOut.Add(new LeftOut(candidate.Kind, candidate.Phone, candidate.Name, reason));
            }
            else
            {
                chain.Add(candidate);
            }
        }

        // Step: one person an answer; the next request of the session goes on with the rest.
        var given = facts.Cabinet.ChainMode == ChainMode.Step && chain.Count > 0
            ? chain.TakeWhile(e => IsSamePerson(e, chain[0])).ToList()
            : chain;
        return new RouteDecision
        {
            Chain = chain,
            LeftOut = leftOut,
            Region = facts.Region,
            RegionReason = RegionReason(facts),
            Client = facts.Client.Client,
            ClientPhone = facts.ClientPhone,
            HandedOverBy = facts.Handover?.From,
            Phones = [.. given.Select(e => e.Phone)],
            ReturnedCode = given.Count == 0 ? facts.Cabinet.FallbackCode : null,
            OperatorText = given.Count == 0 ? null : OperatorText(facts),
        };
    }

    private static IEnumerable<ChainEntry> Candidates(RoutingFacts facts, List<LeftOut> leftOut)
    {
        if (facts.TransferTo is { } meant)
        {
            foreach (var phone in ManagerPhones.Of(meant, facts.Question.Cabinet, facts.UseExtensions))
            {
                yield return new ChainEntry("transfer", phone, meant.Name, meant.ContactId, new Reason("The client is being transferred to him.", "Клиента переводят на него."));
            }
        }

        if (facts.Client.Client is not { } client)
        {
            leftOut.Add(new LeftOut("responsible", null, null, NoClient(facts)));
        }
        else if (facts.Responsible is not { } manager)
        {
            leftOut.Add(new LeftOut("responsible", null, null, client.OwnerContactId is null
                ? new Reason("The client has no owner in the CRM.", "У клиента в CRM нет ответственного.")
                : new Reason("The owner in the CRM is no active employee.", "Ответственный в CRM — не действующий сотрудник.")));
        }
        else
        {
            var phones = ManagerPhones.Of(manager, facts.Question.Cabinet, facts.UseExtensions);
            if (phones.Count == 0)
            {
                leftOut.Add(new LeftOut("responsible", null, manager.Name, new Reason("He has no phone that can be dialled from this cabinet.", "У него нет телефона, доступного из этого кабинета.")));
            }

            foreach (var phone in phones)
            {
                yield return new ChainEntry("responsible", phone, manager.Name, manager.ContactId, new Reason("Responsible for the client in the CRM.", "Ответственный за клиента в CRM."));
            }
        }

        // Deputies stand here, between the two, once there are some.
        if (facts is { Client.Client: not null, LastTalked: { CanOwn: true } last } && last.ContactId != facts.Responsible?.ContactId)
        {
            foreach (var phone in ManagerPhones.Of(last, facts.Question.Cabinet, facts.UseExtensions))
            {
                yield return new ChainEntry("lastTalked", phone, last.Name, last.ContactId, new Reason("Talked last with this client.", "Последним говорил с этим клиентом."));
            }
        }

        if (facts.RegionCabinet is { } region)
        {
            foreach (var phone in region.GroupPhones)
            {
                yield return new ChainEntry("group", phone, null, null, new Reason($"Group of the region {region.Name}.", $"Группа региона {region.Name}."));
            }
        }
        else
        {
            leftOut.Add(new LeftOut("group", null, null, new Reason("The region is not known.", "Регион не определён.")));
        }

        var duty = facts.RegionCabinet ?? facts.Cabinet;
        foreach (var phone in duty.DutyPhones)
        {
            yield return new ChainEntry("duty", phone, null, null, new Reason($"Duty manager of {duty.Name}.", $"Дежурный: {duty.Name}."));
        }
    }

    private static Reason? ReasonAgainst(ChainEntry candidate, RoutingFacts facts, List<ChainEntry> chain)
    {
        var phone = candidate.Phone;
        if (candidate.Kind is "group" or "duty" && IsShort(phone) && (facts.RegionCabinet ?? facts.Cabinet).Key != facts.Cabinet.Key)
        {
            return new Reason("A SIP number or extension of another cabinet cannot be dialled from this one.", "SIP-номер или внутренний номер другого кабинета отсюда не набрать.");
        }

        if (facts.AlreadyTried.Contains(phone))
        {
            return new Reason("Was given before in this call and did not answer.", "Уже набирали в этом звонке, ответа не было.");
        }

        if (facts.Question.Caller is { } caller ? PhoneNumber.TryParse(phone) == caller : phone == facts.Question.CallerRaw?.Trim())
        {
            return new Reason("It is the caller's own number.", "Это номер самого звонящего.");
        }

        if (facts.AssumedBusy.Contains(phone) || (candidate.ContactId is { } contact && facts.AssumedBusy.Contains(contact.ToString())))
        {
            return new Reason("Assumed to be on a call.", "По условию занят разговором.");
        }

        return chain.Exists(e => e.Phone == phone) ? new Reason("Stands earlier in the chain.", "Уже есть в цепочке.") : null;
    }

    private static bool IsShort(string phone) => PhoneNumber.TryParse(phone) is null;

    private static bool IsSamePerson(ChainEntry a, ChainEntry b) =>
        a.Kind == b.Kind && (a.ContactId is null || b.ContactId is null ? ReferenceEquals(a, b) : a.ContactId == b.ContactId);

    private static Reason NoClient(RoutingFacts facts) => facts.Question.Caller is null
        ? new Reason("The caller's number is hidden or cannot be parsed.", "Номер звонящего скрыт или не распознан.")
        : facts.Client.Knowledge == ClientKnowledge.NotAsked
            ? new Reason($"The CRM could not be asked in time ({facts.Client.Note}).", $"CRM не успела ответить ({facts.Client.Note}).")
            : new Reason("The CRM does not know the number.", "Номера нет в CRM.");

    private static Reason RegionReason(RoutingFacts facts)
    {
        var name = facts.RegionCabinet?.Name ?? "";
        return facts.Region.Source switch
        {
            RegionSource.Digit => new Reason($"{name}: the caller pressed {facts.Question.Digit}.", $"{name}: клиент нажал {facts.Question.Digit}."),
            RegionSource.DialledNumber => new Reason($"{name}: the number dialled belongs to it.", $"{name}: набран её номер."),
            RegionSource.CallerNumber => new Reason($"{name}: area code of the caller's number.", $"{name}: по коду номера клиента."),
            _ => new Reason("Unknown: nothing pressed, common number, no area code.", "Не определён: ничего не нажато, общий номер, код не указывает на город."),
        };
    }

    private static string? OperatorText(RoutingFacts facts)
    {
        // Of a transferred client the manager's phone may show the company's number, so an unknown one is told by his own.
        var who = facts.Client.Client?.Name ?? (facts.Handover?.Client is { } number && number != facts.Question.Caller ? number.Display : null);
        var parts = new[] { facts.Handover is null ? null : "Перевод", who, facts.RegionCabinet?.Name }.Where(p => !string.IsNullOrWhiteSpace(p)).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
