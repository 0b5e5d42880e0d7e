using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <param name="CardId">With it the card can be taken away again.</param>
/// <param name="Delivered">In how many browsers it was shown; 0: none of his is open in the CRM.</param>
/// <param name="PackageAbsent">The CRM has no package for cards.</param>
public sealed record TestCardAnswer(string CardId, int Delivered, bool PackageAbsent);

/// <summary>A card without a call: whether it reaches a manager's browser.</summary>
internal static class TestCardEndpoints
{
    public static void MapTestCards(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/managers/{contactId:guid}/test-cards").RequireAuthorization(HubPolicies.Operate).WithTags("Managers").NeedsDatabase();
        api.MapPost("", ShowAsync).IsIdempotent<object>()
            .WithSummary("Shows a manager a card without a call")
            .Produces<TestCardAnswer>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
        api.MapDelete("/{cardId}", TakeAwayAsync)
            .WithSummary("Takes it away")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    private static Task<IResult> ShowAsync(HttpContext http, Guid contactId, TestCards cards, DirectoryService directory, CancellationToken ct) => ToManagerAsync(contactId, directory, async manager =>
    {
        var (card, delivered) = await cards.ShowAsync(manager, http.User, ct);
        return Results.Ok(new TestCardAnswer(card, delivered ?? 0, delivered is null));
    });

    private static Task<IResult> TakeAwayAsync(HttpContext http, Guid contactId, string cardId, TestCards cards, DirectoryService directory, CancellationToken ct) => ToManagerAsync(contactId, directory, async manager =>
    {
        if (!TestCards.IsTest(cardId))
        {
            return Results.Problem(statusCode: 404, title: "No such test card: a call's card is not taken away by hand.");
        }

        await cards.TakeAwayAsync(manager, cardId, http.User, ct);
        return Results.NoContent();
    });

    private static async Task<IResult> ToManagerAsync(Guid contactId, DirectoryService directory, Func<Manager, Task<IResult>> send)
    {
        if (directory.Managers.ByContact(contactId) is not { } manager)
        {
            return Results.Problem(statusCode: 404, title: "No such manager.");
        }

        if (manager.UserId is null)
        {
            return Results.Problem(statusCode: 409, title: "He has no user in the CRM: a card could be shown to nobody.");
        }

        try
        {
            return await send(manager);
        }
        catch (CreatioException e)
        {
            return Results.Problem(statusCode: 502, title: "The CRM did not take the card.", detail: e.Message);
        }
    }
}
