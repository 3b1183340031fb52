using System.Text.Json.Serialization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Local.Storage;

/// <summary>The JSON shapes the data directory holds beside those of <see cref="Core.Cases.CaseJson"/>. They only grow.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(CaseIndex))]
[JsonSerializable(typeof(ContactProfile))]
[JsonSerializable(typeof(PastContact))]
[JsonSerializable(typeof(BorrowerDetails))]
[JsonSerializable(typeof(ContactAttempt))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(EvidenceHeader))]
[JsonSerializable(typeof(KeyFileContent))]
internal sealed partial class StoreJson : JsonSerializerContext;

/// <summary>The personal part of a message.</summary>
internal sealed record MessageBody(string Address, string? Subject, string Text);

/// <summary>What can be read of an archived document without a key: no personal data.</summary>
internal sealed record EvidenceHeader(string BorrowerId, string LoanId, string DossierId, string Name, string Sha256);

/// <summary>The key file: keys in base64 by id.</summary>
internal sealed record KeyFileContent(string Active, Dictionary<string, string> Keys, string Address);
