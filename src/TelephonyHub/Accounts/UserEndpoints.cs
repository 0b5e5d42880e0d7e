using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>Who may sign in: administrators only.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/users").RequireAuthorization(HubPolicies.Operate).WithTags("Users").NeedsDatabase();
        api.MapGet("", ListAsync).WithSummary("People who may sign in, by name")
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<UserItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{id:guid}", OneAsync).WithSummary("One user; its ETag goes with an edit").Produces<UserItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("", CreateAsync).WithSummary("A further user; a password that is not given is made up and answered once")
            .WithDescription("A repeated request is refused with 409 and makes no second user. roles: supervisor needs cabinets, manager needs contactId.")
            .Produces<UserWithPassword>(201).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        api.MapPut("/{id:guid}", ChangeAsync).WithIfMatch().WithSummary("Changes name, roles, cabinets and contact").WithDescription("Counts for open sessions at once, at other replicas within ten seconds.")
            .Produces<UserItem>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);
        api.MapPost("/{id:guid}/password", PasswordAsync).WithSummary("Gives a new password; open sessions end")
            .Produces<UserWithPassword>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{id:guid}/lock", (Guid id, HttpContext http, Users users, CancellationToken ct) => LockAsync(id, true, http, users, ct)).WithSummary("Lets him in no more; open sessions end")
            .Produces<UserItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{id:guid}/unlock", (Guid id, HttpContext http, Users users, CancellationToken ct) => LockAsync(id, false, http, users, ct)).WithSummary("Lets him in again, also after too many wrong passwords")
            .Produces<UserItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapDelete("/{id:guid}", DeleteAsync).WithIfMatch().WithSummary("Takes a user away; what he did stays in the audit")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Users users, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(await users.ListAsync(ct), u => u.Id.ToString(), out var page, out var next) ? Results.Ok(new ApiPage<UserItem>([.. page.Select(UserItem.Of)], next)) : query.Problem!;
    }

    private static async Task<IResult> OneAsync(Guid id, HttpContext http, Users users, CancellationToken ct) =>
        await users.FindAsync(id, ct) is { } user ? Shown(user, http) : Results.Problem(statusCode: 404, title: "No such user.");

    private static async Task<IResult> CreateAsync(UserRequest request, HttpContext http, Users users, HubSettings settings, CancellationToken ct)
    {
        if (AccountRules.OfNewUser(request, settings).Problem is { } problem)
        {
            return problem;
        }

        var password = request.Password ?? Users.MadeUpPassword();
        var user = await users.CreateAsync(http.User, request, password, ct);
        if (user is null)
        {
            return Results.Problem(statusCode: 409, title: "There is a user of this name.");
        }

        http.Response.Headers.ETag = ETags.Of(user.ConcurrencyStamp!);
        return Results.Created($"/api/v1/users/{user.Id}", new UserWithPassword(UserItem.Of(user), request.Password is null ? password : null));
    }

    private static async Task<IResult> ChangeAsync(Guid id, UserRequest request, HttpContext http, Users users, HubSettings settings, CancellationToken ct)
    {
        if (AccountRules.OfUser(request, settings).Problem is { } problem)
        {
            return problem;
        }

        var (user, refusal) = await users.ChangeAsync(http.User, id, http.Request.Headers.IfMatch.ToString(), request, ct);
        return refusal ?? Shown(user!, http);
    }

    private static async Task<IResult> PasswordAsync(Guid id, PasswordRequest? request, HttpContext http, Users users, HubSettings settings, CancellationToken ct)
    {
        if (new AccountRules(settings).Password("password", request?.Password).Problem is { } problem)
        {
            return problem;
        }

        var password = request?.Password ?? Users.MadeUpPassword();
        var (user, refusal) = await users.ChangePasswordAsync(http.User, id, password, ct);
        return refusal ?? Results.Ok(new UserWithPassword(UserItem.Of(user!), request?.Password is null ? password : null));
    }

    private static async Task<IResult> LockAsync(Guid id, bool locked, HttpContext http, Users users, CancellationToken ct)
    {
        var (user, refusal) = await users.LockAsync(http.User, id, locked, ct);
        return refusal ?? Shown(user!, http);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, Users users, CancellationToken ct) =>
        (await users.DeleteAsync(http.User, id, http.Request.Headers.IfMatch.ToString(), ct)).Refusal ?? Results.NoContent();

    private static IResult Shown(UserRow user, HttpContext http)
    {
        http.Response.Headers.ETag = ETags.Of(user.ConcurrencyStamp!);
        return Results.Ok(UserItem.Of(user));
    }
}
