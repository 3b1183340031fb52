using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>Of whatever may have gone out there is evidence, wherever a run ends; and nothing is sent twice or not at all because of it.</summary>
public sealed class MessageArchiveTests
{
    private readonly SendingCase it = new();
    private readonly Shelf shelf = new();
    private readonly Queue<Handover> answers = new();

    [Fact]
    public async Task a_message_is_archived_before_it_is_handed_over()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () =>
        {
            Assert.Single(shelf.Kept);
            return new Handover(MessageStatus.Sent);
        });
        var attempt = await Sender(carrier).SendAsync(state, SendingCase.Message());

        var (stored, kept) = ((await it.StoredAsync())!, ArchivedMessage.Read(shelf.Kept[("L-1:9", 1)]));
        Assert.Equal((ContactResult.Sent, 1), (attempt.Result, carrier.Given));
        Assert.Equal(
            (stored.Text, stored.Address, attempt.TextSha256, attempt.Template, attempt.Judged!.Request.Address, Channel.Sms, Purpose.Collect),
            (kept.Text, kept.Address, kept.TextSha256, kept.Template, kept.AddressKey, kept.Channel, kept.Purpose!.Value));
        Assert.Equal(kept.TextSha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(kept.Text))));
    }

    [Fact]
    public async Task a_run_repeated_archives_the_same_and_sends_nothing()
    {
        var (state, carrier) = (await it.EnrolWithPhoneAsync(), Answering(new Handover(MessageStatus.Sent)));
        await Sender(carrier).SendAsync(state, SendingCase.Message());
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        var again = await Sender(carrier).SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Sent, 1, 1), (again.Result, carrier.Given, shelf.Kept.Count));
    }

    [Theory]
    [InlineData(true)] // The process dies when the evidence has been written, just before the handover.
    [InlineData(false)] // Or before it was.
    public async Task a_process_that_dies_around_the_evidence_leaves_evidence_and_an_unknown_message_that_is_not_sent(bool written)
    {
        var (state, carrier) = (await it.EnrolWithPhoneAsync(), Answering());
        shelf.DiesWhen = written ? When.Written : When.Asked;
        var dead = Sender(carrier).SendAsync(state, SendingCase.Message()).AsTask();
        await shelf.Died.Task;
        Assert.False(dead.IsCompleted);
        shelf.DiesWhen = null;
        var next = await Sender(carrier).SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Unknown, 0), (next.Result, carrier.Given));
        Assert.Equal((await it.StoredAsync())!.Text, ArchivedMessage.Read(Assert.Single(shelf.Kept).Value).Text);
    }

    [Fact]
    public async Task a_message_that_cannot_be_archived_is_not_handed_over_and_is_tried_again()
    {
        var (state, carrier) = (await it.EnrolWithPhoneAsync(), Answering(new Handover(MessageStatus.Sent)));
        shelf.Fails = true;
        var first = await Sender(carrier).SendAsync(state, SendingCase.Message());
        Assert.Equal((ContactResult.Deferred, "CARRIER-LATER", "not-archived", 0), (first.Result, first.Rule, first.Code, carrier.Given));
        Assert.Equal(ContactOutcome.Failed, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);

        shelf.Fails = false;
        it.Office.Time.MoveTo(first.Until!.Value);
        Assert.Equal(ContactResult.Sent, (await Sender(carrier).SendAsync(state, SendingCase.Message(attempt: 2))).Result);
        Assert.Equal([("L-1:9", 2)], shelf.Kept.Keys);
        Assert.Equal(1, carrier.Given);
    }

    [Fact]
    public async Task the_next_try_of_a_command_has_evidence_of_its_own_with_the_amounts_of_that_day()
    {
        var (state, carrier) = (await it.EnrolWithPhoneAsync(), Answering(Handover.Later("429"), new Handover(MessageStatus.Sent)));
        await it.Office.UntilAsync("L-1", "2026-04-20T17:00:00Z"); // The due date: from the next day on the text has another amount.
        state = await it.Office.StateAsync("L-1");
        await Sender(carrier).SendAsync(state, SendingCase.Message());
        it.Office.Time.MoveTo(Office.At("2026-04-22T17:00:00Z"));
        await Sender(carrier).SendAsync(state, SendingCase.Message(attempt: 2));

        var (first, second) = (ArchivedMessage.Read(shelf.Kept[("L-1:9", 1)]), ArchivedMessage.Read(shelf.Kept[("L-1:9", 2)]));
        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal((Office.At("2026-04-20T17:00:00Z"), Office.At("2026-04-22T17:00:00Z")), (first.At, second.At));
    }

    [Fact]
    public async Task a_message_that_waits_day_after_day_for_its_turn_leaves_no_evidence_until_it_leaves_itself()
    {
        var (state, turns) = (await it.EnrolWithPhoneAsync(), new Queue<Handover?>([Handover.Later("no-sender", TimeSpan.FromHours(24)), Handover.Later("sender-rate"), null]));
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Sent), turns.Dequeue);
        var first = await Sender(carrier).SendAsync(state, SendingCase.Message());
        Assert.Equal((ContactResult.Deferred, "CARRIER-LATER", "no-sender", TimeSpan.FromHours(24)), (first.Result, first.Rule, first.Code, first.Until!.Value - first.Judged!.Now));
        Assert.Equal(ContactOutcome.Failed, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
        it.Office.Time.MoveTo(first.Until.Value);
        var second = await Sender(carrier).SendAsync(state, SendingCase.Message(attempt: 2));
        Assert.Equal((ContactResult.Deferred, "sender-rate"), (second.Result, second.Code));
        Assert.Empty(shelf.Kept);
        Assert.Equal(0, carrier.Given);

        it.Office.Time.MoveTo(second.Until!.Value);
        Assert.Equal(ContactResult.Sent, (await Sender(carrier).SendAsync(state, SendingCase.Message(attempt: 3))).Result);
        Assert.Equal([("L-1:9", 3)], shelf.Kept.Keys);
        Assert.Equal(1, carrier.Given);
    }

    [Fact]
    public async Task the_intent_comes_first_then_the_turn_then_the_evidence_then_the_handover()
    {
        var (state, order) = (await it.EnrolWithPhoneAsync(), new List<string>());
        var saving = new InterruptedBorrowers(it.Office.Store, change =>
        {
            order.Add($"saved {change.Messages.Single().Status}");
            return Task.CompletedTask;
        });
        var carrier = new Carrier(
            Channel.Sms,
            () =>
            {
                order.Add($"given, kept {shelf.Kept.Count}");
                return new Handover(MessageStatus.Sent);
            },
            () =>
            {
                order.Add($"turn, kept {shelf.Kept.Count}");
                return null;
            });
        await new NotificationSender(saving, it.Office.Drafts, [carrier], it.Office.Time, shelf).SendAsync(state, SendingCase.Message());

        Assert.Equal(["saved Reserved", "turn, kept 0", "given, kept 1", "saved Sent"], order);
    }

    [Fact]
    public async Task a_message_to_an_address_that_is_none_fails_without_evidence_that_it_went_out()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Sent), () => new Handover(MessageStatus.Failed, "not-e164"));
        var attempt = await Sender(carrier).SendAsync(state, SendingCase.Message());
        Assert.Equal((ContactResult.Failed, "not-e164", 0), (attempt.Result, attempt.Code, carrier.Given));
        Assert.Empty(shelf.Kept);
    }

    [Fact]
    public async Task a_turn_that_cannot_be_asked_for_is_none_and_the_message_is_tried_again()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Sent), () => throw new IOException("no such queue"));
        var attempt = await Sender(carrier).SendAsync(state, SendingCase.Message());
        Assert.Equal((ContactResult.Deferred, "CARRIER-LATER", 0), (attempt.Result, attempt.Rule, carrier.Given));
        Assert.Empty(shelf.Kept);
    }

    [Fact]
    public async Task what_lies_in_the_outbox_has_evidence_even_if_it_could_not_be_kept_at_first()
    {
        var state = await it.EnrolWithPhoneAsync();
        shelf.Fails = true;
        await Assert.ThrowsAsync<IOException>(async () => await Sender(new Outbox(Channel.Sms)).SendAsync(state, SendingCase.Message()));
        Assert.Equal(MessageStatus.Sent, (await it.StoredAsync())!.Status);
        shelf.Fails = false;
        var attempt = await Sender(new Outbox(Channel.Sms)).SendAsync(state, SendingCase.Message());

        Assert.Equal(ContactResult.Sent, attempt.Result);
        Assert.Equal(attempt.TextSha256, ArchivedMessage.Read(Assert.Single(shelf.Kept).Value).TextSha256);
    }

    [Fact]
    public async Task what_the_gate_defers_or_forbids_leaves_nothing()
    {
        var state = await it.EnrolWithPhoneAsync();
        it.Office.Time.MoveTo(Office.At("2026-03-04T06:00:00Z")); // Midnight in Chicago.
        Assert.Equal(ContactResult.Deferred, (await Sender(Answering()).SendAsync(state, SendingCase.Message())).Result);
        await it.ChangeAsync(profile => profile with { OptOuts = [new OptOut(Channel.Sms, null, it.Office.Time.GetUtcNow())] });
        Assert.Equal(ContactResult.Forbidden, (await Sender(Answering()).SendAsync(state, SendingCase.Message("L-1:10"))).Result);

        Assert.Empty(shelf.Kept);
    }

    [Fact]
    public async Task a_wait_for_evidence_is_proven_and_said_in_words()
    {
        var state = await it.EnrolWithPhoneAsync();
        shelf.Fails = true;
        var attempt = await Sender(Answering()).SendAsync(state, SendingCase.Message());

        var words = FactWords.Describe(new RecordedFact(9, attempt.Judged!.Now, new CaseFact.ContactAttempted(attempt)), SendingCase.Terms().Currency);
        Assert.Contains("was not handed over: no evidence of it could be kept; it is tried again from ", words, StringComparison.Ordinal);
    }

    [Fact]
    public void an_archived_message_has_a_shape_for_ever()
    {
        const string Released =
            """{"loanId":"L-1","commandId":"L-1:9","attempt":2,"borrowerId":"B-1","at":"2026-03-03T16:00:00+00:00","purpose":"collect","channel":"sms","address":"\u002B13125550142","addressKey":"key-1","text":"Pay \u20AC5.","textSha256":"00ff","template":"friendly-reminder","language":"en-US","wording":1,"segments":1}""";

        var message = ArchivedMessage.Read(Encoding.UTF8.GetBytes(Released));
        Assert.Equal(
            new ArchivedMessage(
                "L-1", "L-1:9", 2, "B-1", Office.At("2026-03-03T16:00:00Z"), Purpose.Collect, Channel.Sms, "+13125550142", "key-1", null, "Pay €5.", "00ff", "friendly-reminder", "en-US", 1, 1),
            message);
        Assert.Equal(Released, Encoding.UTF8.GetString(message.ToJson()));
    }

    private NotificationSender Sender(IMessageChannel channel) => new(it.Office.Store, it.Office.Drafts, [channel], it.Office.Time, shelf);

    private Carrier Answering(params Handover[] said)
    {
        foreach (var answer in said) answers.Enqueue(answer);
        return new Carrier(Channel.Sms, answers.Dequeue);
    }

    private enum When
    {
        Asked,
        Written,
    }

    /// <summary>An archive in memory that keeps the port's promise, and fails or dies as told.</summary>
    private sealed class Shelf : IMessageArchive
    {
        public Dictionary<(string CommandId, int Attempt), byte[]> Kept { get; } = [];

        public bool Fails { get; set; }

        public When? DiesWhen { get; set; }

        public TaskCompletionSource Died { get; } = new();

        public async ValueTask KeepAsync(StoredMessage message, CancellationToken cancellation = default)
        {
            if (Fails) throw new IOException("no such storage");
            await DieAsync(When.Asked);
            var archived = ArchivedMessage.Of(message);
            var content = archived.ToJson();
            if (!Kept.TryAdd((archived.CommandId, archived.Attempt), content) && !Kept[(archived.CommandId, archived.Attempt)].AsSpan().SequenceEqual(content))
                throw new InvalidOperationException("archived with other content");
            await DieAsync(When.Written);
        }

        /// <summary>A dead process never comes back.</summary>
        private Task DieAsync(When when)
        {
            if (DiesWhen != when) return Task.CompletedTask;
            Died.SetResult();
            return new TaskCompletionSource().Task;
        }
    }
}
