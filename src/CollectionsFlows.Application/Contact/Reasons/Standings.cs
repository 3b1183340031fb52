using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Tells where a case stands at an instant and why it makes no contact by itself then.</summary>
internal static class Standings
{
    /// <param name="state">The case, folded up to the instant.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="at">The instant.</param>
    /// <param name="isOver">Whether it lies in the past.</param>
    /// <param name="tries">The last try of each command up to it.</param>
    /// <param name="rules">What rules say.</param>
    /// <param name="times">The borrower's clocks.</param>
    public static CaseStanding Of(
        CaseState state, Policy policy, DateTimeOffset at, bool isOver, IReadOnlyDictionary<string, ContactAttempt> tries, RuleBook rules, BorrowerTimes times)
    {
        var position = CaseAccount.Position(state, policy, times.Clock.DateAt(at));
        var next = CaseSchedule.Next(state, policy, at);
        var standing = new CaseStanding(
            times.Local(at), state.Status, state.ClosedReason, state.Stage, state.ClosedReason is null ? position.DaysPastDue : 0, position.Overdue.Total,
            state.Terms.Currency.Code, state.Tracks,
            state.Promises.Where(promise => promise.Status == PromiseStatus.Active).MinBy(promise => promise.DueOn), state.Plan?.PlanId,
            [.. Waiting(state, tries, rules, times)], next is null ? null : new NextAction(next.Kind, times.Local(next.At), next.Why), []);
        return standing with { WhyNot = [.. WhyNotWords.Of(standing, state, policy, isOver, times)] };
    }

    private static IEnumerable<WaitingMessage> Waiting(
        CaseState state, IReadOnlyDictionary<string, ContactAttempt> tries, RuleBook rules, BorrowerTimes times)
    {
        foreach (var pending in state.Commands)
        {
            if (pending.Command is CaseCommand.SendNotification send)
            {
                var rule = tries.GetValueOrDefault(send.Id)?.Rule;
                yield return new(send.Id, send.Step, send.Template, send.Purpose, send.Channels, times.Local(pending.NotBefore), rule is null ? null : rules.Of(rule), send.Retry);
            }
        }
    }
}
