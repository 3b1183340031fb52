using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Legal (S19) and write-off (S20): asked, approved, put into a dossier, and only then done.</summary>
public class ApprovalStories
{
    private static CaseStory Asked() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-04-10", 13); // day 90

    [Fact]
    public void legal_is_asked_approved_archived_and_done()
    {
        var story = Asked();
        Assert.Equal((90, 100m, 50m), (story.Last<CaseFact.ApprovalRequested>().DaysPastDue, story.Last<CaseFact.ApprovalRequested>().Balance, story.Last<CaseFact.ApprovalRequested>().ExpectedRecovery));
        Assert.Equal(CaseStatus.Collecting, story.State.Status);

        story.Decides(approved: true);
        Assert.Equal(CaseStatus.Legal, story.State.Status);
        Assert.NotNull(story.Last<CaseFact.ReferredToLegal>().DossierId);
    }

    [Fact]
    public void rejected_it_is_asked_again_by_the_repeat()
    {
        var story = Asked().Decides(approved: false).Until("2026-05-11");

        Assert.Equal(["2026-04-10", "2026-05-10"], story.DatesOf<CaseFact.ApprovalRequested>());
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
    }

    [Fact]
    public void an_open_question_is_not_asked_twice() =>
        Assert.Equal("the same approval is being asked for", Asked().Until("2026-05-11").Last<CaseFact.StepSkipped>().Why);

    [Fact]
    public void it_is_withdrawn_when_the_arrears_are_paid()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-04-10", 13);
        var id = Assert.Single(story.State.Approvals).Id;

        Assert.Empty(story.Pays(300m).State.Approvals);
        Assert.NotNull(story.Happens(new CaseEvent.ApprovalDecided(id, Approved: true, "supervisor-1", "late")).Ignored);
    }

    [Fact]
    public void an_approved_referral_whose_dossier_is_not_ready_dies_with_the_arrears()
    {
        var story = new CaseStory(APolicy.OneInstalment with { Instalments = [.. APolicy.OneInstalment.Instalments, Loans.ALoan.Due(2, "2026-12-10", 100m)] }, APolicy.Ladder, "2026-01-02")
        {
            Archives = false,
        };
        story.Until("2026-04-10", 13).Decides(approved: true);
        var command = Assert.Single(story.State.Commands).Command.Id;

        Assert.Empty(story.Pays(100m).State.Commands);
        Assert.NotNull(story.Happens(new CaseEvent.DossierArchived(command, "d", "00ff")).Ignored);
        Assert.Equal(CaseStatus.Watching, story.State.Status);
    }

    [Fact]
    public void nothing_is_referred_to_court_during_a_hold()
    {
        var story = Asked().Starts(ExceptionTrack.Bankruptcy).Decides(approved: true);

        Assert.NotNull(story.Ignored);
        Assert.Single(story.State.Approvals);
        Assert.Equal(CaseStatus.Legal, story.Ends(ExceptionTrack.Bankruptcy).Decides(approved: true).State.Status);
    }

    [Fact]
    public void a_hold_takes_back_an_approved_referral_and_asks_anew()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02") { Archives = false };
        story.Until("2026-04-10", 13).Decides(approved: true).Starts(ExceptionTrack.Dispute);

        Assert.Empty(story.State.Commands);
        Assert.Equal(ApprovalSubject.Legal, Assert.Single(story.State.Approvals).Subject);
    }

    [Fact]
    public void arrears_paid_in_court_bring_the_case_back_to_watching_and_the_lawyers_are_told()
    {
        var terms = APolicy.OneInstalment with { Instalments = [.. APolicy.OneInstalment.Instalments, Loans.ALoan.Due(2, "2026-12-10", 100m)] };
        var story = new CaseStory(terms, APolicy.Ladder, "2026-01-02").Until("2026-04-10", 13).Decides(approved: true).Pays(100m);

        Assert.Equal(CaseStatus.Watching, story.State.Status);
        Assert.Equal("recall-from-legal", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void a_hold_comes_before_court_and_court_before_plan_and_promise()
    {
        var story = Asked().Decides(approved: true).Promises(50m, "2026-04-20");
        Assert.Equal(CaseStatus.Legal, story.State.Status);
        Assert.Equal(CaseStatus.Legal, story.AcceptsPlan(("2026-05-01", 100m)).State.Status);
        Assert.Equal(CaseStatus.Held, story.Starts(ExceptionTrack.Bankruptcy).State.Status);
    }

    [Fact]
    public void the_decision_on_an_unknown_approval_is_ignored() =>
        Assert.NotNull(Asked().Happens(new CaseEvent.ApprovalDecided("L-1:1", Approved: true, "supervisor-1", "why not")).Ignored);
}
