using System.Text.Json;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Starts, rings and reads the alarm clocks. The durable client is known from the first trigger that brings one.</summary>
public sealed class CaseClocks
{
    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private volatile DurableTaskClient? client;

    /// <summary>Whether clocks can be reached.</summary>
    public bool IsReady => client is not null;

    /// <summary>Takes the client a trigger was given. The engine behind it is one and the same for the process.</summary>
    public void Attach(DurableTaskClient durable) => client = durable;

    /// <summary>Wakes the clock of a loan, starting it where the engine says that there is none. A ring carries nothing.</summary>
    public async Task RingAsync(string loanId, CancellationToken cancellation = default)
    {
        try
        {
            await Client.RaiseEventAsync(InstanceIds.Of(loanId), LoanCaseOrchestrator.Doorbell, eventPayload: null, cancellation);
        }
        catch (RpcException missing) when (missing.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            await StartAsync(loanId, cancellation); // Its first step drains the inbox: no ring is needed.
        }
    }

    /// <summary>Starts the clock of a loan; false when it runs.</summary>
    public async Task<bool> StartAsync(string loanId, CancellationToken cancellation = default)
    {
        var options = new StartOrchestrationOptions(InstanceIds.Of(loanId)).WithDedupeStatuses(Alive);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(nameof(LoanCaseOrchestrator), new CaseAlarm(loanId), options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>The clock of a loan as the durable engine shows it, which may lag; null when there is none.</summary>
    public async Task<OrchestrationMetadata?> FindAsync(string loanId, CancellationToken cancellation = default) =>
        client is null ? null : await client.GetInstanceAsync(InstanceIds.Of(loanId), getInputsAndOutputs: true, cancellation); // The custom status comes with the input only.

    /// <summary>Ends a clock that does not listen any more and starts another. Clocks are disposable: the case table is the truth.</summary>
    public async Task ReplaceAsync(string loanId, CancellationToken cancellation = default)
    {
        await Client.TerminateInstanceAsync(InstanceIds.Of(loanId), output: null, cancellation);
        await Client.WaitForInstanceCompletionAsync(InstanceIds.Of(loanId), cancellation).WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        await StartAsync(loanId, cancellation);
    }

    /// <summary>Whether the case of a clock does not go on until what broke it is mended.</summary>
    public static bool IsSuspended(OrchestrationMetadata clock)
    {
        if (clock.SerializedCustomStatus is not { Length: > 0 })
            return false;
        try
        {
            return clock.ReadCustomStatusAs<AlarmStatus>()?.Status == AlarmStatus.Suspended;
        }
        catch (JsonException)
        {
            return false; // Another release wrote it.
        }
    }

    private DurableTaskClient Client => client ?? throw new InvalidOperationException("no trigger has brought a durable client yet");
}
