using System.Globalization;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>Words for loans in examples.</summary>
internal static class ALoan
{
    public static readonly AccountRules Rules = new();

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A loan with penalty interest of <paramref name="penalty"/> a year.</summary>
    public static LoanTerms Of(decimal penalty, string currency, params Instalment[] instalments) => new()
    {
        LoanId = "L-1",
        BorrowerId = "B-1",
        Product = "personal",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = "US",
        TimeZones = ["America/Chicago"],
        Currency = Currency.Parse(currency),
        PenaltyAnnualRate = penalty,
        Instalments = instalments,
    };

    public static LoanTerms Of(params Instalment[] instalments) => Of(0m, "USD", instalments);

    public static Instalment Due(int number, string dueOn, decimal principal, decimal interest = 0m, decimal fees = 0m) =>
        new(number, Day(dueOn), principal, interest, fees);

    /// <summary>A payment made at noon UTC of its value date.</summary>
    public static Payment Paid(decimal amount, string valueOn, string id = "P-1") =>
        new(id, amount, Day(valueOn), new DateTimeOffset(Day(valueOn), new TimeOnly(12, 0), TimeSpan.Zero));

    public static Pause Paused(string from, string? until = null) => new(Day(from), until is null ? DateOnly.MaxValue : Day(until));

    public static AccountPosition On(this LoanTerms terms, string asOf, params Payment[] payments) =>
        LoanAccount.Position(terms, Rules, payments, [], null, Day(asOf));

    public static AccountPosition On(this LoanTerms terms, string asOf, AccountRules rules, params Payment[] payments) =>
        LoanAccount.Position(terms, rules, payments, [], null, Day(asOf));
}
