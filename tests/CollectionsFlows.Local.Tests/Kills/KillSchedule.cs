namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>When the host dies: in which step, and how long after its requests were sent.</summary>
internal sealed class KillSchedule
{
    private const int LongestDelayMilliseconds = 150;

    private readonly Dictionary<int, Queue<TimeSpan>> delays = [];

    public KillSchedule(int seed, int kills, int steps)
    {
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            var step = random.Next(steps);
            // Squared, because most requests are answered within a few milliseconds.
            var delay = TimeSpan.FromMilliseconds(LongestDelayMilliseconds * Math.Pow(random.NextDouble(), 2));
            if (!delays.TryGetValue(step, out var ofStep))
                delays[step] = ofStep = new();
            ofStep.Enqueue(delay);
        }
    }

    /// <summary>The delay of the next kill in this step; null when it may go on.</summary>
    public TimeSpan? Next(int step) => delays.TryGetValue(step, out var ofStep) && ofStep.TryDequeue(out var delay) ? delay : null;
}
