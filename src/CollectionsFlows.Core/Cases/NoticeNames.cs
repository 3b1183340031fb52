namespace CollectionsFlows.Core.Cases;

/// <summary>What notifications that no step of the ladder asked for have in the place of the step.</summary>
public static class NoticeNames
{
    /// <summary>Reminds of a promise about to fall due.</summary>
    public const string PromiseReminder = "promise-reminder";

    /// <summary>Says that a promise was broken and collection goes on.</summary>
    public const string PromiseBroken = "promise-broken";

    /// <summary>Warns of a missed instalment of a plan.</summary>
    public const string PlanMissed = "plan-missed";

    /// <summary>Confirms an opt-out: the last message to that address. Also the name of its template.</summary>
    public const string OptOutConfirmation = "opt-out-confirmation";

    /// <summary>Sends what an agent wrote; also the name in the place of the template.</summary>
    public const string AgentMessage = "agent-message";
}
