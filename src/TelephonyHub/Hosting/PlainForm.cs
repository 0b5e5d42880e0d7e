using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Primitives;

namespace TelephonyHub.Hosting;

/// <summary>Forms of the plain pages. Whoever reads one checks its token by hand, so that a stale page answers with the form again and not with an empty 400.</summary>
internal static class PlainForm
{
    public static IResult Unreadable => Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The form cannot be read.");

    /// <returns>A hidden field, as HTML.</returns>
    public static string Token(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
    }

    /// <returns>Null for what is no form, or holds what a form must not (a NUL).</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string One(StringValues field) => field.Count == 1 ? field[0] ?? "" : "";
}
