using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Cases live in virtual time; the durable timers of their sleeps run on real time, scaled: however long a sleep, its timer takes a moment.</summary>
/// <remarks>A timer that fires before virtual time has moved finds the case not due and sets the next one, as a host whose clock is behind would.</remarks>
internal sealed class SteppedTime(VirtualTime time, TimeSpan? moment = null) : TimerClock
{
    private readonly TimeSpan moment = moment ?? TimeSpan.FromMilliseconds(250);

    public override DateTimeOffset InstantOf(DateTimeOffset wake) =>
        wake <= time.GetUtcNow() ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetUtcNow() + moment;
}
