using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class CircumstanceTests
{
    private const string Noon = "2026-03-03T12:00:00Z";

    private static ContactRequest Letter(string jurisdiction) => To(jurisdiction, Channel.Letter, "Europe/London");

    [Theory]
    [Rule("ATTORNEY", blocks: true)]
    [Rule("BANKRUPTCY", blocks: true)]
    [Rule("DECEASED", blocks: true)]
    [Rule("IDENTITY-THEFT", blocks: true)]
    [Rule("COMPLAINT-OPEN", blocks: true)]
    [Rule("CN-CARD-PLAN", blocks: true)]
    [Rule("GB-NOSIA", blocks: true)]
    [Rule("US-VALIDATION", blocks: true)]
    [InlineData("attorney", "GB", "ATTORNEY")]
    [InlineData("bankruptcy", "CN", "BANKRUPTCY")]
    [InlineData("deceased", "CN", "DECEASED")]
    [InlineData("identity-theft", "US", "IDENTITY-THEFT")]
    [InlineData("complaint-open", "CN", "COMPLAINT-OPEN")]
    [InlineData("plan-signed", "CN", "CN-CARD-PLAN")]
    [InlineData("nosia-missing", "GB", "GB-NOSIA")]
    [InlineData("breathing-space", "GB", "GB-BREATHING")]
    [InlineData("disputed", "US-MA", "US-VALIDATION")]
    public void a_circumstance_stops_collection_while_it_lasts(string flag, string jurisdiction, string rule)
    {
        Letter(jurisdiction).Judge(Noon, Flag(flag)).Forbids(rule);
        Letter(jurisdiction).Judge(Noon, Flag(flag, "2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z")).Defers(rule, "2026-03-04T00:00:00Z");
    }

    [Theory]
    [Rule("ATTORNEY", blocks: false)]
    [Rule("BANKRUPTCY", blocks: false)]
    [Rule("DECEASED", blocks: false)]
    [Rule("IDENTITY-THEFT", blocks: false)]
    [Rule("COMPLAINT-OPEN", blocks: false)]
    [Rule("CN-CARD-PLAN", blocks: false)]
    [Rule("GB-NOSIA", blocks: false)]
    [Rule("GB-BREATHING", blocks: false)]
    [Rule("US-VALIDATION", blocks: false)]
    [InlineData("attorney", "GB")]
    [InlineData("bankruptcy", "CN")]
    [InlineData("deceased", "CN")]
    [InlineData("identity-theft", "US")]
    [InlineData("complaint-open", "CN")]
    [InlineData("plan-signed", "CN")]
    [InlineData("nosia-missing", "GB")]
    [InlineData("breathing-space", "GB")]
    [InlineData("disputed", "US-MA")]
    public void before_it_begins_once_it_ended_and_for_another_debt_contact_is_open(string flag, string jurisdiction)
    {
        Letter(jurisdiction).Judge(Noon, Flag(flag, "2026-03-03T12:00:01Z")).Allows();
        Letter(jurisdiction).Judge(Noon, Flag(flag, "2026-03-01T00:00:00Z", Noon)).Allows();
        Letter(jurisdiction).Judge(Noon, new ContactProfile { Flags = [new(flag, DateTimeOffset.MinValue, null, "D2")] }).Allows();
    }

    [Fact]
    public void flags_of_one_jurisdiction_do_not_bind_another()
    {
        Letter("US").Judge(Noon, Flag("breathing-space")).Allows();
        Letter("GB").Judge(Noon, Flag("plan-signed")).Allows();
        (Letter("US") with { CreditorRole = CreditorRole.Creditor }).Judge(Noon, Flag("disputed")).Allows();
    }

    [Fact]
    [Rule("GB-BREATHING", blocks: true)]
    public void a_breathing_space_without_an_end_lasts_sixty_days_and_spares_help()
    {
        var space = Flag("breathing-space", "2026-03-01T00:00:00Z");
        Letter("GB").Judge(Noon, space).Defers("GB-BREATHING", "2026-04-30T00:00:00Z"); // 30 days to 31 March, 30 more
        Letter("GB").Judge("2026-04-30T00:00:00Z", space).Allows();
        (Letter("GB") with { Purpose = Purpose.Care }).Judge(Noon, space).Allows();
    }

    [Fact]
    [Rule("GB-BREATHING", blocks: true)]
    public void in_a_mental_health_crisis_it_lasts_until_its_end_is_told()
    {
        var crisis = Flag("mental-health-crisis", "2025-06-01T00:00:00Z");
        Letter("GB").Judge(Noon, crisis).Forbids("GB-BREATHING"); // nine months, and no end known
        Letter("GB").Judge(Noon, Flag("mental-health-crisis", "2025-06-01T00:00:00Z", "2026-03-05T00:00:00Z")).Defers("GB-BREATHING", "2026-03-05T00:00:00Z");
        (Letter("GB") with { Purpose = Purpose.Care }).Judge(Noon, crisis).Allows();
        Letter("IN").Judge(Noon, crisis).Allows();
    }

    [Fact]
    [Rule("ATTORNEY", blocks: false)]
    public void the_attorney_may_be_spoken_to_and_the_estate()
    {
        (Letter("US") with { Recipient = Recipient.Attorney }).Judge(Noon, Flag("attorney")).Allows();
        (Letter("US") with { Recipient = Recipient.Estate }).Judge(Noon, Flag("deceased")).Allows();
    }

    [Fact]
    [Rule("EMPLOYER", blocks: true)]
    public void nothing_to_work_where_the_employer_prohibits_it_and_no_work_email_by_default()
    {
        (Letter("CN") with { Place = Place.Work }).Judge(Noon, Flag("employer-prohibits")).Forbids("EMPLOYER");
        (To("CN", Channel.Email, Shanghai) with { Place = Place.Work }).Judge("2026-03-03T12:00:00+08:00").Forbids("EMPLOYER");
    }

    [Fact]
    [Rule("EMPLOYER", blocks: false)]
    public void home_is_not_work_and_a_consented_work_email_is_open()
    {
        (Letter("CN") with { Place = Place.Home }).Judge(Noon, Flag("employer-prohibits")).Allows();
        var consent = new ContactProfile { Consents = [new(Channel.Email, "a1", At("2026-03-01T00:00:00Z"))] };
        (To("CN", Channel.Email, Shanghai) with { Place = Place.Work }).Judge("2026-03-03T12:00:00+08:00", consent).Allows();
    }

    [Fact]
    [Rule("THIRD-PARTY", blocks: true)]
    public void nobody_else_is_told_and_a_contact_person_is_asked_only_when_need_be()
    {
        var other = Letter("CN") with { Recipient = Recipient.ThirdParty };
        other.Judge(Noon, Flag("unreachable")).Forbids("THIRD-PARTY"); // it would reveal the debt
        (other with { AsksLocationOnly = true }).Judge(Noon).Forbids("THIRD-PARTY"); // the debtor can be reached
        (other with { AsksLocationOnly = true }).Judge(Noon, Flag("unreachable"), Past("2025-01-01T10:00:00Z", outcome: ContactOutcome.Refused)).Forbids("THIRD-PARTY");
        (other with { AsksLocationOnly = true, Jurisdiction = "GB" }).Judge(Noon, Flag("unreachable")).Forbids("THIRD-PARTY");
        (other with { AsksLocationOnly = true, Jurisdiction = "US" }).Judge(Noon, null, Past("2025-01-01T10:00:00Z")).Forbids("THIRD-PARTY"); // asked once already
        (other with { AsksLocationOnly = true, Jurisdiction = "US", Address = null }).Judge(Noon, null, Past("2025-01-01T10:00:00Z", address: null)).Forbids("THIRD-PARTY"); // who was it?
    }

    [Fact]
    [Rule("THIRD-PARTY", blocks: false)]
    public void location_may_be_asked_for_and_a_guarantor_spoken_to()
    {
        var other = Letter("CN") with { Recipient = Recipient.ThirdParty, AsksLocationOnly = true };
        other.Judge(Noon, Flag("unreachable")).Allows();
        other.Judge(Noon, Flag("deceased")).Allows();
        (other with { Jurisdiction = "US" }).Judge(Noon).Allows();
        (Letter("CN") with { Recipient = Recipient.Guarantor }).Judge(Noon).Allows();
    }

    [Fact]
    [Rule("VISIT-TWO", blocks: true)]
    public void nobody_visits_alone() => (To("CN", Channel.Visit, Shanghai) with { Persons = 1 }).Judge("2026-03-03T12:00:00+08:00").Forbids("VISIT-TWO"); // S10

    [Fact]
    [Rule("VISIT-TWO", blocks: false)]
    public void two_may_visit_and_a_visit_may_be_planned()
    {
        (To("CN", Channel.Visit, Shanghai) with { Persons = 2 }).Judge("2026-03-03T12:00:00+08:00").Allows();
        To("CN", Channel.Visit, Shanghai).Judge("2026-03-03T12:00:00+08:00").Allows();
    }

    private static ContactProfile Consent(Channel channel, string at) => new() { Consents = [new(channel, "a1", At(at))] };

    [Fact]
    [Rule("US-REGF-SMS-60", blocks: true)]
    public void a_text_needs_a_permission_of_the_last_sixty_days()
    {
        var text = To("US", Channel.Sms, NewYork);
        text.Judge("2026-03-03T12:00:00-05:00").Forbids("US-REGF-SMS-60");
        text.Judge("2026-03-03T12:00:01-05:00", Consent(Channel.Sms, "2026-01-02T12:00:00-05:00")).Forbids("US-REGF-SMS-60"); // 60 days and a second
        text.Judge("2026-03-03T12:00:00-05:00", Consent(Channel.Email, "2026-03-01T12:00:00-05:00")).Forbids("US-REGF-SMS-60");
        text.Judge("2026-03-03T12:00:00-05:00", Flag("number-checked")).Forbids("US-REGF-SMS-60"); // a check alone permits nothing
    }

    [Fact]
    [Rule("US-REGF-SMS-60", blocks: false)]
    public void a_consent_a_text_of_theirs_or_a_check_renews_it()
    {
        var text = To("US", Channel.Sms, NewYork);
        text.Judge("2026-03-03T12:00:00-05:00", Consent(Channel.Sms, "2026-01-02T12:00:00-05:00")).Allows();
        text.Judge("2026-03-03T12:00:00-05:00", null, Past("2026-02-01T12:00:00-05:00", Channel.Sms, ContactOutcome.Sent, Direction.Inbound)).Allows();
        var old = Consent(Channel.Sms, "2025-01-02T12:00:00-05:00") with { Flags = [new("number-checked", At("2026-01-15T12:00:00-05:00"))] };
        text.Judge("2026-03-03T12:00:00-05:00", old).Allows();
        (text with { CreditorRole = CreditorRole.Creditor }).Judge("2026-03-03T12:00:00-05:00").Allows();
    }

    [Fact]
    [Rule("US-REGF-EMAIL", blocks: true)]
    public void an_email_needs_an_address_the_consumer_used_or_was_told_of()
    {
        var email = To("US", Channel.Email, NewYork) with { Place = null };
        email.Judge("2026-03-03T12:00:00-05:00").Forbids("US-REGF-EMAIL");
        email.Judge("2026-03-03T12:00:00-05:00", Flag("email-notice", "2026-02-01T12:00:00-05:00")).BlocksUntil("US-REGF-EMAIL", "2026-03-08T13:00:00-04:00"); // 35 days
        (email with { Place = Place.Work }).Judge("2026-03-03T12:00:00-05:00", Flag("email-prior-collector")).Forbids("EMPLOYER");
    }

    [Fact]
    [Rule("US-REGF-EMAIL", blocks: false)]
    public void a_consent_a_letter_of_theirs_an_announcement_or_the_prior_collector_opens_it()
    {
        var email = To("US", Channel.Email, NewYork) with { Place = null };
        email.Judge("2026-03-03T12:00:00-05:00", Consent(Channel.Email, "2020-01-01T00:00:00Z")).Allows();
        email.Judge("2026-03-03T12:00:00-05:00", null, Past("2025-02-01T12:00:00-05:00", Channel.Email, ContactOutcome.Sent, Direction.Inbound)).Allows();
        email.Judge("2026-03-08T13:00:00-04:00", Flag("email-notice", "2026-02-01T12:00:00-05:00")).Allows();
        email.Judge("2026-03-03T12:00:00-05:00", Flag("email-prior-collector")).Allows();
    }

    [Theory]
    [Rule("US-TIMEBARRED", blocks: false)]
    [Rule("US-CREDIT-REPORT", blocks: false)]
    [Rule("DISPUTED-PAYMENT", blocks: false)]
    [Rule("US-SCRA", blocks: false)]
    [Rule("GB-DEFAULT-14", blocks: false)]
    [Rule("EU-FORBEARANCE", blocks: false)]
    [Rule("CN-CARD-LETTER", blocks: false)]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("EU")]
    [InlineData("CN")]
    public void duties_are_listed_and_block_no_contact(string jurisdiction) => Letter(jurisdiction).Judge(Noon, Flag("military")).Allows();
}
