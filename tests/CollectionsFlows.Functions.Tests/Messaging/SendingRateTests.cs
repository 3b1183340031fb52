using CollectionsFlows.Functions.Messaging;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>A sender's rate, on a stopwatch that only moves when somebody waits or the test moves it.</summary>
public sealed class SendingRateTests
{
    private readonly Stopped time = new();

    [Fact]
    public async Task a_seconds_worth_goes_at_once_and_then_one_after_the_other()
    {
        var rate = new SendingRate(4, TimeSpan.FromSeconds(10), time);
        var at = new List<TimeSpan>();
        for (var message = 0; message < 7; message++)
        {
            Assert.Null(await rate.WaitAsync());
            at.Add(time.Elapsed);
        }

        // Four at once; the fifth when a quarter of a second has filled one turn, and so on.
        Assert.Equal([0, 0, 0, 0, 250, 500, 750], at.Select(each => each.TotalMilliseconds));
    }

    [Fact]
    public async Task less_than_one_a_second_goes_one_by_one()
    {
        var rate = new SendingRate(0.5, TimeSpan.FromSeconds(10), time);
        for (var message = 0; message < 3; message++) Assert.Null(await rate.WaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(4), time.Elapsed);
    }

    [Fact]
    public async Task who_would_wait_too_long_gets_no_turn_and_takes_none()
    {
        var rate = new SendingRate(1, TimeSpan.Zero, time);
        Assert.Null(await rate.WaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), await rate.WaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), await rate.WaitAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await rate.WaitAsync());
    }

    [Fact]
    public async Task rest_saves_up_no_more_than_a_seconds_worth()
    {
        var rate = new SendingRate(2, TimeSpan.Zero, time);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await rate.WaitAsync());
        Assert.Null(await rate.WaitAsync());
        Assert.Equal(TimeSpan.FromMilliseconds(500), await rate.WaitAsync());
    }

    /// <summary>Waiting for something moves it there.</summary>
    private sealed class Stopped : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public TimeSpan Elapsed => TimeSpan.FromTicks(ticks);

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new Timer(_ => { });
        }
    }
}
