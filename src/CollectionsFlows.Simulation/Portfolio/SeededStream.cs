namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Random-looking numbers that are the same on every machine and in every version: SplitMix64 (Steele, Lea and Flood 2014).</summary>
/// <remarks>
/// Not <see cref="Random"/>: its seeded sequence is no promise. Every loan has its own stream, so that what happens to one
/// does not depend on how many there are. Only + − × ÷ are used on doubles, which IEEE 754 fixes to the bit.
/// </remarks>
internal sealed class SeededStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state;

    public SeededStream(ulong seed) => state = seed;

    /// <summary>The stream of one purpose and one subject under a seed.</summary>
    public SeededStream(ulong seed, string purpose, string subject)
        : this(Mixed(seed ^ Mixed(Fnv1a(purpose) ^ Mixed(Fnv1a(subject)))))
    {
    }

    public ulong Next() => Mixed(state += GoldenGamma);

    /// <summary>From 0 up to but not 1, in steps of 2⁻⁵³.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Fraction() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    /// <summary>An index, as often as its weight says.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var total = 0;
        foreach (var weight in weights) total += weight;
        var drawn = (int)(Next() % (ulong)total);
        for (var index = 0; ; index++)
        {
            if (drawn < weights[index]) return index;
            drawn -= weights[index];
        }
    }

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>SplitMix64's finaliser.</summary>
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static ulong Fnv1a(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in text) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
