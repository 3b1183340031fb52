using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class JurisdictionHoursTests
{
    private const string Sydney = "Australia/Sydney";

    private static ContactProfile Wishes(params BlockedTime[] wishes) => new() { Preferences = wishes };

    private static BlockedTime Wish(string? from, string? to, params DayOfWeek[] days) =>
        new(days.Length == 0 ? null : days, from is null ? null : TimeOnly.Parse(from), to is null ? null : TimeOnly.Parse(to), null, null, null);

    [Fact]
    [Rule("US-WA-HOURS", blocks: true)]
    public void at_home_in_washington_not_before_half_past_seven()
    {
        var home = To("US-WA", Channel.Phone, LosAngeles) with { Place = Place.Home };
        home.Judge("2026-03-03T07:29:59-08:00").BlocksUntil("US-WA-HOURS", "2026-03-03T08:00:00-08:00"); // the federal hours begin later
    }

    [Fact]
    [Rule("US-WA-HOURS", blocks: false)]
    public void from_half_past_seven_only_the_federal_hours_are_cited_in_washington()
    {
        var home = To("US-WA", Channel.Phone, LosAngeles) with { Place = Place.Home };
        Assert.Equal(["US-REGF-HOURS"], home.Judge("2026-03-03T07:30:00-08:00").Citations);
        home.Judge("2026-03-03T21:00:00-08:00").Allows();
    }

    [Fact]
    [Rule("IN-HOURS", blocks: true)]
    public void calls_in_india_end_at_seven() => To("IN", Channel.Phone, "Asia/Kolkata").Judge("2026-03-03T19:00:01+05:30").Defers("IN-HOURS", "2026-03-04T08:00:00+05:30");

    [Fact]
    [Rule("IN-HOURS", blocks: false)]
    public void seven_itself_and_texts_are_open_in_india()
    {
        To("IN", Channel.Phone, "Asia/Kolkata").Judge("2026-03-03T19:00:00+05:30").Allows();
        To("IN", Channel.Sms, "Asia/Kolkata").Judge("2026-03-03T19:30:00+05:30").Allows();
    }

    [Theory]
    [Rule("AU-HOURS", blocks: true)]
    [InlineData("2026-03-03T07:29:59+11:00", Channel.Phone, Place.Mobile, "2026-03-03T07:30:00+11:00")]
    [InlineData("2026-03-07T08:00:00+11:00", Channel.Phone, Place.Mobile, "2026-03-07T09:00:00+11:00")] // a Saturday
    [InlineData("2026-04-03T10:00:00+11:00", Channel.Phone, Place.Mobile, "2026-04-04T09:00:00+11:00")] // Good Friday
    [InlineData("2026-04-04T21:00:01+11:00", Channel.Phone, Place.Mobile, "2026-04-05T09:00:00+10:00")] // the clock goes back that night
    [InlineData("2026-03-03T08:00:00+11:00", Channel.Visit, Place.Home, "2026-03-03T09:00:00+11:00")]
    [InlineData("2026-03-03T17:00:01+11:00", Channel.Phone, Place.Work, "2026-03-04T09:00:00+11:00")]
    public void australian_hours_differ_by_day_channel_and_place(string now, Channel channel, Place place, string until) =>
        (To("AU", channel, Sydney) with { Place = place }).Judge(now).Defers("AU-HOURS", until);

    [Theory]
    [Rule("AU-HOURS", blocks: false)]
    [InlineData("2026-03-03T07:30:00+11:00", Channel.Phone, Place.Mobile)]
    [InlineData("2026-03-07T09:00:00+11:00", Channel.Phone, Place.Mobile)]
    [InlineData("2026-03-03T21:00:00+11:00", Channel.Visit, Place.Home)]
    [InlineData("2026-03-03T17:00:00+11:00", Channel.Phone, Place.Work)]
    public void inside_australian_hours_contact_is_open(string now, Channel channel, Place place) => (To("AU", channel, Sydney) with { Place = place }).Judge(now).Allows();

    [Fact]
    [Rule("AU-CALENDAR-MISSING", blocks: true)]
    public void australian_calls_in_an_unknown_year_are_not_guessed() => To("AU", Channel.Phone, Sydney).Judge("2028-03-03T10:00:00+11:00").Waits("AU-CALENDAR-MISSING");

    [Fact]
    [Rule("AU-CALENDAR-MISSING", blocks: false)]
    public void texts_in_an_unknown_year_are_not_bound_in_australia() => To("AU", Channel.Sms, Sydney).Judge("2028-03-03T10:00:00+11:00").Allows();

    [Fact]
    [Rule("US-REGF-INCONVENIENT", blocks: true)]
    public void a_time_the_consumer_named_is_blocked_until_it_ends()
    {
        var call = To("US", Channel.Phone, NewYork);
        call.Judge("2026-03-03T14:00:00-05:00", Wishes(Wish("13:00", "17:00", DayOfWeek.Tuesday))).Defers("US-REGF-INCONVENIENT", "2026-03-03T17:00:00-05:00");
        call.Judge("2026-03-03T20:00:00-05:00", Wishes(Wish("19:00", "10:00"))).Defers("US-REGF-INCONVENIENT", "2026-03-04T10:00:00-05:00"); // past midnight
        call.Judge("2026-03-07T20:00:00-05:00", Wishes(Wish("19:00", "10:00"))).Defers("US-REGF-INCONVENIENT", "2026-03-08T10:00:00-04:00"); // over the spring change
        call.Judge("2026-03-03T14:00:00-05:00", Wishes(new BlockedTime(null, null, null, Channel.Phone, null, null))).Forbids("US-REGF-INCONVENIENT");
    }

    [Fact]
    [Rule("US-REGF-INCONVENIENT", blocks: false)]
    public void other_days_places_media_and_an_answer_once_are_open()
    {
        var call = To("US", Channel.Phone, NewYork);
        call.Judge("2026-03-04T14:00:00-05:00", Wishes(Wish("13:00", "17:00", DayOfWeek.Tuesday))).Allows();
        call.Judge("2026-03-03T17:00:00-05:00", Wishes(Wish("13:00", "17:00"))).Allows();
        call.Judge("2026-03-03T14:00:00-05:00", Wishes(new BlockedTime(null, null, null, null, Place.Work, null))).Allows();
        call.Judge("2026-03-03T14:00:00-05:00", Wishes(new BlockedTime(null, null, null, null, null, new DateOnly(2026, 3, 2)))).Allows();
        var question = Past("2026-03-03T14:00:00-05:00", Channel.Phone, ContactOutcome.Voicemail, Direction.Inbound);
        call.Judge("2026-03-03T14:05:00-05:00", Wishes(Wish("13:00", "17:00")), question).Allows();
        call.Judge("2026-03-03T14:30:00-05:00", Wishes(Wish("13:00", "17:00")), question, Past("2026-03-03T14:10:00-05:00")).Defers("US-REGF-INCONVENIENT", "2026-03-03T17:00:00-05:00");
    }

    [Fact]
    [Rule("US-REGF-INCONVENIENT", blocks: true)]
    public void a_strangers_call_at_a_blocked_time_opens_no_answer()
    {
        var stranger = Past("2026-03-03T14:00:00-05:00", Channel.Phone, ContactOutcome.WrongParty, Direction.Inbound);
        To("US", Channel.Phone, NewYork).Judge("2026-03-03T14:05:00-05:00", Wishes(Wish("13:00", "17:00")), stranger).Defers("US-REGF-INCONVENIENT", "2026-03-03T17:00:00-05:00");
    }

    // Noon to three in the east is nine to twelve in the west; the two wishes meet at 15:00 eastern, and one answer does not bridge them.
    [Fact]
    [Rule("US-REGF-INCONVENIENT", blocks: true)]
    public void an_answer_is_open_only_in_the_stretch_in_which_it_was_asked_for_zone_by_zone()
    {
        var call = To("US", Channel.Phone, NewYork, LosAngeles);
        var asked = Past("2026-03-03T12:30:00-05:00", direction: Direction.Inbound); // 09:30 in the west: nothing blocked there
        call.Judge("2026-03-03T14:00:00-05:00", Wishes(Wish("12:00", "15:00")), asked).Allows(); // 11:00 in the west
        call.Judge("2026-03-03T16:00:00-05:00", Wishes(Wish("12:00", "15:00")), asked).Defers("US-REGF-INCONVENIENT", "2026-03-03T18:00:00-05:00"); // 13:00 in the west
    }

    // Eastern Saturday from midnight to midnight holds the answer; the west's Friday 22:00 to 23:00 is 01:00 to 02:00 of it.
    [Fact]
    public void an_answer_held_up_by_another_zone_is_open_again_when_that_zone_opens()
    {
        var call = To("US", Channel.Phone, NewYork, LosAngeles) with { CreditorRole = Core.Loans.CreditorRole.Creditor };
        var wishes = Wishes(new BlockedTime([DayOfWeek.Saturday], null, null, null, null, null), Wish("22:00", "23:00", DayOfWeek.Friday));
        var asked = Past("2026-03-07T00:30:00-05:00", direction: Direction.Inbound);
        call.Judge("2026-03-07T00:45:00-05:00", wishes, asked).Allows();
        call.Judge("2026-03-07T01:30:00-05:00", wishes, asked).Defers("PREFERENCES", "2026-03-07T02:00:00-05:00");
        call.Judge("2026-03-07T02:59:59-05:00", wishes, asked).Allows();
        call.Judge("2026-03-07T03:00:00-05:00", wishes, asked).Defers("PREFERENCES", "2026-03-08T03:00:00-05:00"); // Saturday in the west, until its midnight
    }

    [Fact]
    public void a_wish_until_a_date_ends_with_that_date() =>
        To("US", Channel.Letter, NewYork).Judge("2026-03-03T14:00:00-05:00", Wishes(new BlockedTime(null, null, null, Channel.Letter, null, new DateOnly(2028, 2, 29))))
            .Defers("US-REGF-INCONVENIENT", "2028-03-01T00:00:00-05:00");

    [Fact]
    public void wishes_that_leave_no_time_forbid() =>
        To("US", Channel.Phone, NewYork).Judge("2026-03-03T14:00:00-05:00", Wishes(Wish("08:00", "15:00"), Wish("14:00", "22:00"))).Forbids("US-REGF-INCONVENIENT");

    [Fact]
    [Rule("GB-REASONABLE", blocks: true)]
    public void a_shift_workers_mornings_are_honoured() =>
        To("GB", Channel.Phone, "Europe/London").Judge("2026-03-03T09:00:00+00:00", Wishes(Wish("06:00", "14:00"))).Defers("GB-REASONABLE", "2026-03-03T14:00:00+00:00");

    [Fact]
    [Rule("GB-REASONABLE", blocks: false)]
    public void without_a_wish_britain_has_no_fixed_hours() => To("GB", Channel.Phone, "Europe/London").Judge("2026-03-03T22:00:00+00:00").Allows();

    [Fact]
    [Rule("PREFERENCES", blocks: true)]
    public void a_wish_is_honoured_everywhere_and_cited_once()
    {
        Assert.Equal(["PREFERENCES"], To("CN", Channel.Phone, Shanghai).Judge("2026-03-03T09:00:00+08:00", Wishes(Wish("06:00", "14:00"))).Citations);
        Assert.Equal(["US-REGF-INCONVENIENT"], To("US", Channel.Phone, NewYork).Judge("2026-03-03T09:00:00-05:00", Wishes(Wish("06:00", "14:00"))).Citations);
        (To("US", Channel.Phone, NewYork) with { CreditorRole = Core.Loans.CreditorRole.Creditor }).Judge("2026-03-03T09:00:00-05:00", Wishes(Wish("06:00", "14:00"))).Defers("PREFERENCES", "2026-03-03T14:00:00-05:00");
    }

    [Fact]
    [Rule("PREFERENCES", blocks: false)]
    public void outside_the_wish_contact_is_open() => To("CN", Channel.Phone, Shanghai).Judge("2026-03-03T14:00:00+08:00", Wishes(Wish("06:00", "14:00"))).Allows();
}
