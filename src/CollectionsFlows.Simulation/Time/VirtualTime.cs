namespace CollectionsFlows.Simulation.Time;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves the clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Time does not go back.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant.UtcTicks, Interlocked.Read(ref ticks), nameof(instant));
        Interlocked.Exchange(ref ticks, instant.UtcTicks);
    }
}
