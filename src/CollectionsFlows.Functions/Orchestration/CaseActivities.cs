using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Policies;
using Microsoft.Azure.Functions.Worker;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>What the alarm clock calls. Each is safe to run again: the engine commits against the version it read, commands are idempotent by their id.</summary>
/// <param name="engine">Takes the step.</param>
/// <param name="runner">Runs commands.</param>
/// <param name="policies">For the status shown.</param>
/// <param name="timers">Turns wake times into instants of the durable timer.</param>
/// <param name="time">The time cases live in.</param>
public sealed class CaseActivities(CaseEngine engine, CaseRunner runner, IPolicySource policies, TimerClock timers, TimeProvider time)
{
    public const string AdvanceCase = nameof(AdvanceCase);
    public const string SendNotification = nameof(SendNotification);
    public const string ReferToLegal = nameof(ReferToLegal);
    public const string WriteOff = nameof(WriteOff);

    /// <summary>One step: drains the inbox, decides, commits. Tasks and placements are facts of the step and need no activity of their own.</summary>
    [Function(AdvanceCase)]
    public async Task<CaseWake> AdvanceAsync([ActivityTrigger] string loanId, CancellationToken cancellation)
    {
        var advanced = await engine.AdvanceAsync(loanId, cancellation);
        var wake = AlarmClock.After(advanced, policies, time.GetUtcNow());
        return wake with { WakeAt = wake.WakeAt is { } at ? timers.InstantOf(at) : null };
    }

    /// <summary>The contact gate, the reservation, the message.</summary>
    [Function(SendNotification)]
    public Task SendNotificationAsync([ActivityTrigger] CommandCall call, CancellationToken cancellation) => RunAsync(call, cancellation);

    /// <summary>The dossier for the lawyers, archived (S19).</summary>
    [Function(ReferToLegal)]
    public Task ReferToLegalAsync([ActivityTrigger] CommandCall call, CancellationToken cancellation) => RunAsync(call, cancellation);

    /// <summary>The evidence of a write-off, archived (S20).</summary>
    [Function(WriteOff)]
    public Task WriteOffAsync([ActivityTrigger] CommandCall call, CancellationToken cancellation) => RunAsync(call, cancellation);

    /// <summary>A call that is older than the case does nothing.</summary>
    private async Task RunAsync(CommandCall call, CancellationToken cancellation) =>
        await runner.RunCommandAsync(call.LoanId, call.CommandId, call.Attempt, cancellation);
}
