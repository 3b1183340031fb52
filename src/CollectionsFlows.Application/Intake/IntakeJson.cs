using System.Text.Json.Serialization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>The JSON shapes intake itself writes: parked effects, and what enrolments are compared by.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ParkedEffect))]
[JsonSerializable(typeof(BorrowerDetails))]
[JsonSerializable(typeof(LoanTerms))]
[JsonSerializable(typeof(Channel))]
[JsonSerializable(typeof(Direction))]
[JsonSerializable(typeof(ContactOutcome))]
[JsonSerializable(typeof(Place))]
[JsonSerializable(typeof(Recipient))]
internal sealed partial class IntakeJson : JsonSerializerContext;

/// <summary>A borrower's part of an event whose loan is not known yet, kept as an encrypted text until it is.</summary>
internal sealed record ParkedEffect(string EventId, string LoanId, DateTimeOffset At, string Type, BorrowerEffect Effect);
