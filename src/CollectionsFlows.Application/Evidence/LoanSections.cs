using System.Globalization;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The sections about the loan and its money.</summary>
internal static class LoanSections
{
    public static void Write(HtmlWriter html, Dossier dossier) => html
        .Section("parties", "Parties and loan", section => Parties(section, dossier))
        .Section("standing", "Where the loan stands", section => Standing(section, dossier))
        .Section("schedule", "Schedule", section => Schedule(section, dossier))
        .Section("payoff", "Payoff amount", section => Payoff(section, dossier))
        .Section("payments", "Payments and reversals", section => Payments(section, dossier));

    private static void Parties(HtmlWriter html, Dossier dossier)
    {
        var (loan, borrower) = (dossier.Loan, dossier.Borrower);
        html.Pairs(
        [
            ("Lender", $"{dossier.Lender.Name}, {dossier.Lender.ServicePhone}"),
            ("Collects", loan.CreditorRole == CreditorRole.Creditor ? "its own debt (creditor)" : "for others (collector)"),
            ("Borrower", borrower.Name is null ? $"{borrower.BorrowerId} (personal data erased or never given)" : $"{borrower.Name} (id {borrower.BorrowerId})"),
            .. borrower.Addresses.Select(address => ($"Address, {Words.Name(address.Channel)}", (string?)(address.Value + (address.Place is { } place ? $" ({Words.Name(place)})" : "")))),
            ("Language", borrower.Language),
            ("Loan", $"{loan.LoanId}, {loan.Product}"),
            ("Jurisdiction", loan.Jurisdiction),
            ("Time zone", string.Join(" or ", loan.TimeZones)),
            ("Currency", dossier.Currency.Code),
            ("Penalty rate", $"{MessageFormat.Rate(loan.PenaltyAnnualRate)} a year"),
            ("Case opened", Words.Instant(loan.OpenedAt)),
            ("Policy", $"{dossier.Policy.Title} ({dossier.Policy.Name}, version {dossier.Policy.Version})"),
            .. loan.Attributes.Select(attribute => (attribute.Key, (string?)attribute.Value)),
        ]);
    }

    private static void Standing(HtmlWriter html, Dossier dossier)
    {
        var standing = dossier.Standing;
        string Split(Breakdown amount) => $"{Words.Amount(amount.Total, dossier.Currency)}{(amount.Total == 0m ? "" : $": {Words.Parts(amount, dossier.Currency)}")}";
        html.Pairs(
            ("As of", Words.Date(standing.AsOf)),
            ("Status", Words.Name(standing.Status) + Words.Also(standing.Stage, ", stage ")),
            ("Days past due", $"{standing.DaysPastDue} (at most {standing.MaxDaysPastDue})"),
            ("Overdue", Split(standing.Overdue)),
            ("Balance", $"{Split(standing.Balance)} (instalments not yet due included)"),
            ("Credit held", standing.Credit == 0m ? null : Words.Amount(standing.Credit, dossier.Currency)),
            ("Risk", dossier.Risk is not { } risk ? "never assessed"
                : $"{Words.Name(risk.Band)}, score {risk.Score} of 100{Words.Also(string.Join(", ", risk.Reasons.Select(reason => $"{reason.Code.Replace('-', ' ')} {reason.Points}")), ": ")}"),
            ("Days not counted", standing.Pauses.Count == 0 ? null
                : string.Join("; ", standing.Pauses.Select(pause => $"from {Words.Date(pause.From)} {(pause.Until is { } until ? $"until before {Words.Date(until)}" : "on, without an end")}"))));
        html.Element("h3", "Overdue by age").Table(
            ["Days past due", $"#Overdue, {dossier.Currency}", "Instalments"],
            dossier.Buckets.Select(bucket => new[]
            {
                bucket.Bucket, Number(bucket.Amount, dossier.Currency),
                bucket.Instalments.Count == 0 ? "none" : string.Join(", ", bucket.Instalments.Select(part => $"no. {part.Number}: {Number(part.Amount, dossier.Currency)}")),
            }),
            ["Total", Number(dossier.Buckets.Sum(bucket => bucket.Amount), dossier.Currency), ""]);
    }

