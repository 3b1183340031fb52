using System.Text.Json.Serialization;
using CollectionsFlows.Functions.Imports;
using CollectionsFlows.Functions.Triggers;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>The JSON shapes of this host's own documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlatformPrincipal))]
internal sealed partial class HostJson : JsonSerializerContext;

/// <summary>Answers of operations and imports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(RehydrationReport))]
[JsonSerializable(typeof(RebuildReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
