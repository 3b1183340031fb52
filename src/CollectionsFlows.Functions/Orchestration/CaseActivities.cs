using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Application.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>What the alarm clock calls. Each is safe to run again: the engine commits against the version it read, commands are idempotent by their id.</summary>
/// <param name="engine">Takes the step.</param>
/// <param name="runner">Runs commands.</param>
/// <param name="intake">Applies what was said of a borrower before the loan was known.</param>
/// <param name="policies">For the status shown.</param>
/// <param name="timers">Turns wake times into instants of the durable timer.</param>
/// <param name="time">The time cases live in.</param>
/// <param name="logger">Told of failures: the type and the stack, never the message, which may quote a borrower.</param>
public sealed partial class CaseActivities(
    CaseEngine engine, CaseRunner runner, EventIntake intake, IPolicySource policies, TimerClock timers, TimeProvider time, ILogger<CaseActivities> logger)
{
    /// <summary>
    /// A case that young may have been opened by a host that died before it applied what events had said of the borrower (a STOP that came before
    /// the enrolment). Applying it again does nothing, and it comes before the first message.
    /// </summary>
    private const int FactsOfAnOpening = 5;

    public const string AdvanceCase = nameof(AdvanceCase);
    public const string SendNotification = nameof(SendNotification);
    public const string ReferToLegal = nameof(ReferToLegal);
    public const string WriteOff = nameof(WriteOff);

    /// <summary>One step: drains the inbox, decides, commits. Tasks and placements are facts of the step and need no activity of their own.</summary>
    [Function(AdvanceCase)]
    public Task<CaseWake> AdvanceAsync([ActivityTrigger] string loanId, CancellationToken cancellation) => GuardedAsync(loanId, async () =>
    {
        var advanced = await engine.AdvanceAsync(loanId, cancellation);
        if (advanced is not null && advanced.State.Sequence <= FactsOfAnOpening)
            await intake.AdoptParkedAsync(loanId, advanced.State.Terms.BorrowerId, cancellation);
        var wake = AlarmClock.After(advanced, policies, time.GetUtcNow());
        return wake with { WakeAt = wake.WakeAt is { } at ? timers.InstantOf(at) : null };
    });

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
        await GuardedAsync(call.LoanId, () => runner.RunCommandAsync(call.LoanId, call.CommandId, call.Attempt, cancellation).AsTask());

    /// <summary>What an activity throws is kept in the durable history, for longer than borrowers are (S25): only its type gets there.</summary>
    private async Task<T> GuardedAsync<T>(string loanId, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            EngineTelemetry.CaseFailed(failure, CaseFailures.NeedPerson(failure));
            LogFailed(logger, loanId, failure.GetType().FullName, failure.InnerException?.GetType().FullName, failure.StackTrace);
#pragma warning disable MA0054 // The engine would keep the inner exception's message.
            throw new CaseStepException($"{failure.GetType().Name}; see the log of {loanId}");
#pragma warning restore MA0054
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a step of {LoanId} failed: {Type} (inner: {Inner})\n{Stack}")]
    private static partial void LogFailed(ILogger logger, string loanId, string? type, string? inner, string? stack);
}

/// <summary>A step or a command failed; the message has the type of the failure and the loan, nothing else.</summary>
public sealed class CaseStepException : Exception
{
    public CaseStepException(string message)
        : base(message)
    {
    }

    public CaseStepException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public CaseStepException()
    {
    }
}
