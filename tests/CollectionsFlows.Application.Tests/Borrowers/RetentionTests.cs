using System.Globalization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Application.Tests.Borrowers;

/// <summary>Personal data goes when its time is over (S15, S25), not a moment before, and only of people nothing is open with.</summary>
public sealed class RetentionTests
{
    private readonly InMemoryStore store = new();

    [Theory]
    [InlineData("2021-03-10T12:00:00Z", "2026-03-10T11:59:59.9999999Z", 0)]
    [InlineData("2021-03-10T12:00:00Z", "2026-03-10T12:00:00Z", 1)]
    [InlineData("2021-03-10T23:30:00-05:00", "2026-03-11T04:29:59Z", 0)] // 04:30 UTC on the 11th.
    [InlineData("2021-03-10T23:30:00-05:00", "2026-03-11T04:30:00Z", 1)]
    [InlineData("2024-02-29T12:00:00Z", "2029-02-28T12:00:00Z", 0)] // 2029 has no 29 February: the day after the 28th is the first that is five years later.
    [InlineData("2024-02-29T12:00:00Z", "2029-02-28T23:59:59Z", 0)]
    [InlineData("2024-02-29T12:00:00Z", "2029-03-01T00:00:00Z", 1)]
    [InlineData("2023-02-28T12:00:00Z", "2028-02-28T12:00:00Z", 1)]
    public async Task five_years_are_years_of_the_calendar(string closedAt, string now, int erased)
    {
        await PersonAsync("B-1");
        await CaseAsync("L-1", "B-1", closedAt);

        Assert.Equal(erased, await ApplyAsync(now, 5));
        Assert.Equal(erased == 0, await IsKnownAsync("B-1"));
    }

    [Fact]
    public async Task a_borrower_is_kept_while_one_loan_is_open_or_closed_later()
    {
        await PersonAsync("B-open", "B-late", "B-done");
        await CaseAsync("L-1", "B-open", "2015-01-01T00:00:00Z");
        await CaseAsync("L-2", "B-open", null);
        await CaseAsync("L-3", "B-late", "2015-01-01T00:00:00Z");
        await CaseAsync("L-4", "B-late", "2024-06-01T00:00:00Z");
        await CaseAsync("L-5", "B-done", "2015-01-01T00:00:00Z");
        await CaseAsync("L-6", "B-done", "2016-01-01T00:00:00Z");

        Assert.Equal(1, await ApplyAsync("2026-03-10T12:00:00Z", 5));

        Assert.True(await IsKnownAsync("B-open"));
        Assert.True(await IsKnownAsync("B-late"));
        Assert.False(await IsKnownAsync("B-done"));
        Assert.NotEmpty(await store.JournalAsync("L-5", 0, 10)); // Facts name nobody and stay.
    }

    [Fact]
    public async Task whoever_just_comes_back_with_a_new_loan_is_kept()
    {
        await PersonAsync("B-1", "B-2");
        await CaseAsync("L-1", "B-1", "2015-01-01T00:00:00Z");
        await CaseAsync("L-2", "B-2", "2015-01-01T00:00:00Z");
        await store.EnrolAsync([EnrolmentOf("L-3", "B-1")], partial: false); // Its case takes its first step in a moment.

        Assert.Equal(1, await ApplyAsync("2026-03-10T12:00:00Z", 5));

        Assert.True(await IsKnownAsync("B-1"));
        Assert.False(await IsKnownAsync("B-2"));
    }

    [Fact]
    public async Task doing_it_again_changes_nothing()
    {
        await PersonAsync("B-1");
        await CaseAsync("L-1", "B-1", "2015-01-01T00:00:00Z");

        Assert.Equal(1, await ApplyAsync("2026-03-10T12:00:00Z", 5));
        Assert.Equal(0, await ApplyAsync("2026-03-10T12:00:00Z", 5));
        Assert.Equal(0, await ApplyAsync("2036-03-10T12:00:00Z", 5));
    }

    [Fact]
    public async Task a_run_that_was_stopped_is_finished_by_the_next()
    {
        var people = Enumerable.Range(0, 20).Select(number => $"B-{number}").ToArray();
        await PersonAsync(people);
        foreach (var person in people)
            await CaseAsync($"L-{person}", person, "2015-01-01T00:00:00Z");
        using var stop = new CancellationTokenSource();
        var stopping = new StopsAfter(store, 7, stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new Retention(store, stopping, Time("2026-03-10T12:00:00Z")).ApplyAsync(5, stop.Token));

        Assert.Equal(13, await ApplyAsync("2026-03-10T12:00:00Z", 5));
    }

