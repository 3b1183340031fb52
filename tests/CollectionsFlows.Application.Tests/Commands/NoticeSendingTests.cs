using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>Notices the law wants, through the whole office: scheduled by the case, rendered from its account, judged by the gate, kept with the borrower.</summary>
public class NoticeSendingTests
{
    private const string Loan = "L-2026-0042";

    [Fact] // US-VALIDATION, model form B-1
    public async Task a_validation_notice_says_what_form_b1_asks_for()
    {
        // Thursday 25 June 2026, 10:00 in Chicago. 36.5 % a year on 100 is 0.10 a day.
        var office = new Office("2026-06-25T15:00:00Z");
        var borrower = office.Details("Pat Example", "en-US", (Channel.Email, "pat@example.test")) with
        {
            Attributes = new Dictionary<string, string> { ["currentCreditor"] = "Sample Finance", ["originalCreditor"] = "Sample Bank" },
        };
        await office.EnrolAsync(Placed(), borrower, "us-collector");

        var state = await office.StateAsync(Loan);
        var notice = state.Notice("US-VALIDATION")!;
        var message = (await office.Store.MessageAsync("B-1", notice.CommandId))!;
        Assert.Equal(Channel.Letter, message.Channel); // No consent to e-mail (US-REGF-EMAIL).

        // Fri 26 June, Mon 29, Tue 30, Wed 1 July, Thu 2 July; and thirty days.
        Assert.Equal((new DateOnly(2026, 6, 25), new DateOnly(2026, 8, 1)), (notice.SentOn!.Value, notice.PeriodEndsOn!.Value));
        string[] says =
        [
            "Example Lending, 100 Example Street, Anytown", "To: Pat Example", "a debt that you owe to Sample Finance", "an account from Sample Bank with account number ***0042",
            // On 21 June: 100 + 10 + 5 and 20 days of 0.10; 100 and one day of 0.10.
            "As of Jun 21, 2026, you owed: USD 217.10.",
            // Four days of 0.20 since.
            "in interest: + USD 0.80.", "in fees: + USD 0.00.", "toward the debt: - USD 0.00.", "Total amount of the debt now: USD 217.90.",
            "Call or write to us by Aug 1, 2026, to dispute", "Mail this form to: Example Lending, 100 Example Street, Anytown. From: Pat Example.",
        ];
        Assert.All(says, part => Assert.Contains(part, message.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(Loan, message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_notice_that_must_name_an_address_nobody_set_does_not_go_out()
    {
        var office = new Office("2026-06-25T15:00:00Z");
        await office.EnrolAsync(Placed(), office.Details("Pat Example", "en-US"), "us-collector");
        var state = await office.StateAsync(Loan);
        var drafts = new NotificationDraft(office.Policies, office.Policies.Templates, Office.Lender with { MailingAddress = null }, PackCatalogue.Shipped().Packs);
        var command = new CaseCommand.SendNotification("L-1:99", "US-VALIDATION", "collector-validation-notice", Purpose.Notice, [Channel.Letter]);
        var (attempt, message) = drafts.Of(state, new PendingCommand(command), await office.Store.LoadBorrowerAsync("B-1"), Outbox.All, office.Time.GetUtcNow());

        Assert.Null(message);
        Assert.Equal((ContactResult.Forbidden, NotificationDraft.NoLenderAddress), (attempt.Result, attempt.Rule));
    }

    [Fact] // GB-NOSIA, GB-DEFAULT-14
    public async Task british_notices_list_what_is_unpaid_and_say_by_when()
    {
        var office = new Office("2026-01-05T10:00:00Z");
        var terms = Terms("GB", "Europe/London", "GBP", CreditorRole.Creditor, new(1, new(2026, 1, 10), 600m, 0m, 0m), new(2, new(2026, 2, 10), 600m, 0m, 0m));
        await office.EnrolAsync(terms, office.Details("Pat Example", "en-GB", (Channel.Email, "pat@example.test")), "gb-consumer");
        await office.UntilAsync(Loan, "2026-02-20T12:00:00Z");

        var arrears = await TextAsync(office, "GB-NOSIA");
        Assert.Contains("The shortfall is GBP 1,200.00", arrears, StringComparison.Ordinal);
        Assert.Contains("Payments unpaid: Jan 10, 2026: GBP 600.00; Feb 10, 2026: GBP 600.00.", arrears, StringComparison.Ordinal);

        // 100 days past due on 20 April the lawyer's letter, thirty days later the suit is due: 20 May, and the notice goes out first.
        await office.UntilAsync(Loan, "2026-06-15T12:00:00Z");
        var state = await office.StateAsync(Loan);
        var notice = state.Notice("GB-DEFAULT-14")!;
        Assert.Equal(new DateOnly(2026, 5, 20), notice.SentOn);
        Assert.Equal(new DateOnly(2026, 6, 4), notice.EnforceableFrom);
        Assert.Contains("pay GBP 1,200.00 by the end of Jun 3, 2026", await TextAsync(office, "GB-DEFAULT-14"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 6, 4), DateOnly.FromDateTime(Assert.Single(state.Approvals, approval => approval.Subject == Core.Policies.ApprovalSubject.Legal).RequestedAt.DateTime));
    }

    [Fact] // EU-FORBEARANCE
    public async Task in_the_union_the_offer_says_until_when_nothing_is_enforced()
    {
        var office = new Office("2026-01-05T10:00:00Z");
        var terms = Terms("EU-DE", "Europe/Berlin", "EUR", CreditorRole.Creditor, new Instalment(1, new(2026, 1, 10), 600m, 0m, 0m));
        await office.EnrolAsync(terms, office.Details("Pat Example", "en-US", (Channel.Email, "pat@example.test")), "eu-consumer");
        await office.UntilAsync(Loan, "2026-06-30T12:00:00Z");

        // 20 May and thirty clear days: the last is 19 June.
        Assert.Contains("Tell us by Jun 19, 2026", await TextAsync(office, "EU-FORBEARANCE"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 6, 20), (await office.StateAsync(Loan)).Notice("EU-FORBEARANCE")!.EnforceableFrom);
    }

    [Fact] // CN-CARD-PLAN
    public async Task a_chinese_plan_is_confirmed_with_every_instalment_and_collection_stops()
    {
        var office = new Office("2026-01-05T02:00:00Z");
        var terms = Terms("CN", "Asia/Shanghai", "CNY", CreditorRole.Creditor, new Instalment(1, new(2026, 1, 10), 1000m, 50m, 0m)) with { PenaltyAnnualRate = 0.18m };
        await office.EnrolAsync(terms, office.Details("张示例", "zh-CN", (Channel.Email, "zhang@example.test")), "cn-consumer");
        await office.UntilAsync(Loan, "2026-01-10T03:00:00Z");
        await office.HappensAsync(Loan, "plan.accepted", """{"planId":"PLAN-1","instalments":[{"dueOn":"2026-02-01","amount":525},{"dueOn":"2026-03-01","amount":525}],"confirmation":"electronic"}""");
        await office.UntilAsync(Loan, "2026-01-15T03:00:00Z");

        var text = await TextAsync(office, "CN-CARD-PLAN", "PLAN-1");
        string[] says =
        [
            "欠款余额：人民币1,050.00元", "本金人民币1,000.00元、利息人民币50.00元、费用人民币0.00元、罚息人民币0.00元", "币种：CNY", "还款周期：每月，共2期，合计人民币1,050.00元",
            "1. 2026年2月1日：人民币525.00元；2. 2026年3月1日：人民币525.00元", "还款方式：https://pay.example.test/loan/L-2026-0042", "年利率18%继续计收罚息", "约定日后3天", "违约达2期",
        ];
        Assert.All(says, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(CaseStatus.OnPlan, (await office.StateAsync(Loan)).Status);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task only_a_written_dispute_is_the_laws(string written, bool isTheLaws)
    {
        var office = new Office("2026-06-25T15:00:00Z");
        await office.EnrolAsync(Placed(), office.Details("Pat Example", "en-US", (Channel.Email, "pat@example.test")), "us-collector");
        await office.HappensAsync(Loan, "dispute.raised", $$"""{"written":{{written}},"text":"not mine"}""");

        var state = await office.StateAsync(Loan);
        var profile = (await office.Store.LoadBorrowerAsync("B-1"))!.Profile;
        Assert.Equal(CaseStatus.Held, state.Status);
        Assert.Equal(isTheLaws, CaseFlags.Joined(profile, state, office.Policies.Find(state.Policy)!).Flags.Any(flag => flag.Name == "disputed"));
    }

    private static async Task<string> TextAsync(Office office, string rule, string? reference = null)
    {
        var notice = (await office.StateAsync(Loan)).Notice(rule, reference);
        Assert.True(notice is { SentOn: not null }, $"{rule} has not gone out: {notice}");
        return (await office.Store.MessageAsync("B-1", notice.CommandId))!.Text;
    }

    private static LoanTerms Placed() => Terms(
        "US", "America/Chicago", "USD", CreditorRole.Collector, new(1, new(2026, 6, 1), 100m, 10m, 5m), new(2, new(2026, 6, 20), 100m, 0m, 0m)) with { PenaltyAnnualRate = 0.365m };

    private static LoanTerms Terms(string jurisdiction, string zone, string currency, CreditorRole role, params Instalment[] instalments) => new()
    {
        LoanId = Loan, BorrowerId = "B-1", Product = "personal", CreditorRole = role, Jurisdiction = jurisdiction, TimeZones = [zone],
        Currency = Currency.Parse(currency), PenaltyAnnualRate = 0m, Instalments = instalments,
    };
}
