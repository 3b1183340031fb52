using CollectionsFlows.Functions.Storage;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Lets a process die at each of its requests to storage, before it and after it was done, and looks at what the next process finds.</summary>
internal static class Crashes
{
    /// <param name="arrange">What was there before.</param>
    /// <param name="act">What the process does until it dies.</param>
    /// <param name="afterwards">What must hold in the next process, and what it does; it is told whether the first one died.</param>
    public static async Task AtEachRequestAsync(Func<TablesStore, Task> arrange, Func<TablesStore, Task> act, Func<TablesStore, bool, Task> afterwards)
    {
        foreach (var isDone in new[] { false, true })
        {
            var died = true;
            for (var request = 1; died; request++)
            {
                var prefix = Azurite.NewPrefix();
                await arrange(await Azurite.OpenAsync(prefix));
                died = await DiesAsync(prefix, new FailingRequests { IsDone = isDone }, request, act);
                try
                {
                    await afterwards(await Azurite.OpenAsync(prefix), died);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"after a death at request {request}, {(isDone ? "done" : "not done")}: {e.Message}", e);
                }

                await Azurite.DropAsync(prefix);
            }
        }
    }

    private static async Task<bool> DiesAsync(string prefix, FailingRequests failing, int request, Func<TablesStore, Task> act)
    {
        var store = await Azurite.OpenAsync(prefix, failing);
        failing.Reset();
        failing.At = request;
        try
        {
            await act(store);
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }
}
