using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class FrequencyTests
{
    private static ContactRequest UsCall => To("US", Channel.Phone, NewYork);

    private static ContactRequest CnCall => To("CN", Channel.Phone, Shanghai);

    private static ContactRequest HouseCall => CnCall with { HouseRules = true };

    // Wednesday 1 April to Friday 3 April: the official example of comment 14(b)(2)(i).
    private static PastContact[] SevenCalls(ContactOutcome outcome = ContactOutcome.NoAnswer) =>
    [
        Past("2026-04-01T09:00:00-04:00", outcome: outcome), Past("2026-04-01T15:00:00-04:00", outcome: outcome), Past("2026-04-02T09:00:00-04:00", outcome: outcome),
        Past("2026-04-02T12:00:00-04:00", outcome: outcome), Past("2026-04-02T15:00:00-04:00", outcome: outcome), Past("2026-04-03T09:00:00-04:00", outcome: outcome),
        Past("2026-04-03T15:00:00-04:00", outcome: outcome),
    ];

    [Theory]
    [Rule("US-REGF-7IN7", blocks: true)]
    [InlineData(ContactOutcome.NoAnswer)]
    [InlineData(ContactOutcome.Voicemail)]
    [InlineData(ContactOutcome.Unknown)]
    public void the_eighth_call_waits_until_the_first_day_has_left_the_seven(ContactOutcome outcome)
    {
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, SevenCalls(outcome)).BlocksUntil("US-REGF-7IN7", "2026-04-08T08:00:00-04:00");
        UsCall.Judge("2026-04-08T08:00:00-04:00", null, SevenCalls(outcome)).Allows();
    }

    [Theory]
    [Rule("US-REGF-7IN7", blocks: false)]
    [InlineData(ContactOutcome.Busy)]
    [InlineData(ContactOutcome.NotInService)]
    [InlineData(ContactOutcome.WrongParty)]
    [InlineData(ContactOutcome.Failed)]
    public void calls_that_reach_nobody_do_not_count(ContactOutcome outcome) => UsCall.Judge("2026-04-04T12:00:00-04:00", null, SevenCalls(outcome)).Allows();

    [Fact]
    [Rule("US-REGF-7IN7", blocks: false)]
    public void texts_other_debts_and_creditors_do_not_count()
    {
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, [.. SevenCalls().Select(c => c with { Channel = Channel.Sms })]).Allows();
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, [.. SevenCalls().Select(c => c with { DebtIds = ["D2"] })]).Allows();
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, [.. SevenCalls().Skip(1)]).Allows();
        (UsCall with { CreditorRole = CreditorRole.Creditor }).Judge("2026-04-04T12:00:00-04:00", null, SevenCalls()).Allows();
        (UsCall with { Channel = Channel.Letter }).Judge("2026-04-04T12:00:00-04:00", null, SevenCalls()).Allows();
    }

    [Fact]
    [Rule("US-REGF-7IN7", blocks: true)]
    public void a_voicemail_naming_several_debts_counts_to_each_a_call_unanswered_to_one()
    {
        PastContact[] voicemails = [.. SevenCalls(ContactOutcome.Voicemail).Select(c => c with { DebtIds = ["D2", "D1"] })];
        PastContact[] unanswered = [.. SevenCalls().Select(c => c with { DebtIds = ["D2", "D1"] })];
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, voicemails).BlocksUntil("US-REGF-7IN7", "2026-04-08T08:00:00-04:00");
        UsCall.Judge("2026-04-04T12:00:00-04:00", null, unanswered).Allows();
        (UsCall with { DebtId = "D2" }).Judge("2026-04-04T12:00:00-04:00", null, unanswered).BlocksUntil("US-REGF-7IN7", "2026-04-08T08:00:00-04:00");
    }

    [Fact]
    [Rule("US-REGF-7AFTER", blocks: true)]
    public void spoken_to_on_the_14th_next_call_on_the_21st()
    {
        var inbound = Past("2026-04-14T18:00:00-04:00", outcome: ContactOutcome.Conversation, direction: Direction.Inbound);
        UsCall.Judge("2026-04-14T19:00:00-04:00", null, inbound).BlocksUntil("US-REGF-7AFTER", "2026-04-21T08:00:00-04:00");
        UsCall.Judge("2026-04-20T21:00:00-04:00", null, inbound).BlocksUntil("US-REGF-7AFTER", "2026-04-21T08:00:00-04:00");
    }

    [Fact]
    [Rule("US-REGF-7AFTER", blocks: true)]
    public void the_seven_days_end_at_the_borrowers_midnight_even_when_the_clock_changes()
    {
        var spoken = Past("2026-03-02T12:00:00-05:00", outcome: ContactOutcome.Conversation);
        UsCall.Judge("2026-03-08T20:00:00-04:00", null, spoken).BlocksUntil("US-REGF-7AFTER", "2026-03-09T08:00:00-04:00");
    }

    [Fact]
    [Rule("US-REGF-7AFTER", blocks: false)]
    public void on_the_21st_about_another_debt_or_by_text_contact_is_open()
    {
        var spoken = Past("2026-04-14T18:00:00-04:00", outcome: ContactOutcome.Conversation);
        UsCall.Judge("2026-04-21T08:00:00-04:00", null, spoken).Allows();
        (UsCall with { DebtId = "D2" }).Judge("2026-04-15T12:00:00-04:00", null, spoken).Allows();
        (UsCall with { Channel = Channel.Letter }).Judge("2026-04-15T12:00:00-04:00", null, spoken).Allows();
        UsCall.Judge("2026-04-15T12:00:00-04:00", null, spoken with { Outcome = ContactOutcome.WrongParty }).Allows();
    }

    [Fact]
    [Rule("US-REGF-CONSENT-CALLS", blocks: false)]
    public void a_call_the_consumer_asked_for_is_open_for_seven_days()
    {
        var spoken = Past("2026-04-14T18:00:00-04:00", outcome: ContactOutcome.Conversation);
        var asked = new ContactProfile { Consents = [new(Channel.Phone, null, At("2026-04-14T18:00:00-04:00"))] };
        UsCall.Judge("2026-04-20T12:00:00-04:00", asked, spoken).Allows(); // day 7
        UsCall.Judge("2026-04-04T12:00:00-04:00", new ContactProfile { Consents = [new(Channel.Phone, "a1", At("2026-04-04T09:00:00-04:00"))] }, SevenCalls()).Allows();
        UsCall.Judge("2026-04-04T12:00:00-04:00", new ContactProfile { Consents = [new(Channel.Phone, null, At("2026-04-03T08:00:00-04:00"))] }, SevenCalls()).Allows();
    }

    [Fact]
    [Rule("US-REGF-CONSENT-CALLS", blocks: true)]
    public void what_was_asked_for_ends_with_the_next_conversation_and_after_seven_days()
    {
        var asked = new ContactProfile { Consents = [new(Channel.Phone, null, At("2026-04-14T10:00:00-04:00"))] };
        var spoken = Past("2026-04-14T18:00:00-04:00", outcome: ContactOutcome.Conversation);
        UsCall.Judge("2026-04-15T12:00:00-04:00", asked, spoken).BlocksUntil("US-REGF-7AFTER", "2026-04-21T08:00:00-04:00");
        PastContact[] calls = [.. SevenCalls().Select(c => c with { At = c.At.AddDays(16) })]; // 17 to 19 April
        UsCall.Judge("2026-04-20T12:00:00-04:00", asked, calls).Allows(); // all seven were asked for, and so is this one
        UsCall.Judge("2026-04-21T12:00:00-04:00", asked, calls).Allows(); // this one was not, but the seven do not count
        var late = new ContactProfile { Consents = [new(Channel.Phone, null, At("2026-04-11T10:00:00-04:00"))] }; // its seventh day is the 17th
        UsCall.Judge("2026-04-20T12:00:00-04:00", late, [.. calls, Past("2026-04-19T16:00:00-04:00"), Past("2026-04-19T17:00:00-04:00")])
            .BlocksUntil("US-REGF-7IN7", "2026-04-25T08:00:00-04:00"); // five of the calls and two more count; the first is of the 18th
    }

    [Fact]
    [Rule("HOUSE-3ON-2OFF", blocks: true)]
    public void after_three_days_of_calls_two_days_of_rest()
    {
        // 28 February 2026 is a make-up Saturday, 1 March a Sunday; the ledger counts what was done, allowed or not. // S8
        PastContact[] run = [Past("2026-02-28T10:00:00+08:00"), Past("2026-03-01T10:00:00+08:00"), Past("2026-03-02T20:00:00+08:00", outcome: ContactOutcome.Conversation)];
        HouseCall.Judge("2026-03-02T20:30:00+08:00", null, run).Allows();
        HouseCall.Judge("2026-03-03T10:00:00+08:00", null, run).BlocksUntil("HOUSE-3ON-2OFF", "2026-03-05T09:00:00+08:00");
        HouseCall.Judge("2026-03-04T20:59:59+08:00", null, run).BlocksUntil("HOUSE-3ON-2OFF", "2026-03-05T09:00:00+08:00");
        HouseCall.Judge("2026-03-05T09:00:00+08:00", null, run).Allows();
    }

    [Fact]
    [Rule("HOUSE-3ON-2OFF", blocks: false)]
    public void a_day_between_texts_or_busy_lines_make_no_run()
    {
        HouseCall.Judge("2026-03-05T10:00:00+08:00", null, Past("2026-03-01T10:00:00+08:00"), Past("2026-03-02T10:00:00+08:00"), Past("2026-03-04T10:00:00+08:00")).Allows();
        PastContact[] run = [Past("2026-03-02T10:00:00+08:00"), Past("2026-03-03T10:00:00+08:00"), Past("2026-03-04T10:00:00+08:00", outcome: ContactOutcome.Busy)];
        HouseCall.Judge("2026-03-05T10:00:00+08:00", null, run).Allows();
        (HouseCall with { Channel = Channel.Sms }).Judge("2026-03-05T10:00:00+08:00", null, [.. run.Select(c => c with { Outcome = ContactOutcome.NoAnswer })]).Allows();
    }

    [Fact]
    [Rule("HOUSE-3ON-2OFF", blocks: true)]
    public void a_run_may_cross_a_leap_day_and_a_years_end()
    {
        HouseCall.Judge("2024-03-02T10:00:00+08:00", null, Past("2024-02-28T10:00:00+08:00"), Past("2024-02-29T10:00:00+08:00"), Past("2024-03-01T10:00:00+08:00"))
            .BlocksUntil("HOUSE-3ON-2OFF", "2024-03-04T09:00:00+08:00"); // D4 and D5 are a weekend; Monday is D6 itself
        HouseCall.Judge("2026-01-02T10:00:00+08:00", null, Past("2025-12-30T10:00:00+08:00"), Past("2025-12-31T10:00:00+08:00"), Past("2026-01-01T10:00:00+08:00"))
            .BlocksUntil("HOUSE-3ON-2OFF", "2026-01-04T09:00:00+08:00");
    }

    [Fact]
    [Rule("HOUSE-VARY", blocks: true)]
    public void the_same_text_never_follows_itself()
    {
        var sms = HouseCall with { Channel = Channel.Sms, TextSha256 = "t1" };
        sms.Judge("2026-03-03T10:00:00+08:00", null, Past("2026-03-02T10:00:00+08:00", Channel.Sms, ContactOutcome.Sent) with { TextSha256 = "t1", DebtIds = ["D2"] }).Forbids("HOUSE-VARY");
    }

    [Fact]
    [Rule("HOUSE-VARY", blocks: false)]
    public void another_text_between_or_a_failed_one_lets_it_pass()
    {
        var sms = HouseCall with { Channel = Channel.Sms, TextSha256 = "t1" };
        var first = Past("2026-03-01T10:00:00+08:00", Channel.Sms, ContactOutcome.Sent) with { TextSha256 = "t1" };
        sms.Judge("2026-03-03T10:00:00+08:00", null, first, first with { At = At("2026-03-02T10:00:00+08:00"), TextSha256 = "t2" }).Allows();
        sms.Judge("2026-03-03T10:00:00+08:00", null, first with { Outcome = ContactOutcome.Failed }).Allows();
    }

    [Fact]
    [Rule("CN-CALLS-3", blocks: true)]
    public void three_conversations_a_day_are_enough_whichever_loan_or_number()
    {
        PastContact[] talks =
        [
            Past("2026-03-03T09:00:00+08:00", outcome: ContactOutcome.Conversation), Past("2026-03-03T12:00:00+08:00", outcome: ContactOutcome.Conversation, debt: "D2"),
            Past("2026-03-03T15:00:00+08:00", outcome: ContactOutcome.Conversation, address: "a2"),
        ];
        CnCall.Judge("2026-03-03T18:00:00+08:00", null, talks).BlocksUntil("CN-CALLS-3", "2026-03-04T08:00:00+08:00");
    }

    [Fact]
    [Rule("CN-CALLS-3", blocks: false)]
    public void yesterdays_and_unanswered_calls_are_not_todays_conversations()
    {
        PastContact[] calls =
        [
            Past("2026-03-02T23:59:59+08:00", outcome: ContactOutcome.Conversation), Past("2026-03-03T12:00:00+08:00", outcome: ContactOutcome.Conversation),
            Past("2026-03-03T15:00:00+08:00", outcome: ContactOutcome.Conversation), Past("2026-03-03T16:00:00+08:00"),
            Past("2026-03-03T17:00:00+08:00", outcome: ContactOutcome.Conversation, direction: Direction.Inbound),
        ];
        CnCall.Judge("2026-03-03T18:00:00+08:00", null, calls).Allows();
    }

    [Fact]
    [Rule("CN-ATTEMPTS-6", blocks: true)]
    public void six_unanswered_attempts_a_day_to_a_number_are_enough() =>
        CnCall.Judge("2026-03-03T18:00:00+08:00", null, [.. Enumerable.Range(9, 6).Select(hour => Past($"2026-03-03T{hour:00}:00:00+08:00"))])
            .BlocksUntil("CN-ATTEMPTS-6", "2026-03-04T08:00:00+08:00");

    [Fact]
    [Rule("CN-ATTEMPTS-6", blocks: false)]
    public void five_attempts_or_another_number_are_open()
    {
        PastContact[] six = [.. Enumerable.Range(9, 6).Select(hour => Past($"2026-03-03T{hour:00}:00:00+08:00"))];
        CnCall.Judge("2026-03-03T18:00:00+08:00", null, six[1..]).Allows();
        (CnCall with { Address = "a2" }).Judge("2026-03-03T18:00:00+08:00", null, six).Allows();
        CnCall.Judge("2026-03-04T08:00:00+08:00", null, six).Allows();
    }

    private static ContactRequest MaText => To("US-MA", Channel.Sms, NewYork) with { CreditorRole = CreditorRole.Creditor };

    [Fact]
    [Rule("US-MA-2IN7", blocks: true)]
    public void in_massachusetts_two_in_seven_days_bind_a_creditor_too()
    {
        PastContact[] two = [Past("2026-04-01T09:30:00-04:00"), Past("2026-04-03T09:00:00-04:00", Channel.Sms, ContactOutcome.Sent)];
        MaText.Judge("2026-04-04T12:00:00-04:00", null, two).Defers("US-MA-2IN7", "2026-04-08T09:30:00-04:00"); // 7 x 24 hours, to the second
        PastContact[] atWork = [.. two.Select(c => c with { Place = Place.Work })];
        (MaText with { Place = Place.Work }).Judge("2026-04-10T12:00:00-04:00", null, atWork).Defers("US-MA-2IN7", "2026-05-01T09:30:00-04:00"); // 30 days at work
    }

    [Fact]
    [Rule("US-MA-2IN7", blocks: false)]
    public void letters_other_debts_and_the_eighth_day_are_open_in_massachusetts()
    {
        PastContact[] two = [Past("2026-04-01T09:30:00-04:00"), Past("2026-04-03T09:00:00-04:00")];
        MaText.Judge("2026-04-08T09:30:00-04:00", null, two).Allows();
        (MaText with { DebtId = "D2" }).Judge("2026-04-04T12:00:00-04:00", null, two).Allows();
        (MaText with { Channel = Channel.Letter }).Judge("2026-04-04T12:00:00-04:00", null, two).Allows();
        (MaText with { Jurisdiction = "US" }).Judge("2026-04-04T12:00:00-04:00", null, two).Allows();
    }

    private static ContactRequest WaLetter => To("US-WA", Channel.Letter, LosAngeles);

    [Fact]
    [Rule("US-WA-3WEEK", blocks: true)]
    public void in_washington_three_communications_a_week_and_one_at_work()
    {
        // Monday to Wednesday; weeks begun on Sunday end on the 7th, weeks begun on Monday on the 8th: both are kept.
        PastContact[] three = [.. new[] { "02", "03", "04" }.Select(day => Past($"2026-03-{day}T10:00:00-08:00", Channel.Email, ContactOutcome.Sent))];
        WaLetter.Judge("2026-03-05T10:00:00-08:00", null, three).Defers("US-WA-3WEEK", "2026-03-09T00:00:00-07:00");
        (WaLetter with { Place = Place.Work }).Judge("2026-03-05T10:00:00-08:00", null, three[0] with { Place = Place.Work }).Defers("US-WA-3WEEK", "2026-03-09T00:00:00-07:00");
    }

    [Fact]
    [Rule("US-WA-3WEEK", blocks: false)]
    public void two_a_week_last_weeks_and_unanswered_calls_are_open_in_washington()
    {
        PastContact[] three = [Past("2026-02-28T10:00:00-08:00", Channel.Email, ContactOutcome.Sent), Past("2026-03-03T10:00:00-08:00", Channel.Email, ContactOutcome.Sent), Past("2026-03-04T10:00:00-08:00", Channel.Email, ContactOutcome.Sent)];
        WaLetter.Judge("2026-03-05T10:00:00-08:00", null, three).Allows();
        WaLetter.Judge("2026-03-05T10:00:00-08:00", null, Past("2026-03-02T10:00:00-08:00"), Past("2026-03-02T11:00:00-08:00"), Past("2026-03-02T12:00:00-08:00")).Allows();
    }

    private static ContactRequest AuText => To("AU", Channel.Sms, "Australia/Sydney");

    [Fact]
    [Rule("AU-FREQ", blocks: true)]
    public void in_australia_three_contacts_in_seven_days_and_ten_in_a_month()
    {
        PastContact[] three = [.. new[] { "01", "02", "03" }.Select(day => Past($"2026-06-{day}T10:00:00+10:00", outcome: ContactOutcome.Conversation))];
        AuText.Judge("2026-06-04T10:00:00+10:00", null, three).Defers("AU-FREQ", "2026-06-08T00:00:00+10:00");
        PastContact[] ten = [.. new[] { 1, 2, 8, 9, 10, 15, 16, 17, 22, 23 }.Select(day => Past($"2026-05-{day:00}T10:00:00+10:00", outcome: ContactOutcome.Conversation))];
        AuText.Judge("2026-05-31T10:00:00+10:00", null, ten).Defers("AU-FREQ", "2026-06-01T00:00:00+10:00"); // 31 days from the 1st
    }

    [Fact]
    [Rule("AU-FREQ", blocks: false)]
    public void attempts_and_other_accounts_are_open_in_australia()
    {
        PastContact[] three = [.. new[] { "01", "02", "03" }.Select(day => Past($"2026-06-{day}T10:00:00+10:00"))];
        AuText.Judge("2026-06-04T10:00:00+10:00", null, three).Allows();
        (AuText with { DebtId = "D2" }).Judge("2026-06-04T10:00:00+10:00", null, [.. three.Select(c => c with { Outcome = ContactOutcome.Conversation })]).Allows();
    }
}
