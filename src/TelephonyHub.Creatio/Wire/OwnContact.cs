using System.Text.Json;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Creatio.Wire;

/// <summary>
/// Contact of the API user. With forms the login's name is looked up among the users. With OAuth nobody tells the user's name, so
/// <c>GetCurrentUserInfo</c> is asked. Its answer is not documented (reference 6.1 names only the address): every plausible shape is read, namely
/// the object bare, wrapped in <c>GetCurrentUserInfoResult</c> or as JSON text, and in it <c>contactId</c>, <c>contact:{id|value}</c>, or only the
/// user's own id.
/// </summary>
internal sealed class OwnContact(CreatioPipeline pipeline, CreatioEndpoints endpoints, CreatioOptions options, ICreatioClient client)
{
    private const int DeepestObject = 5;
    private static readonly string[] ContactColumns = ["contactId", "userContactId", "sysUserContactId", "currentUserContactId"];
    private static readonly string[] ContactObjects = ["contact", "userContact", "currentUserContact"];
    private static readonly string[] UserColumns = ["sysAdminUnitId", "userId", "sysUserId", "currentUserId"];
    private static readonly string[] KeyColumns = ["id", "value"];

    public async Task<Guid?> FindAsync(CancellationToken ct)
    {
        if (options.AuthMode == CreatioAuthMode.Forms)
        {
            foreach (var users in (string[])["SysAdminUnit", "VwSysAdminUnit"])
            {
                if (await ByLoginAsync(users, ct).ConfigureAwait(false) is { } contact)
                {
                    return contact;
                }
            }
        }

        return await FromUserInfoAsync(ct).ConfigureAwait(false);
    }

    internal static Guid? Find(JsonElement json, IReadOnlyList<string> columns, IReadOnlyList<string> objects, int depth = DeepestObject)
    {
        if (depth == 0)
        {
            return null;
        }

        if (json.ValueKind == JsonValueKind.String && json.GetString() is ['{', ..] text)
        {
            return new CreatioReply(200, System.Text.Encoding.UTF8.GetBytes(text)).TryJson(out var inner) ? Find(inner, columns, objects, depth - 1) : null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // The nearest mention wins over one that is buried deeper, in whatever order they come.
        foreach (var property in json.EnumerateObject())
        {
            if (Named(property, columns) && AsId(property.Value) is { } id)
            {
                return id;
            }

            if (Named(property, objects) && property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var key in property.Value.EnumerateObject())
                {
                    if (Named(key, KeyColumns) && AsId(key.Value) is { } referred)
                    {
                        return referred;
                    }
                }
            }
        }

        foreach (var property in json.EnumerateObject())
        {
            if (Find(property.Value, columns, objects, depth - 1) is { } id)
            {
                return id;
            }
        }

        return null;
    }

    internal static Guid? ContactIn(JsonElement json) => Find(json, ContactColumns, ContactObjects);

    internal static Guid? UserIn(JsonElement json) => Find(json, UserColumns, ["user", "currentUser"]);

    private static bool Named(JsonProperty property, IReadOnlyList<string> names) => names.Contains(property.Name, StringComparer.OrdinalIgnoreCase);

    private static Guid? AsId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var id) && id != Guid.Empty ? id : null;

    private async Task<Guid?> ByLoginAsync(string users, CancellationToken ct)
    {
        var query = new ODataQuery(users).Where(ODataFilter.Equal("Name", options.UserName!)).Selecting("Id", "Name", "ContactId").Taking(1);
        try
        {
            var rows = await client.QueryAsync(query, ct).ConfigureAwait(false);
            return rows.Count > 0 ? rows[0].GetGuid("ContactId") : null;
        }
        catch (CreatioException failure) when (IsDenied(failure))
        {
            // Reading users is often not granted to an API user (reference 3.2); the next way may be open.
            return null;
        }
    }

    private async Task<Guid?> FromUserInfoAsync(CancellationToken ct)
    {
        var request = new CreatioRequest(HttpMethod.Post, endpoints.CurrentUser, "UserInfoService") { Body = "{}"u8.ToArray() };
        try
        {
            var reply = await pipeline.SendAsync(request, ct).ConfigureAwait(false);
            if (!reply.TryJson(out var json))
            {
                return null;
            }

            if (ContactIn(json) is { } contact)
            {
                return contact;
            }

            if (UserIn(json) is not { } user)
            {
                return null;
            }

            var row = await client.FindAsync("SysAdminUnit", user, ["Id", "ContactId"], ct).ConfigureAwait(false);
            return row?.GetGuid("ContactId");
        }
        catch (CreatioException failure) when (IsDenied(failure))
        {
            return null;
        }
    }

    private static bool IsDenied(CreatioException failure) => failure.Failure is CreatioFailure.Permanent or CreatioFailure.NotFound;
}
