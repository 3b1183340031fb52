using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>What holds of texts asked for again, whatever loan, policy and history, and however reports are lost, doubled and reordered.</summary>
public class TextRetryProperties
{
    private static readonly string[] Passing = ["4006", "4008", "5001", "5002"]; // regulation.md, "SMS provider".

    [Fact]
    public void no_text_is_asked_for_again_more_than_twice_and_each_failure_asks_once() =>
        RandomCase.Check(150, drawn =>
        {
            var facts = CaseRun.Of(Texting(drawn)).Facts.ToList();
            var asked = facts.Where(recorded => recorded.Fact is CaseFact.NotificationRequested)
                .ToDictionary(recorded => $"L-1:{recorded.Seq}", recorded => (CaseFact.NotificationRequested)recorded.Fact);
            var retries = asked.Values.Where(request => request.RetryOf is not null).ToList();

            Assert.Equal(retries.Count, retries.Select(retry => retry.RetryOf).Distinct().Count());
            foreach (var retry in retries)
            {
                var failed = asked[retry.RetryOf!];
                Assert.Equal((failed.Retry ?? 0) + 1, retry.Retry);
                Assert.InRange(retry.Retry!.Value, 1, 2);
                Assert.Equal((failed.Step, failed.Template, failed.Purpose), (retry.Step, retry.Template, retry.Purpose));
            }
        });

    [Fact]
    public void only_what_the_carrier_certainly_did_not_deliver_is_asked_for_again() =>
        RandomCase.Check(150, drawn =>
        {
            var facts = CaseRun.Of(Texting(drawn)).Facts.ToList();
            foreach (var (recorded, request) in Retries(facts))
            {
                var before = facts.Where(fact => fact.Seq < recorded.Seq).Select(fact => fact.Fact).ToList();
                Assert.Contains(before, fact => fact switch
                {
                    CaseFact.DeliveryReported { Delivered: false } report => report.CommandId == request.RetryOf && Passing.Contains(report.Code),
                    CaseFact.ContactAttempted { Attempt: { Result: ContactResult.Failed } attempt } => attempt.CommandId == request.RetryOf && Passing.Contains(attempt.Code),
                    _ => false,
                });
                Assert.DoesNotContain(before, fact => fact is CaseFact.DeliveryReported { Delivered: true } report && report.CommandId == request.RetryOf);
            }
        });

    [Fact]
    public void nothing_is_asked_for_again_while_collection_stands_still() =>
        RandomCase.Check(150, drawn =>
        {
            foreach (var (before, recorded, _) in CaseRun.Of(Texting(drawn)).Steps())
            {
                if (recorded.Fact is CaseFact.NotificationRequested { RetryOf: not null, Purpose: Purpose.Collect })
                {
                    Assert.True(before is { ClosedReason: null, Delinquency: not null, IsHeld: false, HasLivePromise: false, Plan: null, WrittenOffOn: null });
                }
            }
        });

    [Fact]
    public void a_report_told_again_asks_for_nothing() =>
        RandomCase.Check(100, drawn =>
        {
            foreach (var (before, now, decision) in CaseRun.Of(Texting(drawn)).Decisions.Where(each => each.Before is not null))
            {
                foreach (var report in decision.Facts.Select(recorded => recorded.Fact).OfType<CaseFact.DeliveryReported>())
                {
                    var again = new CaseInput("again", now, new CaseEvent.DeliveryReported(report.CommandId, report.Delivered, report.Code));
                    Assert.DoesNotContain(CaseDecider.Decide(decision.State, again, Texting(drawn).Policy, now).Facts, recorded => recorded.Fact is CaseFact.NotificationRequested);
                }
            }
        });

    [Fact]
    public void the_random_cases_do_bring_retries()
    {
        var (first, second) = (0, 0);
        RandomCase.Check(500, drawn =>
        {
            var retries = Retries(CaseRun.Of(Texting(drawn)).Facts).ToList();
            first += retries.Count(retry => retry.Request.Retry == 1);
            second += retries.Count(retry => retry.Request.Retry == 2);
        });

        Assert.True(first > 20 && second > 0, $"{first} first and {second} second retries prove little");
    }

    /// <summary>The same life with more texts and more of the carrier's words in it.</summary>
    private static RandomCase Texting(RandomCase drawn) => drawn with
    {
        Policy = drawn.Policy with
        {
            Steps = [APolicy.Notify("friendly", "first-line", 3) with { Repeat = new StepRepeat(4, 30) }, APolicy.Notify("serious", "second-line", 20) with { Repeat = new StepRepeat(9, 9) }],
        },
        Moves = [.. drawn.Moves.Select(move => move.Kind % 4 == 0 ? move : move with { Kind = 22, Hours = Math.Min(move.Hours, 26), Wakes = true })],
    };

    private static IEnumerable<(RecordedFact Recorded, CaseFact.NotificationRequested Request)> Retries(IEnumerable<RecordedFact> facts) =>
        facts.Where(recorded => recorded.Fact is CaseFact.NotificationRequested { RetryOf: not null })
            .Select(recorded => (recorded, (CaseFact.NotificationRequested)recorded.Fact));
}
