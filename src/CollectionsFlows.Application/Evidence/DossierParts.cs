using System.Text.Json.Serialization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>What a dossier is for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DossierKind>))]
public enum DossierKind
{
    /// <summary>S19.</summary>
    LegalReferral,

    /// <summary>S20.</summary>
    WriteOff,
}

/// <summary>An instant on the clock of one of the zones the borrower may be in.</summary>
/// <param name="Zone">IANA.</param>
/// <param name="Time">With the offset that held then.</param>
public sealed record LocalInstant(string Zone, DateTimeOffset Time);

/// <summary>Who the borrower is. <paramref name="Name"/> is null when the personal data was erased before (S25).</summary>
public sealed record DossierBorrower(string BorrowerId, string? Name, string? Language, IReadOnlyList<DossierAddress> Addresses);

/// <summary>A number or address as it was known on the day.</summary>
public sealed record DossierAddress(Channel Channel, string Value, Place? Place);

/// <summary>The loan without its schedule.</summary>
/// <param name="Attributes">What else the lender said of it, by name.</param>
public sealed record DossierLoan(
    string LoanId, string Product, CreditorRole CreditorRole, string Jurisdiction, IReadOnlyList<string> TimeZones, decimal PenaltyAnnualRate,
    DateTimeOffset OpenedAt, IReadOnlyDictionary<string, string> Attributes);

/// <summary>The strategy the case was run by.</summary>
/// <param name="PaymentUse">How payments are used, a sentence for each rule.</param>
public sealed record DossierPolicy(string Name, int Version, string Title, string? Description, IReadOnlyList<string> Sources, IReadOnlyList<string> PaymentUse);

/// <summary>Where the loan stands at the end of a local day.</summary>
/// <param name="Pauses">Days that do not count as past due and bear no penalty interest; without an end: still running.</param>
public sealed record DossierStanding(
    DateOnly AsOf, CaseStatus Status, string? Stage, int DaysPastDue, int MaxDaysPastDue, Breakdown Overdue, Breakdown Balance, decimal Paid, decimal Credit,
    IReadOnlyList<DossierPause> Pauses);

/// <summary>A pause; <paramref name="Until"/> is the first day that counts again.</summary>
public sealed record DossierPause(DateOnly From, DateOnly? Until);

/// <summary>An instalment as scheduled, and what became of it.</summary>
public sealed record DossierInstalment(
    int Number, DateOnly DueOn, decimal PrincipalDue, decimal InterestDue, decimal FeesDue, decimal Total,
    Breakdown Paid, Breakdown Outstanding, int DaysPastDue, DateOnly? SettledOn);

/// <summary>How penalty interest is computed.</summary>
/// <param name="AnnualRate">0.18 is 18 % a year.</param>
/// <param name="Base">What it is counted on.</param>
/// <param name="DaysInYear">360 or 365.</param>
/// <param name="PerDay">What one more day adds at the arrears of the day; zero while a pause runs.</param>
/// <param name="Method">In words.</param>
public sealed record DossierPenalty(decimal AnnualRate, PenaltyBase Base, int DaysInYear, decimal PerDay, string Method);

/// <summary>A payment and how it was used as of the day; a reversed one is used for nothing.</summary>
public sealed record DossierPayment(
    int Seq, string PaymentId, decimal Amount, string? Method, DateTimeOffset PaidAt, DateOnly ValueOn, DossierReversal? Reversal, Breakdown Used, decimal Credit);

/// <summary>Why and when a payment stopped counting.</summary>
public sealed record DossierReversal(int Seq, DateTimeOffset RecordedAt, string Reason);

/// <summary>A fact in plain words.</summary>
public sealed record DossierDecision(int Seq, DateTimeOffset At, string Type, string Words);

/// <summary>What ties the dossier to the journal: whoever has the journal can check that it is this one.</summary>
/// <param name="Facts">How many facts the journal had.</param>
/// <param name="HeadHash">The hash of the last of them, which rests on all before it.</param>
/// <param name="HowToCheck">In words.</param>
public sealed record DossierChain(int Facts, string HeadHash, string HowToCheck);
