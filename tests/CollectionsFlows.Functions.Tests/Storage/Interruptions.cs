using Azure.Core;
using Azure.Core.Pipeline;
using CollectionsFlows.Functions.Storage;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Lets another host do something between any two requests of a first one.</summary>
internal sealed class Interruptions(int at, Func<Task> meanwhile) : HttpPipelinePolicy
{
    /// <summary>Far from any request while the store is being opened.</summary>
    private int seen = int.MinValue;

    public bool Happened => seen >= at;

    /// <summary>From now on requests are counted.</summary>
    public void Begin() => Volatile.Write(ref seen, 0);

    /// <param name="arrange">What was there before.</param>
    /// <param name="act">What the first host does.</param>
    /// <param name="meanwhile">What the other host does just before one of the first one's requests.</param>
    /// <param name="afterwards">What must hold, for a third host.</param>
    public static async Task AtEachRequestAsync(
        Func<TablesStore, Task> arrange, Func<TablesStore, Task> act, Func<TablesStore, Task> meanwhile, Func<TablesStore, Task> afterwards)
    {
        var happened = true;
        for (var request = 1; happened; request++)
        {
            var prefix = Azurite.NewPrefix();
            var other = await Azurite.OpenAsync(prefix);
            await arrange(other);
            var policy = new Interruptions(request, () => meanwhile(other));
            var host = await Azurite.OpenAsync(prefix, policy);
            policy.Begin();
            try
            {
                await act(host);
                happened = policy.Happened;
                if (!happened) await meanwhile(other);
                await afterwards(await Azurite.OpenAsync(prefix));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"interrupted at request {request}: {e.Message}", e);
            }

            await Azurite.DropAsync(prefix);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the stores are asynchronous");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Interlocked.Increment(ref seen) == at) await meanwhile();
        await ProcessNextAsync(message, pipeline);
    }
}
