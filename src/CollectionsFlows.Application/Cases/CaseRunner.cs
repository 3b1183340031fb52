using CollectionsFlows.Application.Commands;
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

    /// <summary>Runs what waits and may run now; its results go through the inbox like everything from outside.</summary>
    private async ValueTask<bool> RunCommandsAsync(CaseState state, CancellationToken cancellation)
    {
        var ran = false;
        foreach (var pending in state.Commands)
        {
            var now = time.GetUtcNow();
            if (pending.NotBefore is { } allowed && allowed > now)
            {
                continue;
            }

            var result = await commands.RunAsync(state, pending, cancellation);
            if (await store.PutAsync(CommandRunner.ResultItem(state, result, time.GetUtcNow()), cancellation) == InboxResult.Conflict)
            {
                throw new InvalidOperationException($"the result of command {pending.Command.Id} cannot be stored: its id {result.Id} is taken");
            }

            ran = true;
        }

        return ran;
    }
}
