namespace TelephonyHub.Hosting;

/// <summary>What browsers are told to refuse, and requests of foreign pages.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts only from the hub's own files. Inline styles are allowed: MudBlazor writes its theme into the page, and the sign-in page has no files.
    /// </summary>
    public static HeaderPolicyCollection Policy { get; } = new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddStrictTransportSecurityMaxAge((int)TimeSpan.FromDays(365).TotalSeconds)
        .AddCrossOriginOpenerPolicy(b => b.SameOrigin())
        .AddCrossOriginResourcePolicy(b => b.SameOrigin())
        .AddPermissionsPolicy(b =>
        {
            b.AddCamera().None();
            b.AddMicrophone().None();
            b.AddGeolocation().None();
        })
        .AddContentSecurityPolicy(b =>
        {
            b.AddDefaultSrc().Self();
            b.AddScriptSrc().Self();
            b.AddStyleSrc().Self().UnsafeInline();
            b.AddImgSrc().Self().Data();
            b.AddFontSrc().Self().Data();
            b.AddConnectSrc().Self();
            b.AddMediaSrc().Self();
            b.AddObjectSrc().None();
            b.AddBaseUri().Self();
            b.AddFormAction().Self();
            b.AddFrameAncestors().None();
        })
        .RemoveServerHeader();

    /// <summary>
    /// A session's cookie is Lax, so no other site's page sends it with a POST; a page of another host of the same site could. A key is never sent by a browser of
    /// itself.
    /// </summary>
    public static void UseOwnPagesOnly(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var from = context.Request.Headers["Sec-Fetch-Site"].ToString();
        var acts = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method);
        if (acts && from is ("cross-site" or "same-site") && context.Request.Cookies.ContainsKey(HubAuth.CookieName))
        {
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "This request comes from a page of another site.").ExecuteAsync(context);
            return;
        }

        await next(context);
    });
}
