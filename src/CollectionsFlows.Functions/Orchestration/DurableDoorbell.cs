using CollectionsFlows.Application.Intake;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Rings through the durable engine. What was stored stays stored when the ring fails: the sweeper rings again.</summary>
public sealed partial class DurableDoorbell(CaseClocks clocks, ILogger<DurableDoorbell> logger) : IDoorbell
{
    public async ValueTask RingAsync(string loanId, CancellationToken cancellation = default)
    {
        if (!clocks.IsReady)
            return;
        try
        {
            await clocks.RingAsync(loanId, cancellation);
        }
#pragma warning disable CA1031 // A lost ring costs delay; failing the sender for it would make them send again what is stored.
        catch (Exception lost) when (lost is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogLost(logger, loanId, lost.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the ring of {LoanId} was lost ({Failure}); the sweeper rings again")]
    private static partial void LogLost(ILogger logger, string loanId, string failure);
}

/// <summary>Rings nobody: imports leave it to the sweeper, which wakes new cases at a pace the engine bears.</summary>
public sealed class SilentDoorbell : IDoorbell
{
    public ValueTask RingAsync(string loanId, CancellationToken cancellation = default) => ValueTask.CompletedTask;
}
