using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>A card without a call: whether it reaches a manager's browser can be tried before a client calls.</summary>
public sealed class TestCards(ICreatioClient crm, HubDatabase database, Audit audit, TimeProvider time)
{
    private const string Prefix = "test:";

    /// <summary>Only such a card may be taken away: any other is a client's who is on the line.</summary>
    public static bool IsTest(string cardId) => cardId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Shows one, as for a call of his own number.</summary>
    /// <returns>Its id, and in how many browsers it was shown; 0: none of his is open in the CRM. Null: the CRM has no package for cards.</returns>
    public async Task<(string CardId, int? Delivered)> ShowAsync(Manager manager, ClaimsPrincipal who, CancellationToken ct)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{time.GetUtcNow().ToUnixTimeMilliseconds()}");
        await database.WriteAsync((context, token) => audit.WriteAsync(context, who, "card.test", new { manager.ContactId }, token), ct);
        return (id, await SendAsync(manager, id, "ringing", 1, ct));
    }

    /// <exception cref="ArgumentException">It is a call's card.</exception>
    public async Task TakeAwayAsync(Manager manager, string cardId, ClaimsPrincipal who, CancellationToken ct)
    {
        if (!IsTest(cardId))
        {
            throw new ArgumentException("It is a call's card.", nameof(cardId));
        }

        await database.WriteAsync((context, token) => audit.WriteAsync(context, who, "card.testEnd", new { manager.ContactId, cardId }, token), ct);
        await SendAsync(manager, cardId, "ended", 3, ct);
    }

    private async Task<int?> SendAsync(Manager manager, string id, string cardEvent, int seq, CancellationToken ct)
    {
        var phone = manager.Mobile ?? manager.Work ?? manager.Employees.SelectMany(e => e.Phones).Select(p => PhoneNumber.TryParse(p.Number)).FirstOrDefault(p => p is not null);
        var card = new JsonObject
        {
            ["event"] = cardEvent,
            ["seq"] = seq,
            ["callId"] = id,
            ["cabinet"] = manager.HomeCabinet?.Value,
            ["phone"] = phone?.E164,
            ["name"] = $"Проверка карточки · {manager.Name}",
            ["contactId"] = manager.ContactId?.ToString(),
            ["url"] = manager.ContactId is { } contact ? crm.RecordLink("Contact", contact).ToString() : null,
        };
        var answer = await crm.NotifyAsync([manager.UserId ?? throw new ArgumentException("A card goes to a user of the CRM.", nameof(manager))], card.ToJsonString(), ct);
        return answer.PackageAbsent ? null : answer.Delivered;
    }
}
