namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Relates the time cases live in to the durable engine's timers, which run on real time. In production both are the same.</summary>
public class TimerClock
{
    /// <summary>When the durable timer has to fire for a case that wakes at <paramref name="wake"/>.</summary>
    public virtual DateTimeOffset InstantOf(DateTimeOffset wake) => wake;
}
