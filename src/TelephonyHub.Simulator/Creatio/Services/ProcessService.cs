using System.Text.Json;
using TelephonyHub.Simulator.Creatio.Http;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary><c>RunProcess</c> (reference 5.7): every start of a known process is recorded, nothing is executed.</summary>
internal sealed class ProcessService(CrmJournal journal, TimeProvider time, IEnumerable<string> known)
{
    public CrmAnswer Run(byte[] body)
    {
        var request = CrmJson.Object(body);
        var schema = request.String("schemaName") ?? "";
        if (!known.Contains(schema, StringComparer.Ordinal))
        {
            return CrmAnswer.Json(
                200,
                new
                {
                    processId = Guid.Empty,
                    processStatus = 0,
                    resultParameterValues = (object?)null,
                    executionData = (object?)null,
                    success = false,
                    errorInfo = new { errorCode = "ItemNotFoundException", message = $"Item with name \"{schema}\" not found." },
                });
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.TryGetProperty("parameterValues", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (var value in values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Object))
            {
                parameters[value.String("name") ?? ""] = value.String("value") ?? "";
            }
        }

        var run = new ProcessRun(Guid.CreateVersion7(), schema, parameters, time.GetUtcNow());
        journal.Add(run);
        return CrmAnswer.Json(
            200,
            new
            {
                processId = run.Id,
                processStatus = 2,
                resultParameterValues = new Dictionary<string, string>(StringComparer.Ordinal),
                executionData = (object?)null,
                success = true,
                errorInfo = (object?)null,
            });
    }
}
