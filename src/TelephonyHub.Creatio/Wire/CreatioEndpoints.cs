namespace TelephonyHub.Creatio.Wire;

/// <summary>Addresses of one Creatio (reference 1.1): the only place that knows the prefix of the flavour.</summary>
internal sealed class CreatioEndpoints
{
    public CreatioEndpoints(CreatioOptions options)
    {
        if (!options.BaseUrl.IsAbsoluteUri)
        {
            throw new ArgumentException("Creatio's address must be absolute.", nameof(options));
        }

        var path = options.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');

        // People copy the address from the browser, prefix and all; login lives at the site root and answers 401 under /0.
        if (options.Flavor == CreatioFlavor.Framework && path.EndsWith("/0", StringComparison.Ordinal))
        {
            path = path[..^2];
        }

        Site = new Uri(path.TrimEnd('/') + "/");
        Root = options.Flavor == CreatioFlavor.Framework ? new Uri(Site, "0/") : Site;
        OData = new Uri(Root, "odata/");
    }

    /// <summary>The site, without prefix.</summary>
    public Uri Site { get; }

    /// <summary>The application, with prefix.</summary>
    public Uri Root { get; }

    public Uri OData { get; }

    public Uri Login => new(Site, "ServiceModel/AuthService.svc/Login");

    public Uri Batch => new(OData, "$batch");

    public Uri Metadata => new(OData, "$metadata");

    public Uri Notify => new(Root, "rest/UsrTelephonyHubService/Notify");

    public Uri CurrentUser => new(Root, "ServiceModel/UserInfoService.svc/GetCurrentUserInfo");

    public Uri Entity(string relativeUrl) => new(OData, relativeUrl);

    /// <summary>
    /// Address of the next page. It is rebased onto the address that the hub was given: behind a proxy the server names its inner host there, and
    /// cookies and tokens must not follow a link to another host.
    /// </summary>
    public Uri Page(string nextLink)
    {
        const string Marker = "/odata/";
        var at = nextLink.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        var query = nextLink.IndexOf('?', StringComparison.Ordinal);
        if (at >= 0 && (query < 0 || at < query))
        {
            return Entity(nextLink[(at + Marker.Length)..]);
        }

        return Uri.TryCreate(nextLink, UriKind.Relative, out _) && !nextLink.StartsWith('/')
            ? Entity(nextLink)
            : throw new CreatioException(CreatioFailure.Permanent, "Creatio named a next page that is not part of its OData service.");
    }
}
