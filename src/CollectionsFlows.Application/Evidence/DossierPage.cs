using System.Globalization;
using System.Text;
using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Renders a dossier as one self-contained page to read and print: no script, nothing from outside, made of the JSON alone.</summary>
internal static class DossierPage
{
    /// <summary>The bytes of <c>dossier.html</c>, UTF-8.</summary>
    public static byte[] Of(Dossier dossier)
    {
        var html = new HtmlWriter();
        var title = $"{Title(dossier)}: loan {dossier.Loan.LoanId}";
        html.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n")
            .Element("title", title)
            .Markup($"<style>\n{DossierStyle.Css}</style>\n</head>\n<body>\n<main>\n");
        Head(html, dossier);
        LoanSections.Write(html, dossier);
        HistorySections.Write(html, dossier);
        ContactSections.Write(html, dossier);
        Journal(html, dossier);
        html.Markup("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static string Title(Dossier dossier) => dossier.Kind == DossierKind.LegalReferral ? "Dossier for referral to court" : "Dossier for write-off";

    private static void Head(HtmlWriter html, Dossier dossier)
    {
        string Amount(decimal amount) => Words.Amount(amount, dossier.Currency);
        html.Markup("<header>\n")
            .Element("p", dossier.Lender.Name, "lender")
            .Element("h1", Title(dossier))
            .Element("p", $"Loan {dossier.Loan.LoanId} · {dossier.Borrower.Name ?? $"borrower {dossier.Borrower.BorrowerId}"}", "subject")
            .Pairs(
                ("Dossier", dossier.DossierId),
                ("Assembled", Words.Instant(dossier.AssembledAt)),
                ("Ordered by approval", dossier.ApprovalId))
            .Markup("<dl class=\"key\">\n");
        (string Name, string Value)[] figures =
        [
            ("Payoff amount", Amount(dossier.Payoff.Amount)),
            ("Overdue", Amount(dossier.Standing.Overdue.Total)),
            ("Days past due", dossier.Standing.DaysPastDue.ToString(CultureInfo.InvariantCulture)),
            ("Paid so far", Amount(dossier.Standing.Paid)),
        ];
        foreach (var (name, value) in figures)
        {
            html.Markup("<div>").Element("dt", name).Element("dd", value).Close("div");
        }

        html.Close("dl").Element("p", $"As of {Words.Date(dossier.Standing.AsOf)}, the borrower's local date.", "note").Element("p", dossier.Notice, "notice").Close("header");
    }

    private static void Journal(HtmlWriter html, Dossier dossier) => html
        .Section("decisions", "Every decision", section => section
            .Element("p", "The journal of this loan from the first fact to the last, in plain words.", "note")
            .Table(["#No.", "Recorded (UTC)", "What", "In words"], dossier.Decisions.Select(decision => new[]
            {
                decision.Seq.ToString(CultureInfo.InvariantCulture), Time(decision.At), decision.Type, decision.Words,
            })))
        .Section("check", "How to check this record", section => section
            .Pairs(
                ("Facts in the journal", dossier.Chain.Facts.ToString(CultureInfo.InvariantCulture)),
                ("Hash of the last fact", dossier.Chain.HeadHash))
            .Element("p", dossier.Chain.HowToCheck)
            .Element("p", "This page was made from dossier.json of the same dossier; where the two differ, dossier.json counts. Its SHA-256 is in the journal, in the fact that followed."));

    /// <summary><c>2026-02-03 10:00:07</c>, UTC.</summary>
    internal static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
