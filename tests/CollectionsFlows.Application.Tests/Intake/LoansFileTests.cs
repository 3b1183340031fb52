using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What a good loans file means.</summary>
public sealed class LoansFileTests
{
    [Fact]
    public void a_loan_is_read_with_its_instalments_and_borrower()
    {
        var loan = Single(LoanLines.File(LoanLines.Row(), LoanLines.Instalment(2, ("principalDue", "50"), ("interestDue", "1.5"), ("feesDue", "0.25"))));

        Assert.Equal(2, loan.Line);
        Assert.Equal("L-1", loan.Terms.LoanId);
        Assert.Equal("B-1", loan.Terms.BorrowerId);
        Assert.Equal("card", loan.Terms.Product);
        Assert.Equal(CreditorRole.Creditor, loan.Terms.CreditorRole);
        Assert.Equal("US", loan.Terms.Jurisdiction);
        Assert.Equal(["America/Chicago"], loan.Terms.TimeZones);
        Assert.Equal(Currency.Parse("USD"), loan.Terms.Currency);
        Assert.Equal(0.18m, loan.Terms.PenaltyAnnualRate);
        Assert.Equal(
            [new Instalment(1, new(2026, 3, 1), 100.50m, 2m, 0m), new Instalment(2, new(2026, 4, 1), 50m, 1.5m, 0.25m)],
            loan.Terms.Instalments);
        Assert.Empty(loan.Terms.Attributes);
        Assert.Equal("Invented Person", loan.Borrower.Name);
        Assert.Equal("en-US", loan.Borrower.Language);
        Assert.Equal([(Channel.Sms, "+13125550100"), (Channel.Email, "one@example.com")], loan.Borrower.Addresses.Select(address => (address.Channel, address.Value)));
    }

    [Fact]
    public void columns_come_in_any_order_and_extra_ones_become_attributes()
    {
        var names = LoanLines.Header.Split(',');
        var values = LoanLines.Row().Split(',');
        var text = $"creditScore,{string.Join(',', names.Reverse())},monthlyIncome\n640,{string.Join(',', values.Reverse())},\n";

        var loan = Single(text);

        Assert.Equal(Single(LoanLines.File(LoanLines.Row())).Terms.Instalments, loan.Terms.Instalments);
        Assert.Equal(new Dictionary<string, string> { ["creditScore"] = "640" }, loan.Terms.Attributes);
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\r\n")]
    [InlineData("", "\n\n")]
    public void byte_order_mark_line_ends_and_empty_lines_change_nothing(string start, string end)
    {
        var text = start + LoanLines.File(LoanLines.Row(), LoanLines.Instalment(2)).Replace("\n", end, StringComparison.Ordinal);
        Assert.Equal(2, Single(text).Terms.Instalments.Count);
        Assert.Equal(2, Single(text.TrimEnd()).Terms.Instalments.Count);
    }

    [Fact]
    public void quoted_values_hold_commas_quotes_and_line_breaks()
    {
        var loan = Single(LoanLines.File(LoanLines.Row(("name", "\"Person, \"\"Invented\"\"\""), ("product", "\"card\""))));
        Assert.Equal("Person, \"Invented\"", loan.Borrower.Name);
        Assert.Equal("card", loan.Terms.Product);

        var noted = Single($"{LoanLines.Header},note\n{LoanLines.Row()},\"two\nlines\"\n");
        Assert.Equal("two\nlines", noted.Terms.Attributes["note"]);
    }

    [Fact]
    public void rows_of_a_loan_may_be_apart_and_in_any_order()
    {
        var other = LoanLines.Row(("loanId", "L-2"), ("borrowerId", "B-2"));
        var result = LoansFile.ReadText(LoanLines.File(LoanLines.Instalment(3), other, LoanLines.Instalment(1), LoanLines.Instalment(2)));

        Assert.Empty(result.Errors);
        Assert.Equal(["L-1", "L-2"], result.Loans.Select(loan => loan.Terms.LoanId));
        Assert.Equal([1, 2, 3], result.Loans[0].Terms.Instalments.Select(instalment => instalment.Number));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("#1")]
    [InlineData("贷款-1")]
    [InlineData("L 1")]
    [InlineData("..")]
    [InlineData("%2F")]
    public void a_loan_id_may_be_any_printable_text(string loanId) => Assert.Equal(loanId, Single(LoanLines.File(LoanLines.Row(("loanId", loanId)))).Terms.LoanId);

    [Fact]
    public void several_phones_are_several_addresses_and_none_is_fine()
    {
        Assert.Equal(["+13125550100", "+13125550101"], Phones("+13125550100;+13125550101"));
        Assert.Equal(["+13125550100"], Phones(" +13125550100 ; +13125550100;"));
        Assert.Empty(Phones(""));
    }

    [Fact]
    public void ndjson_says_the_same()
    {
        var fromJson = Single(LoanLines.JsonLoan + "\n");
        var fromCsv = Single(LoanLines.File(LoanLines.Row()));
        Assert.Equal(fromCsv.Terms.Instalments, fromJson.Terms.Instalments);
        Assert.Equal(fromCsv.Terms with { Instalments = [], TimeZones = [], Attributes = LoanDraft.NoAttributes }, fromJson.Terms with { Instalments = [], TimeZones = [], Attributes = LoanDraft.NoAttributes });
        Assert.Equal(fromCsv.Borrower.Addresses, fromJson.Borrower.Addresses);
    }

    [Fact]
    public void ndjson_attributes_are_extra_fields_and_the_object_of_that_name()
    {
        var loan = Single(LoanLines.JsonLoan[..^1] + ",\"creditScore\":640,\"employed\":true,\"none\":null,\"attributes\":{\"otherDebt\":12.5}}");
        Assert.Equal(new Dictionary<string, string> { ["creditScore"] = "640", ["employed"] = "true", ["otherDebt"] = "12.5" }, loan.Terms.Attributes);
    }

    [Fact]
    public void a_currency_without_minor_unit_has_whole_amounts() =>
        Assert.Equal(5000m, Single(LoanLines.File(LoanLines.Row(("currency", "JPY"), ("principalDue", "5000"), ("interestDue", "0.00")))).Terms.Instalments[0].PrincipalDue);

    [SkippableFact]
    public void the_recorded_portfolio_reads_without_an_error()
    {
        var path = SharedData.Find("real-loans.csv");
        Skip.If(path is null, "../shared/data is not there");
        var result = LoansFile.ReadFile(path!);
        Assert.Empty(result.Errors);
        Assert.Equal(250, result.Loans.Count);
    }

    private static string[] Phones(string phone) =>
        [.. Single(LoanLines.File(LoanLines.Row(("phone", phone), ("email", "")))).Borrower.Addresses.Select(address => address.Value)];

    private static ImportedLoan Single(string text)
    {
        var result = LoansFile.ReadText(text);
        Assert.Empty(result.Errors);
        Assert.Equal(0, result.BadLoans);
        return Assert.Single(result.Loans);
    }
}
