using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Messages;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

public class NoticeContentsTests
{
    private static readonly LenderProfile Lender = new("Example Lender", "202-555-0100", "https://pay.example.com") { MailingAddress = "100 Example Street" };

    [Fact]
    public void the_itemisation_adds_up_to_the_cent_with_a_payment_in_between()
    {
        var values = Contents(50m);

        // 21 June: 115 + 20 days of 0.10, 100 + one day. The payment of 23 June takes 2.20 penalty, 5 fees, 10 interest, 32.80 principal.
        // 25 June: 67.20 + 0.13 (two days of 0.0672), 100 + 0.50.
        Assert.Equal(
            ("Jun 21, 2026", "USD 217.10", "USD 0.73", "USD 0.00", "USD 50.00", "USD 167.83"),
            (values[Placeholders.ItemisationOn], values[Placeholders.ItemisationAmount], values[Placeholders.InterestSince], values[Placeholders.FeesSince],
                values[Placeholders.PaymentsSince], values[Placeholders.DebtNow]));
    }

    [Fact]
    public void nothing_overdue_itemises_to_nothing()
    {
        var values = Contents(1000m);

        Assert.Equal(("Jun 25, 2026", "USD 0.00", "USD 0.00", "USD 0.00"), (
            values[Placeholders.ItemisationOn], values[Placeholders.ItemisationAmount], values[Placeholders.InterestSince], values[Placeholders.DebtNow]));
    }

    [Fact]
    public void every_placeholder_of_notices_has_a_value_and_without_other_creditors_the_lender_is_the_creditor()
    {
        var values = Contents(50m);

        Assert.Equal(Placeholders.OfNotices.Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Example Lender", "Example Lender", "L-1"), (values[Placeholders.CurrentCreditor], values[Placeholders.OriginalCreditor], values[Placeholders.AccountNumber]));
    }

    private static IReadOnlyDictionary<string, string> Contents(decimal paid)
    {
        var loan = (Of(Due(1, "2026-06-01", 100m, 10m, 5m), Due(2, "2026-06-20", 100m)) with { PenaltyAnnualRate = 0.365m }).PlacedInTheUs();
        var story = new CaseStory(loan, APolicy.Ladder.UnderTheLaw(), "2026-05-01").Until("2026-06-23").Pays(paid).Until("2026-06-25");
        return NoticeContents.For("en-US", Lender, TheLaw.Validation, story.State, story.Policy, story.Today, new Dictionary<string, string>());
    }
}
