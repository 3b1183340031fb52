using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Storage;
using CollectionsFlows.Simulation.Time;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Whose loans: found without the list, wherever a process died, also in data of a release that did not note it; and nobody is erased because a list is incomplete.</summary>
public sealed class BorrowersLoansTests
{
    private static readonly DateTimeOffset LongAgo = At("2015-06-01T12:00:00Z");

    private static async Task<string> LoansOf(TablesStore store, string borrowerId = "B-1") =>
        string.Join(',', (await store.LoansOfAsync(borrowerId)).Loans.Select(loan => loan.LoanId));

    private static async Task<int> Retain(TablesStore store) => await new Retention(store, store, new VirtualTime(At("2026-03-10T12:00:00Z"))).ApplyAsync(5);

    private static async Task CaseOf(TablesStore store, string loanId, string borrowerId, bool isClosed, params ActiveTrack[] tracks)
    {
        var state = State(loanId) with { Terms = Terms(loanId, borrowerId), Tracks = tracks, ClosedReason = isClosed ? ClosedReason.PaidOff : null, ClosedAt = isClosed ? LongAgo : null };
        var index = Index(loanId) with { BorrowerId = borrowerId, Status = state.Status, ClosedReason = state.ClosedReason, ClosedAt = state.ClosedAt };
        Assert.True(await store.CommitAsync(Step(loanId, index: index) with { State = state }));
    }

    private static InboxItem EnrolmentOf(string loanId, string borrowerId)
    {
        var item = EnrolmentItem(loanId);
        return item with { Input = item.Input with { Event = ((CaseEvent.LoanEnrolled)item.Input.Event) with { Terms = Terms(loanId, borrowerId) } } };
    }

    private static Task<bool> Person(TablesStore store, string borrowerId, string phone = "+12125550100") =>
        store.SaveBorrowerAsync(new() { BorrowerId = borrowerId, ExpectedVersion = 0, Details = Details("Invented Person", phone) }).AsTask();

    private static async Task EmptyAsync(string prefix, string table, Func<TableEntity, bool> which)
    {
        var client = Azurite.Tables().GetTableClient(prefix + table);
        foreach (var row in (await client.QueryAsync<TableEntity>().ToListAsync()).Where(which)) await client.DeleteEntityAsync(row);
    }

    /// <summary>As a release left it that noted nobody's loans.</summary>
    private static async Task BeforeTheNotesAsync(string prefix)
    {
        await EmptyAsync(prefix, "borrowers", row => row.RowKey.StartsWith("loan!", StringComparison.Ordinal));
        await EmptyAsync(prefix, "settings", row => row.RowKey == "loans-of-borrowers");
    }

