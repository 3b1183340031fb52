using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Borrowers;

/// <summary>The contract's <c>hold.placed</c> and <c>hold.released</c> on a loan paid off long ago, from the event to the erasure it stops (regulation.md, "Records").</summary>
public sealed class LegalHoldStories
{
    private const string Loan = "L-1";

    private readonly Office office = new("2020-01-05T12:00:00Z");

    [Fact]
    public async Task a_hold_on_a_closed_case_is_seen_and_stops_the_erasure_until_it_is_released()
    {
        await PaidOffAsync();
        office.Time.MoveTo(Office.At("2024-05-01T12:00:00Z"));
        await office.HappensAsync(Loan, "hold.placed", """{"reason":"litigation"}""", "supervisor-1");

        var detail = (await Reader().DetailAsync(Loan))!;
        Assert.Equal((CaseStatus.Closed, ClosedReason.PaidOff), (detail.Status, detail.ClosedReason));
        Assert.Equal((ExceptionTrack.Manual, new DateOnly(2024, 5, 1)), Assert.Single(detail.Holds) is var hold ? (hold.Track, hold.From) : default);
        Assert.Null(detail.NextAction);
        var said = await WordsAsync();
        Assert.Contains("Hold began on 2024-05-01, until it is ended; detail: litigation. Collection stops and records are kept meanwhile.", said);
        Assert.Equal((0, true), await AppliedAsync("2027-01-01T12:00:00Z"));

        await office.HappensAsync(Loan, "hold.released", """{"reason":"settled"}""", "supervisor-1");
        Assert.Contains("Hold ended on 2027-01-01: settled. Collection of an open case may go on from 2027-01-02.", await WordsAsync());
        Assert.Empty((await Reader().DetailAsync(Loan))!.Holds);
        Assert.Equal((1, false), await AppliedAsync("2027-01-01T12:00:01Z"));

        await office.HappensAsync(Loan, "hold.placed", """{"reason":"too-late"}"""); // nothing to keep any more, nothing comes back
        Assert.Equal((0, false), await AppliedAsync("2028-01-01T12:00:00Z"));
    }

    [Fact]
    public async Task a_hold_with_an_end_stops_the_erasure_until_that_day_and_is_shown_until_then()
    {
        await PaidOffAsync();
        await office.HappensAsync(Loan, "hold.placed", """{"reason":"audit","until":"2026-06-01"}""");

        Assert.Equal((0, true), await AppliedAsync("2026-06-01T03:59:59Z")); // New York is four hours behind: still the 31st of May.
        Assert.Single((await Reader().DetailAsync(Loan))!.Holds);
        Assert.Equal((1, false), await AppliedAsync("2026-06-01T04:00:00Z"));
        Assert.Empty((await Reader().DetailAsync(Loan))!.Holds);
    }

    [Fact]
    public async Task a_release_that_came_first_lets_its_hold_keep_nobody()
    {
        await PaidOffAsync();
        await office.HappensAsync(Loan, "hold.released", "{}");
        await office.HappensAsync(Loan, "hold.placed", """{"reason":"litigation"}""");

        Assert.Contains(await WordsAsync(), words => words.Contains("the end arrived first", StringComparison.Ordinal));
        Assert.Equal((1, false), await AppliedAsync("2026-06-01T12:00:00Z"));
    }

    private async Task PaidOffAsync()
    {
        var terms = new LoanTerms
        {
            LoanId = Loan, BorrowerId = "B-1", Product = "loan", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = ["America/New_York"],
            Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new DateOnly(2020, 2, 1), 100m, 0m, 0m)],
        };
        await office.EnrolAsync(terms, office.Details("Invented Person", null, (Channel.Sms, "+12125550101")), "us-creditor");
        await office.HappensAsync(Loan, "payment.posted", """{"paymentId":"P-1","amount":100,"currency":"USD"}""");
        Assert.Equal(CaseStatus.Closed, (await office.StateAsync(Loan)).Status);
    }

    private CaseReader Reader() => new(office.Store, office.Policies, office.Time, _ => null);

    private async Task<List<string>> WordsAsync() =>
        [.. (await office.Store.JournalAsync(Loan, 0, 1000)).Select(entry => FactWords.Describe(JournalLine.Read(entry.Line).Fact, Currency.Parse("USD")))];

    private async Task<(int Erased, bool IsKnown)> AppliedAsync(string now)
    {
        office.Time.MoveTo(Office.At(now));
        var erased = await new Retention(office.Store, office.Store, office.Time).ApplyAsync(5);
        return (erased, (await office.Store.LoadBorrowerAsync("B-1"))!.Details is not null);
    }
}
