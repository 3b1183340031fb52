using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Telemetry;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Cases;

/// <summary>Runs a case until it is quiet: a step, its commands, a step with their results, and so on until only time can bring it further.</summary>
public sealed class CaseRunner(CaseEngine engine, CommandRunner commands, ICaseStore store, TimeProvider time)
{
    /// <summary>A case that is never quiet is broken.</summary>
    private const int MostRounds = 500;

    /// <summary>Runs the case. Only one caller at a time may run a loan.</summary>
    /// <param name="loanId">The loan.</param>
    /// <param name="onStep">Told of each step, for reports.</param>
    /// <param name="cancellation">Stops between effects; what was started is finished by the next run.</param>
    /// <returns>The case when it is quiet; null when the loan is not known.</returns>
    /// <exception cref="InvalidOperationException">An invariant is broken: the case must not go on until a person has looked.</exception>
    public async ValueTask<AdvancedCase?> RunAsync(string loanId, Action<AdvancedCase>? onStep = null, CancellationToken cancellation = default)
    {
        using var activity = EngineTelemetry.Start("case.run", loanId);
        for (var round = 0; round < MostRounds; round++)
        {
            var advanced = await engine.AdvanceAsync(loanId, cancellation);
            if (advanced is null)
            {
                return null;
            }

            onStep?.Invoke(advanced);
            if (!await RunCommandsAsync(advanced.State, cancellation))
            {
                return advanced;
            }
        }

        throw new InvalidOperationException($"case {loanId} does not come to rest");
    }

    /// <summary>Runs one command that waits, unless it was done meanwhile: a host that remembers what to run may remember it for longer than it is true.</summary>
    /// <param name="loanId">The loan.</param>
    /// <param name="commandId">The command.</param>
    /// <param name="attempt">The try that was asked for: another one was decided on since, if the number differs.</param>
    /// <param name="cancellation">Stops between effects.</param>
    /// <returns>Whether it was run; false also where the inbox holds news from outside, which the next step has to decide on first: nobody is reminded of what is paid.</returns>
    public async ValueTask<bool> RunCommandAsync(string loanId, string commandId, int attempt, CancellationToken cancellation = default)
    {
        var record = await store.LoadAsync(loanId, cancellation);
        if (record.Inbox.Any(item => !CommandRunner.IsResult(item.Input))
            || record.State?.Commands.FirstOrDefault(waiting => waiting.Command.Id == commandId && waiting.Attempt == attempt) is not { } pending
            || !CanRun(pending, time.GetUtcNow()))
        {
            return false;
        }

        await RunAsync(record.State, pending, cancellation);
        return true;
    }

    /// <summary>The commands that may run now.</summary>
    public static IEnumerable<PendingCommand> Runnable(CaseState state, DateTimeOffset now) => state.Commands.Where(pending => CanRun(pending, now));

    private static bool CanRun(PendingCommand pending, DateTimeOffset now) => pending.NotBefore is not { } allowed || allowed <= now;

    private async ValueTask<bool> RunCommandsAsync(CaseState state, CancellationToken cancellation)
    {
        var ran = false;
        foreach (var pending in state.Commands)
        {
            if (CanRun(pending, time.GetUtcNow()))
            {
                await RunAsync(state, pending, cancellation);
                ran = true;
            }
        }

        return ran;
    }

    /// <summary>The result goes through the inbox like everything from outside.</summary>
    private async ValueTask RunAsync(CaseState state, PendingCommand pending, CancellationToken cancellation)
    {
        var result = await commands.RunAsync(state, pending, cancellation);
        if (await store.PutAsync(CommandRunner.ResultItem(state, result, time.GetUtcNow()), cancellation) == InboxResult.Conflict)
        {
            throw new InvalidOperationException($"the result of command {pending.Command.Id} cannot be stored: its id {result.Id} is taken");
        }
    }
}
