using System.Text;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>Every bad row is listed: line, column, what is wrong, what was expected.</summary>
public sealed class LoansFileErrorsTests
{
    [Theory]
    [InlineData("borrowerId", "", "empty")]
    [InlineData("name", "", "empty")]
    [InlineData("phone", "312-555-0100", "E.164")]
    [InlineData("phone", "+1312555010x", "E.164")]
    [InlineData("phone", "+03125550100", "E.164")]
    [InlineData("phone", "+13125550100;5550101", "E.164")]
    [InlineData("email", "one@example", "e-mail")]
    [InlineData("email", "one example.com", "e-mail")]
    [InlineData("email", "@example.com", "e-mail")]
    [InlineData("language", "english!", "language tag")]
    [InlineData("jurisdiction", "USA", "ISO country")]
    [InlineData("jurisdiction", "us", "ISO country")]
    [InlineData("jurisdiction", "", "ISO country")]
    [InlineData("timeZone", "Chicago", "IANA")]
    [InlineData("timeZone", "America/Nowhere", "IANA")]
    [InlineData("timeZone", "CST", "IANA")]
    [InlineData("product", "", "empty")]
    [InlineData("creditorRole", "Creditor", "'creditor' or 'collector'")]
    [InlineData("currency", "XYZ", "ISO 4217")]
    [InlineData("currency", "usd", "ISO 4217")]
    [InlineData("penaltyAnnualRate", "18", "percentage")]
    [InlineData("penaltyAnnualRate", "-0.1", "negative")]
    [InlineData("penaltyAnnualRate", "", "fraction")]
    [InlineData("penaltyAnnualRate", "1e-2", "no number")]
    [InlineData("instalmentNumber", "0", "instalment number")]
    [InlineData("instalmentNumber", "1.0", "instalment number")]
    [InlineData("instalmentNumber", "2", "without instalment 1")]
    [InlineData("dueOn", "01/03/2026", "YYYY-MM-DD")]
    [InlineData("dueOn", "2026-02-29", "YYYY-MM-DD")]
    [InlineData("dueOn", "0026-03-01", "YYYY-MM-DD")]
    [InlineData("principalDue", "-100", "negative")]
    [InlineData("principalDue", "100.505", "3 decimals")]
    [InlineData("principalDue", "1e3", "exponents")]
    [InlineData("principalDue", "1 000", "separators")]
    [InlineData("principalDue", "1'000", "separators")]
    [InlineData("principalDue", "+100", "signs")]
    [InlineData("principalDue", "", "empty")]
    [InlineData("principalDue", "abc", "no amount")]
    [InlineData("principalDue", "99999999999999", "too large")]
    [InlineData("principalDue", "100.", "no amount")]
    [InlineData("interestDue", ".5", "no amount")]
    [InlineData("feesDue", "NaN", "no amount")]
    public void a_bad_value_is_named_with_line_and_column(string column, string value, string expected)
    {
        var result = LoansFile.ReadText(LoanLines.File(LoanLines.Row(("loanId", "L-0"), ("borrowerId", "B-0")), LoanLines.Row((column, value))));
        var error = Assert.Single(result.Errors);
        Assert.Equal((3, column), (error.Line, error.Field));
        Assert.Contains(expected, error.Problem, StringComparison.Ordinal);
        Assert.Equal(1, result.BadLoans);
    }

    [Fact]
    public void a_quoted_thousands_separator_is_refused() => AssertError(LoanLines.Row(("principalDue", "\"1,000\"")), 2, "principalDue", "separators");

    [Fact]
    public void an_amount_with_cents_in_a_currency_without_them_is_refused() =>
        AssertError(LoanLines.Row(("currency", "JPY")), 2, "principalDue", "JPY has none");

