using CollectionsFlows.Application.Cases;
using CollectionsFlows.Functions.Orchestration;
using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Cases from the case table, their instances from the durable engine: what the engine does not know is answered by the table, which is the truth.</summary>
public sealed class DurableCaseQueries(CaseReader reader, CaseClocks clocks) : ICaseQueries
{
    /// <summary>The state of a case that needs no clock now; the sweeper starts one in time.</summary>
    public const string Resting = "Resting";

    public ValueTask<CaseDetail?> DetailAsync(string loanId, CancellationToken cancellation = default) => reader.DetailAsync(loanId, cancellation);

    public async ValueTask<CaseInstance?> InstanceAsync(string loanId, CancellationToken cancellation = default)
    {
        if (await reader.InstanceAsync(loanId, cancellation) is not { } known)
            return null;
        var clock = await clocks.FindAsync(loanId, cancellation);
        return known with { InstanceId = InstanceIds.Of(loanId), RuntimeStatus = StatusOf(known, clock) };
    }

    private static string StatusOf(CaseInstance known, OrchestrationMetadata? clock)
    {
        if (clock is null || clock.IsCompleted)
            return known.RuntimeStatus == "Running" ? Resting : known.RuntimeStatus;
        return CaseClocks.IsSuspended(clock) ? "Suspended" : clock.RuntimeStatus.ToString();
    }
}
