using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using CollectionsFlows.Application.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Sends the product's traces, measures and logs to Application Insights, by the app's identity. Without its connection string nothing leaves the process.</summary>
internal static class TelemetryExport
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, TokenCredential credential)
    {
        if (string.IsNullOrWhiteSpace(configuration[ConnectionString]))
            return services;
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(EngineTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(EngineTelemetry.Name))
            .UseFunctionsWorkerDefaults()
            .UseAzureMonitorExporter(exporter => exporter.Credential = credential);
        return services;
    }
}
