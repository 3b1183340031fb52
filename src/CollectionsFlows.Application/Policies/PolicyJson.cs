using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Policies;

/// <summary>How policies and templates are written as JSON: camelCase, enums in kebab-case, times as <c>HH:mm</c>, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(LocalTimeJsonConverter), typeof(KebabCaseJsonConverter<CreditorRole>), typeof(KebabCaseJsonConverter<Component>),
        typeof(KebabCaseJsonConverter<AllocationDirection>), typeof(KebabCaseJsonConverter<PenaltyBase>), typeof(KebabCaseJsonConverter<RiskBand>),
        typeof(KebabCaseJsonConverter<Channel>), typeof(KebabCaseJsonConverter<ApprovalSubject>), typeof(KebabCaseJsonConverter<Purpose>),
    ])]
[JsonSerializable(typeof(Policy))]
[JsonSerializable(typeof(TemplateDocument))]
public sealed partial class PolicyJson : JsonSerializerContext;

/// <summary>Enums as kebab-case names, never numbers: <c>write-off</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class KebabCaseJsonConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
