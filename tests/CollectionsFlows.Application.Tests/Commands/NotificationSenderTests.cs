using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>Intent before effect; never twice; the gate on fresh data.</summary>
public sealed class NotificationSenderTests
{
    private readonly SendingCase it = new();

    [Fact]
    public async Task the_outbox_run_again_reports_the_same_attempt_and_keeps_one_message()
    {
        var state = await it.EnrolWithPhoneAsync();
        var sender = it.Office.Sender();
        var first = await sender.SendAsync(state, SendingCase.Message());
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        var again = await sender.SendAsync(state, SendingCase.Message());

        Assert.Equal(Json(first), Json(again));
        Assert.Equal(ContactResult.Sent, first.Result);
        Assert.Equal(MessageStatus.Sent, Assert.Single(await it.Office.Store.MessagesAsync("B-1", "L-1")).Status);
        Assert.Single((await it.BorrowerAsync()).Ledger);
    }

    [Fact]
    public async Task a_year_a_calendar_does_not_know_is_asked_about_again_and_no_message_is_lost()
    {
        var office = new SendingCase([.. PackCatalogue.Shipped().Packs]).Office;
        foreach (var (loan, jurisdiction) in new[] { ("L-1", "CN"), ("L-2", "ZZ") })
            await office.EnrolAsync(SendingCase.Terms(loan, jurisdiction), office.Details("Pat Example", "en-US", (Channel.Sms, SendingCase.Phone)), "us-creditor");
        office.Time.MoveTo(new DateTimeOffset(2027, 2, 3, 16, 0, 0, TimeSpan.Zero));
        var unknownYear = await office.Sender().SendAsync(await office.StateAsync("L-1"), SendingCase.Message(attempt: 2));
        var noCalendar = await office.Sender().SendAsync(await office.StateAsync("L-2"), SendingCase.Message("L-2:9"));

        Assert.Equal((ContactResult.Deferred, "HOUSE-CALENDAR-MISSING", office.Time.GetUtcNow().AddDays(2)), (unknownYear.Result, unknownYear.Rule, unknownYear.Until));
        Assert.Equal((ContactResult.Deferred, "HOUSE-CALENDAR-MISSING", office.Time.GetUtcNow().AddDays(1)), (noCalendar.Result, noCalendar.Rule, noCalendar.Until));
    }