    [Fact]
    public Task an_enrolment_that_is_in_is_found_wherever_the_process_died() => Crashes.AtEachRequestAsync(
        async store => await store.PutAsync(Payment("L-1", "early")),
        async store => await store.PutAsync(EnrolmentItem("L-1")),
        async (store, died) =>
        {
            var found = await store.LoansOfAsync("B-1");
            var isIn = (await store.LoadAsync("L-1")).Inbox.Any(item => item.Input.Id == "enrol:L-1");
            Assert.True(died || isIn);
            Assert.Equal(isIn ? "L-1" : "", string.Join(',', found.Loans.Select(loan => loan.LoanId)));
            if (await store.BodyOfAsync("enrol:L-1") is not null) Assert.Equal(isIn, found.IsComplete); // Claimed: it will be in.
            await store.PutAsync(EnrolmentItem("L-1"));
            Assert.Equal("L-1", await LoansOf(store));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task nobody_is_erased_whom_an_event_keeps_whose_host_died_before_it_was_in(bool isEnrolment)
    {
        var (kept, erased) = (0, 0);
        var item = isEnrolment ? EnrolmentOf("L-2", "B-1") : new InboxItem("L-1", new CaseInput("hold-1", Noon, new CaseEvent.TrackStarted(ExceptionTrack.Manual)), Noon, "a");
        await Crashes.AtEachRequestAsync(
            async store =>
            {
                await Person(store, "B-1");
                await CaseOf(store, "L-1", "B-1", isClosed: true);
            },
            async store => await store.PutAsync(item),
            async (store, died) =>
            {
                var isTheirs = await store.BodyOfAsync(item.Input.Id) is not null;
                erased += await Retain(store);
                var isKept = (await store.LoadBorrowerAsync("B-1"))!.Details is not null;
                Assert.True(died || isTheirs);
                Assert.True(isKept || !isTheirs);
                if (isKept) kept++;
                if (isTheirs) Assert.Contains((await store.LoadAsync(item.LoanId)).Inbox, waiting => waiting.Input.Id == item.Input.Id);
            });
        Assert.True(kept > 0 && erased > 0);
    }

    [Fact]
    public async Task a_note_of_an_enrolment_that_never_came_keeps_its_borrower_for_a_day()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        await Person(store, "B-1");
        await CaseOf(store, "L-1", "B-1", isClosed: true);
        await Azurite.Tables().GetTableClient(prefix + "borrowers").AddEntityAsync(new TableEntity("who!B-1", "loan!L-2") { ["Loan"] = "L-2" });

        Assert.False((await store.LoansOfAsync("B-1")).IsComplete);
        Assert.Equal(0, await Retain(store));

        var tomorrow = new VirtualTime(DateTimeOffset.UtcNow.AddHours(25));
        var later = await TablesStore.OpenAsync(Azurite.Tables(), Azurite.Blobs(prefix), Azurite.Keys, tomorrow, prefix);
        Assert.True((await later.LoansOfAsync("B-1")).IsComplete);
        Assert.Equal(1, await Retain(later));
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task an_enrolment_a_former_release_took_in_after_the_notes_were_complete_keeps_its_borrower()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        await Person(store, "B-1");
        await CaseOf(store, "L-1", "B-1", isClosed: true);
        await store.PutAsync(EnrolmentOf("L-2", "B-1"));
        await EmptyAsync(prefix, "borrowers", row => row.RowKey == "loan!L-2");

        Assert.Equal("L-1", await LoansOf(store));
        Assert.Equal(0, await Retain(store));
        Assert.NotNull((await store.LoadBorrowerAsync("B-1"))!.Details);
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public Task a_case_that_is_open_is_found_wherever_the_process_died() => Crashes.AtEachRequestAsync(
        async store => await store.CommitAsync(Step("L-0")),
        async store => Assert.True(await store.CommitAsync(Step("L-1"))),
        async (store, _) => Assert.Equal((await store.LoadAsync("L-1")).State is null ? "L-0" : "L-0,L-1", await LoansOf(store)));

    [Fact]
    public async Task data_of_a_former_release_finds_its_loans_by_the_list_until_they_are_noted_and_erases_nobody_before()
    {
        var prefix = Azurite.NewPrefix();
        var former = await Azurite.OpenAsync(prefix);
        await Person(former, "B-1");
        await Person(former, "B-2", "+12125550102");
        await CaseOf(former, "L-1", "B-1", isClosed: true);
        await CaseOf(former, "L-2", "B-1", isClosed: false);
        await CaseOf(former, "L-3", "B-2", isClosed: true);
        await former.PutAsync(EnrolmentItem("L-4")); // of B-1
        await BeforeTheNotesAsync(prefix);

        var store = await Azurite.OpenAsync(prefix);
        var found = await store.LoansOfAsync("B-1");
        Assert.Equal((false, "L-1,L-2"), (found.IsComplete, string.Join(',', found.Loans.Select(loan => loan.LoanId))));
        Assert.Equal(0, await Retain(store));

        Assert.Equal(4, await store.CompleteLoansOfBorrowersAsync());
        found = await store.LoansOfAsync("B-1");
        Assert.Equal((true, "L-1,L-2,L-4"), (found.IsComplete, string.Join(',', found.Loans.Select(loan => loan.LoanId))));
        Assert.True((await (await Azurite.OpenAsync(prefix)).LoansOfAsync("B-1")).IsComplete);
        Assert.Null(await store.CompleteLoansOfBorrowersAsync());
        Assert.Equal(1, await Retain(store));
        Assert.Null((await store.LoadBorrowerAsync("B-2"))!.Details);
        await Azurite.DropAsync(prefix);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task retention_in_the_middle_of_a_rebuild_erases_nobody_whom_a_loan_not_listed_yet_keeps(bool isOfAFormerRelease)
    {
        var (others, erased) = (0, 0);
        for (var (request, isOver) = (1, false); !isOver; request++)
        {
            var prefix = Azurite.NewPrefix();
            var store = await Azurite.OpenAsync(prefix);
            foreach (var borrowerId in new[] { "B-open", "B-held", "B-new", "B-done" }) await Person(store, borrowerId);
            foreach (var loan in new[] { "open", "held", "new", "done" }) await CaseOf(store, $"L-{loan}-1", $"B-{loan}", isClosed: true);
            await CaseOf(store, "L-open-2", "B-open", isClosed: false);
            await CaseOf(store, "L-held-2", "B-held", isClosed: true, new ActiveTrack(ExceptionTrack.Manual, null, new DateOnly(2020, 1, 1), null, null));
            await store.PutAsync(EnrolmentOf("L-new-2", "B-new"));
            await EmptyAsync(prefix, "index", _ => true);
            if (isOfAFormerRelease) await BeforeTheNotesAsync(prefix);

            var during = new Interruptions(request, async () => erased += await Retain(await Azurite.OpenAsync(prefix)));
            var rebuilding = await Azurite.OpenAsync(prefix, during);
            during.Begin();
            Assert.Equal(7, await rebuilding.RebuildIndexAsync());
            isOver = !during.Happened;
            foreach (var kept in new[] { "B-open", "B-held", "B-new" }) Assert.NotNull((await store.LoadBorrowerAsync(kept))!.Details);
            others += await Retain(await Azurite.OpenAsync(prefix));
            Assert.Null((await store.LoadBorrowerAsync("B-done"))!.Details);
            foreach (var kept in new[] { "B-open", "B-held", "B-new" }) Assert.NotNull((await store.LoadBorrowerAsync(kept))!.Details);
            await Azurite.DropAsync(prefix);
        }

        Assert.True(others > 0);
        Assert.Equal(isOfAFormerRelease, erased == 0);
    }

    [Fact]
    public async Task an_inbound_text_finds_its_loans_without_reading_the_list()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        var keys = new AddressKeys(new byte[32]);
        var details = keys.WithKeys(new BorrowerDetails { Name = "Invented Person", Addresses = [new("", Channel.Sms, "+12125550101")] });
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = details });
        await CaseOf(store, "L-1", "B-1", isClosed: true);
        await CaseOf(store, "L-2", "B-1", isClosed: false);
        for (var i = 0; i < 30; i++) await CaseOf(store, $"L-1{i:D2}", $"B-1{i:D2}", isClosed: false);

        var counter = new RequestCounter();
        var counted = await Azurite.OpenAsync(prefix, counter);
        var book = new AddressBook(counted, counted, keys);
        Assert.Equal(["L-2"], await book.LoansOfAsync(Channel.Sms, "+12125550101"));
        counter.Reset();
        Assert.Equal(["L-2"], await book.LoansOfAsync(Channel.Sms, "+12125550101"));
        Assert.Equal([($"GET {prefix}addresses", 1), ($"GET {prefix}borrowers", 2), ($"GET {prefix}cases", 2)], counter.Counts);
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task a_text_to_a_loan_a_former_release_opened_after_the_notes_were_complete_finds_it_and_its_borrower_is_kept()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        var keys = new AddressKeys(new byte[32]);
        var details = keys.WithKeys(new BorrowerDetails { Name = "Invented Person", Addresses = [new("", Channel.Sms, "+12125550101")] });
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-open", ExpectedVersion = 0, Details = details });
        foreach (var borrowerId in new[] { "B-held", "B-done" }) await Person(store, borrowerId);
        foreach (var loan in new[] { "open", "held", "done" }) await CaseOf(store, $"L-{loan}-1", $"B-{loan}", isClosed: true);
        await CaseOf(store, "L-open-2", "B-open", isClosed: false);
        await CaseOf(store, "L-held-2", "B-held", isClosed: true, new ActiveTrack(ExceptionTrack.Manual, null, new DateOnly(2020, 1, 1), null, null));
        await CaseOf(store, "L-done-2", "B-done", isClosed: true);
        await EmptyAsync(prefix, "borrowers", row => row.RowKey.StartsWith("loan!", StringComparison.Ordinal) && row.GetString("Loan").EndsWith("-2", StringComparison.Ordinal));

        var later = await Azurite.OpenAsync(prefix);
        Assert.Null(await later.CompleteLoansOfBorrowersAsync()); // The mark says that there is nothing to do.
        Assert.Equal(["L-open-2"], await new AddressBook(later, later, keys).LoansOfAsync(Channel.Sms, "+12125550101"));
        var run = await new Retention(later, later, new VirtualTime(At("2026-03-10T12:00:00Z"))).RunAsync(5);
        Assert.Equal((0, 2), (run.Erased, run.Unsure)); // B-held and B-done; who has a listed open case is not asked about.

        Assert.Equal(6, await later.RebuildIndexAsync());
        Assert.Equal(1, await Retain(later));
        Assert.Null((await store.LoadBorrowerAsync("B-done"))!.Details);
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task a_step_notes_whose_loan_it_is_once_when_a_former_release_took_the_last_one()
    {
        var prefix = Azurite.NewPrefix();
        await CaseOf(await Azurite.OpenAsync(prefix), "L-1", "B-1", isClosed: false);
        await EmptyAsync(prefix, "borrowers", _ => true);
        var cases = Azurite.Tables().GetTableClient(prefix + "cases");
        var row = (await cases.QueryAsync<TableEntity>().ToListAsync()).Single(entity => entity.RowKey == "case");
        Assert.True(row.Remove("Noted")); // A former release writes the row without it.
        await cases.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var counter = new RequestCounter();
        var store = await Azurite.OpenAsync(prefix, counter);
        counter.Reset();
        Assert.True(await store.CommitAsync(Step("L-1", version: 1, lastSeq: 1)));
        Assert.Contains(counter.Counts, each => each.Kind.EndsWith("borrowers", StringComparison.Ordinal) && each.Count == 1);
        counter.Reset();
        Assert.True(await store.CommitAsync(Step("L-1", version: 2, lastSeq: 2)));
        Assert.DoesNotContain(counter.Counts, each => each.Kind.EndsWith("borrowers", StringComparison.Ordinal));
        Assert.Equal("L-1", await LoansOf(store));
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task erasing_a_borrower_leaves_whose_loans_they_are_which_names_nobody()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        await Person(store, "B-1");
        await CaseOf(store, "L-1", "B-1", isClosed: true);
        Assert.Equal(1, await Retain(store));
        Assert.Equal("L-1", await LoansOf(store));
        Assert.Equal(0, await Retain(store));
        await Azurite.DropAsync(prefix);
    }
}
