using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Tests.Risk;

public class RiskInputsTests // S22
{
    private static readonly LoanTerms Terms = new()
    {
        LoanId = "L-1",
        BorrowerId = "B-1",
        Product = "personal",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = "US",
        TimeZones = ["America/Chicago"],
        Currency = Currency.Parse("USD"),
        PenaltyAnnualRate = 0m,
        Instalments = [new(1, new(2016, 10, 7), 1000m, 0m, 0m)],
    };

    private static readonly AccountPosition Position = new()
    {
        AsOf = new(2016, 10, 17),
        Instalments = [new(1, new(2016, 10, 7), new(0m, 0m, 0m, 1000m), Breakdown.Zero, 10, null)],
        Allocations = [],
        Credit = 0m,
        Paid = 0m,
        Balance = new(0m, 0m, 0m, 1000m),
        Overdue = new(0m, 0m, 0m, 1000m),
        DaysPastDue = 10,
        OldestUnpaidDueOn = new(2016, 10, 7),
        PaidOffOn = null,
    };

    [Fact]
    public void a_loans_columns_become_inputs()
    {
        var inputs = Of(("creditScore", "655"), ("monthlyIncome", "3,200.50"), ("otherDebt", "0"));

        Assert.Equal((10, 1000m, 1000m), (inputs.DaysPastDue, inputs.Overdue, inputs.Balance));
        Assert.Equal((655m, 3200.50m, 0m), (inputs.CreditScore, inputs.MonthlyIncome, inputs.OtherDebt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    public void what_is_no_number_is_unknown(string text) => Assert.Null(Of(("creditScore", text)).CreditScore);

    [Fact]
    public void nothing_known_is_unknown_and_not_zero() => Assert.Equal((null, null, null), (Of().CreditScore, Of().MonthlyIncome, Of().OtherDebt));

    private static RiskInputs Of(params (string Name, string Value)[] attributes) =>
        RiskInputs.Of(Terms with { Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value) }, Position, reachableByPhoneOrSms: true);
}
