using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>How cases end, what changed terms do, and what never opens.</summary>
public class ClosingStories
{
    [Theory]
    [InlineData("settled", ClosedReason.Settled)]
    [InlineData("sold", ClosedReason.Sold)]
    [InlineData("deceased", ClosedReason.Deceased)]
    [InlineData("imported by mistake", ClosedReason.Withdrawn)]
    public void a_withdrawn_loan_closes_with_the_lenders_reason_and_everything_ends(string reason, ClosedReason closed)
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-04-10", 13).Promises(50m, "2026-04-20")
            .Happens(new CaseEvent.LoanWithdrawn(reason));

        Assert.Equal((CaseStatus.Closed, closed), (story.State.Status, story.State.ClosedReason));
        Assert.Empty(story.State.Approvals);
        Assert.Empty(story.State.Commands);
        Assert.False(story.State.HasLivePromise);
        Assert.Null(story.NextWake);
        Assert.Empty(story.All<CaseFact.DelinquencyCured>()); // to be sold is not to be cured
        Assert.NotNull(story.Happens(new CaseEvent.LoanWithdrawn(reason)).Ignored);
    }

    [Fact]
    public void it_closes_at_the_instant_of_the_payment_that_settled_it()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-09");
        var paidAt = story.Now.AddHours(-3);

        Assert.Equal(paidAt, story.Pays(100m, at: paidAt).State.ClosedAt);
    }

    [Fact]
    public void changed_terms_count_from_then_on()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15")
            .Happens(new CaseEvent.LoanUpdated(Of(Due(1, "2026-02-10", 100m))));
        Assert.Equal((CaseStatus.Watching, 0), (story.State.Status, story.Account.DaysPastDue));

        Assert.Equal(CaseStatus.Collecting, story.Until("2026-02-11").State.Status);
    }

    [Fact]
    public void terms_that_are_another_loans_or_no_schedule_are_ignored()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");

        Assert.NotNull(story.Happens(new CaseEvent.LoanUpdated(APolicy.OneInstalment with { LoanId = "L-2" })).Ignored);
        Assert.NotNull(story.Happens(new CaseEvent.LoanUpdated(APolicy.OneInstalment with { Currency = Currency.Parse("EUR") })).Ignored);
        Assert.All(Unkeepable, terms => Assert.NotNull(story.Happens(new CaseEvent.LoanUpdated(terms)).Ignored));
        Assert.Empty(story.All<CaseFact.TermsUpdated>());
    }

    [Fact]
    public void a_loan_no_account_can_be_kept_for_opens_no_case()
    {
        foreach (var terms in Unkeepable)
        {
            var enrolled = new CaseEvent.LoanEnrolled(terms, new PolicyReference("story", 1), [Channel.Sms]);
            var decision = CaseDecider.Decide(state: null, new CaseInput("evt-1", DateTimeOffset.UnixEpoch, enrolled), APolicy.Ladder, DateTimeOffset.UnixEpoch);

            Assert.Null(decision.State);
            Assert.Empty(decision.Facts);
            Assert.NotNull(decision.Refused);
        }
    }

    [Fact]
    public void every_event_in_every_status_is_decided_and_never_throws()
    {
        var statuses = new HashSet<CaseStatus>();
        foreach (var story in Reachable())
        {
            statuses.Add(story.State.Status);
            foreach (var happened in Examples.Events)
            {
                foreach (var at in new[] { story.Now, DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
                {
                    var decision = CaseDecider.Decide(story.State, new CaseInput("evt", at, happened), story.Policy, story.Now);
                    Assert.NotNull(CaseDecider.Wake(decision.State!, story.Policy, story.Now).State);
                }
            }
        }

        Assert.Equal(Enum.GetValues<CaseStatus>().Order(), statuses.Order());
    }

    private static LoanTerms[] Unkeepable =>
    [
        APolicy.OneInstalment with { Instalments = [] },
        Of(Due(1, "2026-02-10", 100m), Due(2, "2026-01-10", 100m)),
        Of(Due(1, "2026-01-10", 100m), Due(1, "2026-02-10", 100m)),
        Of(Due(1, "2026-01-10", -1m)),
        Of(Due(1, "9999-12-31", 1m)),
        APolicy.OneInstalment with { TimeZones = [] },
        APolicy.OneInstalment with { TimeZones = ["Mars/Olympus"] },
        APolicy.OneInstalment with { PenaltyAnnualRate = -1m },
    ];

    private static IEnumerable<CaseStory> Reachable()
    {
        yield return Opened();
        yield return Opened().Until("2026-01-15");
        yield return Opened().Until("2026-01-15").Promises(50m, "2026-01-20");
        yield return Opened().Until("2026-01-15").AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m));
        yield return Opened().Until("2026-01-15").Starts(ExceptionTrack.Dispute);
        yield return Opened().Until("2026-04-10", 13).Decides(approved: true);
        yield return Opened().Until("2026-04-10", 13).Decides(approved: true).Until("2026-07-09", 13).Decides(approved: true);
        yield return Opened().Pays(100m, "P-0");
        yield return Opened().Happens(new CaseEvent.LoanWithdrawn("sold"));
    }

    private static CaseStory Opened() => new(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");
}
