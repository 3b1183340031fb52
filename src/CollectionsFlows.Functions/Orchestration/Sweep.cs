using System.Collections.Concurrent;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>How a case was woken.</summary>
internal enum Wake
{
    None,
    Rung,
    Started,
    Replaced,
    Suspended,
}

/// <summary>What a sweep has done so far. Several cases at once report to it.</summary>
internal sealed class Sweep
{
    /// <summary>Where so many cannot be woken, the engine is down: trying the others would only take time.</summary>
    private const int MostFailures = 100;

    private readonly ConcurrentQueue<Exception> failures = new();
    private readonly int[] counts = new int[Enum.GetValues<Wake>().Length];

    /// <summary>Each case is looked at once.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    public int this[Wake wake] => Volatile.Read(ref counts[(int)wake]);

    public void Count(Wake wake) => Interlocked.Increment(ref counts[(int)wake]);

    /// <exception cref="AggregateException">It was one too many.</exception>
    public void Failed(Exception failure)
    {
        failures.Enqueue(failure);
        if (failures.Count >= MostFailures)
            ThrowIfFailed();
    }

    /// <exception cref="AggregateException">A case could not be woken; one of the reasons is told.</exception>
    public void ThrowIfFailed()
    {
        if (!failures.IsEmpty)
            throw new AggregateException($"{failures.Count} cases could not be woken", failures.Take(1));
    }
}
