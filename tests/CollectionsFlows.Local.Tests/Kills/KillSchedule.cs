namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>When the host dies: in which step, and how long after its requests were sent.</summary>
internal sealed class KillSchedule
{
    private const int LongestDelayMilliseconds = 150;

    private readonly Dictionary<int, Queue<TimeSpan>> delays = [];

    /// <param name="seed">Same seed, same kills.</param>
    /// <param name="kills">How many.</param>
    /// <param name="steps">How many steps the run has.</param>
    /// <param name="busy">The steps that half of the kills are in.</param>
    public KillSchedule(int seed, int kills, int steps, IReadOnlyList<int> busy)
    {
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            var step = kill % 2 == 0 ? busy[random.Next(busy.Count)] : random.Next(steps);
            // Cubed, because most requests are answered within a few milliseconds.
            var delay = TimeSpan.FromMilliseconds(LongestDelayMilliseconds * Math.Pow(random.NextDouble(), 3));
            if (!delays.TryGetValue(step, out var ofStep))
                delays[step] = ofStep = new();
            ofStep.Enqueue(delay);
        }
    }

    /// <summary>The delay of the next kill in this step; null when it may go on.</summary>
    public TimeSpan? Next(int step) => delays.TryGetValue(step, out var ofStep) && ofStep.TryDequeue(out var delay) ? delay : null;
}
