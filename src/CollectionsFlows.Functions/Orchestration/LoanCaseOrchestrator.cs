using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>
/// The alarm clock of one loan: step, run what the step asks for, sleep until the wake time or the doorbell. It holds no rule, no state of
/// the case and no personal data, so policies and code change while it sleeps; it is disposable, for the case table is the truth.
/// </summary>
public static class LoanCaseOrchestrator
{
    /// <summary>The one doorbell event. It carries nothing.</summary>
    public const string Doorbell = "doorbell";

    /// <summary>History grows with every wake; at a quiet point after so many the clock begins anew with an empty one.</summary>
    public const int WakesPerGeneration = 50;

    /// <summary>A case that is never quiet is broken.</summary>
    private const int MostRounds = 100;

    /// <summary>A suspended case tries again after so long.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 6, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(10)));

    [Function(nameof(LoanCaseOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var alarm = context.GetInput<CaseAlarm>() ?? throw new InvalidOperationException("an alarm clock is started with its loan");
        for (var wakes = 0; wakes < WakesPerGeneration; wakes++)
        {
            if (await StepAsync(context, alarm) is not { } wake)
                return;
            await SleepAsync(context, wake.WakeAt);
        }

        // No waiter is outstanding here: rings that came since are kept for the next generation.
        context.ContinueAsNew(alarm, preserveUnprocessedEvents: true);
    }

    /// <summary>Steps until the case is quiet. Null: the clock is not needed any more.</summary>
    private static async Task<CaseWake?> StepAsync(TaskOrchestrationContext context, CaseAlarm alarm)
    {
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                var wake = await context.CallActivityAsync<CaseWake>(CaseActivities.AdvanceCase, alarm.LoanId, Retry);
                context.SetCustomStatus(wake.Status);
                if (wake.Action != AlarmAction.Run)
                    return wake.Action == AlarmAction.Sleep ? wake : null;
                foreach (var command in wake.Commands)
                    await context.CallActivityAsync(command.Activity, command, Retry);
            }
        }
        catch (TaskFailedException)
        {
            // Told below: whatever failed so often is for people to look at, its failure is in the activity's own log.
        }

        return Suspended(context);
    }

    /// <summary>Suspended, not ended: a broken case must be seen, and goes on by itself when what broke it is mended.</summary>
    private static CaseWake Suspended(TaskOrchestrationContext context)
    {
        var again = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + Pause;
        context.SetCustomStatus(new AlarmStatus(AlarmStatus.Suspended, null, 0, null, again));
        return new CaseWake(AlarmAction.Sleep, again, [], null);
    }

    /// <summary>Timer or doorbell, whichever is first; the loser is cancelled, so that nothing waits when the clock begins anew.</summary>
    private static async Task SleepAsync(TaskOrchestrationContext context, DateTimeOffset? until)
    {
        using var losers = new CancellationTokenSource();
        var ring = context.WaitForExternalEvent<object?>(Doorbell, losers.Token);
        var wake = until is { } instant ? context.CreateTimer(instant.UtcDateTime, losers.Token) : ring;
        await Task.WhenAny(ring, wake);
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread, which replay does not survive.
        losers.Cancel();
#pragma warning restore CA1849
    }
}
