using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Application.Tests.Borrowers;

public class AddressBookTests
{
    private static readonly DateTimeOffset Opened = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task a_borrower_whose_id_is_part_of_a_thousand_others_is_found_by_number()
    {
        var (store, keys) = (new InMemoryStore(), new AddressKeys(new byte[32]));
        var details = keys.WithKeys(new BorrowerDetails { Name = "Invented Person", Addresses = [new("", Channel.Sms, "+12125550101")] });
        Assert.True(await store.SaveBorrowerAsync(new BorrowerChange { BorrowerId = "B-1", ExpectedVersion = 0, Details = details }));
        for (var other = 0; other < 1100; other++)
            await CaseAsync(store, $"L-{other:D4}", $"B-1{other:D4}");
        await CaseAsync(store, "L-last", "B-1");

        Assert.Equal(["L-last"], await new AddressBook(store, store, keys).LoansOfAsync(Channel.Sms, "+12125550101"));
    }

    [Fact]
    public async Task a_mail_is_found_by_where_it_went_and_the_id_its_carrier_knows_also_where_spouses_share_the_address()
    {
        var (store, keys) = (new InMemoryStore(), new AddressKeys(new byte[32]));
        foreach (var borrower in new[] { "B-1", "B-2" })
        {
            var details = keys.WithKeys(new BorrowerDetails { Name = "Invented Person", Addresses = [new("", Channel.Email, "pat@example.test"), new("", Channel.Sms, "+12125550101")] });
            var messages = new[] { Message(borrower, 5, Channel.Email), Message(borrower, 6, Channel.Sms) };
            Assert.True(await store.SaveBorrowerAsync(new BorrowerChange { BorrowerId = borrower, ExpectedVersion = 0, Details = details, Messages = messages }));
        }

        var (book, ids) = (new AddressBook(store, store, keys), new OperationIds(keys));
        Assert.Equal("L-B-2:5", await book.CommandOfAsync(Channel.Email, "Pat@Example.Test", ids.Of("L-B-2:5"))); // The provider may write it otherwise.
        Assert.Null(await book.CommandOfAsync(Channel.Email, "pat@example.test", ids.Of("L-B-2:6"))); // That one was a text.
        Assert.Null(await book.CommandOfAsync(Channel.Email, "pat@example.test", ids.Of("L-B-2:7")));
        Assert.Null(await book.CommandOfAsync(Channel.Email, "alex@example.test", ids.Of("L-B-2:5")));

        await store.EraseBorrowerAsync("B-2");
        Assert.Null(await book.CommandOfAsync(Channel.Email, "pat@example.test", ids.Of("L-B-2:5"))); // S25: who was erased is not found.
    }

    private static StoredMessage Message(string borrower, int number, Channel channel) => new(
        $"L-{borrower}:{number}", $"L-{borrower}", borrower, Opened, channel, "", null, "invented", "hash", "friendly-reminder", "en-US", 0, 1, MessageStatus.Reserved);

    private static async Task CaseAsync(InMemoryStore store, string loanId, string borrowerId)
    {
        var terms = new LoanTerms
        {
            LoanId = loanId, BorrowerId = borrowerId, Product = "loan", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = ["America/New_York"],
            Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new DateOnly(2026, 6, 1), 100m, 0m, 0m)],
        };
        Assert.True(await store.CommitAsync(new CaseStep
        {
            LoanId = loanId,
            ExpectedVersion = 0,
            Facts = [new(loanId, 1, "{}"u8.ToArray(), "hash")],
            State = new CaseState { Terms = terms, Policy = new("first-days", 1), Sequence = 1, OpenedAt = Opened, UpdatedAt = Opened },
            LastHash = "hash",
            Drained = [],
            NextWake = null,
            Index = new CaseIndex(loanId, borrowerId, CaseStatus.Watching, null, null, null, 0m, 0m, "USD", null, "first-days@1", Opened, null, null, null, 0, 0),
        }));
    }
}
