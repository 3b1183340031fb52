using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class StopTests
{
    private const string Noon = "2026-03-03T12:00:00+08:00";

    private static ContactRequest Sms => To("CN", Channel.Sms, Shanghai);

    [Fact]
    [Rule("CEASE", blocks: true)]
    public void a_request_to_cease_stops_everything_from_its_receipt()
    {
        Sms.Judge(Noon, Flag("cease", Noon)).Forbids("CEASE");
        To("CN", Channel.Letter, Shanghai).Judge(Noon, Flag("cease")).Forbids("CEASE");
    }

    [Fact]
    [Rule("CEASE", blocks: false)]
    public void before_its_receipt_and_for_the_last_word_contact_is_open()
    {
        Sms.Judge("2026-03-03T11:59:59+08:00", Flag("cease", Noon)).Allows();
        (Sms with { Purpose = Purpose.Confirmation }).Judge(Noon, Flag("cease")).Allows();
        (Sms with { Purpose = Purpose.Notice }).Judge(Noon, Flag("cease")).Allows();
    }

    [Fact]
    public void a_ceased_contact_at_night_is_forbidden_and_both_rules_are_cited()
    {
        var verdict = Sms.Judge("2026-03-03T23:00:00+08:00", Flag("cease"));
        verdict.Forbids("CEASE");
        Assert.Equal(["CEASE", "CN-NIGHT"], verdict.Citations);
    }

    [Fact]
    [Rule("OPT-OUT", blocks: true)]
    public void an_opt_out_stops_its_medium()
    {
        Sms.Judge(Noon, Flag("opted-out:sms")).Forbids("OPT-OUT");
        Sms.Judge(Noon, new ContactProfile { OptOuts = [new(Channel.Sms, "a1", At(Noon))] }).Forbids("OPT-OUT");
        Sms.Judge(Noon, new ContactProfile { OptOuts = [new(Channel.Sms, null, At(Noon))] }).Forbids("OPT-OUT");
    }

    [Fact]
    [Rule("OPT-OUT", blocks: false)]
    public void an_opt_out_stops_only_its_medium_address_and_time()
    {
        To("CN", Channel.Email, Shanghai).Judge(Noon, Flag("opted-out:sms")).Allows();
        Sms.Judge(Noon, new ContactProfile { OptOuts = [new(Channel.Sms, "a2", At(Noon))] }).Allows();
        Sms.Judge("2026-03-03T11:59:59+08:00", new ContactProfile { OptOuts = [new(Channel.Sms, "a1", At(Noon))] }).Allows();
    }

    [Fact]
    [Rule("OPT-OUT", blocks: true)]
    public void one_confirmation_never_two()
    {
        var profile = new ContactProfile { OptOuts = [new(Channel.Sms, "a1", At("2026-03-03T11:00:00+08:00"))] };
        var confirmation = Sms with { Purpose = Purpose.Confirmation };
        confirmation.Judge(Noon, profile).Allows();
        confirmation.Judge(Noon, profile, Past("2026-03-03T11:05:00+08:00", Channel.Sms, ContactOutcome.Sent, purpose: Purpose.Confirmation)).Forbids("OPT-OUT");
    }

    [Fact]
    [Rule("OPT-OUT", blocks: false)]
    public void each_address_that_opts_out_is_confirmed_once()
    {
        var profile = new ContactProfile { OptOuts = [new(Channel.Sms, "a1", At("2026-03-03T10:00:00+08:00")), new(Channel.Sms, "a2", At("2026-03-03T10:00:00+08:00"))] };
        var confirmation = Sms with { Purpose = Purpose.Confirmation };
        var toTheOther = Past("2026-03-03T11:05:00+08:00", Channel.Sms, ContactOutcome.Sent, address: "a2", purpose: Purpose.Confirmation);
        confirmation.Judge(Noon, profile, toTheOther).Allows();
        (confirmation with { Address = "a2" }).Judge(Noon, profile, toTheOther).Forbids("OPT-OUT");
        confirmation.Judge(Noon, new ContactProfile { OptOuts = [new(Channel.Sms, null, At("2026-03-03T10:00:00+08:00"))] }, toTheOther).Forbids("OPT-OUT"); // one opt-out from all
    }

    [Fact]
    [Rule("OPT-OUT", blocks: false)]
    public void a_later_consent_takes_an_opt_out_back_an_earlier_one_does_not()
    {
        var optOut = new OptOut(Channel.Sms, "a1", At("2026-03-02T11:00:00+08:00"));
        Sms.Judge(Noon, new ContactProfile { OptOuts = [optOut], Consents = [new(Channel.Sms, "a1", At("2026-03-03T11:00:00+08:00"))] }).Allows();
        Sms.Judge(Noon, new ContactProfile { OptOuts = [optOut], Consents = [new(Channel.Sms, "a1", At("2026-03-01T11:00:00+08:00"))] }).Forbids("OPT-OUT");
    }
}
