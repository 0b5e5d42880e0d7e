using TelephonyHub.Simulator.Creatio.OData;
using TelephonyHub.Simulator.Creatio.Services;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>What a request asks for, before anything is executed.</summary>
/// <remarks><c>AppPath</c> is the path below the application prefix; null when the path lies outside the application.</remarks>
internal sealed record CrmRoute(CrmRequestKind Kind, string? AppPath, string ODataUrl, IReadOnlyList<CrmOperation> Operations);

/// <summary>Maps paths to endpoints (reference 1.1).</summary>
internal sealed class CrmRouter(
    CreatioSimulatorOptions options,
    CreatioStore store,
    SessionKeeper sessions,
    ODataEndpoint odata,
    BatchEndpoint batch,
    NotifyService notify,
    FileServices files,
    ProcessService processes,
    DataService data,
    RecordPage page)
{
    private string Prefix => options.Flavor == CrmFlavor.Framework ? "/0" : "";

    public CrmRoute Classify(string method, string path, string rawTarget, byte[] body)
    {
        if (path.StartsWith("/ServiceModel/AuthService.svc/", StringComparison.OrdinalIgnoreCase))
        {
            return new CrmRoute(CrmRequestKind.Login, null, "", []);
        }

        if (!path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return new CrmRoute(CrmRequestKind.Other, null, "", []);
        }

        var app = path[Prefix.Length..];
        if (app == "/odata" || app.StartsWith("/odata/", StringComparison.Ordinal))
        {
            // From the raw target: the query and escapes are read by the OData side itself.
            var root = rawTarget.IndexOf("/odata", StringComparison.Ordinal) + "/odata".Length;
            var url = rawTarget[root..].TrimStart('/');
            var target = ODataTarget.Parse(url, inBatch: false);
            return target.Set switch
            {
                "$batch" => new CrmRoute(CrmRequestKind.Batch, app, url, BatchEndpoint.Operations(body)),
                "" or "$metadata" => new CrmRoute(CrmRequestKind.Metadata, app, url, [new CrmOperation(method, target.Set, null, url)]),
                _ => new CrmRoute(
                    method == "GET" ? CrmRequestKind.ODataRead : CrmRequestKind.ODataWrite,
                    app,
                    url,
                    [new CrmOperation(method, target.Set, target.Key, url)]),
            };
        }

        var kind = app.StartsWith("/rest/UsrTelephonyHubService/", StringComparison.Ordinal) ? CrmRequestKind.Notify
            : app.StartsWith("/rest/File", StringComparison.Ordinal) ? CrmRequestKind.File
            : IsProtected(app) ? CrmRequestKind.Service
            : CrmRequestKind.Other;
        return new CrmRoute(kind, app, "", []);
    }

    /// <summary>Answers what needs no sign-in; null for the rest.</summary>
    public CrmAnswer? Anonymous(HttpRequest request, CrmRoute route, byte[] body)
    {
        var path = request.Path.Value ?? "";
        return (request.Method, path) switch
        {
            ("POST", "/ServiceModel/AuthService.svc/Login") => sessions.Login(body),
            (_, "/Login/NuiLogin.aspx" or "/0/Login/NuiLogin.aspx" or "/Login/Login.html") => SessionAnswers.LoginPage(),
            ("GET", "/Navigation/Navigation.aspx" or "/0/Navigation/Navigation.aspx") =>
                page.Show(request.Query["schemaName"].ToString(), request.Query["recordId"].ToString()),
            _ => (route.Kind, route.AppPath) switch
            {
                // A misspelled method name of the login service (reference 2.1).
                (CrmRequestKind.Login, _) => CrmAnswer.Empty(403),
                (_, null) => CrmAnswer.Html(404, "404 Not Found"),
                // The login lives at the site root only (reference 1.1).
                (_, "/ServiceModel/AuthService.svc/Login") => SessionAnswers.Unauthorized(),
                // The body of the answer is not in the reference.
                (_, "/api/HealthCheck/Ping" or "/ping") => CrmAnswer.Text(200, "Healthy"),
                var (_, app) => IsProtected(app) ? null : CrmAnswer.Html(404, "404 Not Found"),
            },
        };
    }

    /// <summary>Answers a request whose sign-in has been checked, with the operations as they went.</summary>
    public (CrmAnswer Answer, IReadOnlyList<CrmOperation>? Operations) Execute(HttpRequest request, CrmRoute route, byte[] body, int? expireBatchAfter)
    {
        var root = $"{request.Scheme}://{request.Host}{Prefix}/odata";
        if (route.Kind == CrmRequestKind.Batch)
        {
            return request.Method == "POST"
                ? batch.Execute(
                    root, request.ContentType, body, request.Headers["Prefer"].ToString().Contains("continue-on-error", StringComparison.OrdinalIgnoreCase), expireBatchAfter)
                : (CrmAnswer.Error(405, ErrorForm.Detail, "The requested resource does not support this http method."), null);
        }

        if (route.Kind is CrmRequestKind.ODataRead or CrmRequestKind.ODataWrite or CrmRequestKind.Metadata)
        {
            var answer = odata.Execute(root, route.Operations[0], body);
            return (answer, [route.Operations[0] with { Status = answer.Status }]);
        }

        try
        {
            return (Service(request, route.AppPath!, body), null);
        }
        catch (CrmException refused)
        {
            return (CrmAnswer.Error(refused), null);
        }
    }

    private static bool IsProtected(string app) =>
        app.StartsWith("/odata", StringComparison.Ordinal)
        || app.StartsWith("/rest/", StringComparison.Ordinal)
        || app.StartsWith("/DataService/", StringComparison.Ordinal)
        || app.StartsWith("/ServiceModel/", StringComparison.Ordinal);

    private CrmAnswer Service(HttpRequest request, string app, byte[] body)
    {
        var uri = $"{request.Scheme}://{request.Host}{request.Path}";
        return (request.Method, app.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("POST", ["rest", "UsrTelephonyHubService", "Notify"]) => notify.Notify(uri, body),
            ("POST", ["rest", "FileApiService", "UploadFile"]) => files.Upload(request.Query, request.Headers, body),
            ("GET", ["rest", "FileService", "Download" or "GetFile", var entity, var id]) => files.Download(uri, entity, id),
            ("POST", ["ServiceModel", "ProcessEngineService.svc", "RunProcess"]) => processes.Run(body),
            ("POST", ["DataService", "json", "SyncReply", "SelectQuery"]) => data.Select(body),
            ("POST", ["DataService", "json", "SyncReply", "QuerySysSettings"]) => data.Settings(body),
            ("POST", ["ServiceModel", "UserInfoService.svc", "GetCurrentUserInfo"]) => CurrentUser(),
            _ => CrmAnswer.NoSuchSet(uri, app.Split('/').ElementAtOrDefault(2) ?? ""),
        };
    }

    // The shape is inferred: the reference names the service only (6.1).
    private CrmAnswer CurrentUser() => CrmAnswer.Json(
        200,
        new
        {
            userId = store.ApiUser.UserId,
            userName = store.ApiUser.Login,
            contactId = store.ApiUser.ContactId,
            contactName = store.ApiUser.Name,
            success = true,
        });
}
