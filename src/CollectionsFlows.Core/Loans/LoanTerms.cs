using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Loans;

/// <summary>Who the lender is to the borrower: some rules bind only one of them (<c>regulation.md</c>).</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<CreditorRole>))]
public enum CreditorRole
{
    /// <summary>Collects its own debt.</summary>
    Creditor,

    /// <summary>Collects for others.</summary>
    Collector,
}

/// <summary>One scheduled payment of a loan. Amounts are in the loan's currency, zero or more.</summary>
/// <param name="Number">Its number, 1 for the first.</param>
/// <param name="DueOn">The last day on which paying it is on time, in the borrower's local dates.</param>
/// <param name="PrincipalDue">Principal due.</param>
/// <param name="InterestDue">Contract interest due.</param>
/// <param name="FeesDue">Fees due.</param>
public sealed record Instalment(int Number, DateOnly DueOn, decimal PrincipalDue, decimal InterestDue, decimal FeesDue)
{
    [JsonIgnore]
    public decimal Total => PrincipalDue + InterestDue + FeesDue;
}

/// <summary>What was lent and when it falls due. Carries no personal data: the borrower is an id (S25).</summary>
public sealed record LoanTerms
{
    /// <summary>The lender's id of the loan: the stream's name.</summary>
    public required string LoanId { get; init; }

    /// <summary>The lender's id of the borrower; the person behind it lives in the borrower store only.</summary>
    public required string BorrowerId { get; init; }

    /// <summary>The lender's product name, e.g. <c>card</c>.</summary>
    public required string Product { get; init; }

    public required CreditorRole CreditorRole { get; init; }

    /// <summary>The borrower's jurisdiction, e.g. <c>CN</c>, <c>US</c> or <c>US-MA</c> (which includes <c>US</c>).</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>The IANA zones the borrower may be in, never empty; the first is where dates are shown.</summary>
    public required IReadOnlyList<string> TimeZones { get; init; }

    /// <summary>The currency of every amount of the loan.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Penalty interest a year as a fraction (0.18 is 18 %), on overdue amounts.</summary>
    public required decimal PenaltyAnnualRate { get; init; }

    /// <summary>The schedule in order of number and due date, never empty.</summary>
    public required IReadOnlyList<Instalment> Instalments { get; init; }

    /// <summary>Risk inputs and whatever else the lender sent (<c>creditScore</c>, <c>monthlyIncome</c> …). No personal data.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
