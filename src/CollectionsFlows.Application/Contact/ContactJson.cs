using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>The JSON of packs, calendars and notices: camelCase names, enum names in any case, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(JurisdictionPack))]
[JsonSerializable(typeof(ContactRule))]
[JsonSerializable(typeof(CalendarFile))]
[JsonSerializable(typeof(NoticeFile))]
internal sealed partial class ContactJson : JsonSerializerContext;
