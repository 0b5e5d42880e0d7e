using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace TelephonyHub.Hosting;

/// <summary>A parameter that is read by hand and shown in the document.</summary>
internal sealed record ShownParameter(string Name, ParameterLocation In, string Description, string? Example, bool Required = false);

/// <summary>The OpenAPI document: it tells of each operation who may call it, how it fails, and an example.</summary>
internal static class OpenApi
{
    private static readonly string[] Instants = ["from", "to"];

    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder builder, params (string Name, string Description, string? Example)[] parameters) =>
        builder.WithMetadata([.. parameters.Select(object (p) => new ShownParameter(p.Name, ParameterLocation.Query, p.Description, p.Example))]);

    /// <summary>An edit that is refused without the ETag of what was read.</summary>
    public static RouteHandlerBuilder WithIfMatch(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new ShownParameter("If-Match", ParameterLocation.Header, "ETag of what was read; 428 without, 412 when it is not the newest", "\"1\""));

    public static void AddHubOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "TelephonyHub",
                Version = "v1",
                Description = "CRM–telephony hub: four UIS cabinets and Creatio. Send X-Api-Key, or sign in at /sign-in. Lists answer {items, nextCursor}; faults are ProblemDetails. Each operation names the roles that may call it; "
                    + "what is read is of the cabinets that the caller may see. A repeated POST with the same Idempotency-Key acts once, where the operation takes one.",
            });
            o.AddSecurityDefinition("ApiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "A key of Auth:ApiKeys, or one given out by POST /api/v1/api-keys." });
            o.AddSecurityDefinition("Session", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = HubAuth.CookieName, Description = "The session of a person who signed in at /sign-in." });
            o.CustomOperationIds(OperationIdOf);
            o.OperationFilter<HubOperationFilter>();
            o.SchemaFilter<OpenApiExamples>();
            o.SchemaFilter<EnumsByName>();

            // Whatever JSON there is: the generator would describe the class that holds it.
            o.MapType<JsonNode>(() => new OpenApiSchema { Description = "Any JSON." });
            o.SupportNonNullableReferenceTypes();
            var xml = Path.Combine(AppContext.BaseDirectory, "TelephonyHub.xml");
            if (File.Exists(xml))
            {
                o.IncludeXmlComments(xml);
            }
        });
    }

    /// <summary>Roles that pass all policies of an endpoint; null: everybody, without signing in.</summary>
    internal static IReadOnlyList<string>? RolesOf(IEnumerable<object> metadata)
    {
        var demands = metadata.OfType<IAuthorizeData>().ToList();
        return demands.Count == 0
            ? null
            : demands.Aggregate(HubRoles.All, (roles, demand) => demand.Policy is { } policy ? [.. roles.Where(HubPolicies.Roles[policy].Contains)] : roles);
    }

    /// <summary>Named by method and path, as generated clients call it: <c>getCallsByCabinetBySessionId</c>. It stays as long as the path does.</summary>
    private static string OperationIdOf(ApiDescription operation)
    {
        var words = operation.RelativePath!.Replace("api/v1/", "", StringComparison.Ordinal).Split('/', '-', '_')
            .Select(w => w.StartsWith('{') ? "By" + Raised(w.Trim('{', '}').Split(':')[0]) : Raised(w));
        return operation.HttpMethod!.ToLowerInvariant() + string.Concat(words);
    }

    private static string Raised(string word) => word.Length == 0 ? "" : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    /// <summary>Bodies that are read by hand take words (<see cref="Storage.HubJson.Stored"/>), of which the generator knows nothing.</summary>
    private sealed class EnumsByName : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            if (schema is OpenApiSchema { Type: JsonSchemaType.Integer } own && context.Type.IsEnum)
            {
                (own.Type, own.Format) = (JsonSchemaType.String, null);
                own.Enum = [.. Enum.GetNames(context.Type).Select(n => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(n))];
            }
        }
    }

    private sealed class HubOperationFilter : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            foreach (var p in metadata.OfType<ShownParameter>())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter { Name = p.Name, In = p.In, Description = p.Description, Required = p.Required, Schema = SchemaOf(p), Example = p.Example is null ? null : JsonValue.Create(p.Example) });
            }

            if (RolesOf(metadata) is { } roles)
            {
                operation.Description = $"{operation.Description}\n\nRoles: {string.Join(", ", roles)}.".TrimStart();
                operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
                operation.Extensions["x-roles"] = new JsonNodeExtension(new JsonArray([.. roles.Select(r => (JsonNode)r)]));
                operation.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("ApiKey", context.Document)] = [] },
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("Session", context.Document)] = [] },
                ];
                TellRefusals(operation, context, roles.Count < HubRoles.All.Count || metadata.OfType<IAuthorizeData>().Any(d => d.Policy is not null));
            }
        }

        private static void TellRefusals(OpenApiOperation operation, OperationFilterContext context, bool forbids)
        {
            operation.Responses ??= [];
            foreach (var (status, reason) in new[] { ("401", "No valid key or session"), ("403", "The role does not allow it") }.Take(forbids ? 2 : 1))
            {
                operation.Responses.TryAdd(status, new OpenApiResponse
                {
                    Description = reason,
                    Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), context.SchemaRepository) },
                    },
                });
            }
        }

        private static OpenApiSchema SchemaOf(ShownParameter parameter) => parameter.Name switch
        {
            "limit" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "200" },
            _ when Instants.Contains(parameter.Name) && parameter.Example?.Contains('T', StringComparison.Ordinal) == true => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
