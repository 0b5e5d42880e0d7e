using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace TelephonyHub.Hosting;

/// <summary>A query parameter that is read by hand and shown in the document.</summary>
internal sealed record QueryParameter(string Name, string Description, string? Example);

internal static class OpenApi
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder builder, params (string Name, string Description, string? Example)[] parameters) =>
        builder.WithMetadata([.. parameters.Select(object (p) => new QueryParameter(p.Name, p.Description, p.Example))]);

    public static void AddHubOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "TelephonyHub",
                Version = "v1",
                Description = "CRM–telephony hub: four UIS cabinets and Creatio. Send X-Api-Key, or sign in at /sign-in. Lists answer {items, nextCursor}; faults are ProblemDetails.",
            });
            o.AddSecurityDefinition("ApiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "A key of Auth:ApiKeys." });
            o.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("ApiKey", document)] = [] });
            o.OperationFilter<QueryParameterFilter>();
            o.SupportNonNullableReferenceTypes();
            var xml = Path.Combine(AppContext.BaseDirectory, "TelephonyHub.xml");
            if (File.Exists(xml))
            {
                o.IncludeXmlComments(xml);
            }
        });
    }

    private sealed class QueryParameterFilter : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            foreach (var p in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = p.Name,
                    In = ParameterLocation.Query,
                    Description = p.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = p.Example is null ? null : JsonValue.Create(p.Example),
                });
            }
        }
    }
}
