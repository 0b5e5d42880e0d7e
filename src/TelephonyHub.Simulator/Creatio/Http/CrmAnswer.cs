using System.Globalization;
using System.Text;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>An answer before it goes to the wire or into a batch.</summary>
internal sealed class CrmAnswer(int status, byte[] body, string? contentType = null)
{
    public const string ODataJson = "application/json; odata.metadata=minimal";
    public const string PlainJson = "application/json; charset=utf-8";

    public int Status { get; } = status;

    public byte[] Body { get; } = body;

    public string? ContentType { get; } = contentType;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Values of Set-Cookie, one header each.</summary>
    public List<string> Cookies { get; } = [];

    public static CrmAnswer Empty(int status) => new(status, []);

    public static CrmAnswer Text(int status, string text, string contentType = "text/plain; charset=utf-8") =>
        new(status, Encoding.UTF8.GetBytes(text), contentType);

    public static CrmAnswer OData(int status, byte[] json) => new CrmAnswer(status, json, ODataJson).With("OData-Version", "4.0");

    public static CrmAnswer Json(int status, object value) => new(status, CrmJson.Bytes(value), PlainJson);

    public static CrmAnswer Error(int status, ErrorForm form, string message, string type = "System.Exception") => form switch
    {
        ErrorForm.OData => OData(status, CrmJson.Bytes(new { error = new { code = "", message } })),
        ErrorForm.Exception => Json(
            status,
            new { Message = "An error has occurred.", ExceptionMessage = message, ExceptionType = type, StackTrace = "   at Terrasoft.Simulator" }),
        _ => Json(status, new { Message = message, MessageDetail = "No type was found that matches the controller." }),
    };

    public static CrmAnswer Error(CrmException refused) => Error(refused.Status, refused.Form, refused.Message, refused.Type);

    /// <summary>The third error form, for an unknown entity set.</summary>
    public static CrmAnswer NoSuchSet(string uri, string set) => Json(
        404,
        new
        {
            Message = $"No HTTP resource was found that matches the request URI '{uri}'.",
            MessageDetail = $"No type was found that matches the controller named '{set}'.",
        });

    public static CrmAnswer Html(int status, string title, TimeSpan? retryAfter = null)
    {
        var answer = Text(
            status,
            $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr><center>nginx</center></body></html>",
            "text/html; charset=utf-8");
        return retryAfter is { } wait ? answer.With("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)) : answer;
    }

    public CrmAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
