using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    private static BorrowerChange Change(int version, string id = "B-1") => new() { BorrowerId = id, ExpectedVersion = version };

    private async Task Save(BorrowerChange change) => Assert.True(await store.Borrowers.SaveBorrowerAsync(change));

    private async Task<BorrowerRecord> Borrower(string id = "B-1") => (await store.Borrowers.LoadBorrowerAsync(id))!;

    [Fact]
    public async Task an_unknown_borrower_is_null()
    {
        Assert.Null(await store.Borrowers.LoadBorrowerAsync("nobody"));
        Assert.Null(await store.Borrowers.MessageAsync("nobody", "c"));
        Assert.Empty(await store.Borrowers.MessagesAsync("nobody", null));
        Assert.Empty(await store.Borrowers.TextsAsync("nobody", null));
        await store.Borrowers.EraseBorrowerAsync("nobody");
        Assert.Null(await store.Borrowers.LoadBorrowerAsync("nobody"));
    }

    [Fact]
    public async Task a_new_borrower_has_version_one_and_empty_fields()
    {
        await Save(Change(0));
        var borrower = await Borrower();
        Assert.Equal(("B-1", 1, null), (borrower.BorrowerId, borrower.Version, borrower.Details));
        Assert.Equivalent(ContactProfile.Empty, borrower.Profile, strict: true);
        Assert.Empty(borrower.Ledger);
        Assert.Empty(borrower.AppliedEvents);
    }

    [Fact]
    public async Task details_and_profile_come_back_as_they_went_in()
    {
        var details = new BorrowerDetails
        {
            Name = "Invented Persön 借款人",
            Language = "zh-CN",
            Addresses = [new("k1", Channel.Sms, "+12125550100", Place.Mobile), new("k2", Channel.Email, "a@example.com"), new("k3", Channel.Letter, "1 Invented Street\nNowhere")],
        };
        var profile = new ContactProfile
        {
            Flags = [new ProfileFlag("cease", Noon, Noon.AddDays(9), "L-1"), new ProfileFlag("attorney", At("2026-01-01T00:00:00+08:00"))],
            OptOuts = [new OptOut(Channel.Sms, null, Noon)],
            Consents = [new Consent(Channel.Phone, "k1", Noon)],
            Preferences = [new BlockedTime([DayOfWeek.Monday, DayOfWeek.Sunday], new TimeOnly(22, 30), new TimeOnly(6, 0), Channel.Phone, Place.Work, new DateOnly(2028, 2, 29)), new BlockedTime(null, null, null, null, null, null)],
        };
        await Save(Change(0) with { Details = details, Profile = profile });
        var back = await Borrower();
        Assert.Equivalent(details, back.Details, strict: true);
        Assert.Equivalent(profile, back.Profile, strict: true);
    }

    [Fact]
    public async Task an_outdated_change_of_a_borrower_writes_nothing()
    {
        await Save(Change(0) with { Details = Details("First") });
        foreach (var outdated in new[] { 0, 2 })
        {
            var change = Change(outdated) with { Details = Details("Second"), Ledger = [Entry("c", Noon)], Messages = [Message("B-1", "c")], AppliedEvent = "e", Texts = [new("e", "L-1", Noon, "reply", "hi")] };
            Assert.False(await store.Borrowers.SaveBorrowerAsync(change));
        }

        Assert.False(await store.Borrowers.SaveBorrowerAsync(Change(1, "nobody")));
        Assert.Null(await store.Borrowers.LoadBorrowerAsync("nobody"));
        var borrower = await Borrower();
        Assert.Equal((1, "First"), (borrower.Version, borrower.Details!.Name));
        Assert.Empty(borrower.Ledger);
        Assert.Empty(borrower.AppliedEvents);
        Assert.Empty(await store.Borrowers.MessagesAsync("B-1", null));
        Assert.Empty(await store.Borrowers.TextsAsync("B-1", null));
    }

    [Fact]
    public async Task empty_fields_of_a_change_change_nothing()
    {
        await Save(Change(0) with { Details = Details("First"), Profile = new() { OptOuts = [new(Channel.Sms, null, Noon)] }, Ledger = [Entry("c", Noon)], AppliedEvent = "e-1" });
        await Save(Change(1));
        var borrower = await Borrower();
        Assert.Equal((2, "First"), (borrower.Version, borrower.Details!.Name));
        Assert.Single(borrower.Profile.OptOuts);
        Assert.Single(borrower.Ledger);
        Assert.Equal(["e-1"], borrower.AppliedEvents);
    }

    [Fact]
    public async Task of_two_reservations_at_once_one_wins()
    {
        await Save(Change(0));
        var saves = Enumerable.Range(0, 20).Select(i => Task.Run(async () => await store.Borrowers.SaveBorrowerAsync(Change(1) with { Ledger = [Entry($"c-{i}", Noon)] })));
        Assert.Single(await Task.WhenAll(saves), won => won);
        Assert.Single((await Borrower()).Ledger);
    }

    [Fact]
    public async Task the_ledger_is_by_time_and_an_entry_replaces_that_of_its_id()
    {
        await Save(Change(0) with { Ledger = [Entry("c", Noon.AddHours(2)), Entry("b", Noon), Entry("a", Noon)] });
        await Save(Change(1) with { Ledger = [Entry("d", Noon.AddHours(1)), Entry("c", Noon.AddHours(2), ContactOutcome.Sent)] });
        var ledger = (await Borrower()).Ledger;
        Assert.Equal(["a", "b", "d", "c"], ledger.Select(entry => entry.Id));
        Assert.Equivalent(Entry("c", Noon.AddHours(2), ContactOutcome.Sent), ledger[3], strict: true);
    }

    [Fact]
    public async Task a_loaded_borrower_does_not_change_under_the_reader()
    {
        await Save(Change(0) with { Ledger = [Entry("a", Noon)], AppliedEvent = "e-1" });
        var before = await Borrower();
        await Save(Change(1) with { Ledger = [Entry("b", Noon)], AppliedEvent = "e-2" });
        Assert.Single(before.Ledger);
        Assert.Single(before.AppliedEvents);
    }

    [Fact]
    public async Task applied_events_are_remembered_once()
    {
        await Save(Change(0) with { AppliedEvent = "e-1" });
        await Save(Change(1) with { AppliedEvent = "e-2" });
        await Save(Change(2) with { AppliedEvent = "e-1" });
        Assert.Equal(["e-1", "e-2"], (await Borrower()).AppliedEvents.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task messages_come_back_as_they_went_in_and_replace_those_of_their_command()
    {
        await Save(Change(0) with { Messages = [Message("B-1", "c-1", "L-1", Noon.AddHours(1)), Message("B-1", "c-2", "L-2"), Message("B-1", "a-9", "L-1", Noon.AddHours(1))] });
        var settled = Message("B-1", "c-2", "L-2") with { Status = MessageStatus.Delivered, Subject = null };
        await Save(Change(1) with { Messages = [settled] });
        Assert.Equal(settled, await store.Borrowers.MessageAsync("B-1", "c-2"));
        Assert.Null(await store.Borrowers.MessageAsync("B-1", "c-3"));
        Assert.Null(await store.Borrowers.MessageAsync("B-2", "c-1"));
        Assert.Equal(["c-2", "a-9", "c-1"], (await store.Borrowers.MessagesAsync("B-1", null)).Select(message => message.CommandId));
        Assert.Equal(["a-9", "c-1"], (await store.Borrowers.MessagesAsync("B-1", "L-1")).Select(message => message.CommandId));
        Assert.Equal(Message("B-1", "c-1", "L-1", Noon.AddHours(1)), (await store.Borrowers.MessagesAsync("B-1", "L-1"))[1]);
    }

    [Fact]
    public async Task the_attempt_of_a_message_comes_back_with_all_the_gate_used()
    {
        var attempt = new ContactAttempt
        {
            CommandId = "c-1",
            Number = 2,
            Template = "overdue-1",
            Result = ContactResult.Deferred,
            Channel = Channel.Sms,
            Rule = "CN-NIGHT",
            Until = At("2026-03-02T08:00:00+08:00"),
            Citations = ["CN-NIGHT", "HOUSE-HOURS"],
            Judged = new JudgedContact(
                Noon,
                new ContactRequest { Channel = Channel.Sms, Jurisdiction = "CN", CreditorRole = Core.Loans.CreditorRole.Creditor, DebtId = "L-1", TimeZones = ["Asia/Shanghai"] },
                new ContactProfile { OptOuts = [new OptOut(Channel.Email, null, Noon)] }, [Entry("a", Noon).Contact], ["CN@1"]),
            Language = "zh-CN",
            Wording = 3,
            Segments = 2,
            TextSha256 = "sha",
            Code = "x",
        };
        await Save(Change(0) with { Messages = [Message("B-1", "c-1") with { Attempt = attempt }] });
        Assert.Equivalent(attempt, (await store.Borrowers.MessageAsync("B-1", "c-1"))!.Attempt, strict: true);
    }

    [Fact]
    public async Task texts_come_back_as_they_went_in()
    {
        StoredText reply = new("e-1", "L-1", Noon.AddHours(1), "reply", "I cannot pay 还不起 \0\n"), dispute = new("e-2", "L-2", Noon, "dispute", "");
        await Save(Change(0) with { Texts = [reply, dispute] });
        await Save(Change(1) with { Texts = [reply] });
        Assert.Equal([dispute, reply], await store.Borrowers.TextsAsync("B-1", null));
        Assert.Equal([reply], await store.Borrowers.TextsAsync("B-1", "L-1"));
    }

    [Fact]
    public async Task erasing_leaves_ids_times_hashes_and_the_ledger()
    {
        await Save(Change(0) with
        {
            Details = Details("Gone", "+12125550100"),
            Profile = new() { OptOuts = [new(Channel.Sms, "key", Noon)] },
            Ledger = [Entry("c-1", Noon)],
            Messages = [Message("B-1", "c-1")],
            Texts = [new("e-1", "L-1", Noon, "reply", "secret words")],
            AppliedEvent = "e-1",
        });
        await store.Borrowers.EraseBorrowerAsync("B-1");
        await store.Borrowers.EraseBorrowerAsync("B-1");

        var borrower = await Borrower();
        Assert.Null(borrower.Details);
        Assert.Single(borrower.Profile.OptOuts);
        Assert.Equal("phone-0011", Assert.Single(borrower.Ledger).Contact.Address);
        Assert.Equal(["e-1"], borrower.AppliedEvents);
        Assert.Equal(Message("B-1", "c-1") with { Address = "", Subject = null, Text = "" }, Assert.Single(await store.Borrowers.MessagesAsync("B-1", null)));
        Assert.Equal(new StoredText("e-1", "L-1", Noon, "reply", ""), Assert.Single(await store.Borrowers.TextsAsync("B-1", null)));
    }

    [Fact]
    public async Task a_change_begun_before_an_erasure_does_not_bring_the_borrower_back()
    {
        await Save(Change(0) with { Details = Details("Gone") });
        var before = await Borrower();
        await store.Borrowers.EraseBorrowerAsync("B-1");
        Assert.False(await store.Borrowers.SaveBorrowerAsync(Change(before.Version) with { Details = before.Details }));
        Assert.Null((await Borrower()).Details);
    }

    [Fact]
    public async Task what_is_written_after_an_erasure_can_be_read_and_what_was_before_cannot()
    {
        await Save(Change(0) with { Details = Details("Gone"), Messages = [Message("B-1", "old")] });
        await store.Borrowers.EraseBorrowerAsync("B-1");
        await Save(Change((await Borrower()).Version) with { Messages = [Message("B-1", "new")] });
        Assert.Equal(["new", "old"], (await store.Borrowers.MessagesAsync("B-1", null)).Select(message => message.CommandId));
        Assert.Equal("", (await store.Borrowers.MessageAsync("B-1", "old"))!.Text);
        Assert.Equal(Message("B-1", "new"), await store.Borrowers.MessageAsync("B-1", "new"));
        Assert.Null((await Borrower()).Details);
    }

    [Fact]
    public async Task erasing_one_borrower_leaves_the_others()
    {
        await Save(Change(0) with { Details = Details("Gone") });
        await Save(Change(0, "B-2") with { Details = Details("Stays"), Messages = [Message("B-2", "c-1")] });
        await store.Borrowers.EraseBorrowerAsync("B-1");
        Assert.Equal("Stays", (await Borrower("B-2")).Details!.Name);
        Assert.Equal(Message("B-2", "c-1"), await store.Borrowers.MessageAsync("B-2", "c-1"));
    }
}
