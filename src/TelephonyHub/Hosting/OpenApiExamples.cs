using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace TelephonyHub.Hosting;

/// <summary>An example of what is sent and answered, by schema; a test holds each against its schema.</summary>
internal sealed class OpenApiExamples : ISchemaFilter
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["UserRequest"] = """{"userName":"petrova","fullName":"Петрова Ольга","roles":["supervisor"],"cabinets":["spb"],"contactId":null,"password":null}""",
        ["UserItem"] = """{"id":"0199f3b2-6c1e-7b7e-9d5e-0d6a3c1f2e10","userName":"petrova","fullName":"Петрова Ольга","roles":["supervisor"],"cabinets":["spb"],"contactId":null,"fromSettings":false,"lockedAt":null,"lockedOutUntil":null,"createdAt":"2026-01-15T09:00:00+00:00","lastSignInAt":"2026-01-15T09:05:00+00:00"}""",
        ["PasswordRequest"] = """{"password":null}""",
        ["OwnPasswordRequest"] = """{"current":"the password until now","next":"correct horse battery staple"}""",
        ["ApiKeyRequest"] = """{"name":"reports","roles":["integration"],"cabinets":["msk","spb"],"contactId":null,"expiresAt":"2027-01-01T00:00:00+03:00"}""",
        ["ApiKeyItem"] = """{"id":"0199f3b2-6c1e-7b7e-9d5e-0d6a3c1f2e11","name":"reports","hint":"thk_8fJ2","roles":["integration"],"cabinets":["msk","spb"],"contactId":null,"createdAt":"2026-01-15T09:00:00+00:00","createdBy":"admin","expiresAt":"2026-12-31T21:00:00+00:00","lastUsedAt":null,"revokedAt":null,"revokedBy":null}""",
        ["MeItem"] = """{"name":"petrova","kind":"user","roles":["supervisor"],"cabinets":["spb"],"contactId":null}""",
        ["AuditItem"] = """{"id":"1042","at":"2026-01-15T09:00:00+00:00","who":"admin","action":"user.lock","details":{"before":{"lockedAt":null},"after":{"lockedAt":"2026-01-15T09:00:00+00:00"}}}""",
        ["CallItem"] = """{"cabinet":"msk","sessionId":"4392224491","conversationId":"msk:4392224491","direction":"in","state":"answered","clientPhone":"+79165550101","clientPhoneUnparsed":false,"dialledNumber":"+74951230001","region":"msk","startedAt":"2026-01-15T09:00:00+00:00","endedAt":"2026-01-15T09:02:10+00:00","waitSeconds":8,"talkSeconds":122,"totalSeconds":130,"owner":"Иванова Анна","crm":{"callId":"6f0b1f0e-8a53-5b1c-9b1d-2d8b1f9c0a11","contactId":"3c1d2e10-7b7e-4d5e-9d6a-0199f3b26c1e","dealId":null,"activityId":null}}""",
        ["SyncReplayRequest"] = """{"filter":{"cabinet":"msk","sessionId":null,"kind":null,"category":"Permanent","state":"dead"},"dryRun":true}""",
        ["QuarantineReplayRequest"] = """{"filter":{"cabinet":"msk","ids":null},"dryRun":true}""",
        ["RecordingReplayRequest"] = """{"filter":{"cabinet":"msk","codes":null,"category":"gone"},"dryRun":true}""",
        ["BackfillRequest"] = """{"cabinet":"msk","from":"2026-01-12","to":"2026-01-17"}""",
        ["RegionCalendar"] = """{"mon":[{"from":"09:00:00","till":"18:00:00"}],"tue":[{"from":"09:00:00","till":"18:00:00"}],"wed":[{"from":"09:00:00","till":"18:00:00"}],"thu":[{"from":"09:00:00","till":"18:00:00"}],"fri":[{"from":"09:00:00","till":"17:00:00"}],"sat":[],"sun":[],"days":[{"date":"2026-08-09","kind":"off","name":"День города"}]}""",
        ["YearCalendar"] = """{"days":[{"date":"2026-01-01","kind":"off","name":"Новый год"},{"date":"2026-04-30","kind":"short"}]}""",
        ["DutyRota"] = """{"from":"2026-01-12","handover":"09:00:00","daysPerTurn":7,"people":[{"contactId":"3c1d2e10-7b7e-4d5e-9d6a-0199f3b26c1e"},{"phones":["79161000004"]}],"shifts":[]}""",
        ["DeputyRule"] = """{"deputies":["3c1d2e10-7b7e-4d5e-9d6a-0199f3b26c1e"],"from":null,"until":null}""",
        ["Absence"] = """{"periods":[{"from":"2026-07-06T00:00:00+03:00","until":"2026-07-20T00:00:00+03:00","note":"отпуск"}]}""",
        ["CabinetPlan"] = """{"regionNames":["Рязанск"],"substitutes":["msk"],"groupPhones":["79101000002"],"dutyPhones":["79101000004"],"nightCode":2,"onCall":"last"}""",
        ["BlockedNumber"] = """{"note":"спам","until":null}""",
        ["ReplayAnswer"] = """{"matched":3,"replayed":0}""",
        ["ExplainRequest"] = """{"cabinet":"msk","caller":"+79165550101","dialled":"78005553535","digit":"4","at":null,"busy":[]}""",
        ["TransferRequest"] = """{"manager":"spb:1203","phone":null,"mode":"attended"}""",
        ["TagRequest"] = """{"tagId":17}""",
        ["RecordRequest"] = """{"on":true}""",
        ["CoachRequest"] = """{"phone":null}""",
        ["DtmfRequest"] = """{"symbol":"5"}""",
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema own && context.MemberInfo is null && context.ParameterInfo is null && Examples.TryGetValue(context.Type.Name, out var example))
        {
            own.Examples = [JsonNode.Parse(example)!];
        }
    }
}
