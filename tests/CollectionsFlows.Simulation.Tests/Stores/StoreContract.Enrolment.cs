using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    private async Task<(int Enrolled, int Unchanged, string Conflicts)> Enrol(bool partial, params Enrolment[] enrolments)
    {
        var result = await store.Enrolments.EnrolAsync(enrolments, partial);
        return (result.Enrolled, result.Unchanged, string.Join(',', result.Conflicts));
    }

    [Fact]
    public async Task a_portfolio_is_taken_in_with_its_borrowers()
    {
        Assert.Equal((2, 0, ""), await Enrol(false, Enrolment("L-1", "B-1", Details("One")), Enrolment("L-2", "B-2", Details("Two"))));
        Assert.Equal(["L-1", "L-2"], await store.Cases.DueAsync(Noon, 10));
        Assert.Equal("One", (await Borrower()).Details!.Name);
        Assert.Equal("Two", (await Borrower("B-2")).Details!.Name);
        Assert.Equal(0, (await store.Cases.CountsAsync()).Unmatched);
    }

    [Fact]
    public async Task taking_the_same_portfolio_in_twice_changes_nothing()
    {
        var enrolment = Enrolment("L-1", "B-1", Details("One", "+12125550100"));
        await Enrol(false, enrolment);
        var before = await Borrower();
        Assert.Equal((0, 1, ""), await Enrol(false, enrolment));
        Assert.Equal(before.Version, (await Borrower()).Version);
        Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox);
        await store.Cases.CommitAsync(Step("L-1", drained: ["enrol:L-1"]));
        Assert.Equal((0, 1, ""), await Enrol(true, enrolment));
        Assert.Empty(await store.Cases.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task an_erased_borrower_is_not_brought_back_by_the_old_file()
    {
        await Enrol(false, Enrolment("L-1", "B-1"));
        await store.Borrowers.EraseBorrowerAsync("B-1");
        await Enrol(false, Enrolment("L-1", "B-1"));
        Assert.Null((await Borrower()).Details);
    }

    [Fact]
    public async Task a_conflict_keeps_the_whole_portfolio_out()
    {
        await Enrol(false, Enrolment("L-1", "B-1", body: "terms"), Enrolment("L-0", "B-1"));
        var result = await Enrol(false, Enrolment("L-2", "B-2"), Enrolment("L-1", "B-1", Details("Other", "+12125550199"), "other terms"), Enrolment("L-0", "B-1"));
        Assert.Equal((0, 1, "L-1"), result);
        Assert.Empty((await store.Cases.LoadAsync("L-2")).Inbox);
        Assert.Null(await store.Borrowers.LoadBorrowerAsync("B-2"));
        Assert.Equal("Invented Person", (await Borrower()).Details!.Name);
        Assert.Equal(["L-0", "L-1"], await store.Cases.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task a_partial_portfolio_goes_in_without_its_conflicts()
    {
        await Enrol(false, Enrolment("L-1", "B-1", body: "terms"));
        var result = await Enrol(true, Enrolment("L-2", "B-2"), Enrolment("L-1", "B-1", Details("Other"), "other terms"), Enrolment("L-3", "B-2"));
        Assert.Equal((2, 0, "L-1"), result);
        Assert.Equal("Invented Person", (await Borrower()).Details!.Name);
        Assert.Equal("terms", Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox).BodySha256);
        Assert.Equal(["L-1", "L-2", "L-3"], await store.Cases.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task a_loan_twice_in_one_portfolio_is_one_loan_or_a_conflict()
    {
        Assert.Equal((1, 1, ""), await Enrol(false, Enrolment("L-1", "B-1"), Enrolment("L-1", "B-1")));
        Assert.Equal((0, 0, "L-2"), await Enrol(false, Enrolment("L-2", "B-1"), Enrolment("L-2", "B-1", body: "other")));
        Assert.Equal((1, 0, "L-2"), await Enrol(true, Enrolment("L-2", "B-1"), Enrolment("L-2", "B-1", body: "other")));
        Assert.Equal((0, 0, ""), await Enrol(false));
    }

    [Fact]
    public async Task a_borrower_of_several_loans_has_the_addresses_of_all()
    {
        BorrowerDetails first = Details("Old Name", "+12125550100", "+12125550101"), later = new()
        {
            Name = "New Name",
            Addresses = [new BorrowerAddress("key-+12125550101", Channel.Sms, "+12125550101"), new BorrowerAddress("key-mail", Channel.Email, "a@example.com")],
        };
        await Enrol(false, Enrolment("L-1", "B-1", first), Enrolment("L-2", "B-1", later));
        await Enrol(false, Enrolment("L-3", "B-1", Details("", "+12125550102")));
        var details = (await Borrower()).Details!;
        Assert.Equal(("New Name", "en-US"), (details.Name, details.Language));
        Assert.Equal(["+12125550100", "+12125550101", "a@example.com", "+12125550102"], details.Addresses.Select(address => address.Value));
        Assert.Equal(Place.Mobile, details.Addresses[1].Place);
    }

    [Fact]
    public async Task enrolling_keeps_what_the_ledger_and_profile_hold()
    {
        await Save(Change(0) with { Ledger = [Entry("c", Noon)], Profile = new() { OptOuts = [new(Channel.Sms, null, Noon)] } });
        await Enrol(false, Enrolment("L-1", "B-1"));
        var borrower = await Borrower();
        Assert.Single(borrower.Ledger);
        Assert.Single(borrower.Profile.OptOuts);
        Assert.False(await store.Borrowers.SaveBorrowerAsync(Change(1)));
    }
}
