using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>Somebody with a browser: cookies, and a form that has to be opened before it is sent.</summary>
public sealed partial class Person(HubWorld world) : IDisposable
{
    public const string Password = "a password of the tests";

    public CookieContainer Cookies { get; } = new();

    public HttpClient Browser => _browser ??= new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = world.Address };

    private HttpClient? _browser;

    /// <summary>The hub was restarted: the same cookies at its new address (a cookie does not know ports).</summary>
    public void Follow()
    {
        _browser?.Dispose();
        _browser = null;
    }

    public static async Task<Person> AdministratorAsync(HubWorld world)
    {
        var person = new Person(world);
        (await person.SignInAsync("admin", "admin-password")).Status.Should().Be(HttpStatusCode.Redirect);
        return person;
    }

    /// <summary>A new user who has signed in.</summary>
    public static async Task<(Person Person, JsonNode User)> NewAsync(HubWorld world, string name, string role, string? cabinets = null, Guid? contact = null)
    {
        var user = await CreateAsync(world, name, role, cabinets, contact);
        var person = new Person(world);
        (await person.SignInAsync(name, Password)).Status.Should().Be(HttpStatusCode.Redirect);
        return (person, user);
    }

    public static async Task<JsonNode> CreateAsync(HubWorld world, string name, string role, string? cabinets = null, Guid? contact = null)
    {
        using var response = await world.Api.PostAsJsonAsync("/api/v1/users", new { userName = name, roles = new[] { role }, cabinets = cabinets?.Split(','), contactId = contact, password = Password });
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!["user"]!;
    }

    public Task<Answer> SignInAsync(string name, string password, string? returnUrl = null) =>
        FillInAsync("/sign-in", new(StringComparer.Ordinal) { ["userName"] = name, ["password"] = password, ["returnUrl"] = returnUrl ?? "" });

    /// <summary>Opens the page, and sends its form with the token that it holds.</summary>
    public async Task<Answer> FillInAsync(string path, Dictionary<string, string> form)
    {
        foreach (Match field in Token().Matches((await Browser.GetAnswerAsync(path)).Text))
        {
            form[field.Groups["name"].Value] = field.Groups["value"].Value;
        }

        return await SendAsync(path, form);
    }

    public async Task<Answer> SendAsync(string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        return await Browser.AnswerAsync(request);
    }

    public Task<Answer> GetAsync(string path) => Browser.GetAnswerAsync(path);

    public void Dispose() => _browser?.Dispose();

    [GeneratedRegex("name=\"(?<name>__RequestVerificationToken)\" value=\"(?<value>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
