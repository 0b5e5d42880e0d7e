using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Accounts;

/// <summary>What must hold of a user or a key; what is wrong, by field.</summary>
internal sealed class AccountRules(HubSettings settings)
{
    public const int ShortestPassword = 12;
    private const int LongestText = 100;

    private readonly Dictionary<string, string[]> _faults = new(StringComparer.Ordinal);

    /// <summary>By field; empty when all is right.</summary>
    public IReadOnlyDictionary<string, string[]> Faults => _faults;

    public IResult? Problem => _faults.Count == 0 ? null : Results.ValidationProblem(_faults, title: "Some fields are wrong.");

    public static AccountRules OfNewUser(UserRequest request, HubSettings settings) =>
        OfPerson(request, settings).Name("userName", request.UserName, forSignIn: true).Password("password", request.Password);

    public static AccountRules OfUser(UserRequest request, HubSettings settings)
    {
        var rules = OfPerson(request, settings);
        if (request.UserName is not null)
        {
            rules.Fault("userName", "cannot be changed: audit and sessions refer to it.");
        }

        if (request.Password is not null)
        {
            rules.Fault("password", "is changed by POST …/password.");
        }

        return rules;
    }

    public static AccountRules OfKey(ApiKeyRequest request, HubSettings settings, DateTimeOffset now)
    {
        var rules = new AccountRules(settings).Name("name", request.Name, forSignIn: false).Rights(request.Roles, request.Cabinets, request.ContactId, HubRoles.All);
        if (request.ExpiresAt <= now)
        {
            rules.Fault("expiresAt", "is over already.");
        }

        return rules;
    }

    public AccountRules Name(string field, string? name, bool forSignIn)
    {
        if (name?.Trim() is not { Length: >= 2 and <= LongestText } text || DbText.Of(text) != text)
        {
            Fault(field, $"must have 2 to {LongestText} characters.");
        }
        else if (forSignIn && !text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+'))
        {
            Fault(field, "may hold letters, digits and . _ - @ +");
        }

        return this;
    }

    public AccountRules FullName(string? name)
    {
        if (name is { Length: > LongestText } || DbText.Of(name) != name)
        {
            Fault("fullName", $"must have at most {LongestText} characters.");
        }

        return this;
    }

    public AccountRules Password(string field, string? password)
    {
        if (password is not null && password.Length is < ShortestPassword or > 200)
        {
            Fault(field, $"must have {ShortestPassword} to 200 characters.");
        }

        return this;
    }

    public AccountRules Rights(IReadOnlyList<string>? roles, IReadOnlyList<string>? cabinets, Guid? contact, IReadOnlyList<string> allowed)
    {
        if (roles is null or [] || roles.Any(r => !allowed.Contains(r)))
        {
            Fault("roles", $"must be one or more of {string.Join(", ", allowed)}.");
        }

        if ((cabinets ?? []).FirstOrDefault(c => !settings.Cabinets.Keys.Any(k => k.Value == c)) is { } unknown)
        {
            Fault("cabinets", $"'{DbText.Of(unknown, 50)}' is no configured cabinet; the cabinets are {string.Join(", ", settings.Cabinets.Keys.Select(k => k.Value).Order(StringComparer.Ordinal))}.");
        }
        else if (roles?.Contains(HubRoles.Supervisor) == true && cabinets is null or [])
        {
            Fault("cabinets", "a supervisor sees the cabinets that are named here: name one or more.");
        }

        if (roles?.Contains(HubRoles.Manager) == true && contact is null)
        {
            Fault("contactId", "a manager sees his own calls: his contact in the CRM is required.");
        }

        return this;
    }

    private static AccountRules OfPerson(UserRequest request, HubSettings settings) =>
        new AccountRules(settings).FullName(request.FullName).Rights(request.Roles, request.Cabinets, request.ContactId, HubRoles.OfPeople);

    public void Fault(string field, string reason) => _faults.TryAdd(field, [reason]);
}
