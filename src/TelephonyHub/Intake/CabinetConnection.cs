using TelephonyHub.Hosting;

namespace TelephonyHub.Intake;

/// <summary>What is pasted into a cabinet of UIS to connect it, and what has come of it. It holds the webhook's token.</summary>
/// <param name="RouteUrl">Address of the interactive call processing.</param>
/// <param name="Arrived">Of how many events the first has come.</param>
/// <param name="Events">The notifications to set up, in the order of a call.</param>
public sealed record ConnectionItem(string RouteUrl, int Arrived, IReadOnlyList<ConnectionEventItem> Events);

/// <summary>A notification to set up.</summary>
/// <param name="Kind">Mnemonic of the event as UIS spells it.</param>
/// <param name="Template">Text of its body.</param>
/// <param name="FirstArrivedAt">When the first came; null: none yet.</param>
public sealed record ConnectionEventItem(string Kind, string Url, string Template, DateTimeOffset? FirstArrivedAt);

/// <summary>Texts and addresses to paste into UIS, with what has arrived: for the console's page and for the API.</summary>
public sealed class CabinetConnection(ReceivedEvents received, PublicAddress address)
{
    public async Task<ConnectionItem> OfAsync(CabinetSettings cabinet, CancellationToken ct)
    {
        var (key, token) = (cabinet.Key.Value, cabinet.WebhookTokens[0]);
        var arrived = await received.FirstByKindAsync(key, UisTemplates.Kinds, ct);
        return new ConnectionItem(
            UisTemplates.RouteUrl(address.Base, key, token),
            arrived.Count,
            [.. UisTemplates.Kinds.Select(k => new ConnectionEventItem(k, UisTemplates.EventsUrl(address.Base, key, token, k), UisTemplates.TextOf(k), arrived.TryGetValue(k, out var at) ? at : null))]);
    }
}
