using Microsoft.AspNetCore.Identity;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddScoped(s => s.GetRequiredService<HubDatabase>().CreateContext());
        services.AddIdentityCore<UserRow>(o =>
        {
            // Length, not composition, makes a password strong (NIST SP 800-63B); the rules of names are AccountRules'.
            o.User.AllowedUserNameCharacters = "";
            (o.Lockout.MaxFailedAccessAttempts, o.Lockout.DefaultLockoutTimeSpan) = (5, TimeSpan.FromMinutes(5));
        }).AddEntityFrameworkStores<HubDbContext>();
        services.AddSingleton<IPasswordHasher<UserRow>, PasswordHasher<UserRow>>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<Users>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton(s => new AccountEditor(s.GetRequiredService<Users>(), s.GetRequiredService<ApiKeys>(), s.GetRequiredService<HubSettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<FirstAdministrator>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapMe();
        routes.MapUsers();
        routes.MapApiKeys();
        routes.MapAudit();
    }
}
