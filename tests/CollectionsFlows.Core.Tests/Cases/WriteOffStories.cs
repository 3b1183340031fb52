using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>A written-off debt may still recover (S20): principal first, and paid in full it closes.</summary>
public class WriteOffStories
{
    private static CaseStory WrittenOff()
    {
        var policy = APolicy.Ladder with
        {
            Account = new AccountRules
            {
                Exceptions = [new WaterfallException { AfterWriteOff = true, Waterfall = new Waterfall { Order = [Component.Principal, Component.Interest, Component.Fee, Component.Penalty] } }],
            },
        };
        var story = new CaseStory(Of(Due(1, "2026-01-10", 100m, 20m, 5m)), policy, "2026-01-02").Until("2026-04-10", 13).Decides(approved: false);
        return story.Until("2026-05-10", 13).Decides(approved: false).Until("2026-06-09", 13).Decides(approved: false)
            .Until("2026-07-09", 13).Decides(approved: true); // day 180
    }

    [Fact]
    public void nobody_is_contacted_after_it()
    {
        var story = WrittenOff();
        var contacts = story.State.ContactsSent;

        Assert.Equal((CaseStatus.WrittenOff, 125m), (story.State.Status, story.Last<CaseFact.WrittenOff>().Balance.Total));
        Assert.Equal(contacts, story.Until("2027-07-09").State.ContactsSent);
        Assert.NotNull(story.NextWake);
    }

    [Fact]
    public void recoveries_pay_principal_first_and_the_last_closes_the_case()
    {
        var story = WrittenOff().Pays(100m, "P-1");
        Assert.Equal(new Breakdown(0m, 0m, 0m, 100m), story.Last<CaseFact.PaymentPosted>().Allocated);
        Assert.Equal(CaseStatus.WrittenOff, story.State.Status);

        story.Pays(25m, "P-2");
        Assert.Equal((CaseStatus.Closed, ClosedReason.PaidOff), (story.State.Status, story.State.ClosedReason));
    }

    [Fact]
    public void a_recovery_that_bounces_reopens_it_as_written_off() =>
        Assert.Equal(CaseStatus.WrittenOff, WrittenOff().Pays(125m).Reverses().State.Status);
}
