using System.Text.Json.Serialization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The JSON shapes rows hold beside those of <see cref="CaseJson"/>. They only grow.</summary>
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
[JsonSerializable(typeof(List<PlannedEnrolment>))]
internal sealed partial class TablesJson : JsonSerializerContext;

/// <summary>The personal part of a message.</summary>
internal sealed record MessageBody(string Address, string? Subject, string Text);

/// <summary>An enrolment in a manifest.</summary>
internal sealed record PlannedEnrolment(string LoanId, string BorrowerId, long ReceivedAt, string BodySha256, byte[] Input, BorrowerDetails Borrower);
