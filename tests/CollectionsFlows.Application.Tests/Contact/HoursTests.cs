using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class HoursTests
{
    private static ContactRequest House(string jurisdiction, string zone) => To(jurisdiction, Channel.Sms, zone) with { HouseRules = true, CreditorRole = CreditorRole.Creditor };

    [Theory]
    [Rule("HOUSE-HOURS", blocks: true)]
    [InlineData("2026-03-03T08:59:59.9999999+08:00", "2026-03-03T09:00:00+08:00")]
    [InlineData("2026-03-03T21:00:00.0000001+08:00", "2026-03-04T09:00:00+08:00")]
    [InlineData("2026-03-06T21:30:00+08:00", "2026-03-09T09:00:00+08:00")] // Friday night to Monday
    [InlineData("2026-02-14T21:30:00+08:00", "2026-02-24T09:00:00+08:00")] // the whole Spring Festival
    [InlineData("2025-12-31T22:00:00+08:00", "2026-01-04T09:00:00+08:00")] // over the year's end to a make-up Sunday
    public void the_house_calls_nobody_outside_working_hours(string now, string until) => House("CN", Shanghai).Judge(now).Defers("HOUSE-HOURS", until);

    [Theory]
    [Rule("HOUSE-HOURS", blocks: false)]
    [InlineData("2026-03-03T09:00:00+08:00")]
    [InlineData("2026-03-03T21:00:00+08:00")]
    [InlineData("2026-02-14T10:00:00+08:00")] // a Saturday, made up for
    [InlineData("2024-02-29T10:00:00+08:00")]
    public void the_house_may_call_on_working_days_and_make_up_days(string now) => House("CN", Shanghai).Judge(now).Allows();

    [Fact]
    [Rule("HOUSE-HOURS", blocks: true)]
    public void the_house_keeps_the_holidays_of_the_borrowers_country()
    {
        House("US-MA", NewYork).Judge("2026-07-03T10:00:00-04:00").Defers("HOUSE-HOURS", "2026-07-06T09:00:00-04:00"); // 4 July 2026 is a Saturday
        House("CN", Shanghai).Judge("2026-07-03T10:00:00+08:00").Allows();
    }

    [Fact]
    [Rule("HOUSE-CALENDAR-MISSING", blocks: true)]
    public void a_year_without_a_calendar_is_never_a_year_without_holidays()
    {
        House("CN", Shanghai).Judge("2027-03-03T10:00:00+08:00").Waits("HOUSE-CALENDAR-MISSING");
        House("CN", Shanghai).Judge("2026-12-31T22:00:00+08:00").Waits("HOUSE-CALENDAR-MISSING");
        House("CN", Shanghai).Judge("2023-06-01T10:00:00+08:00").Defers("HOUSE-CALENDAR-MISSING", "2024-01-02T09:00:00+08:00");
        House("ZZ", Shanghai).Judge("2026-03-03T10:00:00+08:00").Waits("HOUSE-CALENDAR-MISSING");
    }

    [Fact]
    [Rule("HOUSE-CALENDAR-MISSING", blocks: true)]
    public void what_is_never_allowed_outranks_what_nobody_knows_yet()
    {
        var verdict = House("CN", Shanghai).Judge("2027-03-03T10:00:00+08:00", new ContactProfile { Flags = [new("bankruptcy", DateTimeOffset.MinValue)] });
        verdict.Forbids("BANKRUPTCY");
        Assert.Contains("HOUSE-CALENDAR-MISSING", verdict.Citations);
    }

    [Fact]
    [Rule("HOUSE-CALENDAR-MISSING", blocks: false)]
    public void the_last_known_evening_is_still_known() => House("CN", Shanghai).Judge("2026-12-31T20:00:00+08:00").Allows();

    [Fact]
    public void without_house_rules_a_weekend_is_a_day_like_any_other() => (House("CN", Shanghai) with { HouseRules = false }).Judge("2026-03-07T10:00:00+08:00").Allows();

    [Theory]
    [Rule("CN-NIGHT", blocks: true)]
    [InlineData("2026-03-03T22:00:00+08:00", "2026-03-04T08:00:00+08:00")]
    [InlineData("2026-03-04T07:59:59+08:00", "2026-03-04T08:00:00+08:00")]
    public void nothing_at_night_in_china(string now, string until) => To("CN", Channel.Sms, Shanghai).Judge(now).Defers("CN-NIGHT", until);

    [Fact]
    public void a_deferral_keeps_the_offset_of_the_caller() =>
        Assert.Equal("2026-03-04T05:30:00.0000000+05:30", $"{To("CN", Channel.Sms, Shanghai).Judge("2026-03-03T20:00:00+05:30").Until:O}");

    [Theory]
    [Rule("CN-NIGHT", blocks: false)]
    [InlineData("2026-03-03T21:59:59+08:00")]
    [InlineData("2026-03-04T08:00:00+08:00")]
    public void the_day_is_open_in_china(string now) => To("CN", Channel.Sms, Shanghai).Judge(now).Allows();

    [Fact]
    [Rule("CN-NIGHT", blocks: false)]
    public void a_debtor_may_agree_to_the_night_for_as_long_as_agreed()
    {
        var agreed = Flag("night-agreed", "2026-03-03T21:00:00+08:00", "2026-03-03T23:00:00+08:00");
        To("CN", Channel.Phone, Shanghai).Judge("2026-03-03T22:30:00+08:00", agreed).Allows();
        To("CN", Channel.Phone, Shanghai).Judge("2026-03-03T23:00:00+08:00", agreed).Defers("CN-NIGHT", "2026-03-04T08:00:00+08:00");
    }

    [Fact]
    public void an_agreement_that_begins_later_tonight_ends_the_deferral_then() =>
        To("CN", Channel.Phone, Shanghai).Judge("2026-03-03T22:00:00+08:00", Flag("night-agreed", "2026-03-03T23:00:00+08:00")).Defers("CN-NIGHT", "2026-03-03T23:00:00+08:00");

    [Theory]
    [Rule("US-REGF-HOURS", blocks: true)]
    [InlineData("2026-03-03T07:59:59-05:00", "2026-03-03T08:00:00-05:00")]
    [InlineData("2026-03-03T21:00:01-05:00", "2026-03-04T08:00:00-05:00")]
    [InlineData("2026-03-07T22:00:00-05:00", "2026-03-08T08:00:00-04:00")] // the night of the spring change
    [InlineData("2026-10-31T22:00:00-04:00", "2026-11-01T08:00:00-05:00")] // the night of the autumn change
    [InlineData("2026-12-31T23:59:59-05:00", "2027-01-01T08:00:00-05:00")]
    public void a_collector_keeps_to_the_day(string now, string until) => To("US", Channel.Phone, NewYork).Judge(now).Defers("US-REGF-HOURS", until);

    [Theory]
    [Rule("US-REGF-HOURS", blocks: false)]
    [InlineData("2026-03-03T08:00:00-05:00")]
    [InlineData("2026-03-03T21:00:00-05:00")]
    [InlineData("2026-03-08T08:00:00-04:00")]
    [InlineData("2026-11-01T21:00:00-05:00")]
    public void eight_and_nine_themselves_are_allowed(string now) => To("US", Channel.Phone, NewYork).Judge(now).Allows();

    [Fact]
    [Rule("US-REGF-HOURS", blocks: false)]
    public void a_creditor_is_not_bound_by_regulation_f() =>
        (To("US", Channel.Phone, NewYork, LosAngeles) with { CreditorRole = CreditorRole.Creditor }).Judge("2026-03-03T05:00:00-05:00").Allows();

    [Fact]
    public void a_letter_disturbs_nobody_at_night() => To("US", Channel.Letter, NewYork).Judge("2026-03-03T03:00:00-05:00").Allows();

    [Theory]
    [Rule("US-REGF-LOCATION", blocks: true)]
    [InlineData("2026-03-03T10:59:00-05:00", "2026-03-03T11:00:00-05:00")] // the contract's example
    [InlineData("2026-03-03T21:30:00-05:00", "2026-03-04T11:00:00-05:00")] // 18:30 in the west, too late in the east
    [InlineData("2026-03-03T03:00:00-05:00", "2026-03-03T11:00:00-05:00")] // night in both
    [InlineData("2026-03-08T04:30:00-04:00", "2026-03-08T11:00:00-04:00")] // the east has changed its clock, the west not yet
    public void with_two_zones_only_times_convenient_in_both(string now, string until) =>
        To("US", Channel.Phone, NewYork, LosAngeles).Judge(now).Defers("US-REGF-LOCATION", until);

    [Theory]
    [Rule("US-REGF-LOCATION", blocks: false)]
    [InlineData("2026-03-03T11:00:00-05:00")]
    [InlineData("2026-03-03T21:00:00-05:00")]
    public void eleven_to_nine_eastern_suits_both(string now) => To("US", Channel.Phone, NewYork, LosAngeles).Judge(now).Allows();

    [Fact]
    public void at_night_in_both_zones_the_hours_are_cited_too() =>
        Assert.Equal(["US-REGF-HOURS", "US-REGF-LOCATION"], To("US", Channel.Phone, NewYork, LosAngeles).Judge("2026-03-03T03:00:00-05:00").Citations);

    [Fact]
    public void two_names_of_one_time_are_no_conflict() =>
        To("US", Channel.Phone, NewYork, "America/Detroit").Judge("2026-03-03T07:00:00-05:00").Defers("US-REGF-HOURS", "2026-03-03T08:00:00-05:00");

    [Fact]
    [Rule("US-REGF-LOCATION", blocks: true)]
    public void zones_that_never_share_a_convenient_time_allow_none() =>
        To("US", Channel.Phone, "UTC", Shanghai, LosAngeles).Judge("2026-03-03T12:00:00-05:00").Forbids("US-REGF-LOCATION");

    [Fact]
    public void an_unknown_zone_is_never_guessed()
    {
        To("US", Channel.Sms, "Mars/Olympus").Judge("2026-03-03T12:00:00-05:00").Forbids("TIME-ZONE-UNKNOWN");
        To("US", Channel.Sms).Judge("2026-03-03T12:00:00-05:00").Forbids("TIME-ZONE-UNKNOWN");
    }

    [Fact]
    public void what_the_borrower_begins_is_never_stopped() =>
        (To("CN", Channel.Phone, Shanghai) with { Direction = Direction.Inbound }).Judge("2026-03-03T03:00:00+08:00", Flag("cease")).Allows();

    [Fact]
    public void who_writes_at_night_may_be_answered_once_in_the_same_medium()
    {
        var question = Past("2026-03-03T22:30:00-05:00", Channel.Sms, ContactOutcome.Sent, Direction.Inbound);
        var answer = Past("2026-03-03T22:35:00-05:00", Channel.Sms, ContactOutcome.Sent);
        To("US", Channel.Sms, NewYork).Judge("2026-03-03T22:36:00-05:00", null, question).Allows();
        To("US", Channel.Phone, NewYork).Judge("2026-03-03T22:36:00-05:00", null, question).Defers("US-REGF-HOURS", "2026-03-04T08:00:00-05:00");
        To("US", Channel.Sms, NewYork).Judge("2026-03-03T22:36:00-05:00", null, question, answer).Defers("US-REGF-HOURS", "2026-03-04T08:00:00-05:00");
        To("US", Channel.Sms, NewYork).Judge("2026-03-05T22:36:00-05:00", null, question).Defers("US-REGF-HOURS", "2026-03-06T08:00:00-05:00");
    }

    // 22:30 in the east is 19:30 in the west: if the consumer is there, nobody called at night and nobody may be called in the night that follows.
    [Theory]
    [Rule("US-REGF-LOCATION", blocks: true)]
    [InlineData("2026-03-04T00:30:00-05:00")] // 21:30 in the west: night in both
    [InlineData("2026-03-04T09:00:00-05:00")] // 06:00 in the west, day in the east
    public void a_call_by_day_in_one_zone_opens_no_answer_at_night_there(string now) =>
        To("US", Channel.Phone, NewYork, LosAngeles).Judge(now, null, Past("2026-03-03T22:30:00-05:00", direction: Direction.Inbound)).Defers("US-REGF-LOCATION", "2026-03-04T11:00:00-05:00");

    [Theory]
    [Rule("US-REGF-LOCATION", blocks: false)]
    [InlineData("2026-03-03T22:30:00-05:00", "2026-03-03T23:30:00-05:00")] // the east's night, and still 20:30 in the west
    [InlineData("2026-03-04T00:30:00-05:00", "2026-03-04T02:00:00-05:00")] // the same night in both
    [InlineData("2026-03-04T00:30:00-05:00", "2026-03-04T09:00:00-05:00")] // day in the east, 06:00 of the same night in the west
    public void a_call_in_the_night_of_every_zone_that_is_closed_may_be_answered(string called, string now) =>
        To("US", Channel.Phone, NewYork, LosAngeles).Judge(now, null, Past(called, direction: Direction.Inbound)).Allows();

    // On 8 March the west's evening is an hour longer than Arizona's, and both open at 15:00 UTC: the zones agree on the end, not on the night.
    [Fact]
    [Rule("US-REGF-HOURS", blocks: true)]
    public void nights_that_end_together_may_have_begun_apart()
    {
        var called = Past("2026-03-08T04:30:00Z", direction: Direction.Inbound); // 20:30 in Los Angeles, 21:30 in Phoenix
        To("US", Channel.Phone, LosAngeles, "America/Phoenix").Judge("2026-03-08T06:00:00Z", null, called).Defers("US-REGF-HOURS", "2026-03-08T15:00:00Z");
        To("US", Channel.Phone, "America/Phoenix").Judge("2026-03-08T06:00:00Z", null, called).Allows();
    }
}