    [Fact]
    public async Task cases_of_more_than_one_page_are_all_looked_at()
    {
        await PersonAsync("B-1", "B-2");
        for (var number = 0; number < 2_100; number++)
            await CaseAsync($"L-{number:0000}", number % 2 == 0 ? "B-1" : "B-2", number == 2_099 ? null : "2015-01-01T00:00:00Z");

        Assert.Equal(1, await ApplyAsync("2026-03-10T12:00:00Z", 5));

        Assert.True(await IsKnownAsync("B-2"));
    }

    [Fact]
    public async Task nobody_is_erased_by_a_retention_of_no_years() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ApplyAsync("2026-03-10T12:00:00Z", 0));

    private ValueTask<int> ApplyAsync(string now, int years) => new Retention(store, store, Time(now)).ApplyAsync(years);

    private async Task<bool> IsKnownAsync(string borrowerId) => (await store.LoadBorrowerAsync(borrowerId))?.Details is not null;

    private async Task PersonAsync(params string[] borrowerIds)
    {
        foreach (var borrowerId in borrowerIds)
            Assert.True(await store.SaveBorrowerAsync(new BorrowerChange { BorrowerId = borrowerId, ExpectedVersion = 0, Details = new BorrowerDetails { Name = "Invented Person" } }));
    }

    private async Task CaseAsync(string loanId, string borrowerId, string? closedAt)
    {
        var closed = closedAt is null ? (DateTimeOffset?)null : At(closedAt);
        var reason = closedAt is null ? (ClosedReason?)null : ClosedReason.PaidOff;
        var opened = At("2014-01-01T00:00:00Z");
        Assert.True(await store.CommitAsync(new CaseStep
        {
            LoanId = loanId,
            ExpectedVersion = 0,
            Facts = [new(loanId, 1, "{}"u8.ToArray(), "hash")],
            State = new CaseState { Terms = Terms(loanId, borrowerId), Policy = new("first-days", 1), Sequence = 1, OpenedAt = opened, UpdatedAt = opened, ClosedAt = closed, ClosedReason = reason },
            LastHash = "hash",
            Drained = [],
            NextWake = null,
            Index = new CaseIndex(loanId, borrowerId, closed is null ? CaseStatus.Watching : CaseStatus.Closed, null, reason, null, 0m, 0m, "USD", null, "first-days@1", opened, closed, null, null, 0, 0),
        }));
    }

    private static Enrolment EnrolmentOf(string loanId, string borrowerId) => new(
        new InboxItem(loanId, new CaseInput($"enrol:{loanId}", At("2026-03-10T11:59:00Z"), new CaseEvent.LoanEnrolled(Terms(loanId, borrowerId), new PolicyReference("first-days", 1), [Channel.Sms])), At("2026-03-10T11:59:00Z"), "terms"),
        new BorrowerDetails { Name = "Invented Person" })
    {
        BorrowerId = borrowerId,
    };

    private static LoanTerms Terms(string loanId, string borrowerId) => new()
    {
        LoanId = loanId, BorrowerId = borrowerId, Product = "loan", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = ["America/New_York"],
        Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new DateOnly(2015, 1, 1), 100m, 0m, 0m)],
    };

    private static VirtualTime Time(string now) => new(At(now));

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    /// <summary>Borrowers of whom so many can be erased before somebody stops it.</summary>
    private sealed class StopsAfter(IBorrowerStore inner, int erasures, CancellationTokenSource stop) : IBorrowerStore
    {
        private int erased;

        public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            return inner.LoadBorrowerAsync(borrowerId, cancellation);
        }

        public async ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
        {
            await inner.EraseBorrowerAsync(borrowerId, cancellation);
            if (++erased == erasures)
                await stop.CancelAsync();
        }

        public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default) => inner.SaveBorrowerAsync(change, cancellation);

        public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) => inner.MessageAsync(borrowerId, commandId, cancellation);

        public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => inner.MessagesAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => inner.TextsAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) => inner.BorrowersOfAsync(addressKey, cancellation);
    }
}
