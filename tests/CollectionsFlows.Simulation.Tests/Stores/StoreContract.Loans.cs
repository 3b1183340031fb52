using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Time;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

/// <summary>Whose loans they are, and who is erased when (regulation.md, "Records"): the cases themselves decide.</summary>
public abstract partial class StoreContract
{
    private static readonly DateTimeOffset LongAgo = At("2015-06-01T12:00:00Z");

    private async Task<string> LoansOf(string borrowerId)
    {
        var loans = await store.Cases.LoansOfAsync(borrowerId);
        Assert.True(loans.IsComplete);
        Assert.All(loans.Loans, loan => Assert.Equal(borrowerId, loan.Record.BorrowerId));
        return string.Join(',', loans.Loans.Select(loan => $"{loan.LoanId}{(loan.Record.State is null ? "?" : "")}"));
    }

    private static Enrolment EnrolmentOf(string loanId, string borrowerId)
    {
        var enrolled = new CaseEvent.LoanEnrolled(Terms(loanId, borrowerId), new PolicyReference("first-days", 1), [Channel.Sms]);
        return new(new InboxItem(loanId, new CaseInput($"enrol:{loanId}", Noon, enrolled), Noon, "terms"), Details("Invented Person")) { BorrowerId = borrowerId };
    }

    /// <summary>A borrower's case closed long ago, or open.</summary>
    private async Task CaseOf(string loanId, string borrowerId, bool isClosed = true, params ActiveTrack[] tracks)
    {
        var state = State(loanId) with { Terms = Terms(loanId, borrowerId), Tracks = tracks };
        var index = Index(loanId) with { BorrowerId = borrowerId };
        if (isClosed) state = state with { ClosedReason = ClosedReason.PaidOff, ClosedAt = LongAgo };
        if (isClosed) index = index with { Status = CaseStatus.Closed, ClosedReason = ClosedReason.PaidOff, ClosedAt = LongAgo };
        var version = (await store.Cases.LoadAsync(loanId)).Version;
        Assert.True(await store.Cases.CommitAsync(Step(loanId, version, version, index: index) with { State = state }));
    }

    private async Task People(params string[] borrowerIds)
    {
        foreach (var borrowerId in borrowerIds)
            Assert.True(await store.Borrowers.SaveBorrowerAsync(new() { BorrowerId = borrowerId, ExpectedVersion = 0, Details = Details("Invented Person") }));
    }

    private async Task<string> ErasedBy(string now, params string[] borrowerIds)
    {
        await new Retention(store.Cases, store.Borrowers, new VirtualTime(At(now))).ApplyAsync(5);
        var erased = new List<string>();
        foreach (var borrowerId in borrowerIds)
            if ((await Borrower(borrowerId)).Details is null) erased.Add(borrowerId);
        return string.Join(',', erased);
    }

    [Fact]
    public async Task a_borrowers_loans_are_the_open_the_closed_and_those_just_enrolled_and_nobody_elses()
    {
        await CaseOf("L-2", "B-1", isClosed: false);
        await CaseOf("L-1", "B-1");
        await CaseOf("L-3", "B-10");
        await Enrol(false, EnrolmentOf("L-4", "B-1"), EnrolmentOf("L-5", "b-1"));
        await store.Cases.PutAsync(Payment("L-6", "e-1"));

        Assert.Equal("L-1,L-2,L-4?", await LoansOf("B-1"));
        Assert.Equal("L-3", await LoansOf("B-10"));
        Assert.Equal("L-5?", await LoansOf("b-1"));
        Assert.Equal("", await LoansOf("B"));

        await store.Cases.PutAsync(Payment("L-4", "e-2"));
        Assert.Equal(2, (await store.Cases.LoansOfAsync("B-1")).Loans[2].Record.Inbox.Count);
        await CaseOf("L-4", "B-1", isClosed: false);
        Assert.Equal("L-1,L-2,L-4", await LoansOf("B-1"));
    }

    [Fact]
    public async Task a_loan_that_was_claimed_for_two_borrowers_is_the_ones_whose_enrolment_was_first()
    {
        Assert.Equal(InboxResult.Stored, await store.Cases.PutAsync(EnrolmentOf("L-1", "B-1").Item));
        var second = EnrolmentOf("L-1", "B-2").Item;
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(second with { BodySha256 = "other" }));
        Assert.Equal(InboxResult.Stored, await store.Cases.PutAsync(second with { Input = second.Input with { Id = "enrol-again" } }));

        Assert.Equal(("L-1?", ""), (await LoansOf("B-1"), await LoansOf("B-2")));
    }

    [Fact]
    public async Task a_hold_on_one_of_a_borrowers_loans_keeps_the_borrower_until_it_is_over()
    {
        await People("B-held", "B-ending", "B-done", "B-open");
        await CaseOf("L-1", "B-held");
        await CaseOf("L-2", "B-held", true, new ActiveTrack(ExceptionTrack.Manual, null, new DateOnly(2020, 1, 1), null, null));
        await CaseOf("L-3", "B-ending", true, new ActiveTrack(ExceptionTrack.Manual, null, new DateOnly(2020, 1, 1), new DateOnly(2026, 3, 10), null));
        await CaseOf("L-4", "B-ending");
        await CaseOf("L-5", "B-done", true, new ActiveTrack(ExceptionTrack.Dispute, null, new DateOnly(2015, 1, 1), null, null));
        await CaseOf("L-6", "B-open");
        await CaseOf("L-7", "B-open", isClosed: false);
        string[] all = ["B-done", "B-ending", "B-held", "B-open"];

        // America/New_York begins the 10th at 04:00 UTC: its clocks went forward on the 8th.
        Assert.Equal("B-done", await ErasedBy("2026-03-10T03:59:59Z", all));
        Assert.Equal("B-done,B-ending", await ErasedBy("2026-03-10T04:00:00Z", all));

        await CaseOf("L-2", "B-held"); // released
        await CaseOf("L-1", "B-done", true, new ActiveTrack(ExceptionTrack.Manual, null, new DateOnly(2026, 4, 1), null, null)); // too late, and harmless
        Assert.Equal("B-done,B-ending,B-held", await ErasedBy("2026-04-02T12:00:00Z", all));
        Assert.Equal("B-done,B-ending,B-held", await ErasedBy("2026-04-02T12:00:00Z", all));
    }

    [Fact]
    public async Task nobody_is_erased_while_an_event_of_theirs_or_a_new_loan_waits()
    {
        await People("B-1", "B-2", "B-3");
        for (var number = 1; number <= 3; number++) await CaseOf($"L-{number}", $"B-{number}");
        await store.Cases.PutAsync(new("L-1", new CaseInput("hold-1", Noon, new CaseEvent.TrackStarted(ExceptionTrack.Manual)), Noon, "a"));
        await Enrol(false, EnrolmentOf("L-4", "B-2"));

        Assert.Equal("B-3", await ErasedBy("2026-03-10T12:00:00Z", "B-1", "B-2", "B-3"));
    }
}