    private static void Schedule(HtmlWriter html, Dossier dossier)
    {
        var schedule = dossier.Schedule;
        string Sum(Func<DossierInstalment, decimal> amount) => Number(schedule.Sum(amount), dossier.Currency);
        html.Element("p", $"All amounts in {dossier.Currency}. What is outstanding includes penalty interest up to {Words.Date(dossier.Standing.AsOf)}.", "note").Table(
            ["#No.", "Due on", "#Principal", "#Interest", "#Fees", "#Total due", "#Paid", "#Outstanding", "#of it penalty", "#Days late", "Settled on"],
            schedule.Select(instalment => new[]
            {
                Count(instalment.Number), Words.Date(instalment.DueOn), Number(instalment.PrincipalDue, dossier.Currency), Number(instalment.InterestDue, dossier.Currency),
                Number(instalment.FeesDue, dossier.Currency), Number(instalment.Total, dossier.Currency), Number(instalment.Paid.Total, dossier.Currency),
                Number(instalment.Outstanding.Total, dossier.Currency), Number(instalment.Outstanding.Penalty, dossier.Currency), Count(instalment.DaysPastDue),
                instalment.SettledOn is { } settled ? Words.Date(settled) : "open",
            }),
            ["", "Total", Sum(i => i.PrincipalDue), Sum(i => i.InterestDue), Sum(i => i.FeesDue), Sum(i => i.Total), Sum(i => i.Paid.Total), Sum(i => i.Outstanding.Total), Sum(i => i.Outstanding.Penalty), "", ""]);
    }

    private static void Payoff(HtmlWriter html, Dossier dossier)
    {
        var (payoff, penalty, currency) = (dossier.Payoff, dossier.Penalty, dossier.Currency);
        html.Element("p", $"Paid on {Words.Date(payoff.On)}, {Words.Amount(payoff.Amount, currency)} settles the loan.").Table(
            ["Part", $"#{currency}"],
            [
                ["Principal", Number(payoff.Due.Principal, currency)],
                ["Contract interest", Number(payoff.Due.Interest, currency)],
                ["Fees", Number(payoff.Due.Fees, currency)],
                ["Penalty interest", Number(payoff.Due.Penalty, currency)],
                ["Less credit already held", Number(payoff.Credit == 0m ? 0m : -payoff.Credit, currency)],
            ],
            ["Payoff amount", Number(payoff.Amount, currency)]);
        if (payoff.RebatedInterest != 0m)
        {
            html.Element("p", $"Interest not yet earned, {Words.Amount(payoff.RebatedInterest, currency)}, is waived and not in the amount above.");
        }

        html.Element("h3", "How penalty interest is computed")
            .Element("p", $"{penalty.Method}{(penalty.AnnualRate == 0m ? "" : $" At the arrears of that day, each further day adds {Words.Amount(penalty.PerDay, currency)}.")}")
            .Element("h3", "How payments are used")
            .Element("p", string.Join(" ", dossier.Policy.PaymentUse));
    }

    private static void Payments(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Payments.Count == 0)
        {
            html.Element("p", "No payment has arrived.");
            return;
        }

        html.Element("p", "Times are UTC. A reversed payment counts for nothing; how the others are used is as of the day of the dossier.", "note").Table(
            ["Paid at", "Value date", "Payment", "#Amount", "Used for", "Reversal"],
            dossier.Payments.Select(payment => new[]
            {
                DossierPage.Time(payment.PaidAt), Words.Date(payment.ValueOn), payment.PaymentId + Words.Also(payment.Method, ", "), Words.Amount(payment.Amount, dossier.Currency),
                Words.Parts(payment.Used, dossier.Currency) + (payment.Credit == 0m ? "" : $"; {Words.Amount(payment.Credit, dossier.Currency)} credit"),
                payment.Reversal is { } reversal ? $"{reversal.Reason}, recorded {Words.Instant(reversal.RecordedAt)}" : "",
            }),
            ["", "", "Counting", Words.Amount(dossier.Standing.Paid, dossier.Currency), "", ""]);
    }

    private static string Number(decimal amount, Currency currency) =>
        currency.Round(amount).ToString(currency.Decimals == 0 ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
