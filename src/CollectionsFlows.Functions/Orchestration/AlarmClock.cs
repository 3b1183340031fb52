using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Says what an alarm clock does after a step. About clocks only: what happens to the case was decided by the engine.</summary>
public static class AlarmClock
{
    /// <summary>A case with nothing overdue that sleeps for longer has no clock: performing loans cost nothing. The sweeper starts one when the wake nears.</summary>
    public static readonly TimeSpan LongestWatch = TimeSpan.FromDays(3);

    /// <summary>A policy names its stages as long as it likes; the engine's status takes 1 KB.</summary>
    private const int LongestStage = 100;

    /// <summary>The answer to a step.</summary>
    /// <param name="advanced">The case after the step; null when the loan is not known (yet).</param>
    /// <param name="policies">For the status shown.</param>
    /// <param name="now">The instant of the step.</param>
    public static CaseWake After(AdvancedCase? advanced, IPolicySource policies, DateTimeOffset now)
    {
        if (advanced is null)
            return new(AlarmAction.Rest, null, [], null);
        var state = advanced.State;
        var status = StatusOf(state, policies, advanced.NextWake, now);
        var commands = CaseRunner.Runnable(state, now).Select(pending => CallOf(state.Terms.LoanId, pending)).ToList();
        if (commands.Count > 0)
            return new(AlarmAction.Run, null, commands, status);
        return new(IsNeeded(state.Status, advanced.NextWake, now) ? AlarmAction.Sleep : AlarmAction.Rest, advanced.NextWake, [], status);
    }

    /// <summary>Whether a case wants a clock of its own between its steps.</summary>
    public static bool IsNeeded(CaseStatus status, DateTimeOffset? nextWake, DateTimeOffset now) => status switch
    {
        CaseStatus.Closed => nextWake is not null,
        CaseStatus.Watching => nextWake is { } wake && wake - now <= LongestWatch,
        _ => true,
    };

    private static CommandCall CallOf(string loanId, PendingCommand pending) => new(
        pending.Command switch
        {
            CaseCommand.SendNotification => CaseActivities.SendNotification,
            CaseCommand.ReferToLegal => CaseActivities.ReferToLegal,
            CaseCommand.WriteOff => CaseActivities.WriteOff,
            var unknown => throw new InvalidOperationException($"no activity runs a {unknown.GetType().Name}"),
        },
        loanId, pending.Command.Id, pending.Attempt);

    private static AlarmStatus StatusOf(CaseState state, IPolicySource policies, DateTimeOffset? nextWake, DateTimeOffset now)
    {
        var index = CaseIndexing.Of(state, policies.Find(state.Policy), nextWake, now);
        var today = new BorrowerClock(state.Terms.TimeZones).DateAt(now);
        return new(KebabCase.Of(state.Status), state.Stage is { Length: > LongestStage } stage ? stage[..LongestStage] : state.Stage, Math.Max(0, index.CountedFrom is { } from ? today.DayNumber - from.DayNumber : 0), index.NextAction, nextWake);
    }
}
