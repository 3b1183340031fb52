using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Tests.Messages;

public class MessageValuesTests
{
    private static readonly LenderProfile Lender = new("Example Bank", "+1 312-555-0100", "https://pay.example.com/l/");

    private static readonly LoanTerms Terms = new()
    {
        LoanId = "L 1/2",
        BorrowerId = "B-1",
        Product = "personal",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = "US",
        TimeZones = ["America/Chicago"],
        Currency = Currency.Parse("USD"),
        PenaltyAnnualRate = 0.1825m,
        Instalments = [new(1, new(2016, 10, 7), 1000m, 20m, 5m), new(2, new(2016, 11, 7), 1000m, 10m, 0m)],
    };

    // 10 days late: 1000 × 0.1825 / 365 = 0.50 a day on principal.
    private static readonly AccountPosition Position = new()
    {
        AsOf = new(2016, 10, 17),
        Instalments =
        [
            new(1, new(2016, 10, 7), new(5m, 5m, 20m, 1000m), Breakdown.Zero, 10, null),
            new(2, new(2016, 11, 7), new(0m, 0m, 10m, 1000m), Breakdown.Zero, 0, null),
        ],
        Allocations = [],
        Credit = 0m,
        Paid = 0m,
        Balance = new(5m, 5m, 30m, 2000m),
        Overdue = new(5m, 5m, 20m, 1000m),
        DaysPastDue = 10,
        OldestUnpaidDueOn = new(2016, 10, 7),
        PaidOffOn = null,
    };

    private static readonly Payoff Payoff = new(new(2016, 10, 17), new(5m, 5m, 20m, 2000m), 10m, 0m);

    [Fact]
    public void english_values_are_written_in_english()
    {
        var values = Values("en-US");

        Assert.Equal("USD 1,030.00", values["overdue"]);
        Assert.Equal("USD 1,000.00", values["overduePrincipal"]);
        Assert.Equal("USD 20.00", values["overdueInterest"]);
        Assert.Equal("USD 5.00", values["overdueFees"]);
        Assert.Equal("USD 5.00", values["overduePenalty"]);
        Assert.Equal("18.25%", values["penaltyRate"]);
        Assert.Equal("USD 0.50", values["penaltyPerDay"]);
        Assert.Equal("USD 2,030.00", values["payoff"]);
        Assert.Equal("Oct 7, 2016", values["dueOn"]);
        Assert.Equal("Nov 7, 2016", values["nextDueOn"]);
        Assert.Equal("USD 1,010.00", values["nextAmount"]);
        Assert.Equal("Oct 17, 2016", values["today"]);
        Assert.Equal("10", values["daysPastDue"]);
        Assert.Equal("https://pay.example.com/l/L%201%2F2", values["paymentLink"]);
        Assert.Equal("Reply STOP to opt out.", values["optOut"]);
    }

    [Fact]
    public void chinese_values_are_written_in_chinese()
    {
        var yuan = MessageValues.For("zh-CN", Lender, "示例", Terms with { Currency = Currency.Parse("CNY") }, new AccountRules(), Position, Payoff);

        Assert.Equal("人民币1,030.00元", yuan["overdue"]);
        Assert.Equal("2016年10月7日", yuan["dueOn"]);
        Assert.Equal("回复TD退订", yuan["optOut"]);
        Assert.Equal("USD 1,030.00", Values("zh-CN")["overdue"]);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public void every_placeholder_has_a_value(string language)
    {
        var values = Values(language);

        Assert.Equal(Placeholders.Known.Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(values, value => string.IsNullOrWhiteSpace(value.Value) && !Placeholders.OfNotices.Contains(value.Key));
    }

    [Fact]
    public void penalty_per_day_follows_the_base_and_the_day_count()
    {
        // (1000 + 20) × 0.1825 / 360 = 0.51708… → 0.52
        var rules = new AccountRules { PenaltyBase = PenaltyBase.PrincipalAndInterest, PenaltyDaysInYear = 360 };

        Assert.Equal("USD 0.52", MessageValues.For("en-US", Lender, "Sample", Terms, rules, Position, Payoff)["penaltyPerDay"]);
    }

    [Fact]
    public void a_loan_overdue_to_its_last_instalment_still_has_values()
    {
        var values = MessageValues.For("en-US", Lender, "Sample", Terms, new AccountRules(), Position with { AsOf = new(2017, 3, 1) }, Payoff);

        Assert.Equal("Nov 7, 2016", values["nextDueOn"]);
    }

    [Fact]
    public void a_sender_that_receives_no_replies_offers_the_telephone() =>
        Assert.Equal("To opt out call +1 312-555-0100.", MessageValues.For("en-US", Lender with { ReceivesReplies = false }, "Sample", Terms, new AccountRules(), Position, Payoff)["optOut"]);

    [Theory]
    [InlineData("JPY", "1234.5", "JPY 1,234")] // Half-even, no minor unit.
    [InlineData("USD", "0", "USD 0.00")]
    [InlineData("USD", "1234567.885", "USD 1,234,567.88")]
    public void amounts_have_the_currencys_decimals(string currency, string amount, string written) =>
        Assert.Equal(written, MessageFormat.Amount(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(currency), "en-US"));

    private static IReadOnlyDictionary<string, string> Values(string language) => MessageValues.For(language, Lender, "Sample", Terms, new AccountRules(), Position, Payoff);
}
