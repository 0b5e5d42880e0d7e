using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Calls;

/// <summary>The board: calls that go on now.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="NextCursor">Always null: the board is one page.</param>
/// <param name="Sources">What each cabinet's part rests on.</param>
/// <param name="Dropped">What the events hold for going on and UIS does not list any more.</param>
public sealed record LiveAnswer(IReadOnlyList<LiveCallItem> Items, string? NextCursor, IReadOnlyList<LiveSource> Sources, IReadOnlyList<DroppedCall> Dropped);

internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireAuthorization(HubPolicies.ReadOwn).WithTags("Calls").NeedsDatabase().MapGet("/live", LiveAsync)
            .WithSummary("Calls that go on now")
            .WithDescription("Board from events, corrected by UIS's list.calls as often as the account's points allow. A call that UIS does not list is marked 'ended?', and dropped when it is missing twice; "
                + "one that the journal lacks has source 'list.calls'. Without the component 'Call API Управление вызовами' the board rests on events alone and says so in sources[].note.")
            .Produces<LiveAnswer>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);

    private static async Task<IResult> LiveAsync(HubAccess access, LiveCalls live, DirectoryService directory, EarlyImports imports, CancellationToken ct)
    {
        var (board, sources) = await live.NowAsync(looking: true, ct);
        LivePoller.AskForStrangers(board, directory.Managers, imports);
        var seen = board.SeenBy(access, directory.Managers);
        return Results.Ok(new LiveAnswer(seen.Calls, null, [.. sources.Where(s => access.Sees(s.Cabinet))], seen.Dropped));
    }
}