    [Fact]
    public async Task a_scheduled_message_is_no_answer_to_what_the_borrower_wrote_at_a_blocked_time()
    {
        var office = new SendingCase([.. PackCatalogue.Shipped().Packs]).Office;
        await office.EnrolAsync(SendingCase.Terms(), office.Details("Pat Example", "en-US", (Channel.Sms, SendingCase.Phone)), "us-creditor");
        office.Time.MoveTo(new DateTimeOffset(2026, 3, 8, 15, 0, 0, TimeSpan.Zero)); // A Sunday, 10:00 in Chicago.
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"ok"}""");
        office.Time.MoveTo(office.Time.GetUtcNow().AddMinutes(30));
        var attempt = await office.Sender().SendAsync(await office.StateAsync("L-1"), SendingCase.Message());

        Assert.Equal((ContactResult.Deferred, "HOUSE-HOURS", new DateTimeOffset(2026, 3, 9, 14, 0, 0, TimeSpan.Zero)), (attempt.Result, attempt.Rule, attempt.Until));
    }

    [Fact]
    public async Task the_intent_is_stored_before_the_carrier_is_asked()
    {
        var state = await it.EnrolWithPhoneAsync();
        MessageStatus? seen = null;
        ContactOutcome? counted = null;
        var carrier = new Carrier(Channel.Sms, () =>
        {
            seen = it.StoredAsync().Result?.Status;
            counted = it.BorrowerAsync().Result.Ledger.Single().Contact.Outcome;
            return new Handover(MessageStatus.Sent);
        });
        await it.Office.Sender(null, carrier).SendAsync(state, SendingCase.Message());

        Assert.Equal((MessageStatus.Reserved, ContactOutcome.Unknown), (seen!.Value, counted!.Value));
        Assert.Equal(MessageStatus.Sent, (await it.StoredAsync())!.Status);
        Assert.Equal(ContactOutcome.Sent, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
    }

    [Fact]
    public async Task a_carrier_that_throws_makes_it_unknown_and_it_is_never_sent_again()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => throw new TimeoutException());
        var sender = it.Office.Sender(null, carrier);

        Assert.Equal(ContactResult.Unknown, (await sender.SendAsync(state, SendingCase.Message())).Result);
        Assert.Equal(ContactResult.Unknown, (await sender.SendAsync(state, SendingCase.Message())).Result);
        Assert.Equal(1, carrier.Given);
        Assert.Equal(ContactOutcome.Unknown, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
    }

    [Fact]
    public async Task a_crash_after_the_reservation_makes_it_unknown_when_it_runs_again()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Sent));
        var dying = new InterruptedBorrowers(it.Office.Store, _ => Task.CompletedTask, _ => throw new IOException("power"));
        await Assert.ThrowsAsync<IOException>(async () => await it.Office.Sender(dying, carrier).SendAsync(state, SendingCase.Message()));
        Assert.Equal(MessageStatus.Reserved, (await it.StoredAsync())!.Status);

        var attempt = await it.Office.Sender(null, carrier).SendAsync(state, SendingCase.Message());
        Assert.Equal(ContactResult.Unknown, attempt.Result);
        Assert.Equal(0, carrier.Given);
        Assert.Equal(MessageStatus.Unknown, (await it.StoredAsync())!.Status);
    }

    [Fact]
    public async Task a_carrier_that_refuses_gives_a_failure_with_its_code_that_does_not_count_as_a_contact()
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Failed, "4006"));
        var attempt = await it.Office.Sender(null, carrier).SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Failed, "4006"), (attempt.Result, attempt.Code));
        Assert.Equal(ContactOutcome.Failed, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
    }

    [Fact]
    public async Task of_two_loans_racing_for_the_last_slot_one_gets_it_and_the_other_waits()
    {
        var one = new ContactLimitRule
        {
            Id = "ONE-A-DAY", Title = "One message a day to a borrower", Source = "this test", Limit = 1, Window = new CountingWindow(WindowUnit.LocalDays),
            Per = CountedPer.Borrower, Channels = [Channel.Sms], Outcomes = [ContactOutcome.Sent, ContactOutcome.Unknown],
        };
        var contested = new SendingCase(new JurisdictionPack { Id = JurisdictionPack.CommonId, Title = "Test", Version = 1, Rules = [one] });
        var state = await contested.EnrolWithPhoneAsync();
        var other = await contested.EnrolWithPhoneAsync("L-2");
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Sent));
        var raced = false;
        var racing = new InterruptedBorrowers(contested.Office.Store, async _ =>
        {
            if (raced) return;
            raced = true;
            Assert.Equal(ContactResult.Sent, (await contested.Office.Sender(null, carrier).SendAsync(other, SendingCase.Message("L-2:9"))).Result);
        });
        var attempt = await contested.Office.Sender(racing, carrier).SendAsync(state, SendingCase.Message());

        // The loser had been allowed on an empty ledger; it was judged again with the winner's contact in it. Midnight in Chicago is 06:00 UTC.
        Assert.Equal((ContactResult.Deferred, "ONE-A-DAY", Running.Office.At("2026-03-04T06:00:00Z")), (attempt.Result, attempt.Rule, attempt.Until!.Value));
        Assert.Equal("L-2", Assert.Single(attempt.Judged!.History).DebtIds.Single());
        Assert.Equal(1, carrier.Given);
        Assert.Null(await contested.StoredAsync());
    }

    [Fact]
    public async Task an_opt_out_between_request_and_dispatch_forbids()
    {
        var state = await it.EnrolWithPhoneAsync();
        await it.Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"STOP"}""");
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddMinutes(1));
        var attempt = await it.Office.Sender().SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), (attempt.Result, attempt.Rule));
        Assert.Null(await it.StoredAsync());
        Assert.DoesNotContain((await it.BorrowerAsync()).Ledger, entry => entry.Id == "L-1:9");
    }

    [Fact]
    public async Task an_opt_out_while_the_message_is_being_reserved_forbids_too()
    {
        var state = await it.EnrolWithPhoneAsync();
        var raced = false;
        var racing = new InterruptedBorrowers(it.Office.Store, async _ =>
        {
            if (raced) return;
            raced = true;
            await it.ChangeAsync(profile => profile with { OptOuts = [new OptOut(Channel.Sms, null, it.Office.Time.GetUtcNow())] });
        });

        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), await it.Office.Sender(racing).SendAsync(state, SendingCase.Message()) is var attempt ? (attempt.Result, attempt.Rule) : default);
        Assert.Null(await it.StoredAsync());
    }

    [Fact]
    public async Task without_an_address_there_is_no_way()
    {
        var state = await it.EnrolAsync("L-1", (Channel.Email, SendingCase.Email));
        var attempt = await it.Office.Sender().SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Forbidden, "NO-ADDRESS", (Channel?)null), (attempt.Result, attempt.Rule, attempt.Channel));
    }

    [Fact]
    public async Task where_the_first_channel_is_forbidden_the_second_is_used()
    {
        var state = await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Email, SendingCase.Email));
        await it.ChangeAsync(profile => profile with { OptOuts = [new OptOut(Channel.Sms, null, it.Office.Time.GetUtcNow())] });
        var attempt = await it.Office.Sender().SendAsync(state, SendingCase.Message(channels: [Channel.Sms, Channel.Email]));

        Assert.Equal((ContactResult.Sent, Channel.Email), (attempt.Result, attempt.Channel!.Value));
        Assert.Equal(SendingCase.Email, (await it.StoredAsync())!.Address);
    }

    [Fact]
    public async Task of_several_deferrals_the_earliest_counts()
    {
        var state = await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Email, SendingCase.Email));
        await it.ChangeAsync(profile => profile with
        {
            Preferences = [new BlockedTime(null, new(9, 0), new(18, 0), Channel.Sms, null, null), new BlockedTime(null, new(9, 0), new(12, 0), Channel.Email, null, null)],
        });
        var attempt = await it.Office.Sender().SendAsync(state, SendingCase.Message(channels: [Channel.Sms, Channel.Email]));

        // 10:00 in Chicago: e-mail may go at 12:00 there, which is 18:00 UTC; SMS only at 18:00 there.
        Assert.Equal((ContactResult.Deferred, Channel.Email), (attempt.Result, attempt.Channel!.Value));
        Assert.Equal(Running.Office.At("2026-03-03T18:00:00Z"), attempt.Until);
    }

    [Fact]
    public async Task no_text_follows_itself_even_when_the_borrower_replies_in_between()
    {
        var state = await it.EnrolWithPhoneAsync();
        var sender = it.Office.Sender();
        var texts = new List<string>();
        for (var number = 0; number < 9; number++)
        {
            // Each number of replies shifts a count that would include them differently.
            for (var reply = 0; reply < number % 4; reply++)
                await it.Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"soon"}""");
            it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddMinutes(5));
            Assert.Equal(ContactResult.Sent, (await sender.SendAsync(state, SendingCase.Message($"L-1:{100 + number}"))).Result);
            texts.Add((await it.StoredAsync($"L-1:{100 + number}"))!.Text);
        }

        Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second)); // S14
    }

    [Fact]
    public async Task a_zone_that_another_loan_of_the_borrower_names_is_plausible_for_each()
    {
        var state = await it.EnrolWithPhoneAsync();
        var borrower = await it.BorrowerAsync();
        var zones = new Dictionary<string, IReadOnlyList<string>> { ["L-1"] = ["America/Denver"], ["L-2"] = ["Pacific/Honolulu", "America/Chicago"] };
        Assert.True(await it.Office.Store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = borrower.Version, Details = borrower.Details! with { LoanZones = zones } }));
        var attempt = await it.Office.Sender().SendAsync(state, SendingCase.Message());

        // 10:00 in Chicago is 06:00 in Honolulu; what L-1 once said of itself is out of date, its case knows.
        Assert.Equal(["America/Chicago", "Pacific/Honolulu"], attempt.Judged!.Request.TimeZones);
        Assert.Equal((ContactResult.Deferred, Running.Office.At("2026-03-03T19:00:00Z")), (attempt.Result, attempt.Until!.Value)); // HOUSE-HOURS: 09:00 there
    }

    [Fact]
    public async Task a_text_that_failed_takes_no_wording_from_the_next_one()
    {
        var state = await it.EnrolWithPhoneAsync();
        var answers = new Queue<MessageStatus>([MessageStatus.Sent, MessageStatus.Failed, MessageStatus.Failed, MessageStatus.Sent, MessageStatus.Failed, MessageStatus.Sent]);
        var sender = it.Office.Sender(null, new Carrier(Channel.Sms, () => new Handover(answers.Dequeue())));
        var sent = new List<string>();
        for (var number = 100; answers.Count > 0; number++)
        {
            it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddMinutes(5));
            var attempt = await sender.SendAsync(state, SendingCase.Message($"L-1:{number}"));
            Assert.NotEqual(ContactResult.Forbidden, attempt.Result); // HOUSE-VARY finds nothing to object to
            if (attempt.Result == ContactResult.Sent)
                sent.Add(attempt.TextSha256!);
        }

        Assert.Equal(3, sent.Count);
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second)); // S14
    }

    [Fact]
    public async Task the_attempt_carries_keys_and_hashes_only()
    {
        var state = await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Email, SendingCase.Email));
        var json = Json(await it.Office.Sender().SendAsync(state, SendingCase.Message()));

        Assert.DoesNotContain("555", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Pat", json, StringComparison.Ordinal);
        Assert.DoesNotContain("example", json, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(it.Office.Keys.KeyOf(Channel.Sms, SendingCase.Phone), json, StringComparison.Ordinal);
        Assert.Contains((await it.StoredAsync())!.TextSha256, json, StringComparison.Ordinal);
    }

    private static string Json(ContactAttempt attempt) => JsonSerializer.Serialize(new CaseFact.ContactAttempted(attempt), CaseJson.Default.ContactAttemptedFact);
}
