namespace CollectionsFlows.Functions.Messaging;

/// <summary>A sender's rate as a bucket of turns: a second's worth may go at once, then one after the other.</summary>
/// <param name="perSecond">Messages per second.</param>
/// <param name="longestWait">Who would wait longer for a turn gets none.</param>
/// <param name="time">The clock; its stopwatch counts.</param>
public sealed class SendingRate(double perSecond, TimeSpan longestWait, TimeProvider time)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1 / perSecond);
    private readonly TimeSpan burst = TimeSpan.FromSeconds((Math.Max(1, Math.Floor(perSecond)) - 1) / perSecond);
    private readonly long started = time.GetTimestamp();
    private readonly Lock turns = new();

    // When the bucket is full again, counted from the start.
    private TimeSpan full;

    /// <summary>Waits for a turn. Null: it is this message's turn. Else it has none, and so long is the queue before it.</summary>
    public async ValueTask<TimeSpan?> WaitAsync(CancellationToken cancellation = default)
    {
        TimeSpan wait;
        lock (turns)
        {
            var now = time.GetElapsedTime(started);
            wait = full - burst - now;
            if (wait > longestWait)
            {
                return wait;
            }

            full = (full > now ? full : now) + interval;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation);
        }

        return null;
    }
}