    [Fact]
    public void personal_values_are_never_shown()
    {
        const string secret = "Zebedee-Secret@@";
        foreach (var column in new[] { "name", "phone", "email" })
        {
            var bad = column == "name" ? secret + "\t" : secret;
            var changed = column == "name" ? "Other" : "x@y.example";
            var result = LoansFile.ReadText(LoanLines.File(LoanLines.Row((column, bad)), LoanLines.Instalment(2, (column, changed))));
            Assert.NotEmpty(result.Errors);
            Assert.DoesNotContain(result.Errors, error => error.ToString().Contains("Zebedee", StringComparison.Ordinal) || error.ToString().Contains(changed, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void every_bad_row_is_listed_in_order_of_lines()
    {
        var result = LoansFile.ReadText(LoanLines.File(
            LoanLines.Row(("principalDue", "-1"), ("dueOn", "soon")),
            LoanLines.Row(("loanId", "L-2"), ("currency", "XXX")),
            LoanLines.Row(("loanId", "L-3")),
            LoanLines.Row(("loanId", "L-4"), ("feesDue", "?"))));
        Assert.Equal([(2, "dueOn"), (2, "principalDue"), (3, "currency"), (5, "feesDue")], result.Errors.Select(error => (error.Line!.Value, error.Field)));
        Assert.Equal("L-3", Assert.Single(result.Loans).Terms.LoanId);
        Assert.Equal(3, result.BadLoans);
    }

    [Fact]
    public void a_loan_has_one_currency() => AssertError([LoanLines.Row(), LoanLines.Instalment(2, ("currency", "EUR"))], 3, "currency", "a loan has one currency");

    [Theory]
    [InlineData("borrowerId", "B-9")]
    [InlineData("timeZone", "America/New_York")]
    [InlineData("penaltyAnnualRate", "0.19")]
    [InlineData("name", "Another Person")]
    public void loan_columns_must_say_the_same_in_every_row(string column, string other) =>
        AssertError([LoanLines.Row(), LoanLines.Instalment(2, (column, other))], 3, column, "differs from");

    [Fact]
    public void a_duplicate_instalment_names_the_other_line() =>
        AssertError([LoanLines.Row(), LoanLines.Instalment(2), LoanLines.Instalment(2)], 4, "instalmentNumber", "already on line 3");

    [Fact]
    public void a_gap_in_the_numbers_is_refused() => AssertError([LoanLines.Row(), LoanLines.Instalment(3)], 3, "instalmentNumber", "without instalment 2");

    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("2026-02-28")]
    public void due_dates_must_ascend(string second) => AssertError([LoanLines.Row(), LoanLines.Instalment(2, ("dueOn", second))], 3, "dueOn", "not after instalment 1");

    [Fact]
    public void an_instalment_with_nothing_due_is_refused() =>
        AssertError(LoanLines.Row(("principalDue", "0"), ("interestDue", "0.00"), ("feesDue", "0")), 2, "principalDue", "nothing falls due");

    [Fact]
    public void a_zone_that_nothing_tells_must_be_stated()
    {
        AssertError(LoanLines.Row(("timeZone", ""), ("phone", ""), ("jurisdiction", "XZ")), 2, "timeZone", "expected a name");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void an_empty_file_is_an_error(string text) => Assert.Contains("empty", Assert.Single(LoansFile.ReadText(text).Errors).Problem, StringComparison.Ordinal);

    [Fact]
    public void a_header_alone_is_an_error() => Assert.Contains("no rows", Assert.Single(LoansFile.ReadText(LoanLines.Header).Errors).Problem, StringComparison.Ordinal);

    [Fact]
    public void a_wrong_header_names_what_is_missing_doubled_or_mistyped()
    {
        var text = LoanLines.Header.Replace("dueOn", "due_on", StringComparison.Ordinal).Replace("feesDue", "loanId", StringComparison.Ordinal);
        var errors = LoansFile.ReadText(text + "\n" + LoanLines.Row()).Errors.Select(error => error.ToString()).ToList();
        Assert.Contains("line 1: loanId: the column appears more than once in the header", errors);
        Assert.Contains("line 1: dueOn: the column is missing (is 'due_on' meant for it?)", errors);
        Assert.Contains(errors, error => error.StartsWith("line 1: feesDue: the column is missing", StringComparison.Ordinal));
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void semicolons_instead_of_commas_are_named() =>
        Assert.Contains("expected commas", Assert.Single(LoansFile.ReadText(LoanLines.Header.Replace(',', ';')).Errors).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(",extra", "18 columns; expected 17")]
    [InlineData("\"", "a quote inside an unquoted value")]
    public void too_many_columns_or_a_stray_quote_are_named(string suffix, string expected) => AssertError(LoanLines.Row() + suffix, 2, "", expected);

    [Fact]
    public void too_few_columns_are_named() => AssertError("L-1,B-1", 2, "", "2 columns; expected 17");

    [Fact]
    public void a_quote_that_is_never_closed_costs_one_row()
    {
        var result = LoansFile.ReadText(LoanLines.File(
            LoanLines.Row(("loanId", "L-0")), LoanLines.Row(("name", "\"Invented")), LoanLines.Row(("loanId", "L-2")), LoanLines.Row(("loanId", "L-3"), ("feesDue", "x"))));
        Assert.Equal([3, 5], result.Errors.Select(error => error.Line!.Value));
        Assert.Contains("quote", result.Errors[0].Problem, StringComparison.Ordinal);
        Assert.Equal(["L-0", "L-2"], result.Loans.Select(loan => loan.Terms.LoanId));
        Assert.Equal(2, result.BadLoans);
    }

    [Fact]
    public void a_line_of_a_megabyte_costs_that_line()
    {
        var result = LoansFile.ReadText(LoanLines.File(LoanLines.Row(("loanId", "L-0")), LoanLines.Row(), LoanLines.Instalment(2, ("product", new string('x', 1_000_000))), LoanLines.Row(("loanId", "L-2"))));
        var error = Assert.Single(result.Errors);
        Assert.Equal(4, error.Line);
        Assert.Contains("bytes long", error.Problem, StringComparison.Ordinal);
        Assert.Equal(["L-0", "L-2"], result.Loans.Select(loan => loan.Terms.LoanId)); // L-1 without its second instalment is not L-1
    }

    [Fact]
    public void a_nul_byte_and_broken_utf8_are_named_by_line()
    {
        var bytes = Encoding.UTF8.GetBytes(LoanLines.File(LoanLines.Row(("product", "c\0d")), LoanLines.Row(("loanId", "L-2"), ("product", "c@d")), LoanLines.Row(("loanId", "L-3"))));
        bytes[Array.IndexOf(bytes, (byte)'@', Encoding.UTF8.GetString(bytes).IndexOf("c@d", StringComparison.Ordinal))] = 0xFF;
        using var stream = new MemoryStream(bytes);
        var result = LoansFile.Read(stream);
        Assert.Equal([2, 3], result.Errors.Select(error => error.Line!.Value));
        Assert.Contains("NUL", result.Errors[0].Problem, StringComparison.Ordinal);
        Assert.Contains("UTF-8", result.Errors[1].Problem, StringComparison.Ordinal);
        Assert.Equal("L-3", Assert.Single(result.Loans).Terms.LoanId);
    }

    [Fact]
    public void a_file_in_utf16_is_named()
    {
        using var stream = new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(LoanLines.File(LoanLines.Row()))]);
        Assert.Contains("UTF-16", LoansFile.Read(stream).Errors[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a\tb", "control character")]
    public void a_bad_loan_id_is_named(string loanId, string expected)
    {
        var error = Assert.Single(LoansFile.ReadText(LoanLines.File(LoanLines.Row(("loanId", loanId)))).Errors);
        Assert.Equal((2, "loanId"), (error.Line, error.Field));
        Assert.Contains(expected, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void a_row_whose_loan_cannot_be_told_spoils_its_neighbours()
    {
        var result = LoansFile.ReadText(LoanLines.File(LoanLines.Row(("loanId", "L-0")), LoanLines.Row(), LoanLines.Instalment(2, ("loanId", "")), LoanLines.Row(("loanId", "L-2")), LoanLines.Row(("loanId", "L-3"))));
        Assert.Equal(["L-0", "L-3"], result.Loans.Select(loan => loan.Terms.LoanId));
    }

    private static void AssertError(string row, int line, string field, string expected) => AssertError([row], line, field, expected);

    private static void AssertError(string[] rows, int line, string field, string expected)
    {
        var result = LoansFile.ReadText(LoanLines.File(rows));
        var error = Assert.Single(result.Errors);
        Assert.Equal((line, field), (error.Line, error.Field));
        Assert.Contains(expected, error.Problem, StringComparison.Ordinal);
        Assert.Empty(result.Loans);
        Assert.Equal(1, result.BadLoans);
    }
}
