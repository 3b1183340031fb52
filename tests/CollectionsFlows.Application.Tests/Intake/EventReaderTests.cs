using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>Every type of the contract's table, what the case learns of it and what stays with the borrower.</summary>
public sealed class EventReaderTests
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void a_payment()
    {
        var read = Events.Read("payment.posted", """{"paymentId":"P-1","amount":300.0,"currency":"USD","method":"bank_transfer","valueOn":"2026-02-02"}""");
        Assert.Equal(("evt-1", "L-1", "payment.posted", At), (read.Id, read.LoanId, read.Type, read.At));
        Assert.Equal(new CaseEvent.PaymentPosted("P-1", 300m, Currency.Parse("USD"), "bank_transfer", new(2026, 2, 2)), read.Event);
        Assert.Null(read.Borrower);
        Assert.Equal(64, read.BodySha256.Length);
    }

    [Theory]
    [InlineData("nsf")]
    [InlineData("chargeback")]
    [InlineData("error")]
    public void a_reversal(string reason) =>
        Assert.Equal(new CaseEvent.PaymentReversed("P-1", reason), Events.Read("payment.reversed", $$"""{"paymentId":"P-1","reason":"{{reason}}"}""").Event);

    [Fact]
    public void promises_and_plans()
    {
        Assert.Equal(new CaseEvent.PromiseMade("Q-1", 12.5m, new(2026, 3, 1)), Events.Read("promise.made", """{"promiseId":"Q-1","amount":12.50,"dueOn":"2026-03-01"}""").Event);
        Assert.Equal(new CaseEvent.PromiseCancelled("Q-1"), Events.Read("promise.cancelled", """{"promiseId":"Q-1"}""").Event);
        var plan = Assert.IsType<CaseEvent.PlanAccepted>(Events.Read("plan.accepted", """{"planId":"N-1","confirmation":"written","instalments":[{"dueOn":"2026-03-01","amount":10},{"dueOn":"2026-04-01","amount":20}]}""").Event);
        Assert.Equal([new PlanInstalment(new(2026, 3, 1), 10m), new PlanInstalment(new(2026, 4, 1), 20m)], plan.Instalments);
        var cancelled = Events.Read("plan.cancelled", """{"planId":"N-1","reason":"Lost my job, sorry"}""");
        Assert.Equal(new CaseEvent.PlanCancelled("N-1", "see-text"), cancelled.Event);
        Assert.Equal("Lost my job, sorry", cancelled.Borrower!.Text);
        Assert.Null(Events.Read("plan.cancelled", """{"planId":"N-1","reason":"refinanced"}""").Borrower);
    }

    [Theory]
    [InlineData("Stop texting me", true)]
    [InlineData("I pay on Friday", false)]
    public void a_reply_keeps_its_words_with_the_borrower(string text, bool optOut)
    {
        var read = Events.Read("reply.received", $$"""{"channel":"sms","text":"{{text}}"}""");
        var reply = Assert.IsType<CaseEvent.ReplyReceived>(read.Event);
        Assert.Equal((Channel.Sms, optOut), (reply.Channel, reply.OptOut));
        Assert.Equal((text, optOut, Channel.Sms), (read.Borrower!.Text, read.Borrower.OptsOut, read.Borrower.Channel));
        Assert.Equal((Direction.Inbound, ContactOutcome.Sent, At), (read.Borrower.Contact!.Direction, read.Borrower.Contact.Outcome, read.Borrower.Contact.At));
        Assert.Equal(["L-1"], read.Borrower.Contact.DebtIds);
    }

    [Fact]
    public void a_reported_contact_goes_into_the_ledger()
    {
        var read = Events.Read("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"no-answer","address":"+13125550100","by":"Agent Invented","persons":1}""");
        Assert.Equal(new CaseEvent.ContactReported(Channel.Phone, Direction.Outbound, ContactOutcome.NoAnswer, 1), read.Event);
        Assert.Equal(("+13125550100", "by Agent Invented"), (read.Borrower!.Address, read.Borrower.Text));
        Assert.Equal(ContactOutcome.NoAnswer, read.Borrower.Contact!.Outcome);
    }

    [Theory]
    [InlineData("delivered", null, true, false)]
    [InlineData("failed", "4006", false, false)]
    [InlineData("failed", "4007", false, true)]
    public void a_delivery_report(string status, string? code, bool delivered, bool optedOut)
    {
        var read = Events.Read("delivery.reported", $$"""{"commandId":"L-1:7","status":"{{status}}"{{(code is null ? "" : $",\"code\":\"{code}\"")}}}""");
        Assert.Equal(new CaseEvent.DeliveryReported("L-1:7", delivered, code), read.Event);
        Assert.Equal(new MessageDelivery("L-1:7", delivered, optedOut), read.Borrower!.Delivery);
    }

    [Fact]
    public void consents_name_channel_and_perhaps_address()
    {
        var granted = Events.Read("consent.granted", """{"channel":"email","address":"one@example.com"}""");
        Assert.Equal(new CaseEvent.ProfileChanged("consent.granted", Channel.Email), granted.Event);
        Assert.True(granted.Borrower is { Consents: true, OptsOut: false, Address: "one@example.com" });
        Assert.True(Events.Read("consent.revoked", """{"channel":"sms"}""").Borrower is { Consents: false, OptsOut: true, Address: null, Channel: Channel.Sms });
    }

    [Fact]
    public void preferences_are_times_channels_and_places()
    {
        var read = Events.Read("preference.set", """{"blocked":[{"days":["Mon","Sun"],"from":"22:00","to":"07:30","channel":"phone","place":"work","until":"2026-12-31"},{}]}""");
        Assert.Equal(new CaseEvent.ProfileChanged("preference.set"), read.Event);
        var blocked = read.Borrower!.Preferences!;
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], blocked[0].Days!);
        Assert.Equal(new BlockedTime(null, new(22, 0), new(7, 30), Channel.Phone, Place.Work, new(2026, 12, 31)), blocked[0] with { Days = null });
        Assert.Equal(new BlockedTime(null, null, null, null, null, null), blocked[1]);
        Assert.Empty(Events.Read("preference.set", """{"blocked":[]}""").Borrower!.Preferences!);
    }

    [Fact]
    public void a_demand_to_cease_holds_from_its_receipt()
    {
        var flag = Assert.Single(Events.Read("cease.requested", """{"receivedAt":"2026-02-01T09:00:00Z"}""").Borrower!.FlagsSet);
        Assert.Equal(new ProfileFlag("cease", new(2026, 2, 1, 9, 0, 0, TimeSpan.Zero)), flag);
    }

    [Fact]
    public void hardship_pauses_until_a_day_and_its_reason_stays_private()
    {
        var read = Events.Read("hardship.declared", """{"reason":"illness","pauseUntil":"2026-05-01"}""");
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Hardship, Until: new(2026, 5, 1)), read.Event);
        Assert.Equal("illness", read.Borrower!.Text);
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Hardship), Events.Read("hardship.ended", "{}").Event);
    }

    [Fact]
    public void a_dispute_is_about_its_debt()
    {
        var raised = Events.Read("dispute.raised", """{"written":true,"text":"Not mine"}""");
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"), raised.Event);
        Assert.Equal([new ProfileFlag("disputed", At, DebtId: "L-1")], raised.Borrower!.FlagsSet);
        var resolved = Events.Read("dispute.resolved", """{"outcome":"rejected"}""");
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Dispute, Outcome: "rejected"), resolved.Event);
        Assert.Equal(["disputed"], resolved.Borrower!.FlagsLifted);
    }

    [Fact]
    public void a_complaint_pauses_contact_until_it_is_archived()
    {
        var raised = Events.Read("complaint.raised", """{"complaintId":"C-1","text":"Too many calls"}""");
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Complaint, "C-1"), raised.Event);
        Assert.Equal([new ProfileFlag("complaint-open", At, Reference: "C-1")], raised.Borrower!.FlagsSet);
        foreach (var step in new[] { "registered", "investigated", "handled", "answered" })
        {
            var advanced = Events.Read("complaint.advanced", $$"""{"complaintId":"C-1","step":"{{step}}"}""");
            Assert.Equal(new CaseEvent.TrackAdvanced(ExceptionTrack.Complaint, "C-1", step), advanced.Event);
            Assert.Null(advanced.Borrower);
        }

        var archived = Events.Read("complaint.advanced", """{"complaintId":"C-1","step":"archived"}""");
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Complaint, "C-1", "archived"), archived.Event);
        Assert.Equal("C-1", archived.Borrower!.Reference);
    }

    [Theory]
    [InlineData("bankruptcy.filed", ExceptionTrack.Bankruptcy, "bankruptcy", null)]
    [InlineData("death.reported", ExceptionTrack.Death, "deceased", null)]
    [InlineData("identity-theft.reported", ExceptionTrack.IdentityTheft, "identity-theft", "L-1")]
    public void a_report_holds_from_its_day_wherever_the_borrower_is(string type, ExceptionTrack track, string flag, string? debtId)
    {
        var read = Events.Read(type, """{"reportedOn":"2026-02-01"}""");
        Assert.Equal(new CaseEvent.TrackStarted(track, From: new(2026, 2, 1)), read.Event);
        Assert.Equal([new ProfileFlag(flag, new(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(14)), DebtId: debtId)], read.Borrower!.FlagsSet);
        Assert.Equal(At, Events.Read(type, """{"reportedOn":"2026-02-09"}""").Borrower!.FlagsSet[0].From); // never later than told
    }

    [Fact]
    public void an_attorney_is_named_with_the_borrower_only()
    {
        var read = Events.Read("attorney.appointed", """{"name":"Invented & Partners","address":"1 Nowhere Street"}""");
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Attorney), read.Event);
        Assert.Equal("Invented & Partners\n1 Nowhere Street", read.Borrower!.Text);
        Assert.Equal(["attorney"], Events.Read("attorney.withdrawn", "{}").Borrower!.FlagsLifted);
    }

    [Theory]
    [InlineData("""{"from":"2026-02-01"}""", "2026-04-02", null)] // 28 - 1 days of February, 31 of March: day 60 after 1 February is 2 April
    [InlineData("""{"from":"2028-02-01"}""", "2028-04-01", null)] // a leap year
    [InlineData("""{"from":"2026-02-01","until":"2026-03-01"}""", "2026-03-01", null)]
    [InlineData("""{"from":"2026-02-01","mentalHealth":true}""", null, "mental-health-crisis")]
    public void breathing_space_lasts_sixty_days_or_as_the_crisis_lasts(string data, string? until, string? detail)
    {
        var started = Assert.IsType<CaseEvent.TrackStarted>(Events.Read("breathing-space.started", data).Event);
        Assert.Equal(until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture), started.Until);
        Assert.Equal(detail, started.Detail);
        Assert.Equal(ExceptionTrack.BreathingSpace, started.Track);
    }

    [Theory]
    [InlineData("""{"from":"2026-02-01"}""", "breathing-space", true)]
    [InlineData("""{"from":"2026-02-01","mentalHealth":true}""", "mental-health-crisis", false)]
    public void a_crisis_has_a_flag_of_its_own_that_no_sixty_days_end(string data, string flag, bool ends)
    {
        var set = Assert.Single(Events.Read("breathing-space.started", data).Borrower!.FlagsSet);
        Assert.Equal((flag, ends), (set.Name, set.Until is not null));
        Assert.Contains(flag, Events.Read("breathing-space.ended", "{}").Borrower!.FlagsLifted);
    }

    [Fact]
    public void a_contact_may_be_about_other_loans_of_the_borrower_too()
    {
        var read = Events.Read("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"voicemail","loanIds":["L-2","L-1","L-3","L-2"]}""");
        Assert.Equal(["L-1", "L-2", "L-3"], read.Borrower!.Contact!.DebtIds);
        Assert.Equal("L-1", read.LoanId);
    }

    [Theory]
    [InlineData("no-answer", ContactOutcome.Sent)]
    [InlineData("conversation", ContactOutcome.Sent)]
    [InlineData("wrong-party", ContactOutcome.WrongParty)]
    [InlineData("not-in-service", ContactOutcome.NotInService)]
    [InlineData("refused", ContactOutcome.Refused)]
    public void a_letter_counts_once_it_is_posted(string outcome, ContactOutcome counted) =>
        Assert.Equal(counted, Events.Read("contact.reported", $$"""{"channel":"letter","direction":"outbound","outcome":"{{outcome}}"}""").Borrower!.Contact!.Outcome);

    [Fact]
    public void a_crisis_protects_for_thirty_days_beyond_the_treatment()
    {
        // GB-BREATHING: 10 February + 30 days = 12 March; the flag ends where on earth that day begins last.
        Assert.Equal("mental-health-crisis", Assert.Single(Events.Read("breathing-space.started", """{"from":"2026-02-01","mentalHealth":true}""").Borrower!.FlagsSet).Name);
        var ended = Events.Read("breathing-space.ended", """{"from":"2026-02-01","until":"2026-02-10","mentalHealth":true}""");
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.BreathingSpace, Outcome: "treatment-ended", Until: new(2026, 3, 12)), ended.Event);
        Assert.Equal(["mental-health-crisis"], ended.Borrower!.FlagsLifted);
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.FromHours(-12)), ended.Borrower.LiftedAt);
    }

    [Fact]
    public void military_service_and_holds()
    {
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Military, null, new(2026, 2, 1)), Events.Read("military.started", """{"from":"2026-02-01"}""").Event);
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Military), Events.Read("military.ended", """{"from":"2026-02-01"}""").Event);
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.BreathingSpace), Events.Read("breathing-space.ended", "{}").Event);
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Bankruptcy), Events.Read("bankruptcy.ended", """{"reportedOn":"2026-02-01"}""").Event);
        Assert.Equal(new CaseEvent.TrackStarted(ExceptionTrack.Manual, Until: new(2026, 3, 1), Detail: "audit"), Events.Read("hold.placed", """{"reason":"audit","until":"2026-03-01"}""").Event);
        Assert.Equal(new CaseEvent.TrackEnded(ExceptionTrack.Manual, Outcome: "done"), Events.Read("hold.released", """{"reason":"done"}""").Event);
    }

    [Fact]
    public void work_and_approvals()
    {
        var completed = Events.Read("task.completed", """{"taskId":"L-1:9","outcome":"No answer","note":"Neighbour opened"}""");
        Assert.Equal(new CaseEvent.TaskCompleted("L-1:9", "no-answer"), completed.Event);
        Assert.Equal("Neighbour opened", completed.Borrower!.Text);
        Assert.Equal(new CaseEvent.ApprovalDecided("L-1:8", true, "supervisor-1", "Worth it"), Events.Read("approval.decided", """{"approvalId":"L-1:8","approved":true,"by":"supervisor-1","reason":"Worth it"}""").Event);
        Assert.Equal(new CaseEvent.PlacementRecalled("contract-ended"), Events.Read("placement.recalled", """{"reason":"contract-ended"}""").Event);
        Assert.Equal(new CaseEvent.LoanWithdrawn("sold-back"), Events.Read("loan.withdrawn", """{"reason":"sold-back"}""").Event);
    }

    [Fact]
    public void an_update_is_a_loan_without_the_borrower_having_to_be_told_again()
    {
        const string data = """{"borrowerId":"B-1","jurisdiction":"US","timeZone":"America/Chicago","product":"card","creditorRole":"creditor","currency":"USD","penaltyAnnualRate":0,"instalments":[{"dueOn":"2026-03-01","principalDue":5,"interestDue":0,"feesDue":0}],"creditScore":700}""";
        var read = Events.Read("loan.updated", data);
        var terms = Assert.IsType<CaseEvent.LoanUpdated>(read.Event).Terms;
        Assert.Equal(("L-1", "B-1", "700"), (terms.LoanId, terms.BorrowerId, terms.Attributes["creditScore"]));
        Assert.Equal([new Instalment(1, new(2026, 3, 1), 5m, 0m, 0m)], terms.Instalments);
        var details = read.Borrower!.Details!; // nothing but where the loan now says the borrower may be
        Assert.Equal(("", null, 0, 0), (details.Name, details.Language, details.Addresses.Count, details.Attributes.Count));
        Assert.Equal(["America/Chicago"], details.LoanZones!["L-1"]);

        var moved = Events.Read("loan.updated", data[..^1] + ",\"phone\":\"+13125550199\"}");
        Assert.Equal(("B-1", "+13125550199"), (moved.Borrower!.DetailsOf, moved.Borrower.Details!.Addresses[0].Value));
    }

    [Fact]
    public void every_type_of_the_contract_is_known()
    {
        const string contract =
            "payment.posted payment.reversed promise.made promise.cancelled plan.accepted plan.cancelled reply.received contact.reported delivery.reported " +
            "consent.granted consent.revoked preference.set hardship.declared hardship.ended dispute.raised dispute.resolved complaint.raised complaint.advanced " +
            "bankruptcy.filed bankruptcy.ended death.reported identity-theft.reported cease.requested attorney.appointed attorney.withdrawn " +
            "breathing-space.started breathing-space.ended military.started military.ended hold.placed hold.released task.completed approval.decided " +
            "placement.recalled loan.updated loan.withdrawn";
        const string ours = "circumstance.reported circumstance.ended address.placed"; // added freely
        Assert.Equal($"{contract} {ours}".Split(' ').Order(), EventReader.Types.Order());
    }

    [Fact]
    public void no_words_of_people_reach_the_case()
    {
        const string secret = "Zebedee lives at 1 Nowhere Street";
        (string Type, string Data)[] events =
        [
            ("reply.received", $$"""{"channel":"sms","text":"{{secret}}"}"""),
            ("contact.reported", $$"""{"channel":"visit","direction":"outbound","outcome":"refused","address":"{{secret}}","by":"{{secret}}"}"""),
            ("consent.granted", $$"""{"channel":"letter","address":"{{secret}}"}"""),
            ("hardship.declared", $$"""{"reason":"{{secret}}","pauseUntil":"2026-05-01"}"""),
            ("dispute.raised", $$"""{"written":false,"text":"{{secret}}"}"""),
            ("complaint.raised", $$"""{"complaintId":"C-1","text":"{{secret}}"}"""),
            ("attorney.appointed", $$"""{"name":"{{secret}}","address":"{{secret}}"}"""),
            ("hold.placed", $$"""{"reason":"{{secret}}"}"""),
            ("task.completed", $$"""{"taskId":"L-1:1","outcome":"done","note":"{{secret}}"}"""),
            ("plan.cancelled", $$"""{"planId":"N-1","reason":"{{secret}}"}"""),
            ("placement.recalled", $$"""{"reason":"{{secret}}"}"""),
            ("loan.withdrawn", $$"""{"reason":"{{secret}}"}"""),
        ];
        foreach (var (type, data) in events)
        {
            var read = Events.Read(type, data);
            var json = System.Text.Json.JsonSerializer.Serialize(new CaseInput("evt-1", At, read.Event), CaseJson.Default.CaseInput);
            Assert.DoesNotContain("Zebedee", json, StringComparison.Ordinal);
            Assert.True(type == "consent.granted" || read.Borrower!.Text!.Contains("Zebedee", StringComparison.Ordinal), type);
        }
    }
}
