namespace TelephonyHub.Simulator.Creatio;

/// <summary>A refusal: carries the status and the error form the HTTP side answers with (reference 1.8).</summary>
public sealed class CrmException(int status, ErrorForm form, string message, string type = "Terrasoft.Common.ItemNotFoundException")
    : Exception(message)
{
    public int Status { get; } = status;

    public ErrorForm Form { get; } = form;

    /// <summary>Exception type named in the body of <see cref="ErrorForm.Exception"/>.</summary>
    public string Type { get; } = type;

    internal static CrmException BadRequest(string message) => new(400, ErrorForm.OData, message, "Microsoft.OData.ODataException");

    internal static CrmException Failed(string message, string type) => new(500, ErrorForm.Exception, message, type);
}
