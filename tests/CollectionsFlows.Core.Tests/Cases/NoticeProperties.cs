using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>What holds for notices whatever happens in whatever order.</summary>
public class NoticeProperties
{
    [Theory]
    [InlineData("GB", "GB-DEFAULT-14", 14)]
    [InlineData("EU-FR", "EU-FORBEARANCE", 30)]
    public void nobody_is_referred_to_court_without_the_notice_and_its_clear_days_before(string jurisdiction, string rule, int clearDays)
    {
        var referred = 0;
        RandomCase.Check(150, drawn =>
        {
            // Payments and papers are few, so that many cases get far enough.
            var suing = drawn with
            {
                Terms = drawn.Terms with { Jurisdiction = jurisdiction },
                Policy = drawn.Policy with { Steps = [APolicy.Approval("suit", "legal", 2, ApprovalSubject.Legal) with { Repeat = new StepRepeat(3, 50) }] },
                Moves = [.. drawn.Moves.Select(move => move.Kind < 12 && move.First % 4 != 0 ? move with { Kind = 18 + (move.First % 6) } : move)],
            };
            var clock = new BorrowerClock(suing.Terms.TimeZones);
            DateOnly? sentOn = null;
            foreach (var recorded in CaseRun.Of(suing).Facts)
            {
                switch (recorded.Fact)
                {
                    case CaseFact.NoticeSent sent when sent.Rule == rule: sentOn = sent.SentOn; break;
                    case CaseFact.NoticeLapsed lapsed when lapsed.Rule == rule: sentOn = null; break;
                    case CaseFact.NoticeReturned returned when returned.Rule == rule: sentOn = null; break;
                    case CaseFact.LegalReferralRequested:
                        referred++;
                        Assert.True(sentOn?.AddDays(clearDays) < clock.DateAt(recorded.At), $"{recorded}: the notice went out on {sentOn}");
                        break;
                }
            }
        });
        Assert.True(referred > 0, "nobody was ever referred: the property says nothing");
    }

    [Fact]
    public void nothing_demands_or_is_approved_while_a_notice_is_missing() =>
        RandomCase.Check(150, drawn =>
        {
            foreach (var (before, recorded, _) in CaseRun.Of(drawn).Steps())
            {
                if (before?.AllNotices().Any(notice => notice.Missing is { Count: > 0 }) == true)
                {
                    Assert.False(recorded.Fact is CaseFact.NotificationRequested { Purpose: Purpose.Collect } or CaseFact.LegalReferralRequested, recorded.ToString());
                }
            }
        });

    [Fact]
    public void a_notice_is_asked_for_when_none_is_on_its_way_and_no_more_often_than_the_law_says() =>
        RandomCase.Check(150, drawn =>
        {
            foreach (var (before, recorded, after) in CaseRun.Of(drawn).Steps())
            {
                if (recorded.Fact is CaseFact.NotificationRequested { Rule: { } rule } asked)
                {
                    var notice = before!.Notice(rule, asked.Reference);
                    Assert.True(notice is null || !before!.IsPending(notice), $"{recorded}: on its way already");
                    Assert.True(notice?.SentOn is null || rule == "GB-NOSIA" || (asked.RetryOf is not null && asked.RetryOf == notice.CommandId), $"{recorded}: has gone out already");
                }

                Assert.Equal(after.AllNotices().Count, after.AllNotices().Select(notice => (notice.Rule, notice.Reference)).Distinct().Count());
            }
        });
}
