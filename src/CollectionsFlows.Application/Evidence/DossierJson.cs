using System.Text.Json.Serialization;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The JSON shape of a dossier; <see cref="DossierFile"/> writes and reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dossier))]
internal sealed partial class DossierJson : JsonSerializerContext;
