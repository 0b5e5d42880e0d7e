using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <summary>Who asks: a person or a program about itself.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/me").RequireAuthorization().WithTags("Me");
        api.MapGet("", (HubAccess access) => Results.Ok(MeItem.Of(access))).WithSummary("Name, roles and what is seen").Produces<MeItem>().ProducesProblem(401);
        api.MapPost("/password", PasswordAsync).NeedsDatabase().LimitsSignIns()
            .WithSummary("Changes the own password; other sessions end").WithDescription("Only for people with a password of the hub's own.")
            .Produces(204).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(409).ProducesProblem(429);
    }

    private static async Task<IResult> PasswordAsync(OwnPasswordRequest request, HttpContext http, Users users, SignIn signIn, HubSettings settings, CancellationToken ct)
    {
        if (Account.UserOf(http.User) is not { } id)
        {
            return Results.Problem(statusCode: 409, title: "Only people with a password of the hub's own can change it.");
        }

        var rules = new AccountRules(settings).Password("next", request.Next ?? "");
        if (rules.Problem is null && (await signIn.CheckAsync(http.User.Identity!.Name!, request.Current ?? "", http.Connection.RemoteIpAddress, ct)).Account is null)
        {
            rules.Fault("current", "is wrong.");
        }

        if (rules.Problem is { } problem)
        {
            return problem;
        }

        var (user, refusal) = await users.ChangePasswordAsync(http.User, id, request.Next!, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        // The session that asked goes on.
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Account.Of(user!).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.NoContent();
    }
}
